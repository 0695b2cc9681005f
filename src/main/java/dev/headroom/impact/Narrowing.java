package dev.headroom.impact;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a version leaves less of than the versions that people have; what grants and roll-outs give besides is not counted, for it ends. */
final class Narrowing {

    private final PlanVersion next;
    private final Map<PlanVersionId, List<Feature>> different = new HashMap<>();

    Narrowing(PlanVersion next) {
        this.next = next;
    }

    /** The features that somebody who has a version might have less of: found once for everybody who has it. */
    List<Feature> of(PlanVersion has) {
        return different.computeIfAbsent(has.id(), _ -> has.entitlements().stream()
                .map(PlanEntitlement::feature)
                .filter(feature -> feature.seats() && soldOtherwise(has) || !has.entitlement(feature).equals(next.entitlement(feature)))
                .toList());
    }

    /** One price for everybody here and one for each seat there: whoever moves takes as many seats as are held, or as many as are included. */
    boolean soldOtherwise(PlanVersion has) {
        return has.prices().stream().map(PlanPrice::price).anyMatch(price -> next.price(price.interval(), price.currency())
                .filter(other -> isFlat(other.price()) != isFlat(price)).isPresent());
    }

    private static boolean isFlat(Price price) {
        return price.model() instanceof ChargeModel.Flat;
    }

    List<PassedLimit> of(AccountSubscription subscription, PlanVersion has, Target before, Target after, Uses uses) {
        Currency currency = subscription.balance().currency();
        return of(has).stream().flatMap(feature -> passed(subscription, feature, before.limit(feature, currency), after.limit(feature, currency), uses)).toList();
    }

    private static Stream<PassedLimit> passed(AccountSubscription subscription, Feature feature, EffectiveLimit before, EffectiveLimit after, Uses uses) {
        if (!feature.counted()) {
            return before.isGranted() && !after.isGranted()
                    ? Stream.of(new PassedLimit(feature.id(), after.limit().policy(), 0L, 0, 0, 0, true))
                    : Stream.empty();
        }
        @Nullable Long included = included(after);
        if (included == null || units(before) <= included) {
            return Stream.empty();
        }
        PassedLimit limit = new PassedLimit(
                feature.id(), after.limit().policy(), included(before), included, uses.now(subscription, feature), uses.expected(subscription, feature), false);
        return limit.passed() || limit.expectedToPass() ? Stream.of(limit) : Stream.empty();
    }

    private static @Nullable Long included(EffectiveLimit limit) {
        return limit.isGranted() ? limit.limit().included() : Long.valueOf(0);
    }

    private static long units(EffectiveLimit limit) {
        return Objects.requireNonNullElse(included(limit), Long.MAX_VALUE);
    }
}
