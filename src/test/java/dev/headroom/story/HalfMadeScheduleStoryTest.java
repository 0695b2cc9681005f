package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A schedule is made in one request and filled in another: what is left of the first alone is nobody else's, and the next that is told Stripe comes into it. */
@HeadroomTest
class HalfMadeScheduleStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Duration LEASE_OVER = Duration.ofMinutes(3);
    private static final Duration OVER_A_MONTH = Duration.ofDays(35);
    private static final String FILLING = "POST /v1/subscription_schedules/[^/]+";
    private static final String RELEASING = "POST /v1/subscription_schedules/[^/]+/release";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String acme;

    @BeforeEach
    void fiveSeatsOfTeam() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
    }

    @Test
    void whatStripeDidNotLetUsFillIsOursAndFilledByWhoeverComesNext() throws StripeException {
        String token = story.token(acme, Map.of("seats", 3));
        try (StripeWireCheck.Trouble _ = wire.trouble(FILLING, 503, "api_error")) {
            assertThat(story.accept(token).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(there().getSchedule()).isNotNull();
        stories.settle();
        assertThat(story.token(acme, Map.of("seats", 6))).as("a quote, while it is half made").isNotEmpty();

        stories.pass(LEASE_OVER);
        assertThat(states()).containsExactly("SCHEDULED");
        stories.pass(OVER_A_MONTH);
        assertThat(states()).containsExactly("APPLIED");
        assertThat(stripe.v1().invoices().list(InvoiceListParams.builder().setSubscription(there().getId()).build()).getData().getFirst().getAmountDue()).isEqualTo(7_500);
    }

    /** It goes with what it was made for, also where that takes two of us. */
    @Test
    void whatStripeRefusesLeavesNoScheduleBehind() throws StripeException {
        String token = story.token(acme, Map.of("seats", 3));
        try (StripeWireCheck.Trouble _ = wire.trouble(FILLING, 400, "parameter_invalid")) {
            try (StripeWireCheck.Trouble _ = wire.trouble(RELEASING, 503, "api_error")) {
                assertThat(story.accept(token).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            }
            stories.pass(LEASE_OVER);
        }
        assertThat(states()).containsExactly("REFUSED");
        assertThat(there().getSchedule()).isNull();
        stories.settle();
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    private Subscription there() throws StripeException {
        return stripe.v1().subscriptions().retrieve(subscriptions.live(SELF, accounts.meant(SELF, acme).id()).getFirst().stripeId());
    }

    /** Newest first. */
    private List<String> states() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state } } }", "key", acme).at("/account/planChanges").valueStream()
                .map(change -> change.at("/state").asString()).toList();
    }
}
