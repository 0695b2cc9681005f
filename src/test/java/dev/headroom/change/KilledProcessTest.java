package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.BUNDLE_DUE;
import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.story.StartDesk;
import dev.headroom.subscription.Subscriptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Killed at any point of a change, a process leaves something that ends charged once and in force, or not charged and unchanged. */
@HeadroomTest
class KilledProcessTest {

    private static final int KILLED = 137;
    /** Longer than a change belongs to the process that began it. */
    private static final Duration LEASE_OVER = Duration.ofMinutes(3);

    private static @Nullable DyingProcesses processes;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    DSLContext db;

    @Autowired
    Environment environment;

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aChangeEndsChargedOnceAndInForce(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        assertThat(die(point, "change", token, story.key("click"))).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        assertThat(seats(story, acme)).isEqualTo(5);
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(seats(story, acme)).isEqualTo(6);
        assertThat(invoices(acme)).isEqualTo(2);
        stories.pass(LEASE_OVER);
        assertThat(invoices(acme)).isEqualTo(2);
    }

    /** Stripe gives back what is left when it ends; what was promised beyond that follows, once, whoever died in between. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void anEndAtOnceGivesBackWhatWasPromisedOnce(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        JsonNode quote = story.quote(story.backend(), acme, Map.of("cancel", true, "when", "NOW")).at("/account/quote");
        stories.pass(Duration.ofMinutes(8));

        assertThat(die(point, "change", quote.at("/token").asString(), story.key("click"))).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(subscriptions.live(new Actor.System("test"), accounts.meant(new Actor.System("test"), acme).id())).isEmpty();
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).isEqualTo(quote.at("/total/amountMinor").asLong()).isNegative();
        stories.pass(LEASE_OVER);
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).isEqualTo(quote.at("/total/amountMinor").asLong());
    }

    @Test
    void anEndThatGaveBackMoreThanWasPromisedIsSaidToDiffer() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        JsonNode quote = story.quote(story.backend(), acme, Map.of("cancel", true, "when", "NOW")).at("/account/quote");

        assertThat(die(HaltingPoint.AFTER_STRIPE, "change", quote.at("/token").asString(), story.key("click"))).isEqualTo(KILLED);
        db.update(PLAN_CHANGE).set(PLAN_CHANGE.TOTAL_MINOR, PLAN_CHANGE.TOTAL_MINOR.plus(700L))
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(accounts.meant(new Actor.System("test"), acme).id().value())).execute();
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("MISMATCHED");
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).as("nothing is taken away again").isEqualTo(quote.at("/total/amountMinor").asLong());
    }

    @Test
    void whatStripeTellsOfAnUnfinishedChangeIsTheChangesDoing() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);

        assertThat(die(HaltingPoint.AFTER_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        stories.settle();

        assertThat(states(story, acme)).containsExactly("REQUESTED");
        assertThat(seats(story, acme)).isEqualTo(6);
        Actor.System test = new Actor.System("test");
        assertThat(subscriptions.movements(test, accounts.meant(test, acme).id(), 1).getFirst().cause()).startsWith("plan-change:");
    }

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void whatWaitsForTheEndOfThePeriodIsMadeThenWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);

        assertThat(die(point, "change", story.token(acme, Map.of("seats", 3)), story.key("click"))).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("SCHEDULED");
        assertThat(seats(story, acme)).isEqualTo(5);
        stories.pass(Duration.ofDays(35));
        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(seats(story, acme)).isEqualTo(3);
        assertThat(invoices(acme)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void whatWaitsForADateIsChargedOnceWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        Instant date = stories.clock().instant().plus(Duration.ofDays(9));
        story.accept(story.token(acme, Map.of("seats", 6, "at", date.toString()))).at("/changePlan/change");
        stories.pass(Duration.between(stories.clock().instant(), date).minusSeconds(1));
        stories.clock().advance(Duration.ofSeconds(2));

        assertThat(die(point, "sweep")).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        assertThat(seats(story, acme)).isEqualTo(5);
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(seats(story, acme)).isEqualTo(6);
        assertThat(invoices(acme)).isEqualTo(2);
        stories.pass(LEASE_OVER);
        assertThat(invoices(acme)).isEqualTo(2);
    }

    /** Whoever died had taken it, and Stripe redeems it when the period begins. */
    @ParameterizedTest
    @EnumSource(value = HaltingPoint.class, names = {"BEFORE_STRIPE", "AFTER_STRIPE"})
    void anOfferThatIsTakenWithWhatWaitsIsCountedAndReducesOnce(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        lastHalf(story);

        assertThat(die(point, "change", story.token(acme, Map.of("seats", 3, "when", "PERIOD_END", "offer", story.key("last"))), story.key("click"))).isEqualTo(KILLED);
        assertThat(redemptions(story)).isEqualTo(1);
        stories.pass(LEASE_OVER);
        assertThat(states(story, acme)).containsExactly("SCHEDULED");
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(redemptions(story)).isEqualTo(1);
        assertThat(amounts(acme)).containsExactly(3_750L, 12_500L);
        stories.pass(Duration.ofDays(31));
        assertThat(amounts(acme).getFirst()).as("it counts once").isEqualTo(7_500);
    }

    /** Promised months before, of a subscription that has been renewed since. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void whatWaitsForADateOfALaterPeriodIsChargedOnceWithItsOfferWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        lastHalf(story);
        Instant date = stories.clock().instant().plus(Duration.ofDays(40)).truncatedTo(ChronoUnit.SECONDS);
        JsonNode quote = story.quote(story.backend(), acme, Map.of("seats", 15, "at", date.toString(), "offer", story.key("last"))).at("/account/quote");
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        stories.pass(Duration.between(stories.clock().instant(), date.minusSeconds(1)));
        stories.clock().advance(Duration.ofSeconds(2));

        assertThat(die(point, "sweep")).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(seats(story, acme)).isEqualTo(15);
        assertThat(redemptions(story)).isEqualTo(1);
        assertThat(amounts(acme)).containsExactly(quote.at("/dueAtDate/amountMinor").asLong(), 12_500L, 12_500L);
        stories.pass(LEASE_OVER);
        assertThat(invoices(acme)).isEqualTo(3);
    }

    /** Nobody comes by for so long that the promise is over: the offer is free again for somebody else. */
    @Test
    void whatWasBegunAtItsDateAndNeverAskedForGivesItsOfferBack() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        lastHalf(story);
        Instant date = stories.clock().instant().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
        story.accept(story.token(acme, Map.of("seats", 9, "at", date.toString(), "offer", story.key("last")))).at("/changePlan/change");
        stories.pass(Duration.between(stories.clock().instant(), date.minusSeconds(1)));
        stories.clock().advance(Duration.ofSeconds(2));

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "sweep")).isEqualTo(KILLED);
        assertThat(redemptions(story)).isEqualTo(1);
        stories.pass(Duration.ofDays(2));

        assertThat(states(story, acme)).containsExactly("ABANDONED");
        assertThat(redemptions(story)).isZero();
        assertThat(invoices(acme)).isEqualTo(1);
    }

    /** Half off once, for one account. */
    private static void lastHalf(Story story) {
        Instant now = story.world().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("last"), "product", story.key("suite"), "key", story.key("last"), "name", "last", "percentOff", "50", "duration", "ONCE",
                "redemptionCap", 1, "from", now.toString(), "until", now.plus(Duration.ofDays(3)).toString())).text("/createOffer/offer/id");
    }

    private int redemptions(Story story) {
        return db.fetchOptional("select count(*) from catalog.redemption join catalog.offer on offer.id = offer_id where key = ?", story.key("last"))
                .map(row -> row.get(0, Integer.class)).orElseThrow();
    }

    /** Stripe is told a while before, and makes it by itself; whoever dies over either, it is made once and at its second. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aPeriodThatBeginsWithAnothersDoesSoOnceAndAtItsSecondWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        StartDesk desk = new StartDesk(story, stripe, accounts, subscriptions).early().besideAnotherProduct();
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(9));
        story.start(acme, desk.walks(Map.of())).at("/startSubscription/subscription/id");
        String product = story.key("guide");
        JsonNode quote = story.quote(story.backend(), acme, Map.of("product", product, "coterminateWith", desk.of(acme, "suite").id().toString())).at("/account/quote");
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        Instant date = Instant.parse(quote.at("/effectiveAt").asString());
        stories.pass(Duration.between(stories.clock().instant(), date).minusMinutes(11));
        boolean told = point == HaltingPoint.BEFORE_COMMIT;
        if (told) {
            stories.pass(Duration.ofMinutes(2));
        }
        stories.clock().advance(Duration.between(stories.clock().instant(), date).plusSeconds(told ? 1 : -540));
        // At that second Stripe begins it, and nobody has told yet.
        stories.sandbox().catchUp();

        assertThat(die(point, "sweep")).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(LEASE_OVER);
        assertThat(states(story, acme)).containsExactly(told ? "APPLIED" : "REQUESTED");
        stories.pass(LEASE_OVER);
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(desk.of(acme, "guide").period().from()).isEqualTo(date).isEqualTo(desk.of(acme, "suite").period().from());
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(400_000L, quote.at("/dueAtDate/amountMinor").asLong());
    }

    /** The worker dies before Stripe hears of the second, and nobody takes it up before the period is over. */
    @Test
    void whatStripeWasNeverToldOfEndsAndWhatItWasToldIsKnownToBeMade() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        String second = story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"));

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "change", second, story.key("click"))).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED", "SCHEDULED");
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly("ABANDONED", "APPLIED");
        assertThat(db.select(PLAN_CHANGE.FAILURE_CODE).from(PLAN_CHANGE).where(PLAN_CHANGE.STATE.eq("ABANDONED"),
                PLAN_CHANGE.ACCOUNT_ID.eq(accounts.meant(new Actor.System("test"), acme).id().value())).fetch(PLAN_CHANGE.FAILURE_CODE)).containsExactly("quote_expired");
        assertThat(seats(story, acme)).isEqualTo(3);
        assertThat(story.accept(story.token(acme, Map.of("seats", 4))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    /** One of two products ends at Stripe, and the sweeper dies over taking the other one's items out of their bundle. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void whatABundleHasLeftIsLevelOnceWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.beginWithCatalogOfItsOwn();
        String acme = paired(story);
        String reduced = bought(acme, true);
        stripe.v1().subscriptions().cancel(bought(acme, false));
        while (stories.inbox().poll() > 0) {
            stories.inbox().drain();
        }
        int billed = invoices(acme);

        assertThat(die(point, "level")).isEqualTo(KILLED);
        stories.pass(LEASE_OVER);
        stories.settle();

        assertThat(db.fetchCount(BUNDLE_DUE)).isZero();
        assertThat(stripe.v1().subscriptions().retrieve(reduced).getItems().getData()).allSatisfy(item -> assertThat(item.getDiscounts()).isEmpty());
        Actor.System test = new Actor.System("test");
        assertThat(subscriptions.live(test, accounts.meant(test, acme).id())).singleElement()
                .satisfies(left -> assertThat(left.items()).allMatch(item -> item.bundle() == null));
        assertThat(invoices(acme)).as("nothing is billed by it").isEqualTo(billed);
    }

    /** What Stripe makes of what waits is in the bundle before the subscription is: nobody comes by again before the period ends. */
    @ParameterizedTest
    @EnumSource(value = HaltingPoint.class, names = {"AFTER_STRIPE", "BEFORE_COMMIT"})
    void whatWaitsIsBilledForLessInABundleThatWasFormedSinceWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.beginWithCatalogOfItsOwn();
        String acme = besideGuide(story, true);
        story.accept(story.token(acme, Map.of("seats", 4, "when", "PERIOD_END"))).at("/changePlan/change");
        story.start(acme, Map.of("plan", story.key("walks"))).at("/startSubscription/subscription");
        while (stories.inbox().poll() > 0) {
            stories.inbox().drain();
        }

        assertThat(die(point, "level")).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(Duration.ofDays(31));

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(amounts(acme)).as("4 × 25.00 less a quarter").contains(7_500L).doesNotContain(10_000L);
        assertThat(db.fetchCount(BUNDLE_DUE)).isZero();
    }

    private String bought(String account, boolean reduced) throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer(account)).build()).getData().stream()
                .filter(each -> each.getItems().getData().stream().noneMatch(item -> item.getDiscounts().isEmpty()) == reduced)
                .findFirst().orElseThrow().getId();
    }

    /** With two products, of which the second costs less beside the first. */
    private static String paired(Story story) {
        String account = besideGuide(story, false);
        story.start(account, Map.of("plan", story.key("walks"))).at("");
        story.world().settle();
        return account;
    }

    /** @param both whether the first one costs less beside the second, too */
    private static String besideGuide(Story story, boolean both) {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("guide"), "key", story.key("guide"), "name", "Guide", "features", List.of(
                        Map.of("key", story.key("tours"), "name", "Tours", "kind", "GATE")))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("walks"), "product", story.key("guide"), "key", story.key("walks"), "name", "walks", "rank", 0,
                "prices", List.of(Map.of("flat", 4_000, "interval", "MONTH", "currency", "USD")),
                "entitlements", List.of(Map.of("feature", story.key("tours"))))).at("/createPlan");
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("pair"), "key", story.key("pair"), "name", "Pair", "percentOff", "25", "members", List.of(
                        Map.of("product", story.key("suite"), "reduced", both), Map.of("product", story.key("guide"))))).at("/createBundle");
        return story.subscribed("acme", "team", 5);
    }

    @Test
    void whatWaitsIsTakenBackWhoeverDied() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        Api.Answer waiting = story.accept(story.token(acme, Map.of("seats", 3)));

        assertThat(giveUp(HaltingPoint.BEFORE_COMMIT, story, acme, waiting)).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("CANCELING");
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly("CANCELED");
        assertThat(seats(story, acme)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void anotherOrderIsStripesTooWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        String starter = story.accept(story.token(acme, Map.of("plan", story.key("starter")))).text("/changePlan/change/id");
        String pro = story.accept(story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"))).text("/changePlan/change/id");
        String account = accounts.meant(new Actor.System("test"), acme).id().value().toString();

        assertThat(die(point, "reorder", account, pro, starter, story.key("order"))).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactlyInAnyOrder("REQUESTED", "SCHEDULED");
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("SCHEDULED", "SCHEDULED");
        stories.pass(Duration.ofDays(35));
        assertThat(states(story, acme)).containsExactly("APPLIED", "APPLIED");
        assertThat(stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(acme)).build()).getData().getFirst().getAmountDue()).isEqualTo(9_900);
    }

    @Test
    void whatWaitsStaysWhoeverDiesOverAChangeAtOnce() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        story.accept(story.token(acme, Map.of("plan", story.key("starter")))).at("/changePlan/change");

        assertThat(die(HaltingPoint.AFTER_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        stories.pass(LEASE_OVER);
        assertThat(states(story, acme)).containsExactly("APPLIED", "SCHEDULED");
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly("APPLIED", "APPLIED");
        assertThat(invoices(acme)).isEqualTo(3);
    }

    /** Asked for at the end of the month, and then at once; nobody takes up what was left before the month is over. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aYearIsBilledOnceWhoeverDiedOverIt(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).at("/changePlan/change");
        stories.pass(Duration.ofDays(3));

        assertThat(die(point, "change", story.token(acme, Map.of("interval", "YEAR", "when", "NOW")), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly(switch (point) {
            case BEFORE_STRIPE -> new String[] {"ABANDONED", "APPLIED"};
            case AFTER_STRIPE, BEFORE_COMMIT -> new String[] {"APPLIED", "SCHEDULED"};
        });
        assertThat(invoices(acme)).isEqualTo(2);
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).isZero();
    }

    /** A year that waited is billed as a whole period, of which nothing but the time tells what it is for. */
    @Test
    void whatIsBilledForAnotherChangeSinceIsNotTakenForOneThatStripeNeverHeardOf() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).at("/changePlan/change");

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofDays(35));

        assertThat(states(story, acme)).containsExactly("ABANDONED", "APPLIED");
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).isZero();
    }

    @Test
    void aChangeThatStripeNeverHeardOfIsNotBegunAfterItsQuoteExpired() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofMinutes(16));

        assertThat(states(story, acme)).containsExactly("ABANDONED");
        assertThat(seats(story, acme)).isEqualTo(5);
        assertThat(invoices(acme)).isEqualTo(1);
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aChangeThatIsGivenUpEndsUnchargedAndMakesRoom(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        Api.Answer waiting = waiting(story, acme);

        assertThat(giveUp(point, story, acme, waiting)).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("CANCELING");
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("CANCELED");
        assertThat(seats(story, acme)).isEqualTo(5);
        story.card(acme, "pm_card_visa");
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(paid(acme)).isEqualTo(2);
    }

    @Test
    void aChangeThatIsPaidBeforeItCouldBeTakenBackStands() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        Api.Answer waiting = waiting(story, acme);

        assertThat(giveUp(HaltingPoint.BEFORE_STRIPE, story, acme, waiting)).isEqualTo(KILLED);
        stripe.v1().paymentIntents().confirm(waiting.text("/changePlan/clientSecret").replaceFirst("_secret.*", ""));
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(seats(story, acme)).isEqualTo(6);
        assertThat(paid(acme)).isEqualTo(2);
    }

    private static Api.Answer waiting(Story story, String account) {
        story.card(account, "pm_card_authenticationRequired");
        return story.accept(story.token(account, Map.of("seats", 6)));
    }

    private int giveUp(HaltingPoint point, Story story, String account, Api.Answer waiting) throws IOException, InterruptedException {
        String id = accounts.meant(new Actor.System("test"), account).id().value().toString();
        return die(point, "cancel", id, waiting.text("/changePlan/change/id"), story.key("give-up"));
    }

    private long paid(String account) throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(account)).build()).getData().stream()
                .filter(invoice -> invoice.getStatus().equals("paid")).count();
    }

    @Test
    void aChangeFoundAppliedAfterARenewalIsHeldAgainstItsOwnInvoice() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(10));

        assertThat(die(HaltingPoint.AFTER_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofDays(40));

        JsonNode change = changes(story, acme).get(0);
        assertThat(change.at("/state").asString()).isEqualTo("APPLIED");
        assertThat(change.at("/charged")).isEqualTo(change.at("/due"));
        assertThat(change.at("/charged/amountMinor").asLong()).isBetween(1L, 2499L);
    }

    @Test
    void whatWasChargedBeyondThePromiseIsGivenBack() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);

        assertThat(die(HaltingPoint.AFTER_STRIPE, "change", story.token(acme, Map.of("seats", 6)), story.key("click"))).isEqualTo(KILLED);
        promisedLess(acme, 700);
        stories.pass(LEASE_OVER);
        stories.pass(LEASE_OVER);

        assertThat(states(story, acme)).containsExactly("MISMATCHED");
        assertThat(seats(story, acme)).isEqualTo(6);
        assertThat(stripe.v1().customers().retrieve(customer(acme)).getBalance()).isEqualTo(-700);
        Api.Answer next = story.quote(story.backend(), acme, Map.of("seats", 7));
        assertThat(next.at("/account/quote/dueNow/amountMinor").asLong()).isEqualTo(next.at("/account/quote/total/amountMinor").asLong() - 700);
    }

    /** As if Stripe had charged more than it had previewed, which it cannot be made to do. */
    private void promisedLess(String account, long less) {
        db.update(PLAN_CHANGE)
                .set(PLAN_CHANGE.DUE_MINOR, PLAN_CHANGE.DUE_MINOR.minus(less))
                .where(PLAN_CHANGE.ACCOUNT_ID.eq(accounts.meant(new Actor.System("test"), account).id().value()))
                .execute();
    }

    @Test
    void aStartThatStripeNeverHeardOfIsNotBegunAnHourLater() throws Exception {
        Story story = stories.begin();
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "start", acme, story.key("starter"), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofHours(2));

        assertThat(invoices(acme)).isZero();
        assertThat(story.start(acme, Map.of("plan", story.key("starter"))).text("/startSubscription/subscription/state")).isEqualTo("ACTIVE");
        assertThat(invoices(acme)).isEqualTo(1);
    }

    @Test
    void aStartThatStripeHasLongMadeIsTakenAsItIs() throws Exception {
        Story story = stories.begin();
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");

        assertThat(die(HaltingPoint.AFTER_STRIPE, "start", acme, story.key("starter"), story.key("click"))).isEqualTo(KILLED);
        stories.pass(Duration.ofDays(3));

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscriptions { state } } }", "key", acme)
                .at("/account/subscriptions").size()).isEqualTo(1);
        assertThat(invoices(acme)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aStartEndsWithOneSubscription(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");

        JsonNode quote = new StartDesk(story, stripe, accounts, subscriptions).quote(acme, Map.of("plan", story.key("starter")));

        assertThat(die(point, "begin", quote.at("/token").asString(), story.key("click"))).isEqualTo(KILLED);
        stories.pass(LEASE_OVER);

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscriptions { state } } }", "key", acme)
                .at("/account/subscriptions").size()).isEqualTo(1);
        assertThat(stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer(acme)).build()).getData()).hasSize(1);
        assertThat(invoices(acme)).isEqualTo(1);
    }

    /** The part of a period that is left is another one by the time that somebody else takes it up, and so is who may take the offers. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void aStartThatEndsWithAnotherAndTakesOffersIsBegunAsItWasQuoted(HaltingPoint point) throws Exception {
        Story story = stories.begin();
        StartDesk desk = new StartDesk(story, stripe, accounts, subscriptions).early().besideAnotherProduct();
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        desk.offer("guide", "last", Map.of("percentOff", "50", "duration", "FOREVER", "redemptionCap", 1));
        desk.offer("guide", "ten-dollars", Map.of("amountOff", Map.of("minor", 1_000, "currency", "USD"), "duration", "ONCE", "redemptionCap", 2));
        List<String> offers = List.of(story.key("last"), story.key("ten-dollars"));
        Map<String, Object> wanted = desk.walks(Map.of("coterminateWith", desk.of(acme, "suite").id().toString(), "offers", offers));
        JsonNode quote = desk.quote(acme, wanted);

        assertThat(die(point, "begin", quote.at("/token").asString(), story.key("click"))).isEqualTo(KILLED);
        stories.pass(LEASE_OVER);

        assertThat(desk.running(acme)).isEqualTo(2);
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(quote.at("/dueNow/amountMinor").asLong());
        assertThat(desk.of(acme, "guide").period().until()).isEqualTo(desk.of(acme, "suite").period().until());
        assertThat(desk.refused(story.account("other"), desk.walks(Map.of("offer", story.key("last"))))).startsWith("OFFER_TAKEN As many");
        assertThat(offers.stream().map(desk::redemptions)).as("each counted once").containsExactly(1, 1);
    }

    /** Whoever died over it had taken the offers. */
    @Test
    void aStartThatStripeNeverHeardOfGivesItsOffersBack() throws Exception {
        Story story = stories.begin();
        StartDesk desk = new StartDesk(story, stripe, accounts, subscriptions);
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        desk.offer("suite", "last", Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1));
        desk.offer("suite", "tenth", Map.of("percentOff", "10", "duration", "ONCE"));
        List<String> offers = List.of(story.key("tenth"), story.key("last"));
        Map<String, Object> wanted = Map.of("plan", story.key("starter"), "offers", offers);

        assertThat(die(HaltingPoint.BEFORE_STRIPE, "begin", desk.quote(acme, wanted).at("/token").asString(), story.key("click"))).isEqualTo(KILLED);
        assertThat(desk.refused(acme, wanted)).startsWith("OFFER_TAKEN The account");
        stories.pass(Duration.ofMinutes(20));

        assertThat(invoices(acme)).isZero();
        assertThat(offers.stream().map(desk::redemptions)).containsExactly(0, 0);
        assertThat(desk.quote(acme, wanted).at("/dueNow/amountMinor").asLong()).isEqualTo(4_455);
    }

    private int die(HaltingPoint point, String... command) throws IOException, InterruptedException {
        if (processes == null) {
            processes = new DyingProcesses(List.of(
                    String.valueOf(environment.getProperty("headroom.database-url")), stories.sandbox().secretKey(), stories.sandbox().url().toString(),
                    stories.clock().instant().toString()));
        }
        return processes.die(Stream.concat(Stream.of(point.name(), stories.clock().instant().toString()), Stream.of(command)).toList());
    }

    @AfterAll
    static void needNoMore() {
        if (processes != null) {
            processes.close();
        }
    }

    private static List<String> states(Story story, String account) {
        return changes(story, account).valueStream().map(change -> change.at("/state").asString()).toList();
    }

    private static JsonNode changes(Story story, String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { planChanges { state due { amountMinor } charged { amountMinor } } } }""", "key", account)
                .at("/account/planChanges");
    }

    private static long seats(Story story, String account) {
        Api.Answer answer = story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", account);
        return answer.at("/account/subscription/seats/bought").asLong();
    }

    private int invoices(String account) throws StripeException {
        return amounts(account).size();
    }

    /** What is due of each invoice, the newest first. */
    private List<Long> amounts(String account) throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(account)).build()).getData().stream().map(Invoice::getAmountDue).toList();
    }

    private String customer(String account) {
        return String.valueOf(accounts.meant(new Actor.System("test"), account).stripeCustomer());
    }
}
