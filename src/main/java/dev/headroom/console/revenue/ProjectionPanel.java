package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.projection.Flow;
import dev.headroom.projection.Projection;
import dev.headroom.projection.Projection.FlowSum;
import dev.headroom.projection.Projection.ProjectedMonth;
import dev.headroom.revenue.RevenueMonth;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What closed months closed with and what those to come would, with the band around it: a picture, and the same as a table. */
final class ProjectionPanel extends Div {

    private final Scope scope;
    private final Projection of;
    private final int columns;

    ProjectionPanel(Scope scope, Projection of) {
        this.scope = scope;
        this.of = of;
        this.columns = of.closed().size() + of.months().size();
        Details table = new Details(translate("series.table"), table());
        table.addClassName("as-table");
        add(legend(), plot(), table);
    }

    private Component legend() {
        Div legend = new Div(sign("net", translate("course.closed")), sign("ahead", translate("course.ahead")));
        if (of.standing() == Projection.Standing.BANDED) {
            legend.add(sign("band", translate("course.inside")));
        }
        legend.addClassNames("legend", "quiet");
        return legend;
    }

    private static Span sign(String style, String name) {
        Span sign = new Span();
        sign.addClassName(style);
        return new Span(sign, new Text(name));
    }

    private Plot plot() {
        List<Long> levels = Stream.concat(
                of.closed().stream().map(RevenueMonth::closing), of.months().stream().flatMap(month -> Stream.of(month.closing(), month.low(), month.high())).filter(Objects::nonNull)).map(Money::minor).toList();
        long highest = levels.stream().mapToLong(Long::longValue).max().orElse(0);
        Plot plot = new Plot(0, highest);
        long step = Share.step(Math.max(highest, 1));
        for (long at = 0; at <= highest; at += step) {
            plot.line(at, Figures.compact(new Money(at, scope.currency())), at == 0 ? "zero" : "grid");
        }
        int closed = of.closed().size();
        plot.drawn(new Svg("<svg viewBox='0 0 1000 1000' preserveAspectRatio='none' class='plot-lines'><path class='band' d='%s'/><path class='ahead' d='%s'/><path class='net' d='%s'/></svg>"
                .formatted(band(plot), path(plot, closed - 1, ahead()), path(plot, 0, of.closed().stream().map(RevenueMonth::closing).toList()))));
        return plot.months(Stream.iterate(of.closed().getFirst().month(), month -> month.plusMonths(1)).limit(columns).toList(), List.of());
    }

    /** It goes on from where the closed months end. */
    private List<Money> ahead() {
        return Stream.concat(Stream.of(of.opening()), of.months().stream().map(ProjectedMonth::closing)).toList();
    }

    private String path(Plot plot, int column, List<Money> levels) {
        StringBuilder path = new StringBuilder();
        for (int at = 0; at < levels.size(); at++) {
            path.append(at == 0 ? 'M' : 'L').append(point(plot, column + at, levels.get(at)));
        }
        return path.toString();
    }

    /** From the opening along the upper edge and back along the lower one. */
    private String band(Plot plot) {
        int first = of.closed().size();
        List<String> edge = new ArrayList<>(List.of(point(plot, first - 1, of.opening())));
        IntStream.range(0, of.months().size()).forEach(at -> add(edge, plot, first + at, of.months().get(at).high()));
        IntStream.iterate(of.months().size() - 1, at -> at >= 0, at -> at - 1).forEach(at -> add(edge, plot, first + at, of.months().get(at).low()));
        return edge.size() == 1 ? "" : "M" + String.join("L", edge) + "Z";
    }

    private void add(List<String> edge, Plot plot, int column, @Nullable Money level) {
        if (level != null) {
            edge.add(point(plot, column, level));
        }
    }

    private String point(Plot plot, int column, Money level) {
        return (2L * column + 1) * 500 / columns + " " + plot.depth(level.minor());
    }

    private DataTable table() {
        List<Flow> flows = Arrays.stream(Flow.values()).filter(flow -> of.closed().stream().anyMatch(month -> !sum(month, flow).isZero()) || of.months().stream().anyMatch(month -> !sum(month, flow).isZero())).toList();
        List<String> names = new ArrayList<>(List.of(translate("revenue.month"), translate("revenue.opened")));
        flows.forEach(flow -> names.add(Words.of(flow)));
        names.addAll(List.of(translate("revenue.closed"), translate("course.year"), translate("course.low"), translate("course.high")));
        DataTable table = new DataTable(translate("course.months", scope.currency().getCurrencyCode()), names.toArray(String[]::new));
        of.closed().forEach(month -> {
            List<Money> moved = flows.stream().map(flow -> sum(month, flow)).toList();
            table.row(row(new Anchor(scope.listed(scope.movements(month.month(), null)), When.monthText(month.month())), month.opening(), moved, month.closing(), null, null));
        });
        of.months().forEach(month -> {
            List<Money> moved = flows.stream().map(flow -> sum(month, flow)).toList();
            table.row(row(ahead(month.month()), month.opening(), moved, month.closing(), month.low(), month.high()));
        });
        return table.figuresFrom(2);
    }

    private static Component ahead(YearMonth month) {
        Span state = new Span(translate("course.ahead"));
        state.addClassName("quiet");
        Div name = new Div(new Span(When.monthText(month)), state);
        name.addClassName("stacked");
        return name;
    }

    private static Component[] row(Component name, Money opening, List<Money> moved, Money closing, @Nullable Money low, @Nullable Money high) {
        List<Component> cells = new ArrayList<>(List.of(name, new Text(Figures.money(opening))));
        moved.forEach(amount -> cells.add(new Text(Figures.signed(amount))));
        cells.addAll(List.of(new Text(Figures.money(closing)), new Text(Figures.money(ProjectedMonth.year(closing))), bound(low), bound(high)));
        return cells.toArray(Component[]::new);
    }

    private static Text bound(@Nullable Money of) {
        return new Text(of == null ? "–" : Figures.money(of));
    }

    static Money sum(RevenueMonth month, Flow flow) {
        return month.movements().stream().filter(each -> Flow.of(each.kind()) == flow).map(each -> each.amount()).reduce(Money.zero(month.opening().currency()), Money::plus);
    }

    static Money sum(ProjectedMonth month, Flow flow) {
        return month.movements().stream().filter(each -> each.flow() == flow).map(FlowSum::amount).reduce(Money.zero(month.opening().currency()), Money::plus);
    }
}
