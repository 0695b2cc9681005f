package dev.headroom.console.revenue;

import dev.headroom.csv.CsvLine;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import java.util.List;
import java.util.function.Consumer;

/** Cohorts as lines of comma-separated values, one for each cell. */
final class CohortLines {

    private static final Object[] COLUMNS = {
        "cohort", "joined", "age_months", "month", "mature", "currency", "mrr_minor", "kept_minor", "accounts", "nrr_points", "grr_points", "logo_points"};

    private CohortLines() {}

    static void write(List<Cohort> cohorts, Consumer<String> out) {
        out.accept(CsvLine.of(COLUMNS));
        cohorts.forEach(cohort -> cohort.cells().forEach(cell -> out.accept(line(cohort, cell))));
    }

    private static String line(Cohort cohort, Cell cell) {
        return CsvLine.of(
                cohort.month(), cohort.joined(), cell.age(), cell.month(), cell.mature(), cell.mrr().currency(), cell.mrr().minor(), cell.kept().minor(), cell.accounts(),
                cell.netPoints(), cell.grossPoints(), cell.accountPoints());
    }
}
