package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.limits.Limit;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.time.Reset;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a plan, or one of an add-on, grants of a feature, in words. */
public final class EntitlementText {

    private EntitlementText() {}

    /** @param version the plan or add-on that grants it: how many members may hold a seat is what was bought, where seats are what it sells */
    public static String amount(PlanEntitlement entitlement, PlanVersion version) {
        return amount(entitlement, version.soldBySeat());
    }

    /** @param bySeat whether seats are what is sold */
    public static String amount(PlanEntitlement entitlement, boolean bySeat) {
        Feature feature = entitlement.feature();
        if (entitlement.by() == Plan.Kind.ADD_ON && feature.counted() && entitlement.included() != null) {
            String more = translate("entitlement.more", Figures.number(entitlement.included()));
            return feature.kind() == FeatureKind.METER ? translate("entitlement.each", more, resets(feature.reset())) : more;
        }
        return switch (feature.kind()) {
            case GATE -> translate("entitlement.included");
            case SETTING -> Objects.requireNonNullElse(entitlement.setting(), translate("entitlement.included"));
            case ALLOWANCE -> feature.seats() && bySeat
                    ? translate("entitlement.bought")
                    : Figures.limit(entitlement.included());
            case METER -> entitlement.included() == null
                    ? translate("figure.unlimited")
                    : translate("entitlement.each", Figures.number(entitlement.included()), resets(feature.reset()));
        };
    }

    /** The same of what a draft grants, whatever is wrong with it. */
    public static String drafted(EntitlementLine line, Feature feature, Plan.Kind kind, PlanSheet sheet) {
        boolean bySeat = kind == Plan.Kind.TIER && sheet.prices().stream().anyMatch(price -> price.chosen().orElse(Model.FLAT) != Model.FLAT);
        return amount(new PlanEntitlement(
                feature, line.included(), line.effectivePolicy(), line.softLimit(), line.graceDays(), line.gracePercent(), line.setting(), Map.of(), kind), bySeat);
    }

    /** What happens once the amount is used up; empty for what cannot be used up. */
    public static String past(PlanEntitlement entitlement) {
        if (entitlement.included() == null) {
            return "";
        }
        if (entitlement.by() == Plan.Kind.ADD_ON) {
            return translate("entitlement.as.plan");
        }
        if (entitlement.policy() == Limit.Policy.OVERAGE) {
            return translate("entitlement.overage", entitlement.overage().values().stream()
                    .map(Figures::unitPrice)
                    .sorted()
                    .collect(Collectors.joining(" / ")));
        }
        String policy = Words.of(entitlement.policy());
        Integer days = entitlement.graceDays();
        return days == null || days == 0 ? policy : translate("entitlement.grace", policy, days);
    }

    static String resets(Reset reset) {
        return Words.of(reset);
    }
}
