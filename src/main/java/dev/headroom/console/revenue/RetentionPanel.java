package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.revenue.Retention;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Net and gross retention over the twelve months that end with each: two lines between the goals, and the same as a table with what they are divided from. */
final class RetentionPanel extends Div {

    /** Goals of net retention, in hundredths of a percent. */
    static final long GOAL = 11_000;
    static final long HIGH_GOAL = 12_000;

    private static final long WHOLE = 10_000;
    private static final long ROOM = 500;

    private final RevenueReading reading;
    private final List<Retention> months;

    RetentionPanel(RevenueReading reading) {
        this.reading = reading;
        this.months = reading.byMonth();
        Details table = new Details(translate("series.table"), table());
        table.addClassName("as-table");
        add(legend(reading.scope()));
        if (values().findAny().isPresent()) {
            add(plot());
        }
        if (months.stream().anyMatch(each -> each.grossPoints() != null && each.grossPoints() < 0)) {
            add(new Paragraph(translate("revenue.grr.below")));
        }
        add(table);
    }

    /** Without the table. */
    static Component picture(RevenueReading reading) {
        RetentionPanel panel = new RetentionPanel(reading);
        panel.getChildren().filter(Details.class::isInstance).toList().forEach(panel::remove);
        return panel;
    }

    private Stream<Long> values() {
        return months.stream().flatMap(each -> Stream.of(each.netPoints(), each.grossPoints())).filter(Objects::nonNull);
    }

    private static Component legend(Scope scope) {
        Div legend = new Div(sign("net", translate("revenue.nrr")), sign("gross", translate("revenue.grr.by", Words.of(scope.definition()))), sign("goal", translate("revenue.goals")));
        legend.addClassNames("legend", "quiet");
        return legend;
    }

    private static Span sign(String style, String name) {
        Span sign = new Span();
        sign.addClassName(style);
        return new Span(sign, new Text(name));
    }

    private Plot plot() {
        long highest = Math.max(HIGH_GOAL, values().mapToLong(Long::longValue).max().orElse(0)) + ROOM;
        long least = values().mapToLong(Long::longValue).min().orElse(0);
        long lowest = least < 0 ? least - ROOM : Math.max(0, Math.min(WHOLE, least) - ROOM);
        Plot plot = new Plot(lowest, highest);
        if (lowest < 0) {
            plot.line(0, Figures.wholePoints(0) + "\u00a0%", "grid");
        }
        Stream.of(WHOLE, GOAL, HIGH_GOAL).forEach(goal -> plot.line(goal, Figures.wholePoints(goal) + "\u00a0%", goal == WHOLE ? "grid" : "goal"));
        plot.drawn(new Svg("<svg viewBox='0 0 1000 1000' preserveAspectRatio='none' class='plot-lines'><path class='net' d='%s'/><path class='gross' d='%s'/></svg>"
                .formatted(path(plot, Retention::netPoints), path(plot, Retention::grossPoints))));
        for (int column = 0; column < months.size(); column++) {
            dot(plot, column, "net", translate("revenue.nrr"), months.get(column).netPoints());
            dot(plot, column, "gross", translate("revenue.grr"), months.get(column).grossPoints());
        }
        return plot.months(months.stream().map(each -> each.until().minusMonths(1)).toList(), reading.happenings());
    }

    private void dot(Plot plot, int column, String style, String name, @Nullable Long points) {
        if (points != null) {
            YearMonth month = months.get(column).until().minusMonths(1);
            plot.dot(column, months.size(), points, style, translate("revenue.bar", When.monthText(month), name, Figures.points(points)), over(months.get(column)).address(RevenueView.PATH));
        }
    }

    /** Broken off where there is none. */
    private String path(Plot plot, Function<Retention, @Nullable Long> points) {
        StringBuilder path = new StringBuilder();
        boolean drawn = false;
        for (int column = 0; column < months.size(); column++) {
            Long value = points.apply(months.get(column));
            if (value != null) {
                path.append(drawn ? 'L' : 'M').append((2L * column + 1) * 500 / months.size()).append(' ').append(plot.depth(value));
            }
            drawn = value != null;
        }
        return path.toString();
    }

    /** The page of the range that one point tells of. */
    private Scope over(Retention of) {
        return reading.scope().over(of.from(), of.until());
    }

    private DataTable table() {
        DataTable table = new DataTable(
                translate("revenue.by.month"), translate("revenue.year.to"), translate("revenue.nrr"), translate("revenue.grr"), translate("revenue.start"),
                translate("revenue.end"), translate("revenue.kept"));
        months.forEach(each -> table.row(
                new Anchor(over(each).address(RevenueView.PATH), When.monthText(each.until().minusMonths(1))), new Text(points(each.netPoints())), new Text(points(each.grossPoints())),
                new Text(Figures.money(each.start())), new Text(Figures.money(each.end())), new Text(Figures.money(each.kept()))));
        return table.figuresFrom(2);
    }

    /** What nobody paid for at the start has none. */
    static String points(@Nullable Long points) {
        return points == null ? "–" : Figures.points(points);
    }
}
