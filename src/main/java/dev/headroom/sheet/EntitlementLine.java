package dev.headroom.sheet;

import dev.headroom.limits.Limit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is granted of one feature, in an editor's words.
 *
 * @param id       unique in its sheet; names the line in the path of a finding
 * @param feature  key
 * @param included units; absent is unlimited
 * @param policy   absent is HARD
 * @param overage  what each unit beyond the included amount costs, by currency
 */
public record EntitlementLine(
        String id, String feature, @Nullable Long included, Limit.@Nullable Policy policy, @Nullable Long softLimit, @Nullable Integer graceDays,
        @Nullable Integer gracePercent, @Nullable String setting, List<OverageLine> overage) {

    public EntitlementLine {
        overage = List.copyOf(overage);
    }

    /** @param unitMinor a decimal number of minor units, as it was typed */
    public record OverageLine(@Nullable String currency, @Nullable String unitMinor) {}

    /** What holds where nothing was said. */
    public Limit.Policy effectivePolicy() {
        return Optional.ofNullable(policy).orElse(Limit.Policy.HARD);
    }
}
