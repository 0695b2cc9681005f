package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.UsageChart;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** From what recurring revenue was when the month began to what it is: a picture and the same as a table, for each currency. */
final class MovementPanel extends Div {

    MovementPanel(Standing standing) {
        if (standing.months().isEmpty()) {
            add(new EmptyState(translate("overview.movements.none"), translate("overview.movements.none.why")));
        }
        standing.months().forEach(each -> show(standing, each));
    }

    private void show(Standing standing, RevenueMonth of) {
        String code = of.opening().currency().getCurrencyCode();
        if (standing.months().size() > 1) {
            add(new H3(code));
        }
        String began = translate("overview.began", When.dayText(standing.since(), ZoneOffset.UTC));
        String summary = translate("overview.movements.summary", Figures.money(of.opening()), Figures.money(of.closing()), Figures.signed(Standing.difference(of)));
        DataTable table = new DataTable(
                translate("overview.movements.in", code), translate("overview.movement"), translate("overview.count"), translate("account.mrr"));
        table.row(began, "", Figures.money(of.opening()));
        of.movements().forEach(each -> table.row(Words.of(each.kind()), Figures.number(each.movements()), Figures.signed(each.amount())));
        table.row(translate("overview.now"), "", Figures.money(of.closing()));
        add(new UsageChart(picture(of, began), summary), table.figuresFrom(2), new Anchor("revenue?currency=" + code, translate("overview.revenue")));
    }

    /** Each bar begins where the one before it ended. */
    private static UsageChart.Picture picture(RevenueMonth of, String began) {
        List<String> labels = new ArrayList<>(List.of(began));
        List<Long> begins = new ArrayList<>(List.of(0L));
        List<Money> values = new ArrayList<>(List.of(of.opening()));
        Money reached = of.opening();
        for (KindSum each : of.movements()) {
            labels.add(Words.of(each.kind()));
            begins.add(whole(reached));
            values.add(each.amount());
            reached = reached.plus(each.amount());
        }
        labels.add(translate("overview.now"));
        begins.add(0L);
        values.add(reached);
        return UsageChart.Picture.steps(labels, begins, values.stream().map(MovementPanel::whole).toList(), values.stream().map(Figures::money).toList());
    }

    /** A picture is read by the eye, which sees no cents. */
    private static long whole(Money money) {
        return money.major().longValue();
    }
}
