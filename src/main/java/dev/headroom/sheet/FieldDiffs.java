package dev.headroom.sheet;

import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.VersionDiff.Change;
import dev.headroom.sheet.VersionDiff.EntitlementChange;
import dev.headroom.sheet.VersionDiff.FieldChange;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what is said of a plan, and what it grants, field by field. */
final class FieldDiffs {

    private FieldDiffs() {}

    static List<FieldChange> ofPlan(PlanSheet before, PlanSheet after) {
        return changes(fields(before), fields(after));
    }

    /** In the order of what was there before, then of what was added. */
    static List<EntitlementChange> ofEntitlements(List<EntitlementLine> before, List<EntitlementLine> after) {
        SequencedMap<String, EntitlementLine> old = byFeature(before);
        SequencedMap<String, EntitlementLine> now = byFeature(after);
        Set<String> features = new LinkedHashSet<>(old.keySet());
        features.addAll(now.keySet());
        return features.stream().map(feature -> change(feature, old.get(feature), now.get(feature))).flatMap(Optional::stream).toList();
    }

    private static Optional<EntitlementChange> change(String feature, @Nullable EntitlementLine before, @Nullable EntitlementLine after) {
        if (before == null || after == null) {
            return Optional.of(new EntitlementChange(before == null ? Change.ADDED : Change.REMOVED, feature, before, after, List.of()));
        }
        List<FieldChange> fields = changes(fields(before), fields(after));
        return fields.isEmpty() ? Optional.empty() : Optional.of(new EntitlementChange(Change.CHANGED, feature, before, after, fields));
    }

    private static SequencedMap<String, EntitlementLine> byFeature(List<EntitlementLine> lines) {
        SequencedMap<String, EntitlementLine> byFeature = new LinkedHashMap<>();
        lines.forEach(line -> byFeature.putIfAbsent(line.feature(), line));
        return byFeature;
    }

    private static SequencedMap<String, @Nullable String> fields(PlanSheet sheet) {
        SequencedMap<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("key", sheet.key());
        fields.put("name", sheet.name());
        fields.put("description", Objects.requireNonNullElse(sheet.description(), ""));
        fields.put("rank", text(sheet.rank()));
        fields.put("visibility", sheet.visibility().name());
        return fields;
    }

    private static SequencedMap<String, @Nullable String> fields(EntitlementLine line) {
        SequencedMap<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("included", text(line.included()));
        fields.put("policy", line.effectivePolicy().name());
        fields.put("softLimit", text(line.softLimit()));
        fields.put("graceDays", text(line.graceDays()));
        fields.put("gracePercent", text(line.gracePercent()));
        fields.put("setting", line.setting());
        new TreeMap<>(overage(line.overage())).forEach((currency, unit) -> fields.put("overage[" + currency + "]", unit));
        return fields;
    }

    private static Map<String, String> overage(List<OverageLine> lines) {
        Map<String, String> overage = new LinkedHashMap<>();
        lines.forEach(line -> overage.putIfAbsent(
                Objects.requireNonNullElse(line.currency(), "").toUpperCase(Locale.ROOT), Objects.requireNonNullElse(plain(line.unitMinor()), "")));
        return overage;
    }

    /** 5 and 5.00 are the same; what is no number is as it was typed. */
    static @Nullable String plain(@Nullable String typed) {
        return Decimals.parse(typed).map(number -> number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()).orElse(typed);
    }

    private static List<FieldChange> changes(SequencedMap<String, @Nullable String> before, SequencedMap<String, @Nullable String> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new FieldChange(name, before.get(name), after.get(name)))
                .toList();
    }

    private static @Nullable String text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString).orElse(null);
    }
}
