package dev.headroom.quote;

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

/** What is gained, lost and exceeded by moving from one target to another; use comes from the entitlements of today. */
record Comparison(List<Entitlement> today, Target from, Target to, Currency currency) {

    List<FeatureDifference> differences() {
        return today.stream().map(this::difference).flatMap(Optional::stream).toList();
    }

    private Optional<FeatureDifference> difference(Entitlement now) {
        @Nullable Allowance before = from.allowance(now.feature(), currency).orElse(null);
        @Nullable Allowance after = to.allowance(now.feature(), currency).orElse(null);
        return Objects.equals(before, after)
                ? Optional.empty()
                : Optional.of(new FeatureDifference(now.feature(), before, after, gain(before, after)));
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

    /** Features of which more is in use than would be included and allowed. */
    List<Violation> violations() {
        return today.stream().flatMap(this::violation).toList();
    }

    /** What was not bought stays, whatever is bought. */
    private static boolean isGrantedBesides(Entitlement now) {
        return now.sources().stream().anyMatch(given -> given.grant() != null && (given.limit() == null || now.used() <= given.limit()));
    }

    private Stream<Violation> violation(Entitlement now) {
        if (now.feature().kind() != FeatureKind.ALLOWANCE && now.feature().kind() != FeatureKind.METER) {
            return Stream.empty();
        }
        Limit limit = to.limit(now.feature(), currency).limit();
        Long included = limit.included();
        return included == null || limit.policy() != Limit.Policy.HARD || now.used() <= included || isGrantedBesides(now)
                ? Stream.empty()
                : Stream.of(new Violation(now.feature(), now.used(), included, now.used() - included));
    }
}
