package dev.headroom.entitlement;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.entitlement.Entitlement.Given;
import dev.headroom.entitlement.Entitlement.Unlocking;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What would unlock a feature, from what is on sale. */
final class Locks {

    private Locks() {}

    static Optional<Unlocking> unlocking(Entitlement now, CatalogSnapshot known) {
        PlanVersion own = now.source();
        if (own != null && now.feature().seats() && own.soldBySeat()) {
            return Optional.ofNullable(now.limit()).map(bought -> new Unlocking(own.plan(), seats(now, bought)));
        }
        return known.listed(now.feature().product(), Plan.Kind.TIER, now.account().value(), now.currency()).stream()
                .filter(version -> sold(version, now) && allowsMore(version, now))
                .findFirst()
                .map(version -> new Unlocking(version.plan(), null));
    }

    /** Of the plan, beside those of the packs that are there. */
    private static long seats(Entitlement now, long bought) {
        long packs = addOns(now).mapToLong(each -> Objects.requireNonNullElse(each.limit(), 0L)).sum();
        return Math.max(1, Math.max(bought + 1, now.used() + now.requested()) - packs);
    }

    /** In the account's currency; and as many seats as now would be dearer, not more. */
    private static boolean sold(PlanVersion version, Entitlement now) {
        return version.prices().stream().anyMatch(each -> each.price().currency().equals(now.currency()))
                && (now.source() == null || !now.feature().seats() || !version.soldBySeat());
    }

    private static boolean allowsMore(PlanVersion version, Entitlement now) {
        boolean unlimited = now.source() != null && now.limit() == null;
        return !unlimited && version.entitlement(now.feature())
                .map(granted -> withAddOns(granted.limit(now.currency(), 0, true), now))
                .filter(limit -> isMore(limit, now) && fits(limit, now))
                .isPresent();
    }

    /** Those that the account has stay beside whatever plan it moves to. */
    private static Limit withAddOns(Limit plan, Entitlement now) {
        Stream<Source> added = addOns(now).map(each -> new Source(Source.Kind.ADD_ON, "", limit(each, now)));
        return EffectiveLimit.of(Stream.concat(Stream.of(new Source(Source.Kind.PLAN, "", plan)), added).toList()).limit();
    }

    private static Limit limit(Given addOn, Entitlement now) {
        return addOn.limit() == null ? Limit.unlimited() : Limit.hard(addOn.limit(), now.feature().reset());
    }

    private static Stream<Given> addOns(Entitlement now) {
        return now.sources().stream().filter(each -> each.kind() == Source.Kind.ADD_ON);
    }

    /** More units, or as many of which the last one blocks no more. */
    private static boolean isMore(Limit limit, Entitlement now) {
        Long included = limit.included();
        if (included == null || now.limit() == null || included > now.limit()) {
            return true;
        }
        return included.equals(now.limit()) && now.policy() == Limit.Policy.HARD && limit.policy() != Limit.Policy.HARD;
    }

    private static boolean fits(Limit limit, Entitlement now) {
        Long included = limit.included();
        return included == null || limit.policy() != Limit.Policy.HARD || included >= now.used() + now.reserved() + now.requested();
    }
}
