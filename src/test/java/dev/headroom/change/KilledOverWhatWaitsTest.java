package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.InvoiceListParams;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.story.StartDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Killed over what waits for a date or the end of the period, a process leaves something that is made once and at its time, or not at all. */
class KilledOverWhatWaitsTest extends KilledProcess {

    @ParameterizedTest
    @MethodSource("points")
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
    @MethodSource("points")
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
    @MethodSource("points")
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
    @MethodSource("points")
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
    @MethodSource("points")
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

    @ParameterizedTest
    @MethodSource("points")
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
    @MethodSource("points")
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
}
