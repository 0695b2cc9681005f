package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes.Staleness;

/** What was promised beside what holds now; nothing was charged. */
final class StaleNotice extends Div {

    StaleNotice(Quote old, QuoteResult fresh, Staleness why) {
        add(new Notice(Notice.Kind.INFO, translate("change.stale"), Words.of(why)));
        if (fresh instanceof Quote now) {
            add(new DataTable(translate("change.stale"), translate("quote.what"), translate("change.stale.old"), translate("change.stale.new"))
                    .figuresFrom(2)
                    .row(translate("quote.due"), Figures.money(old.dueNow()), Figures.money(now.dueNow()))
                    .row(
                            translate("quote.recurring"), Figures.money(old.quotation().after().total()),
                            Figures.money(now.quotation().after().total())));
        }
    }
}
