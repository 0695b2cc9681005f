package dev.headroom.sheet;

import dev.headroom.error.Check;
import dev.headroom.limits.Limit;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.SheetFacts.KnownFeature;
import java.util.List;

/** What is wrong with an add-on beyond what would be wrong with a plan: mostly that more of it would not be more. */
final class AddOnRules {

    private AddOnRules() {}

    /** @param prices those that can be read; without any, nobody knows yet how often it would be bought */
    static void look(PlanSheet sheet, SheetFacts facts, List<Price> prices, Findings found) {
        sheet.entitlements().forEach(line -> saysNothingOfLimits(line, found));
        List<Boolean> flat = prices.stream().map(price -> price.model() instanceof ChargeModel.Flat).distinct().toList();
        if (flat.size() > 1) {
            found.error(Rule.ADD_ON, "prices", "Either every price is flat, and it is bought once, or none is");
        }
        if (flat.size() != 1) {
            return;
        }
        boolean once = flat.getFirst();
        List<EntitlementLine> counted = sheet.entitlements().stream().filter(line -> counted(line, facts)).toList();
        counted.forEach(line -> addsUp(line, once, found));
        if (!once && counted.isEmpty()) {
            found.error(Rule.ADD_ON, "prices", "Nothing that it grants adds up, so it is bought once: give it flat prices");
        }
    }

    private static boolean counted(EntitlementLine line, SheetFacts facts) {
        KnownFeature feature = facts.features().get(line.feature());
        return feature != null && feature.counted();
    }

    private static void addsUp(EntitlementLine line, boolean once, Findings found) {
        String path = "entitlements[" + line.id() + "].included";
        Long included = line.included();
        if (included == null && !once) {
            found.error(Rule.ADD_ON, path, "Unlimited is not bought several times: say how many units each includes, or give it flat prices");
        } else if (included != null && included >= 0) {
            found.made(Rule.RANGE, path, () -> Check.between(path, included, 1, Long.MAX_VALUE));
        }
    }

    /** What happens past it is said by the plan beside which it is bought. */
    private static void saysNothingOfLimits(EntitlementLine line, Findings found) {
        boolean silent = line.effectivePolicy() == Limit.Policy.HARD && line.softLimit() == null && line.graceDays() == null
                && line.gracePercent() == null && line.overage().isEmpty();
        if (!silent) {
            found.error(Rule.ADD_ON, "entitlements[" + line.id() + "]", "An add-on says how much it adds; what happens past that is said by the plan");
        }
    }
}
