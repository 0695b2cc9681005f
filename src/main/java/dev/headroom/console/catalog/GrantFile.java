package dev.headroom.console.catalog;

import dev.headroom.catalog.PlanVersion;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PlanSheet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What plans grant, for machines: a line for each plan and feature, which says nothing of amounts where the plan does not grant it. */
public final class GrantFile {

    public static final List<String> COLUMNS = List.of(
            "product", "feature", "plan", "version", "state", "granted", "included", "policy", "soft_limit", "grace_days", "grace_percent", "setting");

    private GrantFile() {}

    /** @param feature key */
    public static @Nullable Object[] sold(String product, String feature, PlanVersion version) {
        return row(product, feature, version.plan().key(), version.number(), version.state(), line(version.sheet(), feature));
    }

    /** Of what is prepared, which has no number yet. */
    public static @Nullable Object[] drafted(String product, String feature, String plan, PlanSheet sheet) {
        return row(product, feature, plan, null, PlanVersion.State.DRAFT, line(sheet, feature));
    }

    private static @Nullable EntitlementLine line(PlanSheet sheet, String feature) {
        return sheet.entitlements().stream().filter(line -> line.feature().equals(feature)).findFirst().orElse(null);
    }

    private static @Nullable Object[] row(
            String product, String feature, String plan, @Nullable Integer version, PlanVersion.State state, @Nullable EntitlementLine line) {
        return line == null
                ? new @Nullable Object[] {product, feature, plan, version, state, false, null, null, null, null, null, null}
                : new @Nullable Object[] {
                    product, feature, plan, version, state, true, line.included(), line.effectivePolicy(), line.softLimit(), line.graceDays(), line.gracePercent(), line.setting()};
    }
}
