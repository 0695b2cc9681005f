package dev.headroom.console.revenue;

import dev.headroom.csv.CsvLine;
import dev.headroom.money.Money;
import dev.headroom.projection.Flow;
import dev.headroom.projection.Projection;
import dev.headroom.projection.Projection.ProjectedMonth;
import dev.headroom.reporting.RateSet;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Closed months and those to come as lines of comma-separated values: opening and what each flow moves are the closing. */
final class ProjectionLines {

    private ProjectionLines() {}

    static void write(Projection of, @Nullable RateSet rates, Consumer<String> out) {
        RateCells told = new RateCells(rates);
        List<Object> heads = new ArrayList<>(List.of("month", "currency", "closed", "opening_minor"));
        Arrays.stream(Flow.values()).forEach(flow -> heads.add(flow.name().toLowerCase(Locale.ROOT) + "_minor"));
        heads.addAll(List.of("closing_minor", "arr_minor", "low_minor", "high_minor"));
        heads.addAll(told.heads());
        out.accept(CsvLine.of(heads.toArray()));
        of.closed().forEach(month -> out.accept(line(month.month(), true, month.opening(), flow -> ProjectionPanel.sum(month, flow), month.closing(), null, null, told)));
        of.months().forEach(month -> out.accept(line(month.month(), false, month.opening(), flow -> ProjectionPanel.sum(month, flow), month.closing(), month.low(), month.high(), told)));
    }

    private static String line(YearMonth month, boolean closed, Money opening, Function<Flow, Money> moved, Money closing, @Nullable Money low, @Nullable Money high, RateCells told) {
        List<@Nullable Object> cells = new ArrayList<>(List.of(month, opening.currency(), closed, opening.minor()));
        Arrays.stream(Flow.values()).forEach(flow -> cells.add(moved.apply(flow).minor()));
        cells.addAll(Arrays.asList(closing.minor(), ProjectedMonth.year(closing).minor(), minor(low), minor(high)));
        cells.addAll(told.cells());
        return CsvLine.of(cells.toArray());
    }

    private static @Nullable Long minor(@Nullable Money of) {
        return Optional.ofNullable(of).map(Money::minor).orElse(null);
    }
}
