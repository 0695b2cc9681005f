package dev.headroom.projection;

import dev.headroom.money.Money;
import dev.headroom.revenue.RevenueMonth;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twelve months to come.
 *
 * @param closed        the last twelve closed months, one after the other
 * @param observed      how many of the closed months opened with something: what rates are the mean of
 * @param base          each flow of a month on the average of those, as a share of what it opens with; what is lost is negative
 * @param assumed       the same as it is assumed to be; without the rise of prices, which is of one month
 * @param opening       what the last closed month closes with
 * @param months        none where nothing is told
 * @param netPoints     net retention over all of them, in hundredths of a percent, rounded once
 * @param netLowPoints  absent where there is no band
 * @param netHighPoints likewise
 */
public record Projection(
        List<RevenueMonth> closed, int observed, Standing standing, Map<Flow, BigDecimal> base, Map<Flow, BigDecimal> assumed, Assumptions assumptions, Money opening,
        List<ProjectedMonth> months, @Nullable Long netPoints, @Nullable Long netLowPoints, @Nullable Long netHighPoints) {

    /** So many months have to be observed for a band: fewer say too little of how much months differ. */
    public static final int LEAST_FOR_BAND = 6;

    public Projection {
        closed = List.copyOf(closed);
        base = Map.copyOf(base);
        assumed = Map.copyOf(assumed);
        months = List.copyOf(months);
    }

    /** What is told, and why no more. */
    public enum Standing {
        BANDED,
        /** Fewer than six months were observed. */
        WITHOUT_BAND,
        /** No closed month opened with anything. */
        NOTHING_OBSERVED,
        /** What would come is more than can be an amount. */
        BEYOND_BOUNDS
    }

    /**
     * Opening and movements are the closing.
     *
     * @param movements of each flow, in their order
     * @param low       one course in ten closes below it; absent where there is no band
     * @param high      one course in ten closes above it
     */
    public record ProjectedMonth(YearMonth month, Money opening, List<FlowSum> movements, Money closing, @Nullable Money low, @Nullable Money high) {

        public ProjectedMonth {
            movements = List.copyOf(movements);
        }

        public Money arr() {
            return year(closing);
        }

        public static Money year(Money month) {
            return month.times(Assumptions.MONTHS);
        }
    }

    /** What a flow moves in a month; what is lost is negative. */
    public record FlowSum(Flow flow, Money amount) {}
}
