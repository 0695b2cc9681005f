package dev.headroom.exchange;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.exchange.CatalogFile.OwnPart;
import dev.headroom.limits.Limit;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.sheet.Visibility;
import dev.headroom.yaml.YamlWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a plan or add-on as it is sold. */
final class PlanWriting {

    private PlanWriting() {}

    static void plan(YamlWriter out, PlanVersion version, @Nullable OwnPart own) {
        Plan plan = version.plan();
        out.field("key", plan.key()).field("name", plan.name()).field("description", plan.description().isEmpty() ? null : plan.description())
                .field("rank", plan.tier() || plan.rank() != 0 ? plan.rank() : null)
                .field("visibility", plan.visibility() == Visibility.PUBLIC ? null : plan.visibility())
                .field("account", own == null ? null : own.account()).field("insteadOf", own == null ? null : own.insteadOf())
                .each("prices", version.prices().stream()
                        .sorted(Comparator.comparing((PlanPrice each) -> each.price().interval()).thenComparing(each -> each.price().currency().getCurrencyCode()))
                        .toList(), PlanWriting::price)
                .each("entitlements", version.entitlements().stream().sorted(Comparator.comparing(each -> each.feature().key())).toList(), PlanWriting::entitlement);
    }

    private static void price(YamlWriter out, PlanPrice price) {
        out.field("interval", price.price().interval()).field("currency", price.price().currency().getCurrencyCode());
        switch (price.price().model()) {
            case ChargeModel.Flat flat -> out.field("flat", flat.fee().minor());
            case ChargeModel.PerSeat each -> out.number("perSeat", Decimal.plain(each.seat().minor()));
            case ChargeModel.Volume volume -> tiers(out, "volume", volume.tiers());
            case ChargeModel.Graduated graduated -> tiers(out, "graduated", graduated.tiers());
            case ChargeModel.Packaged packaged ->
                out.below("packaged", of -> of.field("size", packaged.size()).number("each", Decimal.plain(packaged.each().minor())));
        }
    }

    private static void tiers(YamlWriter out, String name, List<Tier> tiers) {
        out.each(name, tiers, (tier, of) -> tier.field("upTo", of.upTo()).number("unit", Decimal.plain(of.unit().minor()))
                .field("fee", of.flatFee().minor() == 0 ? null : of.flatFee().minor()));
    }

    private static void entitlement(YamlWriter out, PlanEntitlement granted) {
        out.field("feature", granted.feature().key()).field("included", granted.included())
                .field("policy", granted.policy() == Limit.Policy.HARD ? null : granted.policy())
                .field("softLimit", granted.softLimit()).field("graceDays", granted.graceDays()).field("gracePercent", granted.gracePercent())
                .field("setting", granted.setting())
                .each("overage", granted.overage().values().stream().sorted(Comparator.comparing(price -> price.currency().getCurrencyCode())).toList(),
                        PlanWriting::overage);
    }

    private static void overage(YamlWriter out, UnitPrice price) {
        out.field("currency", price.currency().getCurrencyCode()).number("unitMinor", Decimal.plain(price.minor()));
    }
}
