package dev.headroom.projection;

import dev.headroom.error.Check;
import org.jspecify.annotations.Nullable;

/**
 * How the months to come are assumed to differ from those that are closed.
 *
 * @param churnPoints        added to each month's churn, in hundredths of a percent of what it opens with; less than nothing is less churn, which is never below none
 * @param contractionPercent of contraction as it was
 * @param expansionPercent   of expansion as it was
 * @param newBusinessPercent of new business as it was
 * @param priceRise          absent where there is none beside what rose in the closed months
 */
public record Assumptions(int churnPoints, int contractionPercent, int expansionPercent, int newBusinessPercent, @Nullable PriceRise priceRise) {

    public static final int MONTHS = 12;
    /** Hundredths of a percent. */
    public static final int WHOLE_POINTS = 10_000;
    public static final int USUAL_PERCENT = 100;
    public static final int MOST_PERCENT = 1_000;

    /** The months to come are as those that are closed. */
    public static final Assumptions NONE = new Assumptions(0, USUAL_PERCENT, USUAL_PERCENT, USUAL_PERCENT, null);

    /**
     * All prices rise at once.
     *
     * @param month      in which of the months to come: 1 to 12
     * @param points     by how much, in hundredths of a percent
     * @param lossPoints what leaves because of it in that month, in hundredths of a percent of what the month opens with; what leaves pays no more
     */
    public record PriceRise(int month, int points, int lossPoints) {
        public PriceRise {
            Check.between("assumptions.priceRise.month", month, 1, MONTHS);
            Check.between("assumptions.priceRise.points", points, 1, WHOLE_POINTS);
            Check.between("assumptions.priceRise.lossPoints", lossPoints, 0, WHOLE_POINTS);
        }
    }

    public Assumptions {
        Check.between("assumptions.churnPoints", churnPoints, -WHOLE_POINTS, WHOLE_POINTS);
        Check.between("assumptions.contractionPercent", contractionPercent, 0, MOST_PERCENT);
        Check.between("assumptions.expansionPercent", expansionPercent, 0, MOST_PERCENT);
        Check.between("assumptions.newBusinessPercent", newBusinessPercent, 0, MOST_PERCENT);
    }
}
