package dev.headroom.sheet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a plan or add-on would be, in the words of whoever writes it: {@link SheetRules} says what is missing or wrong.
 *
 * @param prices       each with an id of its own
 * @param entitlements each with an id of its own
 */
public record PlanSheet(
        @Nullable String key, @Nullable String name, @Nullable String description, @Nullable Integer rank, Visibility visibility, List<PriceLine> prices,
        List<EntitlementLine> entitlements) {

    public PlanSheet {
        prices = List.copyOf(prices);
        entitlements = List.copyOf(entitlements);
    }

    /** Of something new. */
    public static PlanSheet blank(String key) {
        return new PlanSheet(key, null, null, null, Visibility.PUBLIC, List.of(), List.of());
    }

    /** For something else that begins as this. */
    public PlanSheet withKey(String other) {
        return new PlanSheet(other, name, description, rank, visibility, prices, entitlements);
    }

    public PlanSheet withName(@Nullable String other) {
        return new PlanSheet(key, other, description, rank, visibility, prices, entitlements);
    }

    public PlanSheet withDescription(@Nullable String other) {
        return new PlanSheet(key, name, other, rank, visibility, prices, entitlements);
    }

    public PlanSheet withRank(@Nullable Integer other) {
        return new PlanSheet(key, name, description, other, visibility, prices, entitlements);
    }

    public PlanSheet withVisibility(Visibility other) {
        return new PlanSheet(key, name, description, rank, other, prices, entitlements);
    }

    public Optional<PriceLine> price(String id) {
        return prices.stream().filter(line -> line.id().equals(id)).findFirst();
    }

    public Optional<EntitlementLine> entitlement(String id) {
        return entitlements.stream().filter(line -> line.id().equals(id)).findFirst();
    }

    /** With another line in the place of the one of that id, or without that where there is none; in the order of the ids, whatever came first. */
    public PlanSheet withPrice(String id, @Nullable PriceLine other) {
        Stream<PriceLine> rest = prices.stream().filter(line -> !line.id().equals(id));
        return new PlanSheet(
                key, name, description, rank, visibility, Stream.concat(rest, Stream.ofNullable(other)).sorted(Comparator.comparing(PriceLine::id)).toList(), entitlements);
    }

    /** The same of what it grants. */
    public PlanSheet withEntitlement(String id, @Nullable EntitlementLine other) {
        Stream<EntitlementLine> rest = entitlements.stream().filter(line -> !line.id().equals(id));
        return new PlanSheet(
                key, name, description, rank, visibility, prices,
                Stream.concat(rest, Stream.ofNullable(other)).sorted(Comparator.comparing(EntitlementLine::id)).toList());
    }
}
