package dev.headroom.sync;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PriceSummary;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a price asks, so that two that ask different things read differently. */
final class PriceWords {

    private PriceWords() {}

    static String of(PlanPrice price, PlanVersion version) {
        return of(price.price(), version.plan().kind());
    }

    static String of(PriceAtStripe price, PlanVersion version) {
        return of(price, version.plan().kind());
    }

    static String of(PriceAtStripe price, Plan.Kind kind) {
        return price.terms() == null ? String.valueOf(price.unknown()) : of(price.terms(), kind);
    }

    private static String of(Price price, Plan.Kind kind) {
        return PriceSummary.of(price, kind, Locale.US) + switch (price.model()) {
            case ChargeModel.Volume(List<Tier> tiers) -> ", the whole at one tier: " + of(tiers);
            case ChargeModel.Graduated(List<Tier> tiers) -> ", tier by tier: " + of(tiers);
            case ChargeModel.Flat _, ChargeModel.PerSeat _, ChargeModel.Packaged _ -> "";
        };
    }

    private static String of(List<Tier> tiers) {
        return tiers.stream()
                .map(tier -> (tier.upTo() == null ? "beyond" : "to " + tier.upTo()) + " " + tier.unit().major().toPlainString()
                        + (tier.flatFee().isZero() ? "" : " and " + tier.flatFee().major().toPlainString()))
                .collect(Collectors.joining("; "));
    }
}
