package dev.headroom.catalog;

import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.ChargeModel.Volume;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a version costs and grants as one short text, without its ids, its number, and the order in which it was written down. */
final class Fingerprints {

    private static final String NEXT = "\n";
    private static final String AND = " ";

    private Fingerprints() {}

    static String of(PlanVersion version) {
        String content = Stream.concat(version.prices().stream().map(Fingerprints::price), version.entitlements().stream().map(Fingerprints::entitlement))
                .sorted()
                .collect(Collectors.joining(NEXT));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String price(PlanPrice each) {
        return "price " + each.price().interval() + AND + each.price().currency() + AND + model(each.price().model());
    }

    private static String model(ChargeModel model) {
        return switch (model) {
            case Flat flat -> "flat " + flat.fee().minor();
            case PerSeat perSeat -> "per seat " + number(perSeat.seat().minor());
            case Volume volume -> "volume " + tiers(volume.tiers());
            case Graduated graduated -> "graduated " + tiers(graduated.tiers());
            case Packaged packaged -> "packaged " + packaged.size() + AND + number(packaged.each().minor());
        };
    }

    private static String tiers(List<Tier> tiers) {
        return tiers.stream().map(tier -> tier.upTo() + AND + number(tier.unit().minor()) + AND + tier.flatFee().minor()).collect(Collectors.joining(", "));
    }

    /** Two decimals of nothing are nothing. */
    private static String number(BigDecimal exact) {
        return exact.stripTrailingZeros().toPlainString();
    }

    /** The setting is the one text of somebody's own: as hexadecimal digits it cannot look like anything else. */
    private static String entitlement(PlanEntitlement each) {
        String overage = each.overage().entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, other) -> one.getCurrencyCode().compareTo(other.getCurrencyCode())))
                .map(price -> price.getKey() + AND + number(price.getValue().minor()))
                .collect(Collectors.joining(", "));
        String setting = each.setting() == null ? "none" : HexFormat.of().formatHex(each.setting().getBytes(StandardCharsets.UTF_8));
        return "entitlement " + String.join(AND, String.valueOf(each.feature().id().value()), String.valueOf(each.included()), String.valueOf(each.policy()),
                String.valueOf(each.softLimit()), String.valueOf(each.graceDays()), String.valueOf(each.gracePercent()), "[" + overage + "]", setting);
    }
}
