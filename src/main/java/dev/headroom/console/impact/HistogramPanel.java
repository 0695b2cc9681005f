package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.UsageChart;
import dev.headroom.impact.Band;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.ImpactSummary.BandTotal;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** By how much accounts would pay more or less: a sentence, a picture and the same as a table, for each currency. */
public final class HistogramPanel extends Div {

    public HistogramPanel(ImpactSummary summary) {
        List<Currency> currencies = summary.histogram().stream().map(BandTotal::currency).distinct().toList();
        currencies.forEach(currency -> show(
                currency, currencies.size() > 1, summary.histogram().stream().filter(each -> each.currency().equals(currency)).toList()));
        if (currencies.isEmpty()) {
            add(new Paragraph(translate("impact.histogram.none")));
        }
    }

    private void show(Currency currency, boolean several, List<BandTotal> totals) {
        Map<Band, BandTotal> found = totals.stream().collect(Collectors.toMap(BandTotal::band, Function.identity()));
        List<Band> bands = Arrays.stream(Band.values()).filter(band -> band != Band.RISES_FROM_NOTHING || found.containsKey(band)).toList();
        List<Long> accounts = bands.stream().map(band -> Optional.ofNullable(found.get(band)).map(BandTotal::accounts).orElse(0).longValue()).toList();
        UsageChart.Picture picture = UsageChart.Picture.byName(
                bands.stream().map(ImpactText::band).toList(), accounts, accounts.stream().map(many -> translate("impact.histogram.shown", many)).toList());
        DataTable table = new DataTable(
                translate("impact.histogram"), translate("impact.histogram.change"), translate("impact.accounts"), translate("impact.mrr.before"),
                translate("impact.mrr.after"));
        totals.forEach(each -> table.row(
                ImpactText.band(each.band()), Figures.number(each.accounts()), Figures.money(each.mrrBefore()), Figures.money(each.mrrAfter())));
        Details details = new Details(translate("series.table"), table.figuresFrom(2));
        details.addClassName("as-table");
        if (several) {
            add(new H3(currency.getCurrencyCode()));
        }
        add(new Paragraph(summary(totals)), new UsageChart(picture, summary(totals)), details);
    }

    private static String summary(List<BandTotal> totals) {
        int more = accounts(totals, 1);
        int less = accounts(totals, -1);
        return translate("impact.histogram.summary", more, less, accounts(totals, 0));
    }

    private static int accounts(List<BandTotal> totals, int direction) {
        return totals.stream().filter(each -> Integer.signum(each.band().compareTo(Band.SAME)) == direction).mapToInt(BandTotal::accounts).sum();
    }
}
