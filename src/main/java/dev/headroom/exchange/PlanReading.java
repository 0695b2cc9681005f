package dev.headroom.exchange;

import dev.headroom.exchange.CatalogFile.OwnPart;
import dev.headroom.limits.Limit;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import dev.headroom.yaml.YamlFields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a plan or an add-on as a sheet: what is missing or wrong in it, the rules of sheets say. */
final class PlanReading {

    static final Set<String> PLAN = Set.of("key", "name", "description", "rank", "visibility", "account", "insteadOf", "prices", "entitlements");
    static final Set<String> PRICE = Set.of("interval", "currency", "flat", "perSeat", "volume", "graduated", "packaged");
    static final Set<String> TIER = Set.of("upTo", "unit", "fee");
    static final Set<String> PACKAGE = Set.of("size", "each");
    static final Set<String> ENTITLEMENT = Set.of(
            "feature", "included", "policy", "softLimit", "graceDays", "gracePercent", "setting", "overage");
    static final Set<String> OVERAGE = Set.of("currency", "unitMinor");

    private PlanReading() {}

    /** Lines are named by their places, and so are the paths of findings those of the file. */
    static PlanSheet sheet(YamlFields fields, String key, String name) {
        List<YamlFields> prices = fields.each("prices", PRICE);
        List<YamlFields> entitlements = fields.each("entitlements", ENTITLEMENT);
        return new PlanSheet(
                key, name, fields.text("description").orElse(""), fields.number("rank").orElse(null),
                fields.word("visibility", Visibility.class).orElse(Visibility.PUBLIC), prices.stream().map(PlanReading::price).toList(),
                entitlements.stream().map(PlanReading::entitlement).toList());
    }

    /** Whose own price it is. */
    static @Nullable OwnPart own(YamlFields fields) {
        if (fields.has("account") || fields.has("insteadOf")) {
            fields.need("account", "key of the account whose own price it is");
            fields.need("insteadOf", "key of what it is in the place of");
        }
        return fields.text("account").flatMap(account -> fields.text("insteadOf").map(instead -> new OwnPart(account, instead))).orElse(null);
    }

    /** What stands between the last pair of brackets. */
    private static String place(YamlFields fields) {
        return fields.path().substring(fields.path().lastIndexOf('[') + 1, fields.path().length() - 1);
    }

    private static PriceLine price(YamlFields fields) {
        PackageLine packaged = fields.fields("packaged", PACKAGE)
                .map(of -> new PackageLine(of.whole("size").orElse(null), of.text("each").orElse(null))).orElse(null);
        return new PriceLine(
                place(fields), fields.word("interval", Interval.class).orElse(null), fields.text("currency").orElse(null), null,
                fields.whole("flat").orElse(null), fields.text("perSeat").orElse(null), tiers(fields, "volume"), tiers(fields, "graduated"), packaged);
    }

    private static @Nullable List<TierLine> tiers(YamlFields fields, String field) {
        return fields.has(field)
                ? fields.each(field, TIER).stream()
                        .map(tier -> new TierLine(tier.whole("upTo").orElse(null), tier.text("unit").orElse(null), tier.whole("fee").orElse(null))).toList()
                : null;
    }

    private static EntitlementLine entitlement(YamlFields fields) {
        fields.need("feature", "key of a feature of the product");
        return new EntitlementLine(
                place(fields), fields.text("feature").orElse(""), fields.whole("included").orElse(null), fields.word("policy", Limit.Policy.class).orElse(null),
                fields.whole("softLimit").orElse(null), fields.number("graceDays").orElse(null), fields.number("gracePercent").orElse(null),
                fields.text("setting").orElse(null),
                fields.each("overage", OVERAGE).stream()
                        .map(each -> new OverageLine(each.text("currency").orElse(null), each.text("unitMinor").orElse(null))).toList());
    }
}
