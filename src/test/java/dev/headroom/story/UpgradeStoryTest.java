package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The main job: a customer sees its meters, asks for a price, clicks once, is charged that, and uses the new limit at once. */
@HeadroomTest
class UpgradeStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeWireCheck wire;

    @Test
    void anUpgradeIsChargedAsQuotedAndWorksOnTheNextRequest() {
        int askedBefore = wire.requests();
        Story story = stories.begin();
        String acme = story.subscribed("acme", "starter", 0);
        story.record(List.of(Map.of("id", "e1", "account", acme, "meter", story.key("calls"), "quantity", 1_000)));
        assertThat(story.entitlement(story.backend(), acme, "calls", 1).text("/entitlement/reason")).isEqualTo("LIMIT_REACHED");
        stories.pass(Duration.ofDays(10));

        Api.Answer quote = story.quote(story.backend(), acme, Map.of("plan", story.key("team"), "seats", 4));
        long due = quote.at("/account/quote/dueNow/amountMinor").asLong();
        Api.Answer changed = story.accept(quote.text("/account/quote/token"));

        assertThat(changed.text("/changePlan/__typename")).isEqualTo("PlanChanged");
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due).isPositive();
        Api.Answer calls = story.entitlement(story.backend(), acme, "calls", 1);
        assertThat(calls.at("/entitlement/allowed").asBoolean()).isTrue();
        assertThat(calls.at("/entitlement/limit").asLong()).isEqualTo(10_000);
        assertThat(wire.requests()).isGreaterThan(askedBefore);
        wire.requireClean();
    }
}
