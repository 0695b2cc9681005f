package dev.headroom.draft;

import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.VersionDiff;
import dev.headroom.sheet.VersionDiff.Change;
import dev.headroom.sheet.VersionDiff.FieldChange;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A difference with its sentences, grouped as people look at it: the plan, its prices, its limits, its features. */
record WordedDiff(
        boolean identical, List<FieldChange> plan, List<WordedPrice> prices, List<WordedEntitlement> limits, List<WordedEntitlement> features) {

    record WordedPrice(
            Change change, @Nullable Interval interval, @Nullable String currency, @Nullable PriceLine before, @Nullable PriceLine after,
            @Nullable String percent, List<WordedTier> tiers, String words) {}

    record WordedTier(Change change, int number, @Nullable TierLine before, @Nullable TierLine after, @Nullable String percent, String words) {}

    record WordedEntitlement(
            Change change, String feature, @Nullable EntitlementLine before, @Nullable EntitlementLine after, List<FieldChange> fields, String words) {}

    static WordedDiff of(VersionDiff diff, DiffWords words) {
        Predicate<VersionDiff.EntitlementChange> limit = change -> change.change() == Change.CHANGED;
        return new WordedDiff(
                diff.identical(), diff.plan(), diff.prices().stream().map(change -> price(change, words)).toList(),
                diff.entitlements().stream().filter(limit).map(change -> entitlement(change, words)).toList(),
                diff.entitlements().stream().filter(limit.negate()).map(change -> entitlement(change, words)).toList());
    }

    /** All of it in the order in which people look at it. */
    List<String> sentences() {
        return Stream.of(
                        plan.stream().map(WordedDiff::field),
                        prices.stream().map(price -> price.tiers().isEmpty() ? price.words() : price.words() + "; "
                                + price.tiers().stream().map(WordedTier::words).collect(Collectors.joining("; "))),
                        limits.stream().map(WordedEntitlement::words), features.stream().map(WordedEntitlement::words))
                .flatMap(words -> words)
                .toList();
    }

    private static String field(FieldChange change) {
        return change.field() + ": " + text(change.before()) + " → " + text(change.after());
    }

    private static String text(@Nullable String value) {
        return value == null || value.isEmpty() ? "nothing" : "\"" + value + "\"";
    }

    private static WordedPrice price(VersionDiff.PriceChange change, DiffWords words) {
        List<WordedTier> tiers = change.tiers().stream()
                .map(tier -> new WordedTier(tier.change(), tier.number(), tier.before(), tier.after(), tier.percent(), words.of(tier, change.currency())))
                .toList();
        return new WordedPrice(
                change.change(), change.interval(), change.currency(), change.before(), change.after(), change.percent(), tiers, words.of(change));
    }

    private static WordedEntitlement entitlement(VersionDiff.EntitlementChange change, DiffWords words) {
        return new WordedEntitlement(change.change(), change.feature(), change.before(), change.after(), change.fields(), words.of(change));
    }
}
