package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.overage.OverageCharge;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What use past limits adds to the next invoices: how many units at which price, and how far Stripe was told of it. */
final class OverageTable extends Div {

    private final ZoneId zone;

    OverageTable(List<OverageCharge> charges, ZoneId zone) {
        this.zone = zone;
        DataTable table = new DataTable(
                translate("overage.title"), translate("feature.name"), translate("overage.units"), translate("overage.each"), translate("overage.amount"),
                translate("overage.billed"), translate("overage.reported"));
        charges.forEach(charge -> table.row(
                new Text(charge.feature().name()), new Text(Figures.number(charge.overage().units())), new Text(Figures.unitPrice(charge.overage().each())),
                new Text(amount(charge)), billed(charge), reported(charge)));
        Span note = new Span(translate("overage.note"));
        note.addClassName("quiet");
        add(table, note);
    }

    static String amount(OverageCharge charge) {
        return Optional.ofNullable(charge.overage().amount()).map(Figures::money).orElseGet(() -> translate("overage.too.much"));
    }

    private Component billed(OverageCharge charge) {
        return Optional.ofNullable(charge.period())
                .<Component>map(period -> When.day(period.until(), zone))
                .orElseGet(() -> new Text(translate("overage.billed.never")));
    }

    /** What is still to be told comes first: it says whether somebody has to look. */
    private Component reported(OverageCharge charge) {
        if (charge.pending() == 0 && charge.reportedAt() != null) {
            return new Span(new Text(translate("overage.reported.all") + " "), When.minute(charge.reportedAt(), zone));
        }
        return new Text(translate(
                charge.pending() < 0 ? "overage.reported.more" : "overage.reported.less", Figures.number(Math.abs(charge.pending()))));
    }
}
