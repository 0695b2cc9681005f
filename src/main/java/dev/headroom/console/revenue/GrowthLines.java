package dev.headroom.console.revenue;

import dev.headroom.csv.CsvLine;
import dev.headroom.metrics.Metric;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures of growth as lines of comma-separated values, each with the same of as many months before. */
final class GrowthLines {

    private static final Object[] COLUMNS = {
        "figure", "unit", "from", "until", "currency", "value", "value_before", "numerator_minor", "numerator_count", "denominator_minor", "denominator_count"};

    private GrowthLines() {}

    static void write(RatedScope asked, List<Metric> now, List<Metric> before, Consumer<String> out) {
        Scope scope = asked.scope();
        RateCells told = new RateCells(asked.rates());
        out.accept(CsvLine.of(Stream.concat(Stream.of(COLUMNS), told.heads().stream()).toArray()));
        for (int at = 0; at < now.size(); at++) {
            Metric metric = now.get(at);
            List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                    metric.kind(), metric.kind().unit(), scope.from(), scope.until(), scope.currency(), metric.value(), before.get(at).value(), minor(metric.numerator()),
                    metric.numerator().count(), minor(metric.denominator()), Optional.ofNullable(metric.denominator()).map(Part::count).orElse(null)));
            cells.addAll(told.cells());
            out.accept(CsvLine.of(cells.toArray()));
        }
    }

    private static @Nullable Long minor(@Nullable Part of) {
        return Optional.ofNullable(of).map(Part::money).map(Money::minor).orElse(null);
    }
}
