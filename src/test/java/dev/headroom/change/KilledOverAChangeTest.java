package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Killed at any point of a change at once, a process leaves something that ends charged once and in force, or not charged and unchanged. */
class KilledOverAChangeTest extends KilledProcess {

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
    @MethodSource("points")
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
    @MethodSource("points")
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
}
