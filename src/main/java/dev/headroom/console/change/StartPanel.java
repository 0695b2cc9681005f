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
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.catalog.OfferText;
import dev.headroom.console.Words;
import dev.headroom.limits.Limit;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.shown.ShownQuote.Bill;
import dev.headroom.shown.ShownQuote.Line;
import dev.headroom.start.StartQuote;
import dev.headroom.start.StartTarget;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** The quote of a start in full: what begins, every line of its first invoice with its arithmetic on demand, the total of today, what comes next. */
@StyleSheet("quoting.css")
final class StartPanel extends Div {

    private final StartQuote quote;
    private final StartTarget target;
    private final ZoneId zone;

    StartPanel(StartQuote quote, ZoneId zone) {
        this.quote = quote;
        this.target = quote.target();
        this.zone = zone;
        add(headline(), effect());
        Optional.ofNullable(target.bundle()).map(this::bundled).ifPresent(this::add);
        Bill first = bill();
        if (!first.lines().isEmpty()) {
            add(BillTable.of(first, translate("quote.today"), translate("quote.due"), zone));
        }
        add(later(first));
    }

    private Component headline() {
        H3 title = new H3(target.version().plan().name());
        Div headline = new Div(title, new Badge(Words.of(quote.growth())));
        headline.addClassName("quote-head");
        Span terms = new Span(TermsText.flat(target.price())
                ? translate("start.terms", Words.of(target.price().price().interval()))
                : translate("start.terms.seats", Words.of(target.price().price().interval()), target.quantity()));
        Div head = new Div(headline, terms);
        head.addClassName("stacked");
        return head;
    }

    private Component effect() {
        Instant trial = target.trialUntil();
        StartTarget.Together together = target.together();
        String own = trial == null ? translate("start.effect") : translate("start.effect.trial", When.minuteText(trial, zone), zone.getId());
        Paragraph effect = new Paragraph(together == null ? own : translate("start.effect.together", When.dayText(together.until(), zone)));
        effect.addClassName("effect");
        return effect;
    }

    private Notice bundled(Bundle bundle) {
        return new Notice(
                Notice.Kind.SUCCESS, translate("quote.bundle.formed", bundle.name()), translate("start.bundle.why", Figures.percent(bundle.off().percent())));
    }

    /** Whatever else Stripe puts on it says itself what it is. */
    private Bill bill() {
        Invoice first = quote.first();
        String item = target.price().id().toString();
        return new Bill(
                first.lines().stream().map(line -> new Line(line.item().equals(item) ? target.version().plan().name() : "", true, line)).toList(),
                first.taxes(), first.total(), first.balanceApplied(), first.due(), first.endingBalance());
    }

    private Component later(Bill first) {
        UnorderedList later = new UnorderedList();
        later.addClassName("later");
        BalanceText.afterwards(first).ifPresent(balance -> later.add(new ListItem(balance)));
        Recurring after = quote.quotation().after();
        String each = translate("quote.recurring.each", Figures.money(after.total()), Words.of(target.price().price().interval()));
        later.add(new ListItem(translate("start.recurring", each)));
        target.offers().forEach(offer -> later.add(new ListItem(translate("quote.offer", offer.name(), OfferText.discount(offer)))));
        Optional.ofNullable(quote.quotation().next()).ifPresent(next ->
                later.add(new ListItem(translate("quote.next", Figures.money(next.due()), When.dayText(next.at(), zone)))));
        if (mayCharge(target.version())) {
            later.add(new ListItem(translate("quote.next.overage")));
        }
        boolean stripes = first.lines().stream().anyMatch(line -> line.billed().source() == InvoiceLine.Source.STRIPE);
        if (stripes) {
            later.add(new ListItem(translate("start.stripes")));
        }
        return later;
    }

    private static boolean mayCharge(PlanVersion version) {
        return version.entitlements().stream().anyMatch(granted -> granted.policy() == Limit.Policy.OVERAGE);
    }

    /** What the button says that accepts it. */
    static String label(StartQuote quote) {
        if (quote.dueNow().isPositive()) {
            return translate("start.accept", Figures.money(quote.dueNow()));
        }
        return translate(quote.target().trialUntil() == null ? "start.accept.free" : "start.accept.trial");
    }

    /** What has come of accepting it. */
    static Notice started(StartQuote accepted, ZoneId zone) {
        Instant trial = accepted.target().trialUntil();
        String charged = accepted.dueNow().isZero() ? translate("change.done.free") : translate("change.done.charged", Figures.money(accepted.dueNow()));
        return new Notice(
                Notice.Kind.SUCCESS, translate("start.done", accepted.target().version().plan().name()),
                trial == null ? charged : translate("start.done.trial", charged, When.minuteText(Objects.requireNonNull(trial), zone)));
    }
}
