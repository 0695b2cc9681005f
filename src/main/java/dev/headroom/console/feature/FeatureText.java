package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Anchor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.console.feature.FeatureUse.Standing;
import dev.headroom.time.Reset;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a feature is, in words. */
final class FeatureText {

    private FeatureText() {}

    static Badge standing(FeatureUse use) {
        Badge badge = new Badge(word(use.standing()));
        badge.addThemeVariants(switch (use.standing()) {
            case SOLD -> BadgeVariant.SUCCESS;
            case UNSOLD -> BadgeVariant.WARNING;
            case RETIRED -> BadgeVariant.CONTRAST;
        });
        return badge;
    }

    static String word(Standing standing) {
        return switch (standing) {
            case SOLD -> translate("feature.sold");
            case UNSOLD -> translate("feature.unsold");
            case RETIRED -> translate("feature.retired");
        };
    }

    /** When it starts again; empty for what does not. */
    static String resets(Feature feature) {
        if (feature.reset() == Reset.ROLLING) {
            return translate("feature.rolling", Objects.requireNonNullElse(feature.rollingDays(), 0));
        }
        return feature.reset() == Reset.NEVER ? "" : Words.of(feature.reset());
    }

    /** How its use is counted; empty for what is not. */
    static String counted(Feature feature, CatalogSnapshot known) {
        if (feature.seats()) {
            return translate("feature.seats");
        }
        MeterRule rule = feature.meter();
        return rule == null ? "" : Stream.of(Stream.of(told(rule.aggregation(), rule.property())), filters(rule), groups(rule), source(rule, known))
                .flatMap(each -> each)
                .collect(Collectors.joining(" · "));
    }

    static String aggregation(Aggregation aggregation) {
        return switch (aggregation) {
            case SUM -> translate("feature.sum");
            case COUNT -> translate("feature.count");
            case UNIQUE -> translate("feature.unique");
            case MAX -> translate("feature.max");
            case LATEST -> translate("feature.latest");
        };
    }

    private static String told(Aggregation aggregation, @Nullable String property) {
        if (property == null) {
            return aggregation(aggregation);
        }
        return switch (aggregation) {
            case SUM -> translate("feature.sum.of", property);
            case COUNT -> translate("feature.count");
            case UNIQUE -> translate("feature.unique.of", property);
            case MAX -> translate("feature.max.of", property);
            case LATEST -> translate("feature.latest.of", property);
        };
    }

    private static Stream<String> filters(MeterRule rule) {
        return rule.filter().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(filter -> translate("feature.only", filter.getKey(), String.join(", ", filter.getValue())));
    }

    private static Stream<String> groups(MeterRule rule) {
        return rule.groupBy().isEmpty() ? Stream.empty() : Stream.of(translate("feature.groups", String.join(", ", rule.groupBy())));
    }

    private static Stream<String> source(MeterRule rule, CatalogSnapshot known) {
        return Stream.ofNullable(rule.source()).map(key -> translate("feature.source.of", known.feature(key).map(Feature::name).orElse(key)));
    }

    static String thresholds(Feature feature) {
        return feature.thresholds().isEmpty() ? translate("feature.none")
                : feature.thresholds().stream().map(Figures::percent).collect(Collectors.joining(", "));
    }

    /** A way to something in a list of such ways, as high as a finger. */
    static Anchor way(String address, String name) {
        Anchor way = new Anchor(address, name);
        way.getStyle().set("display", "inline-block").set("padding-block", "0.25rem");
        return way;
    }
}
