package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quote.Violation;
import dev.headroom.subscription.RequestedChange;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A quote in full: when it takes effect, every line with its arithmetic on demand, the total of today, what comes next, what is gained and lost. */
public final class QuotePanel extends Div {

    private final Quote quote;
    private final CatalogSnapshot catalog;
    private final ZoneId zone;

    QuotePanel(Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        this(quote, catalog, zone, true);
    }

    /** The same where nothing is promised. */
    public static QuotePanel preview(Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        return new QuotePanel(quote, catalog, zone, false);
    }

    private QuotePanel(Quote quote, CatalogSnapshot catalog, ZoneId zone, boolean promised) {
        this.quote = quote;
        this.catalog = catalog;
        this.zone = zone;
        add(headline(), effect(), notices());
        if (!waits() && Act.of(quote) == Act.CHANGE) {
            add(today());
        }
        add(later(), Differences.gained(quote), Differences.changed(quote), Differences.lost(quote));
        Span valid = new Span(translate("quote.valid", When.timeText(quote.expiresAt(), zone), zone.getId()));
        valid.addClassName("quiet");
        valid.setVisible(promised);
        add(valid);
    }

    private boolean waits() {
        return quote.when() == RequestedChange.When.PERIOD_END;
    }

    private Component headline() {
        String before = quote.subscription().planVersion(catalog).plan().name();
        String after = quote.target().version().plan().name();
        H3 title = new H3(before.equals(after) ? after : translate("quote.from.to", before, after));
        Div headline = new Div(title, new Badge(Words.of(quote.quotation().growth())));
        headline.addClassName("quote-head");
        Div head = new Div(headline);
        head.addClassName("stacked");
        TermsText.besidePlan(quote.subscription().terms(), quote.target().terms(), catalog).forEach(line -> head.add(new Span(line)));
        return head;
    }

    private Component effect() {
        String day = When.dayText(quote.effectiveAt(), zone);
        Paragraph effect = new Paragraph(switch (Act.of(quote)) {
            case CHANGE -> waits() ? translate("quote.effect.later", day) : translate("quote.effect.now");
            case END -> translate("quote.effect.end", day);
            case GO_ON -> translate("quote.effect.go.on", When.dayText(Objects.requireNonNull(quote.subscription().cancelAt()), zone));
        });
        effect.addClassName("effect");
        return effect;
    }

    private DataTable today() {
        Invoice now = quote.quotation().now();
        DataTable table = new DataTable(translate("quote.today"), translate("quote.what"), translate("quote.amount")).figuresFrom(2);
        table.addClassName("invoice");
        now.lines().forEach(line -> table.row(new QuoteLine(line, quote, catalog, zone), new Text(Figures.signed(line.amount()))));
        now.taxes().forEach(tax -> table.row(new TaxLine(tax), new Text(tax.inclusive() ? "" : Figures.signed(tax.amount()))));
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
        if (Act.of(quote) != Act.GO_ON) {
            later.add(new ListItem(translate(
                    waits() ? "quote.recurring.then" : "quote.recurring.change", recurring(quote.quotation().after()),
                    recurring(quote.quotation().before()))));
        }
        Optional.ofNullable(quote.quotation().next()).ifPresent(next ->
                later.add(new ListItem(translate("quote.next", Figures.money(next.due()), When.dayText(next.at(), zone)))));
        if (quote.quotation().next() != null && mayCharge(quote)) {
            later.add(new ListItem(translate("quote.next.overage")));
        }
        Optional.ofNullable(quote.subscription().cancelAt()).filter(_ -> Act.of(quote) == Act.CHANGE)
                .ifPresent(end -> later.add(new ListItem(translate("quote.ends", When.dayText(end, zone)))));
        return later;
    }

    /** What is used past limits before and after the change is on the same invoice. */
    private boolean mayCharge(Quote quoted) {
        return Stream.of(quoted.subscription().planVersion(catalog), quoted.target().version())
                .flatMap(version -> version.entitlements().stream())
                .anyMatch(granted -> granted.policy() == Limit.Policy.OVERAGE);
    }

    private static String recurring(Recurring recurring) {
        Money total = recurring.total();
        return Optional.ofNullable(recurring.interval())
                .map(interval -> translate("quote.recurring.each", Figures.money(total), Words.of(interval)))
                .orElseGet(() -> Figures.money(total));
    }

    private Component notices() {
        Div notices = new Div();
        notices.addClassName("notices");
        waiting().ifPresent(notices::add);
        quote.bundles().forEach(each -> notices.add(BundleText.notice(each, quote)));
        quote.violations().stream().map(QuotePanel::violation).forEach(notices::add);
        notices.setVisible(notices.getComponentCount() > 0);
        return notices;
    }

    /** What waits already decides what the next invoice is, whatever is asked for now. */
    private Optional<Notice> waiting() {
        int count = quote.subscription().scheduled().size();
        String meaning = switch (Act.of(quote)) {
            case CHANGE -> translate(waits() ? "quote.waiting.after" : "quote.waiting.counted");
            case END -> translate("quote.waiting.dropped");
            case GO_ON -> translate("quote.waiting.counted");
        };
        return Optional.of(new Notice(
                        Notice.Kind.INFO, translate("quote.waiting", count, When.dayText(quote.subscription().period().until(), zone)), meaning))
                .filter(_ -> count > 0);
    }

    /** A change that leaves more in use than it includes is possible, so it is said before the price and not instead of it. */
    private static Notice violation(Violation violation) {
        return new Notice(Notice.Kind.ERROR, translate("quote.violation", violation.feature().name()), sentence(violation));
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
