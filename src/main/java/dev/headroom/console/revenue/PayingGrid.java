package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.When;
import dev.headroom.console.revenue.PayingLists.Payer;
import dev.headroom.reporting.RateSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accounts with what they paid, read as they come into sight; each leads to the movements that brought it there. */
final class PayingGrid extends ListGrid<Payer> {

    private static final int PAGE = 50;

    private final Column<Payer> told;
    private @Nullable RateSet rates;

    PayingGrid() {
        super(translate("revenue.accounts"), PAGE);
        addComponentColumn(row -> ConsolePage.folded(account(row), new Span(Figures.money(row.paid().mrr())))).setHeader(translate("account.name")).setKey("account")
                .setFlexGrow(2).setAutoWidth(true).setRowHeader(true);
        addColumn(row -> Figures.money(row.paid().mrr())).setHeader(translate("account.mrr")).setKey("mrr").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        told = addColumn(row -> rates == null ? "" : Figures.money(rates.told(List.of(row.paid().mrr())))).setKey("told").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        told.setVisible(false);
        addColumn(row -> When.monthText(row.paid().cohort())).setHeader(translate("revenue.cohort")).setKey("cohort").setAutoWidth(true);
        addColumn(row -> When.monthText(row.paid().since())).setHeader(translate("revenue.since")).setKey("since").setAutoWidth(true);
        setEmptyStateComponent(new EmptyState(translate("revenue.accounts.none"), translate("revenue.accounts.none.why")));
    }

    /** What each pays in one currency as well, where there are rates. */
    void told(Optional<RateSet> by) {
        rates = by.orElse(null);
        told.setVisible(by.isPresent());
        by.ifPresent(set -> told.setHeader(translate("revenue.amount.in", set.in().getCurrencyCode())));
    }

    void show(KeysetPages.Source<Payer> source) {
        KeysetPages<Payer> pages = new KeysetPages<>(source, PAGE);
        setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    void showNothing() {
        setItems(query -> {
            query.getOffset();
            query.getLimit();
            return Stream.empty();
        });
    }

    private static Component account(Payer row) {
        return row.account().<Component>map(account -> new Anchor("accounts/" + account.key() + "?tab=" + MovementLists.TAB, account.name())).orElseGet(Span::new);
    }
}
