package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.shown.ShownQuote.Bill;
import java.time.ZoneId;

/** An invoice that accepting would make: its lines, taxes and what the balance does to them, down to what is due. */
final class BillTable {

    private BillTable() {}

    /** @param due what the last line is called */
    static DataTable of(Bill bill, String title, String due, ZoneId zone) {
        DataTable table = new DataTable(title, translate("quote.what"), translate("quote.amount")).figuresFrom(2);
        table.addClassName("invoice");
        bill.lines().forEach(line -> table.row(new QuoteLine(line, zone), new Text(Figures.signed(line.billed().amount()))));
        bill.taxes().forEach(tax -> table.row(new TaxLine(tax), new Text(tax.inclusive() ? "" : Figures.signed(tax.amount()))));
        if (!bill.balanceApplied().isZero()) {
            table.row(BalanceText.applied(bill), Figures.signed(bill.balanceApplied()));
        }
        return table.row(strong(due), strong(Figures.money(bill.due())));
    }

    private static Span strong(String text) {
        Span strong = new Span(text);
        strong.addClassName("total");
        return strong;
    }
}
