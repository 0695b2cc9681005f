package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.Sentences;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.QuotePanel;
import dev.headroom.console.change.RefusalText;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import java.time.ZoneId;
import java.util.function.Supplier;

/** What a decision would come to, priced anew for every number that is typed. */
@StyleSheet("quoting.css")
final class PricePreview extends Div {

    private final CatalogSnapshot catalog;
    private final ZoneId zone;

    PricePreview(CatalogSnapshot catalog, ZoneId zone) {
        this.catalog = catalog;
        this.zone = zone;
        addClassName("quote");
        getElement().setAttribute("aria-live", "polite");
    }

    void show(Supplier<QuoteResult> priced) {
        removeAll();
        try {
            QuoteResult result = priced.get();
            add(result instanceof Quote quote ? QuotePanel.preview(quote, catalog, zone) : refused(RefusalText.of(result, zone)));
        } catch (HeadroomException unclear) {
            add(refused(Sentences.of(unclear.getMessage())));
        }
    }

    private static Notice refused(String why) {
        return new Notice(Notice.Kind.INFO, translate("change.refused"), why);
    }
}
