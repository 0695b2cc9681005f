package dev.headroom.console.revenue;

import dev.headroom.csv.CsvLine;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cohorts as lines of comma-separated values, one for each cell. */
final class CohortLines {

    private static final Object[] COLUMNS = {
        "cohort", "joined", "age_months", "month", "mature", "currency", "mrr_minor", "kept_minor", "accounts", "nrr_points", "grr_points", "logo_points", "net_minor",
        "mrr_points"};

    private CohortLines() {}

    /** @param rates that all currencies are told by, which each line names; absent where one is looked at alone */
    static void write(List<Cohort> cohorts, @Nullable RateSet rates, Consumer<String> out) {
        RateCells told = new RateCells(rates);
        out.accept(CsvLine.of(Stream.concat(Stream.of(COLUMNS), told.heads().stream()).toArray()));
        cohorts.forEach(cohort -> cohort.cells().forEach(cell -> out.accept(line(cohort, cell, told))));
    }

    private static String line(Cohort cohort, Cell cell, RateCells told) {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                cohort.month(), cohort.joined(), cell.age(), cell.month(), cell.mature(), cell.mrr().currency(), cell.mrr().minor(), cell.kept().minor(), cell.accounts(),
                cell.netPoints(), cell.grossPoints(), cell.accountPoints(), cell.net().minor(), cell.mrrPoints()));
        cells.addAll(told.cells());
        return CsvLine.of(cells.toArray());
    }
}
