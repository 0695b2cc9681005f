package dev.headroom.sale;

import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.BundleSheet.MemberSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import dev.headroom.sale.SaleSheet.OfferSheet.AmountOffSheet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field in which what is made differs from what ends, or from nothing; of something that only ends, each field that it has.
 *
 * @param path   of the field
 * @param before absent where there was nothing
 * @param after  absent where there is nothing
 */
public record SaleChange(String path, @Nullable String before, @Nullable String after) {

    static List<SaleChange> between(@Nullable SaleSheet before, @Nullable SaleSheet after) {
        Map<String, @Nullable String> old = fields(before);
        Map<String, @Nullable String> fresh = fields(after);
        return Stream.concat(old.keySet().stream(), fresh.keySet().stream()).distinct()
                .map(path -> new SaleChange(path, old.get(path), fresh.get(path)))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
    }

    private static Map<String, @Nullable String> fields(@Nullable SaleSheet sheet) {
        return switch (sheet) {
            case null -> Map.of();
            case OfferSheet offer -> fields(offer);
            case BundleSheet bundle -> fields(bundle);
        };
    }

    private static Map<String, @Nullable String> fields(OfferSheet offer) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("product", offer.product());
        fields.put("name", offer.name());
        fields.put("key", offer.key());
        fields.put("percentOff", offer.percentOff());
        fields.put("amountOff", amount(offer.amountOff()));
        fields.put("duration", text(offer.duration()));
        fields.put("months", text(offer.months()));
        fields.put("from", text(offer.from()));
        fields.put("until", text(offer.until()));
        fields.put("plans", offer.plans().isEmpty() ? null : offer.plans().stream().sorted().collect(Collectors.joining(", ")));
        fields.put("existingCustomers", offer.existingCustomers() ? "true" : null);
        fields.put("redemptionCap", text(offer.redemptionCap()));
        return fields;
    }

    private static Map<String, @Nullable String> fields(BundleSheet bundle) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("name", bundle.name());
        fields.put("key", bundle.key());
        fields.put("percentOff", bundle.percentOff());
        fields.put("members", members(bundle, true));
        fields.put("full", members(bundle, false));
        fields.put("from", text(bundle.from()));
        fields.put("until", text(bundle.until()));
        return fields;
    }

    private static @Nullable String members(BundleSheet bundle, boolean reduced) {
        String keys = bundle.members().stream().filter(member -> member.reduced() == reduced).map(SaleChange::key).sorted().collect(Collectors.joining(", "));
        return keys.isEmpty() ? null : keys;
    }

    private static String key(MemberSheet member) {
        return String.valueOf(member.product() == null ? member.addOn() : member.product());
    }

    private static @Nullable String amount(@Nullable AmountOffSheet off) {
        return off == null ? null : off.minor() + " " + off.currency();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
