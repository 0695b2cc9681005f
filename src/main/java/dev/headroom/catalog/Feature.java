package dev.headroom.catalog;

import dev.headroom.sheet.Finding;
import dev.headroom.sheet.SheetRules;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan grants.
 *
 * @param unit        one of what is counted, for people: {@code call}, {@code seat}; empty for gates and settings
 * @param reset       when a meter starts again from zero
 * @param rollingDays how far {@link Reset#ROLLING} looks back; absent for every other reset
 * @param seats       whether this is the allowance that members hold; at most one a product
 * @param meter       how events become usage; absent for what is not counted by events: gates, settings, seats
 * @param thresholds  percent of what is included at which somebody is told, ascending
 * @param description empty for none
 * @param retiredAt   since when no plan can be given it; absent for most
 */
public record Feature(
        FeatureId id, ProductId product, String key, String name, FeatureKind kind, String unit, Reset reset, @Nullable Integer rollingDays,
        boolean seats, @Nullable MeterRule meter, List<Integer> thresholds, String description, @Nullable Instant retiredAt) {

    /** What is told of where nothing else is said. */
    public static final List<Integer> THRESHOLDS = List.of(70, 85, 95, 100);

    public Feature {
        thresholds = List.copyOf(thresholds);
        // A version that was written down before there were any has none.
        description = Objects.requireNonNullElse(description, "");
    }

    /**
     * Says what a feature is called from now on; what is absent stays as it is, and so does what decides about use: kind, reset, meter.
     *
     * @param feature key, which stays
     */
    public record EditFeature(String feature, @Nullable String name, @Nullable String description, @Nullable String unit) {}

    /** What came of asking that no plan is given a feature any more. */
    public sealed interface RetireFeatureResult {}

    /** Who has it keeps it. */
    public record FeatureRetired(Feature feature) implements RetireFeatureResult {}

    /** Something on sale grants it, or another feature counts its events; nothing was retired. */
    public record FeatureInUse(Feature feature, List<Plan> plans, List<Plan> addOns, List<Feature> features) implements RetireFeatureResult {}

    /** What somebody should look at, though nothing keeps it from being granted. */
    public List<Finding> findings() {
        return Stream.of(SheetRules.text("name", name), SheetRules.text("description", description), SheetRules.text("unit", unit)).flatMap(List::stream).toList();
    }

    public boolean retired() {
        return retiredAt != null;
    }

    /** Whether there is an amount of it. */
    public boolean counted() {
        return kind == FeatureKind.METER || kind == FeatureKind.ALLOWANCE;
    }

    /**
     * How events become usage of a feature.
     *
     * @param property what is counted instead of the event's quantity, a whole number; with {@link Aggregation#UNIQUE}, required and anything
     * @param filter   only events whose properties have one of these values count; empty lets every event count
     * @param groupBy  properties whose values get totals of their own
     * @param source   key of the meter of the same product whose events are counted; absent for the feature's own
     */
    public record MeterRule(
            Aggregation aggregation, @Nullable String property, Map<String, List<String>> filter, List<String> groupBy, @Nullable String source) {

        /** The sum of the quantities of all events: what most meters are. */
        public static final MeterRule SUM = new MeterRule(Aggregation.SUM, null, Map.of(), List.of(), null);

        /** What becomes of many events. */
        public enum Aggregation {
            /** The quantities added up. */
            SUM,
            /** One for each event, whatever its quantity. */
            COUNT,
            /** One for each value that a property had. */
            UNIQUE,
            /** The largest quantity. */
            MAX,
            /** The quantity of the latest event; of several at one instant, the largest. */
            LATEST;

            /** Whether two parts of a period add up to the whole. */
            public boolean addsUp() {
                return this == SUM || this == COUNT;
            }
        }

        public MeterRule {
            filter = Map.copyOf(filter);
            groupBy = List.copyOf(groupBy);
        }

        /** Whether an event with these properties counts. */
        public boolean admits(Map<String, Object> properties) {
            return filter.entrySet().stream()
                    .allMatch(wanted -> wanted.getValue().contains(Objects.toString(properties.get(wanted.getKey()), null)));
        }
    }
}
