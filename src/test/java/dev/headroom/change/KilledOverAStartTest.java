package dev.headroom.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.SubscriptionListParams;
import dev.headroom.Story;
import dev.headroom.story.StartDesk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Killed at any point of a start, a process leaves one subscription that was billed once, or none. */
class KilledOverAStartTest extends KilledProcess {

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
    @MethodSource("points")
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
}
