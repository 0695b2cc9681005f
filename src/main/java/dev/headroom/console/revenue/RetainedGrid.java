package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.revenue.PayingLists.Kept;
import dev.headroom.money.Money;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.PayingAccounts.Retained;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accounts with what they paid when a range began, what of it is left and what they pay at its end; each leads to the movements that brought it there. */
final class RetainedGrid extends ListGrid<Kept> {

    private static final int PAGE = 50;

    private @Nullable RateSet rates;

    RetainedGrid() {
        super(translate("revenue.retained"), PAGE);
        addComponentColumn(row -> ConsolePage.folded(account(row), new Span(translate("revenue.retained.row", Figures.money(row.became().start()), Figures.money(row.became().end()), Figures.money(row.became().kept())))))
                .setHeader(translate("account.name")).setKey("account").setFlexGrow(2).setAutoWidth(true).setRowHeader(true);
        amount("revenue.start", "start", Retained::start);
        amount("revenue.end", "end", Retained::end);
        amount("revenue.kept", "kept", Retained::kept);
        setEmptyStateComponent(new EmptyState(translate("revenue.accounts.none"), translate("revenue.retained.none.why")));
    }

    private void amount(String header, String key, Function<Retained, Money> amount) {
        addComponentColumn(row -> told(amount.apply(row.became()))).setHeader(translate(header)).setKey(key).setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
    }

    /** As it is, and below it in the one currency where there are rates. */
    private Component told(Money amount) {
        Span own = new Span(Figures.money(amount));
        if (rates == null || amount.currency().equals(rates.in())) {
            return own;
        }
        Span told = new Span(Figures.money(rates.told(List.of(amount))));
        told.addClassName("quiet");
        Div both = new Div(own, told);
        both.addClassName("stacked");
        return both;
    }

    /** In what else amounts are told than in their own currency; absent is nothing. */
    void told(@Nullable RateSet by) {
        rates = by;
    }

    void show(KeysetPages.Source<Kept> source) {
        KeysetPages<Kept> pages = new KeysetPages<>(source, PAGE);
        setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    void showNothing() {
        setItems(query -> {
            query.getOffset();
            query.getLimit();
            return Stream.empty();
        });
    }

    private static Component account(Kept row) {
        return row.account().<Component>map(account -> new Anchor("accounts/" + account.key() + "?tab=" + MovementLists.TAB, account.name())).orElseGet(Span::new);
    }
}
