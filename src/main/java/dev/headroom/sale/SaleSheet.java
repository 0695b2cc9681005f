package dev.headroom.sale;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.catalog.Plan;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An offer or a bundle as somebody has written it down: anything may be missing or wrong. */
public sealed interface SaleSheet {

    @Nullable String key();

    @Nullable String name();

    /**
     * @param product    key
     * @param percentOff as it was typed
     * @param plans      keys; empty is every plan of the product
     */
    record OfferSheet(
            @Nullable String product, @Nullable String key, @Nullable String name, @Nullable String percentOff, @Nullable AmountOffSheet amountOff,
            @Nullable OfferDuration duration, @Nullable Integer months, @Nullable Instant from, @Nullable Instant until, List<String> plans,
            boolean existingCustomers, @Nullable Integer redemptionCap) implements SaleSheet {

        /** @param currency as it was typed */
        public record AmountOffSheet(@Nullable Long minor, @Nullable String currency) {}

        public OfferSheet {
            plans = List.copyOf(plans);
        }

        /** Nothing is said yet. */
        public static final OfferSheet BLANK = new OfferSheet(null, null, null, null, null, null, null, null, null, List.of(), false, null);

        static OfferSheet of(Offer offer, CatalogSnapshot known) {
            return new OfferSheet(
                    known.product(offer.product()).key(), offer.key(), offer.name(), offer.reduction() instanceof PercentOff off ? off.percent().toPlainString() : null,
                    offer.reduction() instanceof AmountOff off ? new AmountOffSheet(off.amount().minor(), off.amount().currency().getCurrencyCode()) : null,
                    OfferDuration.of(offer.term()), offer.term() instanceof Term.Repeating(int months) ? months : null, offer.window().from(), offer.over(),
                    offer.plans().stream().map(id -> known.plans().stream().filter(plan -> plan.id().equals(id)).findFirst().map(Plan::key).orElseThrow()).toList(),
                    offer.existingCustomers(), offer.cap());
        }

        /** The same to begin another one on: under a key of its own, and from when it is put live. */
        OfferSheet next(Instant now) {
            return new OfferSheet(product, null, name, percentOff, amountOff, duration, months, from == null || from.isBefore(now) ? now : from, until, plans, existingCustomers, redemptionCap);
        }
    }

    /**
     * @param percentOff as it was typed
     * @param from       absent is when it is put live
     */
    record BundleSheet(
            @Nullable String key, @Nullable String name, @Nullable String percentOff, List<MemberSheet> members, @Nullable Instant from,
            @Nullable Instant until) implements SaleSheet {

        /** Either any plan of a product or an add-on, by its key. */
        public record MemberSheet(@Nullable String product, @Nullable String addOn, boolean reduced) {}

        public BundleSheet {
            members = List.copyOf(members);
        }

        /** Nothing is said yet. */
        public static final BundleSheet BLANK = new BundleSheet(null, null, null, List.of(), null, null);

        static BundleSheet of(Bundle bundle, CatalogSnapshot known) {
            return new BundleSheet(
                    bundle.key(), bundle.name(), bundle.off().percent().toPlainString(), bundle.members().stream().map(member -> member(member, known)).toList(),
                    bundle.from(), bundle.until());
        }

        private static MemberSheet member(Bundle.Member member, CatalogSnapshot known) {
            return member.addOn() == null
                    ? new MemberSheet(known.product(member.product()).key(), null, member.reduced())
                    : new MemberSheet(null, known.addOns().stream().filter(addOn -> addOn.id().equals(member.addOn())).findFirst().map(Plan::key).orElseThrow(), member.reduced());
        }

        BundleSheet next(Instant now) {
            return new BundleSheet(null, name, percentOff, members, from != null && from.isAfter(now) ? from : null, until);
        }
    }
}
