package dev.headroom.pricing;

import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import java.util.List;
import java.util.function.Predicate;

/**
 * One thing on a subscription, as it is or as it shall be.
 *
 * @param ref       opaque; the same before and after a change means the same subscription item
 * @param offering  opaque; the plan or add-on whatever its version, interval or price: another one is another tier
 * @param name      for people, as in "5 × Team"
 * @param quantity  between 0 and 1,000,000,000; 1 with a flat price, unless it is 0
 * @param discounts in the order in which they apply
 */
public record Item(
        String ref, String offering, String name, Kind kind, Price price, long quantity, List<Discount> discounts) {

    /** What more of the item means for growth. */
    public enum Kind {
        /** A plan or a module: another one is cross-sell, a higher one upsell, more of it seats. */
        PRODUCT,
        /** Seats and seat packs. */
        SEATS,
        /** Usage that is paid in advance, as tiers or packs. Metered overage is billed from what was used and is no item. */
        USAGE
    }

    public Item {
        Rating.requireQuantity(quantity);
        if (price.model() instanceof Flat && quantity > 1) {
            throw new IllegalArgumentException(name + " has a flat price, which is sold once and not " + quantity + " times");
        }
        for (Discount discount : discounts) {
            requireCurrency(price, discount);
        }
        discounts = List.copyOf(discounts);
    }

    /** A plan or module without discounts. */
    public static Item of(String ref, String offering, String name, Price price, long quantity) {
        return new Item(ref, offering, name, Kind.PRODUCT, price, quantity, List.of());
    }

    /** The price of one whole interval before discounts. */
    public Rating rating() {
        return price.rate(quantity);
    }

    /** "5 × Team", or "Team" for one. */
    public String label() {
        return label(name, quantity);
    }

    static String label(String name, long quantity) {
        return quantity == 1 ? name : quantity + " × " + name;
    }

    /** Whether a change from the other makes lines: another offering, price or quantity does, another discount alone does not. */
    boolean isSoldLike(Item other) {
        return offering.equals(other.offering) && price.equals(other.price) && quantity == other.quantity;
    }

    Item keeping(Predicate<Discount> kept) {
        return new Item(ref, offering, name, kind, price, quantity, discounts.stream().filter(kept).toList());
    }

    private static void requireCurrency(Price price, Discount discount) {
        if (discount.reduction() instanceof AmountOff off) {
            Amounts.requireSameCurrency(price.currency(), off.amount().currency());
        }
    }
}
