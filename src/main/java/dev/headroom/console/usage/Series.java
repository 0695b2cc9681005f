package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.console.Figures;
import dev.headroom.console.UsageChart;
import dev.headroom.console.When;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How a feature went, for people.
 *
 * @param starts when each point begins, oldest first; the last one is running
 * @param values one a point
 */
record Series(Feature feature, Step step, ZoneId zone, List<Instant> starts, List<Long> values) {

    /** What adds up is added up; of what is held, largest or latest, only how it stands can be said. */
    private boolean addsUp() {
        Aggregation aggregation = Objects.requireNonNull(feature.meter()).aggregation();
        return switch (aggregation) {
            case SUM, COUNT, UNIQUE -> feature.reset() != Reset.NEVER;
            case MAX, LATEST -> false;
        };
    }

    /** What the picture shows, in one sentence. */
    String summary() {
        int most = IntStream.range(0, values.size()).reduce(0, (best, next) -> values.get(next) > values.get(best) ? next : best);
        if (values.get(most) == 0) {
            return translate("series.nothing", feature.name());
        }
        String when = label(starts.get(most));
        String highest = Figures.number(values.get(most));
        return addsUp()
                ? translate("series.sum", feature.name(), Figures.number(values.stream().mapToLong(Long::longValue).sum()), highest, when)
                : translate("series.level", feature.name(), Figures.number(values.getLast()), highest, when);
    }

    UsageChart.Picture picture() {
        return UsageChart.Picture.overTime(
                starts.stream().map(this::label).toList(), values, values.stream().map(Figures::number).toList(), translate("series.running"));
    }

    String label(Instant start) {
        String day = When.shortDayText(start, zone);
        return switch (step) {
            case DAY -> day;
            case HOUR -> translate("series.hour", day, When.timeText(start, zone));
        };
    }
}
