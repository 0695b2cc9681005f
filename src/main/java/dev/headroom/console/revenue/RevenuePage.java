package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportingRates.Complete;
import dev.headroom.reporting.ReportingRates.ReportingRatesMissing;
import dev.headroom.reporting.ReportingRates.Standing;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** A page that tells of a range of revenue, with what leads to the others of the same range. */
@StyleSheet("plots.css")
abstract class RevenuePage extends ConsolePage implements BeforeEnterObserver {

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final Div bar = new Div();
    private final Div content = new Div();
    private QueryState state = QueryState.of(new Location(""));

    RevenuePage(SignedIn signedIn, RevenueReadings readings) {
        this.signedIn = signedIn;
        this.readings = readings;
        content.addClassName("revenue");
        add(bar, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        show();
    }

    /** What the address says, of the range and of what a page adds to it. */
    final QueryState state() {
        return state;
    }

    /** As the address asks for it. */
    protected final void show() {
        bar.removeAll();
        content.removeAll();
        List<Currency> currencies = readings.currencies(signedIn.actor());
        Optional<Scope> scope = readings.scope(signedIn.actor(), state, currencies);
        scope.ifPresentOrElse(asked -> fill(asked, currencies), () -> {
            nothing();
            content.add(new EmptyState(translate("revenue.none"), translate("revenue.none.why"), new Anchor(HistoryView.PATH, translate("past.title"))));
        });
    }

    private void fill(Scope scope, List<Currency> currencies) {
        Nav nav = new Nav();
        nav.setAriaLabel(translate("revenue.pages"));
        nav.addClassName("pages");
        nav.add(
                page(translate("revenue.page.figures"), RevenueView.PATH, scope), page(translate("revenue.page.cohorts"), CohortsView.PATH, scope),
                page(translate("revenue.page.segments"), SegmentsView.PATH, scope), page(translate("revenue.page.growth"), GrowthView.PATH, scope), page(translate("revenue.page.whatif"), WhatIfView.PATH, scope),
                new Anchor(scope.listed(scope.movements(List.of())), translate("revenue.page.movements")), page(translate("revenue.page.report"), ReportView.PATH, scope),
                new Anchor(RatesView.address(scope.currency()), translate("revenue.page.rates")), new Anchor(HistoryView.PATH, translate("past.title")));
        bar.add(nav, chosen(scope, new ScopeBar(scope, currencies, state, this::show)));
        readings.standing(signedIn.actor(), scope).ifPresentOrElse(standing -> told(scope, standing), () -> fill(new RatedScope(scope, null), content));
    }

    /** All currencies in one, as far as there are rates. */
    private void told(Scope scope, Standing standing) {
        switch (standing) {
            case ReportingRatesMissing missing -> {
                nothing();
                content.add(new EmptyState(RatesText.of(missing), translate("revenue.rates.missing.why"), new Anchor(RatesView.address(scope.currency()), translate("revenue.rates.say"))));
            }
            case Complete(RateSet set) -> {
                content.add(new Paragraph(new Text(RatesText.of(set) + " "), new Anchor(RatesView.address(scope.currency()), translate("revenue.rates.all"))));
                fill(new RatedScope(scope, set), content);
            }
        }
    }

    private Anchor page(String name, String path, Scope scope) {
        Anchor link = new Anchor(scope.address(path), name);
        if (path.equals(path())) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }

    abstract String path();

    /** What of a scope is chosen on the page. */
    ScopeBar chosen(Scope scope, ScopeBar currency) {
        return currency.ranged(scope);
    }

    abstract void fill(RatedScope asked, Div content);

    /** What explains, beside what is told. */
    static Paragraph quiet(String text) {
        Paragraph quiet = new Paragraph(text);
        quiet.addClassName("quiet");
        return quiet;
    }

    /** As long as there is no revenue. */
    void nothing() {}
}
