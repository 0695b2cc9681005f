package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.stripe.StripeEvents;
import dev.headroom.stripe.StripeEvents.Endpoint;
import dev.headroom.stripe.StripeEvents.RotateSecret;
import dev.headroom.stripe.StripeEvents.TroubledEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ConnectionController {

    private static final int LARGEST_PAGE = 100;

    private final StripeEvents events;

    ConnectionController(StripeEvents events) {
        this.events = events;
    }

    record Resending(@Nullable List<String> events) {}

    record StripeEventsResent(int resent) {}

    record WebhookSecretRotated(List<Endpoint> endpoints) {}

    @QueryMapping
    StripeEvents.State stripeConnection(@ContextValue Actor actor) {
        return events.state(actor);
    }

    @QueryMapping
    List<TroubledEvent> troubledStripeEvents(@Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return events.troubled(actor, after, first);
    }

    @MutationMapping
    StripeEventsResent resendStripeEvents(@Argument Resending input, @ContextValue Actor actor) {
        if (input.events() != null && input.events().size() > LARGEST_PAGE) {
            throw HeadroomException.invalid("input.events", "At most " + LARGEST_PAGE + " at once; leave it out for all of them");
        }
        return new StripeEventsResent(events.resend(actor, input.events()));
    }

    @MutationMapping
    WebhookSecretRotated rotateWebhookSecret(@Argument RotateSecret input, @ContextValue Actor actor) {
        return new WebhookSecretRotated(events.rotate(actor, input));
    }
}
