package dev.headroom.console.feature;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Features as a file has them: keys where the screen has names. */
final class FeatureCsv {

    static final List<String> COLUMNS = List.of(
            "product", "key", "name", "description", "kind", "unit", "reset", "rolling_days", "seats", "aggregation", "property", "filter", "group_by", "source",
            "thresholds", "plans", "add_ons", "drafts", "accounts", "state", "retired_at");

    private FeatureCsv() {}

    static @Nullable Object[] row(FeatureUse use) {
        Feature feature = use.feature();
        MeterRule rule = feature.meter();
        return new @Nullable Object[] {
                use.product().key(), feature.key(), feature.name(), feature.description(), feature.kind(), feature.unit(), feature.reset(), feature.rollingDays(),
                feature.seats(), rule == null ? null : rule.aggregation(), rule == null ? null : rule.property(), rule == null ? null : filter(rule),
                rule == null ? null : String.join(" ", rule.groupBy()), rule == null ? null : rule.source(),
                feature.thresholds().stream().map(String::valueOf).collect(Collectors.joining(" ")), keys(use, Plan.Kind.TIER), keys(use, Plan.Kind.ADD_ON),
                use.drafts().stream().map(draft -> draft.subject().key()).collect(Collectors.joining(" ")), use.accounts(), use.standing(), feature.retiredAt()};
    }

    private static String filter(MeterRule rule) {
        return rule.filter().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + "=" + String.join("|", each.getValue())).collect(Collectors.joining(" "));
    }

    private static String keys(FeatureUse use, Plan.Kind kind) {
        return use.onSale().stream().map(PlanVersion::plan).filter(plan -> plan.kind() == kind).map(Plan::key).collect(Collectors.joining(" "));
    }
}
