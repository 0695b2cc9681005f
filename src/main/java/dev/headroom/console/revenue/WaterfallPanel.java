package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.util.List;

/** From what was paid when the range began to what is paid when it ends, kind by kind: each bar begins where the one before it ended, and its number stands beside it. */
final class WaterfallPanel extends Div {

    private final RevenueReading reading;
    private final long whole;

    WaterfallPanel(RevenueReading reading) {
        this.reading = reading;
        this.whole = highest(reading);
        addClassName("waterfall");
        Scope scope = reading.scope();
        DataTable table = new DataTable(
                translate("revenue.waterfall", scope.currency().getCurrencyCode()), translate("overview.movement"), translate("overview.count"), translate("account.mrr"),
                translate("revenue.previous"));
        table.row(
                step(translate("revenue.opening", When.monthText(scope.from())), 0, reading.opening().minor(), "strand-standing"), new Text(""),
                new Anchor(scope.paying(scope.from().minusMonths(1), null), Figures.money(reading.opening())), new Text(Figures.money(reading.before().getFirst().opening())));
        Money reached = reading.opening();
        for (MovementKind kind : reading.kinds()) {
            KindSum sum = reading.sum(reading.months(), kind);
            Money next = reached.plus(sum.amount());
            table.row(
                    step(Words.of(kind), reached.minor(), next.minor(), Strand.of(kind).style()), new Text(Figures.number(sum.movements())),
                    new Anchor(scope.listed(scope.movements(List.of(kind))), Figures.signed(sum.amount())),
                    new Text(Figures.signed(reading.sum(reading.before(), kind).amount())));
            reached = next;
        }
        table.row(
                step(translate("revenue.closing", When.monthText(scope.last())), 0, reading.closing().minor(), "strand-standing"), new Text(""),
                new Anchor(scope.paying(scope.last(), null), Figures.money(reading.closing())), new Text(Figures.money(reading.before().getLast().closing())));
        add(table.figuresFrom(2));
    }

    private static long highest(RevenueReading reading) {
        long reached = reading.opening().minor();
        long highest = Math.max(reached, reading.closing().minor());
        for (MovementKind kind : reading.kinds()) {
            reached += reading.sum(reading.months(), kind).amount().minor();
            highest = Math.max(highest, reached);
        }
        return highest;
    }

    private Component step(String name, long from, long until, String style) {
        Div bar = new Div();
        bar.addClassNames("step", style);
        bar.getStyle().set("margin-inline-start", Share.of(Math.min(from, until), whole)).set("width", Share.of(Math.abs(until - from), whole));
        Div track = new Div(bar);
        track.addClassName("track");
        track.getElement().setAttribute("aria-hidden", "true");
        Div step = new Div(new Span(name), track);
        step.addClassName("flow");
        return step;
    }
}
