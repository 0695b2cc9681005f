package dev.headroom.sheet;

import dev.headroom.limits.Limit;
import dev.headroom.money.Currencies;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.SheetFacts.KnownFeature;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sheets to look at: of a product with seats, calls, a gate and a setting. */
final class Sheets {

    static final SheetFacts PLAN = facts(false, Set.of());
    static final SheetFacts ADD_ON = facts(true, Set.of());

    private Sheets() {}

    static SheetFacts facts(boolean addOn, Set<String> currencies) {
        return new SheetFacts(addOn, Map.of(
                "seats", new KnownFeature(true, false, true), "calls", new KnownFeature(true, false, false),
                "sso", new KnownFeature(false, false, false), "support", new KnownFeature(false, true, false)),
                Set.copyOf(currencies.stream().map(Currencies::parse).toList()), false);
    }

    static PlanSheet sheet(PriceLine... prices) {
        return new PlanSheet("pro", "Pro", "", 2, Visibility.PUBLIC, List.of(prices), List.of());
    }

    static PriceLine flat(String id, Interval interval, String currency, Long minor) {
        return new PriceLine(id, interval, currency, null, minor, null, null, null, null);
    }

    static PriceLine perSeat(String id, String minor) {
        return new PriceLine(id, Interval.MONTH, "USD", null, null, minor, null, null, null);
    }

    static PriceLine volume(String id, TierLine... tiers) {
        return new PriceLine(id, Interval.MONTH, "USD", null, null, null, List.of(tiers), null, null);
    }

    static PriceLine packaged(String id, Long size, String each) {
        return new PriceLine(id, Interval.MONTH, "USD", null, null, null, null, null, new PackageLine(size, each));
    }

    static EntitlementLine grants(String feature, Long included) {
        return grants(feature, included, null);
    }

    static EntitlementLine grants(String feature, Long included, Limit.Policy policy, OverageLine... overage) {
        return new EntitlementLine(feature, feature, included, policy, null, null, null, null, List.of(overage));
    }

    static EntitlementLine graced(String feature, Long included, Limit.Policy policy, Integer days, Integer percent) {
        return new EntitlementLine(feature, feature, included, policy, null, days, percent, null, List.of());
    }

    static PlanSheet granting(PlanSheet sheet, EntitlementLine... lines) {
        return new PlanSheet(sheet.key(), sheet.name(), sheet.description(), sheet.rank(), sheet.visibility(), sheet.prices(), List.of(lines));
    }
}
