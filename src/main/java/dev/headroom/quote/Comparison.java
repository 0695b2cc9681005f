package dev.headroom.quote;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.limits.Limit;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.quote.Quote.FeatureDifference;
import dev.headroom.quote.Quote.Violation;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is gained, lost and exceeded by moving from one target to another; use comes from the entitlements of today.
 *
 * @param to without items where a subscription ends
 */
record Comparison(List<Entitlement> today, Target from, Target to, Currency currency) {

    List<FeatureDifference> differences() {
        Grants before = Grants.of(from, currency);
        Grants after = Grants.of(to, currency);
        return today.stream().map(Entitlement::feature).flatMap(feature -> difference(feature, before, after).stream()).toList();
    }

    private static Optional<FeatureDifference> difference(Feature feature, Grants from, Grants to) {
        @Nullable Allowance before = from.allowance(feature).orElse(null);
        @Nullable Allowance after = to.allowance(feature).orElse(null);
        return Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of(new FeatureDifference(feature, before, after, gain(before, after)));
    }

    /** More of it, or another setting: whether a setting is better only people know, and it came with the plan they chose. */
    private static boolean gain(@Nullable Allowance before, @Nullable Allowance after) {
        if (before == null || after == null) {
            return before == null;
        }
        return units(after) >= units(before);
    }

    private static long units(Allowance allowance) {
        return Optional.ofNullable(allowance.included()).orElse(Long.MAX_VALUE);
    }

    /** Features of which more is in use than would be included and allowed; an end exceeds nothing. */
    List<Violation> violations() {
        if (to.items().isEmpty()) {
            return List.of();
        }
        Grants after = Grants.of(to, currency);
        return today.stream().flatMap(now -> violation(now, after)).toList();
    }

    /** What was not bought stays, whatever is bought. */
    private static boolean isGrantedBesides(Entitlement now) {
        return now.sources().stream().anyMatch(given -> given.grant() != null && (given.limit() == null || now.used() <= given.limit()));
    }

    private static Stream<Violation> violation(Entitlement now, Grants after) {
        if (now.feature().kind() != FeatureKind.ALLOWANCE && now.feature().kind() != FeatureKind.METER) {
            return Stream.empty();
        }
        Limit limit = after.limit(now.feature()).limit();
        Long included = limit.included();
        return included == null || limit.policy() != Limit.Policy.HARD || now.used() <= included || isGrantedBesides(now)
                ? Stream.empty()
                : Stream.of(new Violation(now.feature(), now.used(), included, now.used() - included));
    }
}
