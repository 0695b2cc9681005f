package dev.headroom.storefront;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.Product;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on sale of a product in one currency, as a buyer sees it; what is not listed, or has no price in that currency, is not in it.
 *
 * @param currencies those that anything listed is sold in, by the alphabet
 * @param plans      lowest rank first
 * @param addOns     in the order in which they are shown
 * @param bundles    that can be got now and of which everything is shown to buyers, the oldest first
 */
public record PricingTable(
        Product product, Currency currency, List<Currency> currencies, List<Listed> plans, List<Listed> addOns, List<Bundle> bundles) {

    public PricingTable {
        currencies = List.copyOf(currencies);
        plans = List.copyOf(plans);
        addOns = List.copyOf(addOns);
        bundles = List.copyOf(bundles);
    }

    /**
     * One plan or add-on.
     *
     * @param month        its price by the month; absent where it has none
     * @param yearSaving   what paying by the year costs less; absent where it does not
     * @param everythingIn the plan below it of which it grants everything; absent where it does not, and of the lowest
     * @param adds         what it grants beyond that, or else all that it grants, in the order of features
     * @param offers       that a new customer could take for it now, the one that is over first before the others
     */
    public record Listed(
            PlanVersion version, @Nullable PlanPrice month, @Nullable PlanPrice year, @Nullable YearSaving yearSaving, @Nullable Plan everythingIn,
            List<PlanEntitlement> adds, List<Offer> offers) {

        public Listed {
            adds = List.copyOf(adds);
            offers = List.copyOf(offers);
        }

        public Plan plan() {
            return version.plan();
        }

        /** Its price by an interval; absent where it has none. */
        public @Nullable PlanPrice price(Interval interval) {
            return switch (interval) {
                case MONTH -> month;
                case YEAR -> year;
            };
        }
    }
}
