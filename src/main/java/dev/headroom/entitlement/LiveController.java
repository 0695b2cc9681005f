package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Meters that move while somebody looks at them. Looks every half second at what the node knows, which is never older than a second and
 * is shared by everybody who looks at the same account: that costs the same wherever the usage is recorded.
 */
@Controller
class LiveController {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** A credential may end meanwhile: whoever wants more shows it again. */
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_FEATURES = 100;

    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Scheduler looking = Schedulers.boundedElastic();

    LiveController(Accounts accounts, Entitlements entitlements) {
        this.accounts = accounts;
        this.entitlements = entitlements;
    }

    @SubscriptionMapping
    Flux<Meter> usageChanged(@Argument @Nullable String account, @Argument @Nullable List<String> features, @ContextValue Actor actor) {
        AccountId id = accounts.meant(actor, account).id();
        if (features != null) {
            Check.between("features", features.size(), 1, MOST_FEATURES);
        }
        entitlements.check(actor, id, features, 0);
        return Flux.defer(() -> {
            Map<FeatureId, Meter> seen = new HashMap<>();
            return Flux.interval(Duration.ZERO, BETWEEN_LOOKS, looking)
                    .onBackpressureDrop()
                    .concatMapIterable(_ -> entitlements.meters(actor, id, features))
                    .filter(meter -> !meter.equals(seen.put(meter.feature().id(), meter)))
                    .take(LONGEST);
        });
    }
}
