package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.limits.Decision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * More of an allowance is held than was bought, as after a downgrade: it stays held until somebody buys so many more or lets so many go.
 *
 * @param included units that may be held
 * @param held     units, more than included
 */
record Violation(AccountId account, Feature feature, long included, long held) {

    public long excess() {
        return held - included;
    }

    /** Of what is allowed beyond a limit, such as overage, nothing is violated; seats are never. */
    static Optional<Violation> of(Entitlement now) {
        @Nullable Long limit = now.limit();
        boolean hard = now.state() == Decision.State.GRACE || now.state() == Decision.State.BLOCKED;
        return now.feature().kind() == FeatureKind.ALLOWANCE && limit != null && now.used() > limit && (hard || now.feature().seats())
                ? Optional.of(new Violation(now.account(), now.feature(), limit, now.used()))
                : Optional.empty();
    }
}
