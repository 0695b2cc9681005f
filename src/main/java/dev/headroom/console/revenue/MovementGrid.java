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
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.revenue.MovementLists.Named;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.RevenueMovement;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Movements one under another, the newest month first, read as they come into sight; each leads to its account and to the change that led to it. */
final class MovementGrid extends ListGrid<Named> {

    private static final int PAGE = 50;
    private static final String HISTORY = "history";
    private static final String START = "start:";

    private final ZoneId zone;
    private final Column<Named> told;
    private @Nullable RateSet rates;

    MovementGrid(ZoneId zone) {
        super(translate("revenue.movements"), PAGE);
        this.zone = zone;
        addComponentColumn(this::month).setHeader(translate("revenue.month")).setKey("month").setAutoWidth(true).setRowHeader(true);
        addComponentColumn(MovementGrid::account).setHeader(translate("account.name")).setKey("account").setAutoWidth(true).setFlexGrow(2);
        addColumn(row -> Words.of(row.movement().kind())).setHeader(translate("overview.movement")).setKey("kind").setAutoWidth(true);
        addComponentColumn(MovementGrid::plans).setHeader(translate("revenue.plans")).setKey("plans").setAutoWidth(true).setFlexGrow(2);
        addColumn(row -> Figures.signed(row.movement().amount())).setHeader(translate("revenue.amount")).setKey("amount").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        told = addColumn(row -> rates == null ? "" : Figures.signed(rates.told(List.of(row.movement().amount())))).setKey("told").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        told.setVisible(false);
        addColumn(row -> Figures.money(row.movement().closing())).setHeader(translate("revenue.after")).setKey("after").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        addComponentColumn(MovementGrid::cause).setHeader(translate("revenue.cause")).setKey("cause").setAutoWidth(true);
        setEmptyStateComponent(new EmptyState(translate("revenue.movements.none"), translate("revenue.movements.none.why")));
    }

    /** What each amount is in one currency as well, where there are rates. */
    void told(Optional<RateSet> by) {
        rates = by.orElse(null);
        told.setVisible(by.isPresent());
        by.ifPresent(set -> told.setHeader(translate("revenue.amount.in", set.in().getCurrencyCode())));
    }

    void show(KeysetPages.Source<Named> source) {
        KeysetPages<Named> pages = new KeysetPages<>(source, PAGE);
        setItems(query -> pages.slice(query.getOffset(), query.getLimit()).stream());
    }

    void showNothing() {
        setItems(query -> {
            query.getOffset();
            query.getLimit();
            return Stream.empty();
        });
    }

    /** The month that it is booked in, and when it took effect. */
    private Component month(Named row) {
        Span at = new Span(When.day(row.movement().effectiveAt(), zone));
        at.addClassName("quiet");
        Div when = new Div(new Span(When.monthText(row.movement().month())), at);
        when.addClassName("stacked");
        return ConsolePage.folded(
                when, account(row), new Span(Words.of(row.movement().kind())), new Span(Figures.signed(row.movement().amount())), cause(row));
    }

    private static Component account(Named row) {
        return row.account().<Component>map(account -> new Anchor("accounts/" + account.key() + "?tab=" + MovementLists.TAB, account.name())).orElseGet(Span::new);
    }

    private static Component plans(Named row) {
        String after = row.after();
        String text = row.before().filter(before -> !before.equals(after)).map(before -> translate("revenue.from.to", before, after)).orElse(after);
        return new Span(text);
    }

    private static Component cause(Named row) {
        RevenueMovement movement = row.movement();
        UUID change = movement.planChangeId();
        if (change != null && row.account().isPresent()) {
            return new Anchor("accounts/" + row.account().get().key() + "/changes/" + change, translate("revenue.cause.change"));
        }
        UUID invoice = movement.invoiceId();
        if (invoice != null && row.account().isPresent()) {
            return new Anchor("accounts/" + row.account().get().key() + "?tab=invoices&invoice=" + invoice, translate("revenue.cause.invoice"));
        }
        if (movement.cause().startsWith(HISTORY)) {
            return new Span(translate("revenue.cause.history"));
        }
        return new Span(translate(movement.cause().startsWith(START) ? "revenue.cause.start" : "revenue.cause.stripe"));
    }
}
