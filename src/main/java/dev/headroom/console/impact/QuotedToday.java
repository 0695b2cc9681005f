package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.change.QuotePanel;
import dev.headroom.console.change.RefusalText;
import dev.headroom.impact.ImpactLine;
import dev.headroom.impact.ImpactRun;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import java.time.ZoneId;

/** What moving one subscription would cost today, by the arithmetic of every quote; it cannot be accepted. */
final class QuotedToday {

    private QuotedToday() {}

    static void open(ImpactServices services, ImpactRun run, ImpactLine line, String account) {
        Paragraph meaning = new Paragraph(translate("impact.quote.meaning"));
        meaning.addClassName("quiet");
        Div body = new Div(meaning, of(services, run, line));
        body.addClassName("quote");
        Dialog dialog = new Dialog(body);
        dialog.setHeaderTitle(translate("impact.quote.of", account));
        dialog.addClassName("form");
        dialog.getFooter().add(new Button(translate("toast.close"), click -> dialog.close()));
        dialog.open();
    }

    /** The quote, or why there is none. */
    static Component of(ImpactServices services, ImpactRun run, ImpactLine line) {
        ZoneId zone = services.accounts().byId(services.signedIn().actor(), line.account()).zone();
        CatalogSnapshot known = services.catalog().snapshot().with(run.next());
        return said(services.lines().quote(services.signedIn().actor(), line), known, zone);
    }

    private static Component said(QuoteResult result, CatalogSnapshot known, ZoneId zone) {
        return result instanceof Quote quote ? QuotePanel.preview(quote, known, zone) : new Paragraph(RefusalText.of(result, zone));
    }
}
