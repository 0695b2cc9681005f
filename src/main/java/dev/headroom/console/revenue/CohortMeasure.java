package dev.headroom.console.revenue;

import dev.headroom.console.Figures;
import dev.headroom.revenue.Cohorts.Cell;
import org.jspecify.annotations.Nullable;

/** What is measured of cohorts. */
public enum CohortMeasure {
    NRR,
    PAID,
    GRR,
    LOGOS;

    /** Hundredths of a percent; absent where nobody paid at the start. */
    @Nullable Long points(Cell cell) {
        return switch (this) {
            case NRR -> cell.netPoints();
            case PAID -> cell.mrrPoints();
            case GRR -> cell.grossPoints();
            case LOGOS -> cell.accountPoints();
        };
    }

    String absolute(Cell cell) {
        return switch (this) {
            case NRR -> Figures.money(cell.net());
            case PAID -> Figures.money(cell.mrr());
            case GRR -> Figures.money(cell.kept());
            case LOGOS -> Figures.number(cell.accounts());
        };
    }

    /** In few characters. */
    String brief(Cell cell) {
        return switch (this) {
            case NRR -> Figures.compact(cell.net());
            case PAID -> Figures.compact(cell.mrr());
            case GRR -> Figures.compact(cell.kept());
            case LOGOS -> Figures.number(cell.accounts());
        };
    }
}
