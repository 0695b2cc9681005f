package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quote.Violation;
import java.time.ZoneId;
import java.util.Optional;

/** A quote in full: every line with its arithmetic on demand, the total of today, what comes next, what is gained and lost. */
final class QuotePanel extends Div {

    private final Quote quote;
    private final ZoneId zone;

    QuotePanel(Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        this.quote = quote;
        this.zone = zone;
        String before = quote.subscription().planVersion(catalog).plan().name();
        add(headline(before), violations(), today(before), later());
        add(Differences.gained(quote), Differences.changed(quote), Differences.lost(quote));
        Span valid = new Span(translate("quote.valid", When.timeText(quote.expiresAt(), zone), zone.getId()));
        valid.addClassName("quiet");
        add(valid);
    }

    private Component headline(String before) {
        String after = quote.target().version().plan().name();
        H3 title = new H3(before.equals(after) ? after : translate("quote.from.to", before, after));
        Div headline = new Div(title, new Badge(Words.of(quote.quotation().growth())));
        headline.addClassName("quote-head");
        return headline;
    }

    private DataTable today(String before) {
        Invoice now = quote.quotation().now();
        DataTable table = new DataTable(translate("quote.today"), translate("quote.what"), translate("quote.amount")).figuresFrom(2);
        table.addClassName("invoice");
        now.lines().forEach(line -> table.row(
                new QuoteLine(line, line.kind() == InvoiceLine.Kind.CREDIT ? before : quote.target().version().plan().name(), zone),
                new Text(Figures.signed(line.amount()))));
        if (!now.balanceApplied().isZero()) {
            table.row(BalanceText.applied(now), Figures.signed(now.balanceApplied()));
        }
        table.row(strong(translate("quote.due")), strong(Figures.money(now.due())));
        return table;
    }

    private Component later() {
        UnorderedList later = new UnorderedList();
        later.addClassName("later");
        BalanceText.afterwards(quote.quotation().now()).ifPresent(balance -> later.add(new ListItem(balance)));
        later.add(new ListItem(translate(
                "quote.recurring.change", recurring(quote.quotation().after()), recurring(quote.quotation().before()))));
        Optional.ofNullable(quote.quotation().next()).ifPresent(next ->
                later.add(new ListItem(translate("quote.next", Figures.money(next.due()), When.dayText(next.at(), zone)))));
        return later;
    }

    private static String recurring(Recurring recurring) {
        Money total = recurring.total();
        return Optional.ofNullable(recurring.interval())
                .map(interval -> translate("quote.recurring.each", Figures.money(total), Words.of(interval)))
                .orElseGet(() -> Figures.money(total));
    }

    /** A change that leaves more in use than it includes is possible, so it is said before the price and not instead of it. */
    private Component violations() {
        Div violations = new Div();
        violations.addClassName("notices");
        violations.setVisible(!quote.violations().isEmpty());
        quote.violations().forEach(each -> violations.add(new Notice(
                Notice.Kind.ERROR, translate("quote.violation", each.feature().name()), sentence(each))));
        return violations;
    }

    private static String sentence(Violation violation) {
        return translate(
                "quote.violation.why", Figures.number(violation.used()), Figures.number(violation.included()), Figures.number(violation.excess()));
    }

    private static Span strong(String text) {
        Span strong = new Span(text);
        strong.addClassName("total");
        return strong;
    }
}
