package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.start.StartQuote;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuotes;

/** What was promised beside what holds now; nothing was charged. */
final class StaleNotice extends Div {

    private record Promised(Money due, Money recurring) {

        static Promised of(Quote quote) {
            return new Promised(quote.dueNow(), quote.quotation().after().total());
        }

        static Promised of(StartQuote quote) {
            return new Promised(quote.dueNow(), quote.quotation().after().total());
        }
    }

    private StaleNotice(String why) {
        add(new Notice(Notice.Kind.INFO, translate("change.stale"), why));
    }

    static StaleNotice of(Quote old, QuoteResult fresh, Quotes.Staleness why) {
        StaleNotice notice = new StaleNotice(Words.of(why));
        if (fresh instanceof Quote now) {
            notice.compare(Promised.of(old), Promised.of(now));
        }
        return notice;
    }

    static StaleNotice of(StartQuote old, StartQuoteResult fresh, StartQuotes.Staleness why) {
        StaleNotice notice = new StaleNotice(Words.of(why));
        if (fresh instanceof StartQuote now) {
            notice.compare(Promised.of(old), Promised.of(now));
        }
        return notice;
    }

    private void compare(Promised old, Promised now) {
        add(new DataTable(translate("change.stale"), translate("quote.what"), translate("change.stale.old"), translate("change.stale.new"))
                .figuresFrom(2)
                .row(translate("quote.due"), Figures.money(old.due()), Figures.money(now.due()))
                .row(translate("quote.recurring"), Figures.money(old.recurring()), Figures.money(now.recurring())));
    }
}
