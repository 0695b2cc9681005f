package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.console.Figures;
import dev.headroom.console.SignedIn;
import dev.headroom.console.usage.NearLimits;
import dev.headroom.draft.Drafts;
import dev.headroom.stripe.StripeEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What waits for whoever is signed in, the most pressing first; of each kind no more is read than is said. */
@Service
class Needs {

    /** More than a person counts; beyond it "more than" is said. */
    private static final int COUNTED = 50;
    private static final int NEAREST = 5;
    private static final int WHOLE = 100;
    private static final Duration OLD = Duration.ofDays(14);

    private final StripeEvents stripe;
    private final ApprovalRequests requests;
    private final Drafts drafts;
    private final NearLimits limits;
    private final Unfinished unfinished;
    private final InstantSource clock;

    Needs(StripeEvents stripe, ApprovalRequests requests, Drafts drafts, NearLimits limits, Unfinished unfinished, InstantSource clock) {
        this.stripe = stripe;
        this.requests = requests;
        this.drafts = drafts;
        this.limits = limits;
        this.unfinished = unfinished;
        this.clock = clock;
    }

    List<Need> of(SignedIn signedIn) {
        return Stream.of(failedEvents(signedIn), unfinished.rollouts(signedIn), unfinished.changes(signedIn), waitingRequests(signedIn), nearest(signedIn), oldDrafts(signedIn)).flatMap(each -> each).toList();
    }

    private Stream<Need> failedEvents(SignedIn signedIn) {
        if (!signedIn.may(Permission.ADMIN)) {
            return Stream.empty();
        }
        StripeEvents.State state = stripe.state(signedIn.actor());
        Optional<Need> givenUp = state.givenUp() == 0 ? Optional.empty() : Optional.of(new Need(
                translate("overview.events", state.givenUp()), translate("overview.events.why"), "stripe"));
        Optional<Need> retried = state.retrying() == 0 ? Optional.empty() : Optional.of(new Need(
                translate("overview.retried", state.retrying()), translate("overview.retried.why"), "stripe"));
        return Stream.of(givenUp, retried).flatMap(Optional::stream);
    }

    private Stream<Need> waitingRequests(SignedIn signedIn) {
        int many = requests.all(signedIn.actor(), ApprovalState.REQUESTED, null, COUNTED).size();
        return many == 0 ? Stream.empty() : Stream.of(new Need(
                counted("overview.requests", many), translate("overview.requests.why"), "approvals?state=" + ApprovalState.REQUESTED));
    }

    private Stream<Need> nearest(SignedIn signedIn) {
        return limits.after(signedIn.actor(), new NearLimits.Filter(null, null), null, NEAREST).stream()
                .filter(near -> Objects.requireNonNullElse(near.now().percent(), 0L) >= WHOLE)
                .map(near -> new Need(
                        translate("overview.limit", near.account().name(), near.now().feature().name()),
                        translate("overview.limit.why", Figures.number(near.now().used()), Figures.limit(near.now().limit())),
                        "accounts/" + near.account().key() + "?tab=usage"));
    }

    private Stream<Need> oldDrafts(SignedIn signedIn) {
        if (!signedIn.may(Permission.CATALOG)) {
            return Stream.empty();
        }
        int many = drafts.untouched(signedIn.actor(), clock.instant().minus(OLD), COUNTED);
        return many == 0 ? Stream.empty() : Stream.of(new Need(
                counted("overview.drafts", many), translate("overview.drafts.why", OLD.toDays()), "drafts"));
    }

    private static String counted(String key, int many) {
        return translate(key, many, many < COUNTED ? 0 : 1);
    }
}
