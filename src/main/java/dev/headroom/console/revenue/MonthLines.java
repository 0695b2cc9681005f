package dev.headroom.console.revenue;

import dev.headroom.csv.CsvLine;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The months of a range as lines of comma-separated values: opening and what each kind moved are the closing. */
final class MonthLines {

    private MonthLines() {}

    static void write(RevenueReading reading, Consumer<String> out) {
        List<Object> heads = new ArrayList<>(List.of("month", "currency", "closed", "opening_minor"));
        Arrays.stream(MovementKind.values()).forEach(kind -> heads.add(kind.name().toLowerCase(Locale.ROOT) + "_minor"));
        heads.addAll(List.of("closing_minor", "closing", "opening_accounts", "closing_accounts", "definition", "nrr_12_months_points", "grr_12_months_points"));
        RateCells told = new RateCells(reading.rates());
        heads.addAll(told.heads());
        out.accept(CsvLine.of(heads.toArray()));
        for (int at = 0; at < reading.months().size(); at++) {
            out.accept(line(reading.scope(), reading.months().get(at), reading.byMonth().get(at), told));
        }
    }

    private static String line(Scope scope, RevenueMonth month, Retention retention, RateCells told) {
        List<Object> cells = new ArrayList<>(List.of(month.month(), scope.currency(), month.closed(), month.opening().minor()));
        for (MovementKind kind : MovementKind.values()) {
            cells.add(RevenueReading.sum(month, kind).map(KindSum::amount).map(money -> money.minor()).orElse(0L));
        }
        cells.addAll(Arrays.asList(
                month.closing().minor(), month.closing().major(), month.openingAccounts(), month.closingAccounts(), scope.definition(), retention.netPoints(),
                retention.grossPoints()));
        cells.addAll(told.cells());
        return CsvLine.of(cells.toArray());
    }
}
