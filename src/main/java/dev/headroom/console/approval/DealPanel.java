package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.approval.Deal;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.change.TermsText;
import dev.headroom.money.Money;
import dev.headroom.shown.ShownQuote;
import java.time.ZoneId;
import java.util.Objects;

/** A deal as it was shown: before and after side by side, and the invoice that it would have made then. */
final class DealPanel extends Div {

    DealPanel(Deal deal, CatalogSnapshot catalog, ZoneId zone) {
        ShownQuote shown = deal.shown();
        addClassName("deal");
        DataTable table = new DataTable(translate("approval.deal"), translate("approval.deal.what"), translate("approval.deal.before"), translate("approval.deal.after"));
        table.row(translate("change.plan"), TermsText.of(shown.from(), catalog), after(shown, catalog, zone));
        table.row(translate("approval.deal.recurring"), Figures.money(shown.before().total()), Figures.money(shown.after().total()));
        table.row(translate("account.mrr"), Figures.money(shown.before().mrr()), Figures.money(shown.after().mrr()));
        table.row(translate("approval.discount"), "", DiscountText.of(deal.discount()));
        add(table);
        if (!shown.now().lines().isEmpty()) {
            add(invoice(shown, zone));
        }
        ShownQuote.Next next = shown.next();
        if (next != null) {
            add(new Span(translate("quote.next", Figures.money(next.due()), When.dayText(next.at(), zone))));
        }
        Span asOf = new Span(translate("approval.deal.as.of", When.minuteText(shown.quotedAt(), zone), zone.getId()));
        asOf.addClassName("quiet");
        add(asOf);
    }

    private static String after(ShownQuote shown, CatalogSnapshot catalog, ZoneId zone) {
        return shown.ends() ? translate("approval.deal.ends", When.dayText(shown.effectiveAt(), zone)) : TermsText.of(shown.to(), catalog);
    }

    private static DataTable invoice(ShownQuote shown, ZoneId zone) {
        DataTable table = new DataTable(translate("approval.deal.invoice"), translate("quote.what"), translate("quote.amount")).figuresFrom(2);
        shown.now().lines().forEach(line -> table.row(line.billed().description(), Figures.signed(line.billed().amount())));
        Money atDate = shown.dueAtDate();
        table.row(
                atDate == null ? translate("quote.due") : translate("quote.due.date", When.dayText(shown.effectiveAt(), zone)),
                Figures.money(Objects.requireNonNullElse(atDate, shown.dueNow())));
        return table;
    }
}
