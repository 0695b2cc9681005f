package dev.headroom.sale;

import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import dev.headroom.sale.SaleSheet.OfferSheet.AmountOffSheet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sheet asks for, with everything that is wrong with it told; pure. Where something is wrong, something else stands in its place, so that the rest is looked at too.
 *
 * @param key      under which what it asks for is made
 * @param refusals told of what is wrong
 */
record SaleReading(String key, CatalogSnapshot known, Instant now, Refusals refusals) {

    private static final Reduction SOME = new PercentOff(BigDecimal.ONE);

    CreateOffer offer(OfferSheet sheet) {
        Instant from = refusals.made(() -> Check.present("input.from", sheet.from()), now);
        return new CreateOffer(
                key, product(sheet), typed(sheet.key()), typed(sheet.name()), refusals.made(() -> reduction(sheet), SOME), refusals.made(() -> term(sheet), new Term.Once()),
                from, refusals.made(() -> Check.present("input.until", sheet.until()), from.plusSeconds(1)), sheet.product() == null ? List.of() : sheet.plans(), sheet.existingCustomers(), sheet.redemptionCap());
    }

    /** An offer can be looked at only as one of a product. */
    private String product(OfferSheet sheet) {
        return refusals.made(
                () -> known.requireProduct("input.product", Check.present("input.product", sheet.product())).key(), known.products().stream().findFirst().map(Product::key).orElse(""));
    }

    private static String typed(@Nullable String typed) {
        return Objects.requireNonNullElse(typed, "");
    }

    private static Reduction reduction(OfferSheet sheet) {
        AmountOffSheet amount = sheet.amountOff();
        return CreateOffer.reduction(
                sheet.percentOff() == null ? null : percent(sheet.percentOff()), amount == null ? null : amount.minor(), amount == null ? null : amount.currency());
    }

    private static BigDecimal percent(String typed) {
        try {
            return new BigDecimal(typed.strip());
        } catch (NumberFormatException none) {
            throw HeadroomException.invalid("input.percentOff", "Expected a number such as 12.5");
        }
    }

    private static Term term(OfferSheet sheet) {
        OfferDuration duration = Check.present("input.duration", sheet.duration());
        return CreateOffer.term(duration, duration == OfferDuration.MONTHS ? sheet.months() : null);
    }

    CreateBundle bundle(BundleSheet sheet) {
        return new CreateBundle(
                key, typed(sheet.key()), typed(sheet.name()),
                refusals.made(() -> percent(Check.present("input.percentOff", sheet.percentOff())), BigDecimal.ONE),
                sheet.members().stream().map(member -> new NewMember(member.product(), member.addOn(), member.reduced())).toList(), sheet.from(), sheet.until());
    }

    /** Whoever takes an amount off has to be charged in its currency by something. */
    void priced(Offer offer) {
        if (offer.reduction() instanceof AmountOff off && sold(offer).stream().noneMatch(plan -> plan.prices().stream().anyMatch(price -> price.price().currency().equals(off.amount().currency())))) {
            refusals.look(() -> {
                throw HeadroomException.invalid("input.amountOff", "Nothing that it is for has a price in " + off.amount().currency().getCurrencyCode());
            });
        }
    }

    private List<PlanVersion> sold(Offer offer) {
        return known.onSale(offer.product()).stream().filter(version -> offer.isFor(version.plan())).toList();
    }

    void free(String typed, Optional<?> other) {
        if (other.isPresent()) {
            refusals.look(() -> {
                throw HeadroomException.invalid("input.key", "The key \"" + typed + "\" is another one's already");
            });
        }
    }

    /** What ends has to be there until then. */
    void ends(@Nullable Instant over) {
        if (over != null && !now.isBefore(over)) {
            refusals.look(() -> {
                throw HeadroomException.invalid("input.ends", "It is over already");
            });
        }
    }
}
