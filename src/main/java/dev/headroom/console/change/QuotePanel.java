package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.OfferText;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuote.Violation;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.time.Interval;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A quote in full: when it takes effect, every line with its arithmetic on demand, the total of today, what comes next, what is gained and lost. */
@StyleSheet("quoting.css")
public final class QuotePanel extends Div {

    private final ShownQuote quote;
    private final CatalogSnapshot catalog;
    private final ZoneId zone;

    QuotePanel(Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        this(ShownQuote.of(quote, catalog), catalog, zone);
    }

    /** The same where nothing is promised. */
    public static QuotePanel preview(Quote quote, CatalogSnapshot catalog, ZoneId zone) {
        return new QuotePanel(quote, catalog, zone);
    }

    /** The same of one that was kept. */
    public static QuotePanel kept(ShownQuote quote, CatalogSnapshot catalog, ZoneId zone) {
        return new QuotePanel(quote, catalog, zone);
    }

    private QuotePanel(ShownQuote quote, CatalogSnapshot catalog, ZoneId zone) {
        this.quote = quote;
        this.catalog = catalog;
        this.zone = zone;
        add(headline(), effect());
        // A bundle comes before the price, which it explains.
        Interval interval = catalog.price(quote.to().plan(catalog).price()).price().interval();
        quote.bundles().forEach(each -> add(BundleText.notice(each, interval)));
        add(notices());
        if (!waits() && Act.of(quote) == Act.CHANGE || !quote.now().lines().isEmpty()) {
            add(today());
        }
        add(later(), Differences.gained(quote, catalog), Differences.changed(quote, catalog), Differences.lost(quote, catalog));
    }

    private PlanVersion plan(SubscriptionTerms terms) {
        return catalog.versionOf(terms.plan(catalog).price());
    }

    private boolean waits() {
        return quote.when() == RequestedChange.When.PERIOD_END;
    }

    private boolean dated() {
        return quote.when() == RequestedChange.When.AT_DATE;
    }

    private Component headline() {
        String before = plan(quote.from()).plan().name();
        String after = plan(quote.to()).plan().name();
        H3 title = new H3(before.equals(after) ? after : translate("quote.from.to", before, after));
        Div headline = new Div(title, new Badge(Words.of(quote.growth())));
        headline.addClassName("quote-head");
        Div head = new Div(headline);
        head.addClassName("stacked");
        TermsText.besidePlan(quote.from(), quote.to(), catalog).forEach(line -> head.add(new Span(line)));
        return head;
    }

    private Component effect() {
        String day = When.dayText(quote.effectiveAt(), zone);
        Paragraph effect = new Paragraph(switch (Act.of(quote)) {
            case CHANGE -> switch (quote.when()) {
                case NOW -> translate("quote.effect.now");
                case AT_DATE -> translate(quote.to().together() == null ? "quote.effect.date" : "quote.effect.together", When.minuteText(quote.effectiveAt(), zone), zone.getId());
                case PERIOD_END -> translate("quote.effect.later", day);
            };
            case END -> translate("quote.effect.end", day);
            case END_NOW -> translate(quote.to().prorated() ? "quote.effect.end.now" : "quote.effect.end.now.unprorated");
            case GO_ON -> translate("quote.effect.go.on", When.dayText(Objects.requireNonNull(quote.circumstance().cancelAt()), zone));
        });
        effect.addClassName("effect");
        return effect;
    }

    private Component today() {
        String day = When.dayText(quote.effectiveAt(), zone);
        return dated()
                ? BillTable.of(quote.now(), translate("quote.of.date", day), translate("quote.due.date", day), zone)
                : BillTable.of(quote.now(), translate("quote.today"), translate("quote.due"), zone);
    }

    private Component later() {
        UnorderedList later = new UnorderedList();
        later.addClassName("later");
        BalanceText.afterwards(quote.now()).ifPresent(balance -> later.add(new ListItem(balance)));
        if (Act.of(quote) != Act.GO_ON) {
            later.add(new ListItem(translate(
                    waits() || dated() ? "quote.recurring.then" : "quote.recurring.change", recurring(quote.after()),
                    recurring(quote.before()))));
        }
        catalog.offers().stream().filter(offer -> quote.to().offers().contains(offer.id()))
                .forEach(offer -> later.add(new ListItem(translate("quote.offer", offer.name(), OfferText.discount(offer)))));
        Optional.ofNullable(quote.next()).ifPresent(next ->
                later.add(new ListItem(translate("quote.next", Figures.money(next.due()), When.dayText(next.at(), zone)))));
        if (quote.next() != null && mayCharge()) {
            later.add(new ListItem(translate("quote.next.overage")));
        }
        Optional.ofNullable(quote.circumstance().cancelAt()).filter(_ -> Act.of(quote) == Act.CHANGE)
                .ifPresent(end -> later.add(new ListItem(translate("quote.ends", When.dayText(end, zone)))));
        return later;
    }

    /** What is used past limits before and after the change is on the same invoice. */
    private boolean mayCharge() {
        return Stream.of(plan(quote.from()), plan(quote.to()))
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
        quote.violations().stream().map(this::violation).forEach(notices::add);
        notices.setVisible(notices.getComponentCount() > 0);
        return notices;
    }

    /** What waits already decides what the next invoice is, whatever is asked for now. */
    private Optional<Notice> waiting() {
        int count = quote.circumstance().waiting();
        String meaning = switch (Act.of(quote)) {
            case CHANGE -> translate(waits() ? "quote.waiting.after" : "quote.waiting.counted");
            case END, END_NOW -> translate("quote.waiting.dropped");
            case GO_ON -> translate("quote.waiting.counted");
        };
        return Optional.of(new Notice(
                        Notice.Kind.INFO, translate("quote.waiting", count, When.dayText(quote.circumstance().periodEnd(), zone)), meaning))
                .filter(_ -> count > 0);
    }

    /** A change that leaves more in use than it includes is possible, so it is said before the price and not instead of it. */
    private Notice violation(Violation violation) {
        return new Notice(Notice.Kind.ERROR, translate("quote.violation", catalog.feature(violation.feature()).name()), sentence(violation));
    }

    private static String sentence(Violation violation) {
        return translate(
                "quote.violation.why", Figures.number(violation.used()), Figures.number(violation.included()), Figures.number(violation.excess()));
    }
}
