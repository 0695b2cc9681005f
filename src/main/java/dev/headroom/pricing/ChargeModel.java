package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a quantity becomes a price for one interval; a {@link Price} rates it. */
public sealed interface ChargeModel {

    /** One amount that does not depend on the quantity, which is therefore always one. */
    record Flat(Money fee) implements ChargeModel {
        public Flat {
            Amounts.requireNotNegative(fee, "A flat fee");
        }
    }

    /** The same price for every unit. */
    record PerSeat(UnitPrice seat) implements ChargeModel {}

    /** The whole quantity is priced by the one tier that it reaches, plus that tier's flat fee. */
    record Volume(List<Tier> tiers) implements ChargeModel {
        public Volume {
            tiers = Tiers.checked(tiers);
        }
    }

    /** Each unit is priced by the tier that it falls in, plus the flat fee of every tier reached. */
    record Graduated(List<Tier> tiers) implements ChargeModel {
        public Graduated {
            tiers = Tiers.checked(tiers);
        }
    }

    /** Whole packages: a package that was begun costs as much as a full one. */
    record Packaged(long size, UnitPrice each) implements ChargeModel {
        public Packaged {
            if (size < 1) {
                throw new IllegalArgumentException("A package holds at least one unit, not " + size);
            }
        }
    }

    /**
     * One step of a {@link Volume} or {@link Graduated} price.
     *
     * @param upTo    the last unit of the tier, inclusive; absent in the last tier, which has no end
     * @param unit    the price of each unit
     * @param flatFee added once when the tier is reached
     */
    record Tier(@Nullable Long upTo, UnitPrice unit, Money flatFee) {
        public Tier {
            Amounts.requireNotNegative(flatFee, "A tier's flat fee");
            Amounts.requireSameCurrency(unit.currency(), flatFee.currency());
        }

        /** A tier without a flat fee. */
        public static Tier of(@Nullable Long upTo, UnitPrice unit) {
            return new Tier(upTo, unit, Money.zero(unit.currency()));
        }

        boolean reaches(long unit) {
            return upTo == null || unit <= upTo;
        }
    }

    /**
     * A tier that does not end where it should.
     *
     * @param tier from 0
     */
    record MisplacedTier(int tier, String why) {}

    /** Everything that is wrong with where tiers end, in their order; nothing where they cover every quantity once. */
    static List<MisplacedTier> misplaced(List<@Nullable Long> ends) {
        return Tiers.misplaced(ends);
    }
}
