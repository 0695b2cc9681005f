package dev.headroom.exchange;

import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.CreateProduct.NewFilter;
import dev.headroom.catalog.CreateProduct.NewMeter;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.time.Reset;
import dev.headroom.yaml.YamlFields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a file asks for of a feature. */
final class FeatureReading {

    static final Set<String> FEATURE = Set.of(
            "key", "name", "description", "kind", "unit", "reset", "rollingDays", "seats", "meter", "thresholds");
    static final Set<String> METER = Set.of("aggregation", "property", "filter", "groupBy", "source");
    static final Set<String> FILTER = Set.of("property", "values");

    private final FileReading file;

    FeatureReading(FileReading file) {
        this.file = file;
    }

    Optional<NewFeature> feature(YamlFields fields) {
        Optional<String> key = file.key(fields, "feature");
        fields.need("kind", "GATE, ALLOWANCE, METER or SETTING");
        NewMeter meter = fields.fields("meter", METER).map(FeatureReading::meter).orElse(null);
        Boolean seats = fields.flag("seats").orElse(null);
        Reset reset = fields.word("reset", Reset.class).orElse(null);
        NewFeature feature = new NewFeature(
                key.orElse(""), file.name(fields), fields.word("kind", FeatureKind.class).orElseGet(() -> likely(seats, reset, meter)),
                fields.text("unit").orElse(null), reset, fields.number("rollingDays").orElse(null), seats, meter, thresholds(fields),
                fields.text("description").filter(text -> !text.isEmpty()).orElse(null));
        return key.map(_ -> feature);
    }

    /** Where the kind is missing or wrong, which has been noted: the one with which nothing else would be wrong because of it. */
    private static FeatureKind likely(@Nullable Boolean seats, @Nullable Reset reset, @Nullable NewMeter meter) {
        if (Boolean.TRUE.equals(seats)) {
            return FeatureKind.ALLOWANCE;
        }
        return reset != null && reset != Reset.NEVER ? FeatureKind.METER : meter == null ? FeatureKind.GATE : FeatureKind.ALLOWANCE;
    }

    /** An empty list is one: then nobody is told. */
    private static @Nullable List<Integer> thresholds(YamlFields fields) {
        return fields.has("thresholds") ? fields.numbers("thresholds") : null;
    }

    private static NewMeter meter(YamlFields fields) {
        List<NewFilter> filter = fields.each("filter", FILTER).stream().map(FeatureReading::filter).toList();
        return new NewMeter(
                fields.word("aggregation", Aggregation.class).orElse(null), fields.text("property").orElse(null), filter, fields.texts("groupBy"),
                fields.text("source").orElse(null));
    }

    private static NewFilter filter(YamlFields fields) {
        fields.need("property", "which property of an event is looked at");
        fields.need("values", "with which of its values an event counts");
        return new NewFilter(fields.text("property").orElse(""), fields.texts("values"));
    }
}
