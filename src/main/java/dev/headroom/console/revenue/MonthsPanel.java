package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
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
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** What moved in each month, gains above and losses below: a picture, and the same as a table in which each month opens with what the one before closed with. */
final class MonthsPanel extends Div {

    private final RevenueReading reading;
    private final Scope scope;

    MonthsPanel(RevenueReading reading) {
        this.reading = reading;
        this.scope = reading.scope();
        Details table = new Details(translate("series.table"), table());
        table.addClassName("as-table");
        add(legend(), plot(), table);
    }

    private static Component legend() {
        Div legend = new Div();
        legend.addClassNames("legend", "quiet");
        for (Strand strand : Strand.values()) {
            Span sign = new Span();
            sign.addClassName(strand.style());
            Span name = new Span(sign, new Text(Words.of(strand)));
            legend.add(name);
        }
        return legend;
    }

    private Plot plot() {
        long highest = reading.months().stream().mapToLong(month -> amounts(month).filter(amount -> amount > 0).sum()).max().orElse(0);
        long lowest = reading.months().stream().mapToLong(month -> amounts(month).filter(amount -> amount < 0).sum()).min().orElse(0);
        Plot plot = new Plot(lowest, highest);
        long step = Share.step(Math.max(highest - lowest, 1));
        for (long at = lowest / step * step; at <= highest; at += step) {
            plot.line(at, Figures.compact(new Money(at, scope.currency())), at == 0 ? "zero" : "grid");
        }
        for (int column = 0; column < reading.months().size(); column++) {
            stack(plot, column);
        }
        return plot.months(reading.months().stream().map(RevenueMonth::month).toList(), reading.happenings());
    }

    private static LongStream amounts(RevenueMonth month) {
        return Arrays.stream(Strand.values()).mapToLong(strand -> amount(month, strand));
    }

    private static long amount(RevenueMonth month, Strand strand) {
        return month.movements().stream().filter(each -> Strand.of(each.kind()) == strand).mapToLong(each -> each.amount().minor()).sum();
    }

    /** Outwards from nothing. */
    private void stack(Plot plot, int column) {
        RevenueMonth month = reading.months().get(column);
        long above = 0;
        long below = 0;
        for (Strand strand : Strand.values()) {
            long amount = amount(month, strand);
            if (amount == 0) {
                continue;
            }
            long from = amount > 0 ? above : below + amount;
            String title = translate("revenue.bar", When.monthText(month.month()), Words.of(strand), Figures.signed(new Money(amount, scope.currency())));
            plot.bar(column, reading.months().size(), from, from + Math.abs(amount), strand.style(), title, address(month, strand));
            above += Math.max(amount, 0);
            below += Math.min(amount, 0);
        }
    }

    private String address(RevenueMonth month, Strand strand) {
        return scope.listed(scope.over(month.month(), month.month().plusMonths(1)).movements(strand.kinds()));
    }

    private DataTable table() {
        List<MovementKind> kinds = reading.kinds().stream().filter(kind -> reading.sum(reading.months(), kind).movements() > 0).toList();
        List<String> columns = new ArrayList<>(List.of(translate("revenue.month"), translate("revenue.opened")));
        kinds.forEach(kind -> columns.add(Words.of(kind)));
        columns.add(translate("revenue.closed"));
        DataTable table = new DataTable(translate("revenue.months", scope.currency().getCurrencyCode()), columns.toArray(String[]::new));
        reading.months().forEach(month -> table.row(row(month, kinds)));
        List<Component> all = new ArrayList<>(List.of(new Span(translate("revenue.together")), new Text(Figures.money(reading.opening()))));
        kinds.forEach(kind -> all.add(new Anchor(scope.listed(scope.movements(List.of(kind))), Figures.signed(reading.sum(reading.months(), kind).amount()))));
        all.add(new Text(Figures.money(reading.closing())));
        return table.row(all.toArray(Component[]::new)).figuresFrom(2);
    }

    private Component[] row(RevenueMonth month, List<MovementKind> kinds) {
        List<Component> cells = new ArrayList<>(List.of(name(month), new Text(Figures.money(month.opening()))));
        for (MovementKind kind : kinds) {
            KindSum sum = RevenueReading.sum(month, kind).orElse(null);
            cells.add(sum == null ? new Text("") : new Anchor(scope.listed(scope.movements(month.month(), kind)), Figures.signed(sum.amount())));
        }
        cells.add(new Anchor(scope.paying(month.month(), null), Figures.money(month.closing())));
        return cells.toArray(Component[]::new);
    }

    private Component name(RevenueMonth month) {
        Span state = new Span(month.closed() ? "" : translate(month.pastOpen() ? "revenue.past.open" : month.month().equals(scope.now()) ? "revenue.runs" : "revenue.open"));
        state.addClassName("quiet");
        Div name = new Div(new Anchor(scope.listed(scope.movements(month.month(), null)), When.monthText(month.month())), state);
        name.addClassName("stacked");
        return name;
    }
}
