package dev.headroom.catalog;

import dev.headroom.catalog.Feature.MeterRule;
import static java.util.stream.Collectors.toMap;

import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.CreateProduct.NewFilter;
import dev.headroom.catalog.CreateProduct.NewMeter;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.time.Reset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the rule by which events become usage, or says which field is wrong. */
final class NewMeters {

    private static final int MOST_GROUPS = 3;
    private static final int MOST_FILTERS = 10;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_ROLLING = 92;
    private static final int MOST_THRESHOLDS = 10;
    private static final int HIGHEST_THRESHOLD = 1_000;

    private NewMeters() {}

    static @Nullable MeterRule rule(String path, NewFeature wanted) {
        boolean counted = wanted.kind() == FeatureKind.METER || wanted.kind() == FeatureKind.ALLOWANCE && !Boolean.TRUE.equals(wanted.seats());
        if (wanted.meter() == null) {
            return counted ? MeterRule.SUM : null;
        }
        if (!counted) {
            throw HeadroomException.invalid(path + "meter", "Only a meter, or an allowance that members do not hold, is counted by events");
        }
        return rule(path + "meter.", wanted.meter());
    }

    static List<Integer> thresholds(String path, NewFeature wanted) {
        List<Integer> thresholds = Optional.ofNullable(wanted.thresholds()).orElse(Feature.THRESHOLDS);
        Check.between(path + "thresholds", thresholds.size(), 0, MOST_THRESHOLDS);
        for (int i = 0; i < thresholds.size(); i++) {
            Check.between(path + "thresholds[" + i + "]", thresholds.get(i), i == 0 ? 1 : thresholds.get(i - 1) + 1, HIGHEST_THRESHOLD);
        }
        return thresholds;
    }

    private static MeterRule rule(String path, NewMeter wanted) {
        Aggregation aggregation = Optional.ofNullable(wanted.aggregation()).orElse(Aggregation.SUM);
        List<NewFilter> filters = Optional.ofNullable(wanted.filter()).orElse(List.of());
        List<String> groups = Optional.ofNullable(wanted.groupBy()).orElse(List.of());
        Check.between(path + "filter", filters.size(), 0, MOST_FILTERS);
        Check.between(path + "groupBy", groups.size(), 0, MOST_GROUPS);
        filters.forEach(filter -> Check.between(path + "filter.values", filter.values().size(), 1, MOST_VALUES));
        property(path, aggregation, wanted.property());
        if (aggregation == Aggregation.UNIQUE && !groups.isEmpty()) {
            throw HeadroomException.invalid(path + "groupBy", "Unique values are counted without groups");
        }
        return new MeterRule(
                aggregation, wanted.property(), filters.stream().collect(toMap(NewFilter::property, NewFilter::values, (first, again) -> {
                    throw HeadroomException.invalid(path + "filter", "A property is named once, with all its values");
                })), groups, wanted.source());
    }

    private static void property(String path, Aggregation aggregation, @Nullable String property) {
        switch (aggregation) {
            case UNIQUE -> Check.text(path + "property", Check.present(path + "property", property));
            case COUNT -> {
                if (property != null) {
                    throw HeadroomException.invalid(path + "property", "COUNT counts events, whatever their properties");
                }
            }
            case SUM, MAX, LATEST -> Optional.ofNullable(property).ifPresent(name -> Check.text(path + "property", name));
        }
    }

    /** Every source is a meter of the same product that counts its own events. */
    static void requireSources(List<Feature> features, List<Feature> before, Refusals refusals) {
        List<Feature> all = Stream.concat(before.stream(), features.stream()).toList();
        for (int i = 0; i < features.size(); i++) {
            MeterRule rule = features.get(i).meter();
            String source = rule == null ? null : rule.source();
            String field = "input.features[" + i + "].meter.source";
            if (source != null && all.stream().noneMatch(other -> other.key().equals(source) && other.meter() != null && other.meter().source() == null)) {
                refusals.look(() -> {
                    throw HeadroomException.invalid(field, "No feature of this product that counts its own events has the key \"" + source + "\"");
                });
            }
        }
    }

    static @Nullable Integer rollingDays(String path, @Nullable Reset reset, @Nullable Integer wanted) {
        if (reset == Reset.ROLLING) {
            int days = Check.present(path + "rollingDays", wanted);
            Check.between(path + "rollingDays", days, 1, LONGEST_ROLLING);
            return days;
        }
        if (wanted != null) {
            throw HeadroomException.invalid(path + "rollingDays", "Only a rolling window looks back so many days");
        }
        return null;
    }
}
