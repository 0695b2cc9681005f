package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.change.PlanChanges;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** What waits for a date is billed as it was promised or not made, whatever else there is: bundles, taxes, invoices that are open, another catalogue, another worker. */
@HeadroomTest
class DatedBesideTheRestStoryTest {

    private static final Duration LEASE_OVER = Duration.ofMinutes(3);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    PlanChanges changes;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    DSLContext db;

    @Autowired
    ApplicationEventPublisher events;

    private Story story;
    private String acme;
    private Instant until;
    private Instant date;

    @BeforeEach
    void fiveSeatsOfTeamADayIntoTheirMonth() {
        story = stories.beginWithCatalogOfItsOwn().crediting();
        begin("acme");
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    private void begin(String name) {
        acme = story.subscribed(name, "team", 5);
        stories.pass(Duration.ofDays(1));
        until = Instant.parse(subscription().at("/period/until").asString());
        date = until.minus(Duration.ofDays(11)).plusSeconds(4_321);
    }

    @Test
    void itFormsABundle() throws StripeException {
        bundle();
        JsonNode quote = accepted(addOns(1));
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
        assertThat(reduced()).containsExactly(true, true);
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(next(quote)).isEqualTo(10_000 + 2_320);
    }

    /** Both are made in one go, a while after their dates: what reduces the second one has begun after its date. */
    @Test
    void whatFollowsInTheSameGoIsInTheBundleThatItForms() throws StripeException {
        bundle();
        date = until.plus(Duration.ofDays(20));
        accepted(Map.of("interval", "YEAR"));
        date = date.minus(Duration.ofHours(4));
        JsonNode first = accepted(addOns(1));
        passUntil(until.plus(Duration.ofHours(2)));
        passUntil(date.plus(Duration.ofHours(9)));

        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        List<Invoice> billed = invoices();
        assertThat(billed.get(1).getTotal()).isEqualTo(first.at("/total/amountMinor").asLong());
        assertThat(billed.getFirst().getLines().getData()).filteredOn(line -> line.getAmount() > 0)
                .extracting(line -> line.getAmount() - line.getDiscountAmounts().stream().mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum())
                .containsExactly(100_000L, 23_200L);
    }

    @Test
    void itBreaksABundle() throws StripeException {
        bundle();
        story.accept(story.token(acme, Map.of("addOns", List.of(addOn(1))))).at("/changePlan/change");
        JsonNode quote = accepted(addOns(0));
        assertThat(quote.at("/total/amountMinor").asLong()).isNegative();
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
        assertThat(reduced()).containsExactly(false);
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getTotal()).isEqualTo(12_500);
    }

    @Test
    void aBundleThatIsGoneByThenIsWhatWasPromisedAllTheSame() throws StripeException {
        bundle();
        JsonNode quote = accepted(addOns(1));
        story.backend().ask("mutation ($input: EndBundleInput!) { endBundle(input: $input) { ... on BundleEnded { bundle { until } } } }", "input", Map.of(
                "idempotencyKey", story.key("end-duo"), "bundle", story.key("duo"))).text("/endBundle/bundle/until");
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
    }

    /** What discounts items cannot wait for a bank: it is refused at once, and the items stay as they were. */
    @Test
    void aBundleIsNotFormedWhereTheBankWantsItsCustomer() throws StripeException {
        bundle();
        accepted(addOns(1));
        story.card(acme, "pm_card_authenticationRequired");
        passUntil(date.plusSeconds(3));

        assertThat(states()).containsExactly("DECLINED subscription_payment_intent_requires_action");
        assertThat(reduced()).containsExactly(false);
        assertThat(invoices()).noneMatch(invoice -> invoice.getStatus().equals("open"));
    }

    @Test
    void taxesArePartOfThePromise() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(stripes().getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
        JsonNode quote = accepted(Map.of("seats", 8));
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
        assertThat(invoices().getFirst().getTotalTaxes()).hasSize(1);
    }

    @Test
    void aTaxThatIsAnotherByThenWasNotPromised() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(stripes().getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
        accepted(Map.of("seats", 8));
        stories.sandbox().taxAt(new BigDecimal("25"));
        passUntil(date.plusSeconds(3));

        assertThat(states()).containsExactly("REFUSED amount_differs");
        assertThat(invoices()).hasSize(1);
    }

    /** Somebody lets a period begin at Stripe that cannot be paid. */
    @Test
    void whatIsOwedByThenKeepsItBack() throws StripeException {
        accepted(Map.of("seats", 8));
        story.card(acme, "pm_card_chargeCustomerFail");
        stripe.v1().subscriptions().update(stripes().getId(), SubscriptionUpdateParams.builder()
                .setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE).build());
        stories.pass(Duration.ofHours(3));
        assertThat(subscription().at("/state").asString()).isEqualTo("PAST_DUE");
        passUntil(date.plusSeconds(3));

        assertThat(states()).containsExactly("ABANDONED payment_past_due");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(5);
    }

    @Test
    void aPlanThatIsNotSoldAnyMoreIsWhatWasPromisedAllTheSame() throws StripeException {
        JsonNode quote = accepted(Map.of("plan", story.key("pro")));
        retire("pro");
        assertThat(story.quote(story.backend(), story.subscribed("late", "team", 1), Map.of("plan", story.key("pro"))).text("/account/quote/__typename")).isEqualTo("PlanNotOnSale");
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("pro"));
    }

    @Test
    void aPlanThatIsDearerByThenCostsWhatWasPromised() throws StripeException {
        JsonNode quote = accepted(Map.of("plan", story.key("pro")));
        dearer("pro");
        assertThat(story.quote(story.backend(), story.subscribed("late", "team", 1), Map.of("plan", story.key("pro"), "when", "PERIOD_END"))
                .at("/account/quote/recurring/after/amountMinor").asLong()).isEqualTo(9_900);
        passUntil(date.plusSeconds(3));

        billedAsPromised(quote);
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(next(quote)).isEqualTo(5 * 4_900);
    }

    @Test
    void ofTwoThatSweepOneMakesIt() throws StripeException {
        JsonNode quote = accepted(Map.of("seats", 8));
        travelTo(date.plusSeconds(3));
        Stream.generate(() -> CompletableFuture.supplyAsync(changes::sweep)).limit(4).toList().forEach(CompletableFuture::join);
        stories.settle();

        billedAsPromised(quote);
        assertThat(invoices()).hasSize(2);
    }

    @Test
    void whatIsAcceptedForTheEndOfThePeriodInTheMomentOfTheDateIsMadeOfIt() throws Exception {
        accepted(Map.of("seats", 8));
        String token = story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"));
        travelTo(date.plusSeconds(3));
        CompletableFuture<Integer> sweep = CompletableFuture.supplyAsync(changes::sweep);
        String answer = story.accept(token).text("/changePlan/__typename");
        sweep.join();
        passUntil(date.plus(LEASE_OVER));
        passUntil(date.plus(LEASE_OVER).plus(LEASE_OVER));

        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(8);
        assertThat(answer).isIn("PlanChangeScheduled", "QuoteIsStale", "ChangeInProgress");
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(answer.equals("PlanChangeScheduled") ? 8 * 4_900 : 8 * 2_500);
    }

    /** A year that waits for the month's end is not billed on top of the one that the date brought, although nobody heard of that. */
    @Test
    void aYearThatWaitsIsNotBilledBesideTheOneThatTheDateBrought() throws StripeException {
        story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).at("/changePlan/change");
        accepted(Map.of("interval", "YEAR"));
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            passUntil(date.plusSeconds(3));
        }
        passUntil(until.plus(Duration.ofDays(3)));

        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        assertThat(invoices()).hasSize(2);
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isZero();
    }

    @Test
    void itMakesRoomForWhatWaitsWhereStripeNeverAnswers() throws StripeException {
        accepted(Map.of("seats", 8));
        story.accept(story.token(acme, Map.of("seats", 3, "when", "PERIOD_END"))).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            passUntil(date.plusSeconds(3));
            passUntil(date.plus(Duration.ofDays(1)).plusSeconds(3));
        }
        assertThat(states()).containsExactly("SCHEDULED", "ABANDONED date_missed");
        assertThat(stripes().getSchedule()).isNotNull();
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(3 * 2_500);
    }

    @Test
    void aBankThatSaysNothingKeepsNothingElseFromBeingMade() throws StripeException {
        date = until.minus(Duration.ofHours(20));
        accepted(Map.of("seats", 8));
        story.accept(story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"))).at("/changePlan/change");
        story.card(acme, "pm_card_authenticationRequired");
        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("SCHEDULED", "ACTION_REQUIRED");
        story.card(acme, "pm_card_visa");
        passUntil(until.minus(Duration.ofMinutes(9)));
        assertThat(states()).containsExactly("SCHEDULED", "DECLINED authentication_expired");
        passUntil(until.plus(Duration.ofHours(2)));

        assertThat(states()).containsExactly("APPLIED", "DECLINED authentication_expired");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(5 * 4_900);
    }

    /** Stripe makes so many invoices a minute and no more; it is made a little later for what was promised. */
    @Test
    void aDateWaitsAsLongAsStripeMakesNoMoreInvoices() throws StripeException {
        IntStream.rangeClosed(6, 15).forEach(seats -> assertThat(story.accept(story.token(acme, Map.of("seats", seats))).text("/changePlan/change/state")).isEqualTo("APPLIED"));
        date = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(20);
        JsonNode quote = accepted(Map.of("seats", 16));
        passUntil(date.plusSeconds(2));
        assertThat(states().getFirst()).isEqualTo("SCHEDULED");
        passUntil(date.plus(LEASE_OVER));

        assertThat(states().getFirst()).isEqualTo("APPLIED");
        assertThat(invoices().getFirst().getTotal()).isEqualTo(quote.at("/total/amountMinor").asLong());
    }

    @Test
    void aContractThatHoldsByThenKeepsBackWhatBringsLess() throws StripeException {
        accepted(Map.of("seats", 2));
        story.backend().ask("mutation ($input: SetCommitmentInput!) { setCommitment(input: $input) { ... on CommitmentSet { subscription { id } } } }", "input", Map.of(
                "account", acme, "until", until.plus(Duration.ofDays(90)).toString())).at("/setCommitment/subscription/id");
        passUntil(date.plusSeconds(3));

        assertThat(states()).containsExactly("ABANDONED on_hold");
        assertThat(invoices()).hasSize(1);
    }

    /** Nobody was there to be answered when the date came. */
    @Test
    void whatWasNotMadeIsToldToWhoeverAsksAnythingOfTheAccountAndToTheVendorOfAll() {
        accepted(Map.of("seats", 8));
        String dated = change();
        story.card(acme, "pm_card_chargeCustomerFail");
        assertThat(unmade()).isEmpty();
        passUntil(date.plusSeconds(3));

        assertThat(unmade()).containsExactly(dated);
        JsonNode all = story.backend().ask("{ unmadeChanges(first: 1) { id state failureCode decidedAt account { key } } }").at("/unmadeChanges");
        assertThat(all.at("/0/id").asString()).isEqualTo(dated);
        assertThat(all.at("/0/account/key").asString()).isEqualTo(acme);
        assertThat(all.at("/0/failureCode").asString()).isNotEmpty();
        assertThat(story.backend().ask("query ($before: DateTime) { unmadeChanges(before: $before) { id } }", "before", all.at("/0/decidedAt").asString())
                .at("/unmadeChanges").valueStream().map(each -> each.at("/id").asString())).doesNotContain(dated);

        story.card(acme, "pm_card_visa");
        story.accept(story.token(acme, Map.of("seats", 6))).at("/changePlan/change");
        assertThat(unmade()).as("somebody has gone on").isEmpty();
    }

    private String change() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { id } } }", "key", acme).text("/account/planChanges/0/id");
    }

    private List<String> unmade() {
        return story.backend().ask("query ($key: String) { account(key: $key) { unmadeChanges { id } } }", "key", acme).at("/account/unmadeChanges").valueStream()
                .map(each -> each.at("/id").asString()).toList();
    }

    @Test
    void ofTwoAccountsEachIsBilledItsOwn() throws StripeException {
        JsonNode first = accepted(Map.of("seats", 8));
        String one = acme;
        Instant same = date;
        begin("globex");
        date = same;
        JsonNode second = accepted(Map.of("seats", 7));
        passUntil(date.plusSeconds(3));

        billedAsPromised(second);
        acme = one;
        billedAsPromised(first);
    }

    private void billedAsPromised(JsonNode quote) throws StripeException {
        assertThat(states().getFirst()).isEqualTo("APPLIED");
        Invoice billed = invoices().stream().filter(invoice -> invoice.getLines().getData().stream().anyMatch(line -> line.getPeriod().getStart() == date.getEpochSecond()))
                .findFirst().orElseThrow();
        assertThat(billed.getTotal()).isEqualTo(quote.at("/total/amountMinor").asLong());
        assertThat(billed.getAmountDue()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong());
        assertThat(billed.getStatus()).isEqualTo("paid");
    }

    private static long next(JsonNode quote) {
        return quote.at("/nextInvoice/due/amountMinor").asLong();
    }

    /** At the date. */
    private JsonNode accepted(Map<String, Object> change) {
        Map<String, Object> dated = new HashMap<>(change);
        dated.put("at", date.toString());
        JsonNode quote = story.quote(story.backend(), acme, dated).at("/account/quote");
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        return quote;
    }

    private Map<String, Object> addOns(long quantity) {
        return Map.of("addOns", List.of(addOn(quantity)));
    }

    private Map<String, Object> addOn(long quantity) {
        return Map.of("addOn", story.key("insights"), "quantity", quantity);
    }

    private void bundle() {
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("duo"), "key", story.key("duo"), "name", "duo", "percentOff", "20", "members", List.of(
                        Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))))).at("/createBundle/bundle");
        stories.pass(Duration.ofSeconds(1));
    }

    private void retire(String plan) {
        db.execute("update catalog.plan_version set state = 'RETIRED' where plan_id = (select id from catalog.plan where key = ?)", story.key(plan));
        events.publishEvent(new BroadcastInterrupted());
    }

    private void dearer(String plan) {
        retire(plan);
        UUID plans = db.fetchValue("select id from catalog.plan where key = ?", story.key(plan)) instanceof UUID id ? id : null;
        UUID next = UUID.randomUUID();
        db.execute("insert into catalog.plan_version (id, plan_id, number, state, created_at, published_at, name, description, rank, visibility) "
                        + "select ?, id, 2, 'PUBLISHED', ?::timestamptz, ?::timestamptz, name, description, rank, visibility from catalog.plan where id = ?",
                next, stories.clock().instant().toString(), stories.clock().instant().toString(), plans);
        db.execute("""
                insert into catalog.price (id, plan_version_id, interval, currency, model)
                select gen_random_uuid(), ?, interval, currency, replace(model::text, '4900', '9900')::jsonb
                from catalog.price where plan_version_id = (select id from catalog.plan_version where plan_id = ? and number = 1)""", next, plans);
        events.publishEvent(new BroadcastInterrupted());
    }

    private void travelTo(Instant instant) {
        stories.clock().travelTo(instant);
        stories.sandbox().catchUp();
    }

    private void passUntil(Instant instant) {
        stories.pass(Duration.between(stories.clock().instant(), instant));
        stories.settle();
    }

    private JsonNode subscription() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { state plan { key } seats { bought } period { until } } } }", "key", acme)
                .at("/account/subscription");
    }

    private List<Boolean> reduced() throws StripeException {
        return stripes().getItems().getData().stream().map(item -> !item.getDiscounts().isEmpty()).toList();
    }

    private Subscription stripes() throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer()).build()).getData().getFirst();
    }

    /** Newest first. */
    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).getData();
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    /** Newest first, with why. */
    private List<String> states() {
        JsonNode made = story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", acme).at("/account/planChanges");
        return made.valueStream().map(change -> (change.at("/state").asString() + " " + change.at("/failureCode").asString("")).strip()).toList();
    }
}
