package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.CancelPlanChangeResult;
import dev.headroom.change.ChangePlan;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.ChangePlanResult.PlanChangeScheduled;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.Policies;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.Transition;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Accounts that do whatever comes to their minds, many at once on one clock: what was quoted is what Stripe invoices, at once and with the
 * next period, and what we know of a subscription is what Stripe has. A failure names its seed; {@code -Dstories.seed=N} replays it,
 * {@code -Dstories.seconds=N} goes on for so long with ever new seeds.
 */
@HeadroomTest
class RandomStoriesTest {

    private static final Actor.System SELF = new Actor.System("stories");
    private static final int ACCOUNTS = 8;
    private static final int ROUNDS = 12;
    private static final List<String> PLANS = List.of("free", "starter", "team", "pro");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Quotes quotes;

    @Autowired
    PlanChanges changes;

    @Autowired
    PlanChangeCancellations cancellations;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Catalog catalog;

    @Autowired
    Policies policies;

    /** What an account was told of its next invoice, as long as nothing has happened to it since. */
    private record Expected(Instant at, long due) {}

    private Story story;
    private SplittableRandom random = new SplittableRandom();
    private final Map<String, Expected> expected = new HashMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void whatIsQuotedIsChargedWhateverHappens() throws StripeException {
        Long replayed = Long.getLong("stories.seed");
        if (replayed != null) {
            told(replayed);
            return;
        }
        long until = System.nanoTime() + Duration.ofSeconds(Integer.getInteger("stories.seconds", 0)).toNanos();
        long seed = Long.getLong("stories.from", 1);
        do {
            told(seed++);
        } while (System.nanoTime() < until || seed <= 3);
        System.out.println("Random stories up to seed " + (seed - 1) + ": " + outcomes);
        assertThat(outcomes.keySet()).as("something of everything").contains("PlanChanged", "PlanChangeScheduled", "renewed as quoted", "taken back");
    }

    private void told(long seed) throws StripeException {
        try {
            tell(seed);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("Replay with -Dstories.seed=" + seed, failure);
        }
    }

    private void tell(long seed) throws StripeException {
        random = new SplittableRandom(seed);
        story = stories.beginWithCatalogOfItsOwn();
        rule();
        expected.clear();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            keys.add(begin("a" + i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String key : keys) {
                if (random.nextInt(3) > 0) {
                    act(key);
                }
            }
            pass(keys, random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextLong(1, 90)) : Duration.ofSeconds(random.nextLong(3_600, 3_600 * 24 * 20)));
        }
    }

    /** Half of the vendors have rules, of which each speaks of so little that something of everything goes on. */
    private void rule() {
        if (random.nextInt(2) == 0) {
            return;
        }
        for (ChangeKind kind : ChangeKind.values()) {
            if (random.nextInt(3) == 0) {
                String from = story.key(PLANS.get(random.nextInt(PLANS.size())));
                Transition transition = kind == ChangeKind.END ? Transition.PERIOD_END
                        : Transition.values()[kind.name().startsWith("INTERVAL") ? random.nextInt(0, 2) * 2 : random.nextInt(0, 3)];
                policies.add(SELF, new AddTransitionRule(UUID.randomUUID().toString(), story.key("suite"), kind, from, null, transition));
            }
        }
        policies.set(SELF, new SetCreditGuard(story.key("suite"), random.nextInt(0, 20), CreditGuard.Measure.values()[random.nextInt(2)]));
    }

    private String begin(String name) {
        String account = story.account(name);
        story.card(account, "pm_card_visa");
        String plan = PLANS.get(random.nextInt(PLANS.size()));
        Map<String, Object> input = new HashMap<>(Map.of("plan", story.key(plan), "interval", random.nextInt(4) == 0 ? "YEAR" : "MONTH"));
        if (plan.equals("team") || plan.equals("pro")) {
            input.put("seats", random.nextInt(1, 30));
        }
        if (random.nextInt(6) == 0) {
            input.put("trialDays", random.nextInt(1, 30));
        }
        story.start(account, input).at("/startSubscription/subscription/id");
        return account;
    }

    private void act(String key) throws StripeException {
        AccountId account = accounts.meant(SELF, key).id();
        Optional<AccountSubscription> held = subscriptions.live(SELF, account).stream().findFirst();
        if (held.isEmpty()) {
            return;
        }
        List<PlanChange> waiting = changes.scheduled(SELF, List.of(held.get())).get(held.get());
        if (!waiting.isEmpty() && random.nextInt(3) == 0) {
            takeBack(key, account, waiting.get(random.nextInt(waiting.size())));
            return;
        }
        RequestedChange wanted = wanted(held.get());
        QuoteResult result = quotes.quote(SELF, account, wanted);
        if (!(result instanceof Quote quote)) {
            count(result instanceof QuoteResult.ChangeNotAllowed(var rule, var _) ? rule.name() : result.getClass().getSimpleName());
            return;
        }
        accept(key, account, quote);
    }

    private void takeBack(String key, AccountId account, PlanChange change) {
        CancelPlanChangeResult result = cancellations.cancel(SELF, account, change.id(), UUID.randomUUID().toString());
        assertThat(result).isInstanceOf(ChangePlanResult.PlanChangeCanceled.class);
        expected.remove(key);
        count("taken back");
    }

    private RequestedChange wanted(AccountSubscription held) {
        if (random.nextInt(10) == 0) {
            return new RequestedChange(null, null, null, null, null, null, null, held.renews());
        }
        @Nullable String plan = random.nextInt(2) == 0 ? story.key(PLANS.get(random.nextInt(PLANS.size()))) : null;
        @Nullable Interval interval = random.nextInt(4) == 0 ? Interval.values()[random.nextInt(2)] : null;
        CatalogSnapshot known = catalog.snapshot();
        String ends = plan == null ? held.planVersion(known).plan().key() : plan;
        boolean sold = ends.equals(story.key("team")) || ends.equals(story.key("pro"));
        @Nullable Long seats = sold && random.nextInt(2) == 0 ? Long.valueOf(random.nextInt(1, 40)) : null;
        List<AddOnQuantity> addOns = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            addOns.add(new AddOnQuantity(story.key("seat-pack"), random.nextInt(0, 5)));
        }
        if (random.nextInt(4) == 0) {
            addOns.add(new AddOnQuantity(story.key("insights"), random.nextInt(0, 2)));
        }
        @Nullable When when = random.nextInt(3) == 0 ? When.values()[random.nextInt(2)] : null;
        return new RequestedChange(null, plan, interval, seats, addOns, null, when, null);
    }

    private void accept(String key, AccountId account, Quote quote) throws StripeException {
        int before = invoices(key).size();
        ChangePlanResult result = changes.change(SELF, new ChangePlan(quote.token(), UUID.randomUUID().toString()));
        count(result.getClass().getSimpleName());
        switch (result) {
            case PlanChanged(PlanChange change) -> {
                assertThat(change.state()).isEqualTo(PlanChange.State.APPLIED);
                assertThat(change.charged()).isEqualTo(quote.dueNow());
                List<Invoice> since = invoices(key);
                if (since.size() > before) {
                    assertThat(since.getFirst().getAmountDue()).isEqualTo(quote.dueNow().minor());
                    assertThat(since.getFirst().getTotal()).isEqualTo(quote.quotation().now().total().minor());
                } else {
                    assertThat(quote.quotation().now().lines()).isEmpty();
                }
            }
            case PlanChangeScheduled(PlanChange change) -> assertThat(invoices(key)).hasSize(before);
            case ChangePlanResult other -> throw new AssertionError(key + " was answered with " + other.getClass().getSimpleName() + ": " + told(quote)
                    + ", and Stripe: " + changes.history(SELF, account, 1).getFirst().failureMessage());
        }
        expected.remove(key);
        Optional.ofNullable(quote.quotation().next()).ifPresent(next -> expected.put(key, new Expected(next.at(), next.due().minor())));
        sameAtStripe(key, account);
    }

    private static String told(Quote quote) {
        StringBuilder text = new StringBuilder(quote.when() + " at " + quote.quotedAt() + " of " + quote.subscription().state() + " " + quote.subscription().period()
                + " anchor " + quote.subscription().anchor().at() + " trial " + quote.subscription().trialUntil() + " cancel " + quote.subscription().cancelAt()
                + " balance " + quote.subscription().balance() + " waiting " + quote.subscription().scheduled().stream().map(each -> each.requested()).toList());
        quote.subscription().items().forEach(item -> text.append("\n  has ").append(item));
        quote.target().items().forEach(item -> text.append("\n  wants ").append(item.version().plan().key()).append(' ').append(item.price().price().interval())
                .append(" x ").append(item.quantity()));
        quote.quotation().now().lines().forEach(line -> text.append("\n  ").append(line));
        return text.append("\n  due ").append(quote.dueNow()).append(", next ").append(quote.quotation().next()).toString();
    }

    private void pass(List<String> keys, Duration duration) throws StripeException {
        Instant before = stories.clock().instant();
        stories.pass(duration);
        for (String key : keys) {
            renewedAsQuoted(key, before);
            sameAtStripe(key, accounts.meant(SELF, key).id());
        }
    }

    /** Only the first renewal was told of, and only if nothing else was done before it. */
    private void renewedAsQuoted(String key, Instant before) throws StripeException {
        Expected told = expected.get(key);
        if (told == null || told.at().isAfter(stories.clock().instant())) {
            return;
        }
        List<Invoice> then = invoices(key).stream().filter(invoice -> invoice.getCreated() == told.at().getEpochSecond()).toList();
        assertThat(then).as(key + " is invoiced at " + told.at()).hasSize(1);
        assertThat(then.getFirst().getAmountDue()).as(key + "'s invoice at " + told.at()).isEqualTo(told.due());
        expected.remove(key);
        count("renewed as quoted");
    }

    private void sameAtStripe(String key, AccountId account) throws StripeException {
        for (AccountSubscription ours : subscriptions.live(SELF, account)) {
            Subscription there = stripe.v1().subscriptions().retrieve(
                    ours.stripeId(), SubscriptionRetrieveParams.builder().addExpand("customer").build());
            assertThat(ours.items().stream().map(item -> item.stripeId() + " × " + item.quantity()).toList()).as(key)
                    .isEqualTo(there.getItems().getData().stream().map(item -> item.getId() + " × " + item.getQuantity()).toList());
            assertThat(ours.period().until().getEpochSecond()).as(key).isEqualTo(there.getItems().getData().getFirst().getCurrentPeriodEnd());
            assertThat(ours.balance().minor()).as(key).isEqualTo(there.getCustomerObject().getBalance());
            assertThat(-ours.balance().minor()).as(key + " is given back no more than it paid").isLessThanOrEqualTo(paid(key));
            assertThat(ours.renews()).as(key).isEqualTo(there.getCancelAt() == null);
            assertThat(ours.scheduled().isEmpty()).as(key + " waits for nothing").isEqualTo(
                    changes.scheduled(SELF, List.of(ours)).get(ours).isEmpty());
        }
    }

    private long paid(String key) throws StripeException {
        return invoices(key).stream().mapToLong(Invoice::getAmountPaid).sum();
    }

    private List<Invoice> invoices(String key) throws StripeException {
        String customer = accounts.meant(SELF, key).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build()).getData();
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }
}
