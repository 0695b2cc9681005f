package dev.headroom.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.common.EmptyParam;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.history.HistoryFiles.BringHistory;
import dev.headroom.history.HistoryLineRepository.Told;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.history.HistoryRun.State;
import dev.headroom.history.HistoryRuns.OfHistory;
import dev.headroom.history.HistoryRuns.ReadStripe;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.RevenueHistories.PastState;
import dev.headroom.revenue.RevenueHistories.Placed;
import dev.headroom.revenue.RevenueHistories;
import dev.headroom.revenue.RevenueMovement;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.sync.StripeImports;
import dev.headroom.sync.UnfinishedImports;
import dev.headroom.sync.Walk;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The same stories in two ledgers: the one that lived through them, and the one that is made of what Stripe says of them afterwards. */
@HeadroomTest
class StripeHistoryStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency USD = Currency.getInstance("USD");

    @Autowired
    Stories stories;
    @Autowired
    ApplicationContext context;
    @Autowired
    HistoryRuns runs;
    @Autowired
    HistoryFiles files;
    @Autowired
    HistoryLineRepository lines;
    @Autowired
    HistoryReports reports;
    @Autowired
    StripeImports imports;
    @Autowired
    DSLContext db;
    @Autowired
    RevenueHistories pasts;
    @Autowired
    MovementPages pages;
    @Autowired
    Accounts accounts;
    @Autowired
    Subscriptions subscriptions;
    @Autowired
    Catalog catalog;
    @Autowired
    StripeClient stripe;
    @Autowired
    StripeWireCheck wire;

    private Story story;
    private ZonedDateTime began;

    /** On the tenth of a month at noon, so that whole days pass between what is done and the month's end. */
    @BeforeEach
    void begin() {
        story = stories.begin();
        FinishedHistories.finish(context);
        UnfinishedImports.finish(imports);
        ZonedDateTime now = stories.clock().instant().atZone(ZoneOffset.UTC);
        began = now.plusMonths(1).withDayOfMonth(10).withHour(12).withMinute(0).withSecond(0).withNano(0);
        stories.pass(Duration.between(now, began));
    }

    @Test
    void theMonthsThatAreReadAreTheMonthsThatWereBooked() throws StripeException {
        offer("fifth", Map.of("percentOff", "20", "duration", "MONTHS", "months", 3));
        String grows = story.subscribed("grows", "team", 5);
        String yearly = account("yearly");
        story.start(yearly, Map.of("plan", story.key("starter"), "interval", "YEAR")).at("/startSubscription/subscription/id");
        String offered = story.subscribed("offered", "team", 4);
        String tries = account("tries");
        story.start(tries, Map.of("plan", story.key("pro"), "seats", 2, "trialDays", 14)).at("/startSubscription/subscription/id");
        String leaves = story.subscribed("leaves", "starter", 0);
        String pauses = story.subscribed("pauses", "team", 3);
        String free = account("free");
        story.start(free, Map.of("plan", story.key("free"))).at("/startSubscription/subscription/id");
        to(0, 17);
        change(grows, Map.of("seats", 8));
        change(offered, Map.of("seats", 5, "offer", story.key("fifth")));
        change(leaves, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))));
        change(free, Map.of("plan", story.key("team"), "seats", 3));
        to(1, 19);
        change(grows, Map.of("plan", story.key("pro"), "seats", 8));
        change(yearly, Map.of("plan", story.key("pro"), "seats", 3));
        change(leaves, Map.of("cancelAtPeriodEnd", true));
        change(offered, Map.of("seats", 6));
        to(2, 5);
        paused(pauses, PauseCollection.builder().setBehavior(PauseCollection.Behavior.VOID).build());
        to(2, 27);
        change(grows, Map.of("seats", 4, "when", "PERIOD_END"));
        change(tries, Map.of("interval", "YEAR"));
        to(4, 5);
        paused(pauses, null);
        to(4, 27);
        change(grows, Map.of("cancel", true, "when", "NOW"));
        story.start(leaves, Map.of("plan", story.key("team"), "seats", 2)).at("/startSubscription/subscription/id");
        to(6, 20);
        change(yearly, Map.of("seats", 5, "plan", story.key("pro")));
        to(13, 20);

        HistoryRun run = read();
        List<String> differ = new ArrayList<>();
        for (String account : List.of(grows, yearly, offered, tries, leaves, free, pauses)) {
            List<RevenueMovement> booked = booked(account);
            List<RevenueMovement> imagined = imagined(run, account);
            if (!kinds(imagined).equals(kinds(booked))) {
                differ.add(account + " is read " + kinds(imagined) + " and was booked " + kinds(booked));
            }
            assertThat(months(imagined)).as("%s: %s", account, differ).isEqualTo(months(booked));
        }
        assertThat(differ).isEmpty();
    }

    /** A vendor who has sold with Stripe alone: catalogue and customers come first, then what was paid, then what runs. */
    @Test
    void whoComesWithStripeAloneHasTheirPastFirstAndGoesOnWithoutABreak() throws StripeException {
        EmptyLedger.make(db);
        String team = price("Team", 2_500);
        String pro = price("Pro", 4_900);
        String stays = customer("stays");
        String subscription = subscribe(stays, team, 5);
        String gone = customer("gone");
        String over = subscribe(gone, pro, 1);
        String twice = customer("twice");
        subscribe(twice, team, 1);
        pass(40);
        upgrade(subscription, pro, 5);
        subscribe(twice, pro, 2);
        stripe.v1().subscriptions().cancel(over);
        pass(60);
        take(true);
        assertThat(subscriptions.live(SELF, known(story.key("stays")).id())).as("left out so far").isEmpty();

        HistoryRun run = read();
        files.bring(SELF, new BringHistory(UUID.randomUUID().toString(), run.id().toString()));
        FinishedHistories.finish(context);
        assertThat(files.byId(SELF, run.id().toString()).state()).isEqualTo(State.BROUGHT);
        assertThat(lines.accounts(run.id())).as("what was said of people is not kept").isZero();
        assertThat(told("stays")).containsExactly("NEW 12500", "UPSELL 12000");
        assertThat(told("gone")).containsExactly("NEW 4900", "CHURN -4900");
        assertThat(told("twice")).as("what ran side by side is added up").startsWith("NEW 2500");

        take(false);
        assertThat(subscriptions.live(SELF, known(story.key("stays")).id())).hasSize(1);
        assertThat(told("stays")).as("goes on where its past ended").containsExactly("NEW 12500", "UPSELL 12000");
    }

    @Test
    void whatCannotBePlacedIsToldWithItsSubscription() throws StripeException {
        String known = price("Known", 1_000);
        String stranger = customer("stranger");
        take(true);
        String later = stripe.v1().prices().create(recurring(stripe.v1().products().create(ProductCreateParams.builder().setName("Later of " + story.number()).build()).getId(), 700).build()).getId();
        String odd = subscribe(stranger, later, 1);
        String nobody = customer("nobody");
        subscribe(nobody, known, 1);

        HistoryRun run = read();
        List<HistoryMistake> mistakes = mistakes(run);
        assertThat(mistakes).anyMatch(each -> odd.equals(each.column()) && each.problem() == Problem.PRICE && later.equals(each.value()) && story.key("stranger").equals(each.account()));
        assertThat(mistakes).anyMatch(each -> each.problem() == Problem.CUSTOMER && nobody.equals(each.value()));
    }

    @Test
    void whoDiesWhileStripeIsReadGoesOnAndWhatIsRefusedFailsUntilSomebodyTriesAgain() {
        story.subscribed("acme", "team", 5);
        HistoryRun whole = read();
        HistoryRun run = runs.readStripe(SELF, new ReadStripe(UUID.randomUUID().toString()));
        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/invoices[?].*", 503, "api_error")) {
            FinishedHistories.finish(context);
        }
        assertThat(now(run).state()).isEqualTo(State.INVOICES);
        stories.clock().advance(Duration.ofMinutes(1));
        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/invoices[?].*", 400, "invalid_request_error")) {
            FinishedHistories.finish(context);
        }
        assertThat(now(run).state()).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(now(run).failure()).in()).isEqualTo(State.INVOICES);
        assertThat(Objects.requireNonNull(now(run).failure()).reason()).startsWith("Stripe refused: ");

        runs.retry(SELF, new OfHistory(run.id().toString()));
        FinishedHistories.finish(context);
        assertThat(now(run).state()).isEqualTo(State.LOOKED_AT);
        assertThat(now(run).counts()).isEqualTo(now(whole).counts());
        assertThat(now(run).fetched()).isEqualTo(now(whole).fetched());

        runs.discard(SELF, new OfHistory(run.id().toString()));
        assertThat(now(run).state()).isEqualTo(State.DISCARDED);
        assertThat(lines.accounts(run.id())).isZero();
        assertThat(mistakes(run)).isEmpty();
    }

    @Test
    void oneIsReadAtATimeByWhoMaySeeRevenue() {
        Api reader = stories.api(stories.secret(Set.of(Permission.READ, Permission.ADMIN)));
        String mutation = "mutation ($input: ReadRevenueHistoryFromStripeInput!) { readRevenueHistoryFromStripe(input: $input) { id source state fetched failure { reason } } }";
        assertThat(reader.ask(mutation, "input", Map.of("idempotencyKey", "x")).errorCode()).isEqualTo("FORBIDDEN");
        Map<String, Object> input = Map.of("idempotencyKey", UUID.randomUUID().toString());
        String id = story.backend().ask(mutation, "input", input).text("/readRevenueHistoryFromStripe/id");
        assertThat(story.backend().ask(mutation, "input", input).text("/readRevenueHistoryFromStripe/id")).isEqualTo(id);
        assertThat(story.backend().ask(mutation, "input", Map.of("idempotencyKey", UUID.randomUUID().toString())).errorCode()).isEqualTo("CONFLICT");
        String retry = "mutation ($input: RevenueHistoryInput!) { retryRevenueHistory(input: $input) { state } }";
        String discard = "mutation ($input: RevenueHistoryInput!) { discardRevenueHistory(input: $input) { state } }";
        assertThat(reader.ask(discard, "input", Map.of("history", id)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.backend().ask(discard, "input", Map.of("history", id)).text("/discardRevenueHistory/state")).isEqualTo("DISCARDED");
        assertThat(story.backend().ask(discard, "input", Map.of("history", id)).text("/discardRevenueHistory/state")).isEqualTo("DISCARDED");
        assertThat(story.backend().ask(retry, "input", Map.of("history", id)).errorCode()).isEqualTo("CONFLICT");
    }

    private void paused(String account, @Nullable PauseCollection how) throws StripeException {
        SubscriptionUpdateParams.Builder parameters = SubscriptionUpdateParams.builder();
        if (how == null) {
            parameters.setPauseCollection(EmptyParam.EMPTY);
        } else {
            parameters.setPauseCollection(how);
        }
        stripe.v1().subscriptions().update(stripeId(account), parameters.build());
        stories.settle();
    }

    private HistoryRun now(HistoryRun run) {
        return files.byId(SELF, run.id().toString());
    }

    private List<HistoryMistake> mistakes(HistoryRun run) {
        List<HistoryMistake> all = new ArrayList<>();
        List<HistoryMistake> page = reports.mistakes(SELF, run, null, 1_000);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = reports.mistakes(SELF, run, page.getLast(), 1_000);
        }
        return all;
    }

    private List<String> told(String name) {
        return booked(story.key(name)).stream().map(each -> each.kind() + " " + each.amount().minor()).toList();
    }

    private void take(boolean withoutSubscriptions) {
        Walk dry = imports.start(SELF, new StripeImports.StartImport(UUID.randomUUID().toString(), "legacy-" + story.number(), "account_key", null));
        UnfinishedImports.finish(imports);
        imports.apply(SELF, new StripeImports.ApplyImport(UUID.randomUUID().toString(), dry.id(), withoutSubscriptions));
        UnfinishedImports.finish(imports);
        stories.clock().advance(Duration.ofSeconds(2));
    }

    private String price(String name, long amount) throws StripeException {
        String product = stripe.v1().products().create(ProductCreateParams.builder().setName(name + " of " + story.number()).build()).getId();
        return stripe.v1().prices().create(recurring(product, amount).build()).getId();
    }

    private static PriceCreateParams.Builder recurring(String product, long amount) {
        return PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(amount)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build());
    }

    private String customer(String name) throws StripeException {
        return stripe.v1().customers().create(CustomerCreateParams.builder().setName(name).setEmail(name + "@example.com").setPaymentMethod("pm_card_visa")
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build())
                .putMetadata("account_key", story.key(name)).build()).getId();
    }

    private String subscribe(String customer, String price, long quantity) throws StripeException {
        return stripe.v1().subscriptions().create(SubscriptionCreateParams.builder().setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).setQuantity(quantity).build()).build()).getId();
    }

    /** By whoever sold with Stripe alone. */
    private void upgrade(String subscription, String price, long quantity) throws StripeException {
        String item = stripe.v1().subscriptions().retrieve(subscription).getItems().getData().getFirst().getId();
        stripe.v1().subscriptions().update(subscription, SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder().setId(item).setPrice(price).setQuantity(quantity).build())
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE).build());
    }

    private HistoryRun read() {
        HistoryRun run = runs.readStripe(SELF, new ReadStripe(UUID.randomUUID().toString()));
        FinishedHistories.finish(context);
        HistoryRun read = files.byId(SELF, run.id().toString());
        assertThat(read.state()).as("%s", read.failure()).isEqualTo(State.LOOKED_AT);
        return read;
    }

    private List<RevenueMovement> imagined(HistoryRun run, String account) {
        List<Told> told = lines.of(run.id(), List.of(account)).getOrDefault(account, List.of());
        List<PastState> states = told.stream().map(Told::line).map(Objects::requireNonNull).map(this::state).toList();
        return ((Placed) pasts.imagine(SELF, null, USD, new Open(false, null), states)).movements();
    }

    private PastState state(HistoryLine line) {
        Plan plan = catalog.snapshot().plan(line.plan()).orElseThrow();
        return new PastState(
                line.number(), line.subscription(), plan.product(), catalog.snapshot().versionsOf(plan).getLast().id(), plan.key(), line.seats(), line.year(), line.kind(), line.from());
    }

    private List<RevenueMovement> booked(String account) {
        return pages.page(SELF, new MovementFilter(null, null, null, Set.of(), known(account).id().value(), null, null, null), null, 100).reversed();
    }

    private static List<String> kinds(List<RevenueMovement> movements) {
        return movements.stream().sorted(Comparator.comparing(RevenueMovement::number)).map(each -> each.month() + " " + each.kind() + " " + each.amount().minor()).toList();
    }

    private static Map<String, Long> months(List<RevenueMovement> movements) {
        Map<String, Long> months = new TreeMap<>();
        movements.forEach(each -> months.merge(each.month().toString(), each.amount().minor(), Long::sum));
        return months;
    }

    private Account known(String key) {
        return accounts.byKeys(SELF, Set.of(key)).get(key);
    }

    private String account(String name) {
        String account = story.account(name);
        story.card(account, "pm_card_visa");
        return account;
    }

    /** Few days at a time, as events come. */
    private void pass(int days) {
        for (int left = days; left > 0; left -= 2) {
            stories.pass(Duration.ofDays(Math.min(left, 2)));
        }
    }

    /** A day of a month after the first one. */
    private void to(int months, int day) {
        ZonedDateTime now = stories.clock().instant().atZone(ZoneOffset.UTC);
        pass((int) Duration.between(now, began.plusMonths(months).withDayOfMonth(day)).toDays());
    }

    private void change(String account, Map<String, Object> what) {
        story.accept(story.token(account, what)).at("/changePlan/change/id");
    }

    private String stripeId(String account) {
        return subscriptions.live(SELF, known(account).id()).getFirst().stripeId();
    }

    private void offer(String name, Map<String, Object> more) {
        Instant now = stories.clock().instant();
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", now.toString(), "until", now.plus(Duration.ofDays(30)).toString()));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input).text("/createOffer/offer/id");
    }
}
