package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.projection.Assumptions;
import dev.headroom.projection.Projection;
import dev.headroom.projection.Projections;
import jakarta.annotation.security.RolesAllowed;

/** What the next twelve months would come to if they were as the last twelve closed ones, but for what is assumed here; everything assumed stands in the address. */
@Route(WhatIfView.PATH)
@RolesAllowed({"OWNER", "FINANCE"})
class WhatIfView extends RevenuePage {

    static final String PATH = RevenueView.PATH + "/what-if";

    private final SignedIn signedIn;
    private final RevenueReadings readings;
    private final Projections projections;

    WhatIfView(SignedIn signedIn, RevenueReadings readings, Projections projections) {
        super(signedIn, readings);
        this.signedIn = signedIn;
        this.readings = readings;
        this.projections = projections;
        above(translate("revenue.title"), RevenueView.class);
        title(translate("course.title"));
    }

    @Override
    String path() {
        return PATH;
    }

    @Override
    ScopeBar chosen(Scope scope, ScopeBar currency) {
        return currency;
    }

    @Override
    void fill(RatedScope asked, Div content) {
        Projection asItWas = project(asked, Assumptions.NONE);
        if (asItWas.observed() == 0) {
            content.add(new EmptyState(translate("course.none"), translate("course.none.why")));
            return;
        }
        Div results = new Div();
        AssumptionFields fields = new AssumptionFields(state(), asItWas.closed().getLast().month().plusMonths(1), () -> show(asked, asItWas, results));
        content.add(new Section(translate("course.assumptions"), fields, quiet(translate("course.units"))), results);
        show(asked, asItWas, results);
    }

    private Projection project(RatedScope asked, Assumptions assumed) {
        return asked.told(() -> projections.project(signedIn.actor(), asked.scope().currency(), assumed), rates -> projections.project(signedIn.actor(), rates, assumed));
    }

    private void show(RatedScope asked, Projection asItWas, Div results) {
        Scope scope = asked.scope();
        Assumptions assumed = WhatIfAddress.read(state());
        Projection projection = assumed.equals(Assumptions.NONE) ? asItWas : project(asked, assumed);
        actions(Csv.lines(translate("csv.download"), "revenue-what-if", out -> ProjectionLines.write(projection, asked.rates(), out)));
        results.removeAll();
        Section sentences = new Section(translate("course.assumed"), new AssumedPanel(scope, projection));
        switch (projection.standing()) {
            case BANDED, WITHOUT_BAND -> results.add(
                    new ProjectedFigures(projection, asItWas), sentences, new Section(translate("course.months", scope.currency().getCurrencyCode()), new ProjectionPanel(scope, projection)));
            case NOTHING_OBSERVED, BEYOND_BOUNDS -> results.add(new EmptyState(translate("course.beyond"), translate("course.beyond.why")), sentences);
        }
        results.add(quiet(projection.standing() == Projection.Standing.WITHOUT_BAND ? translate("course.band.none", projection.observed(), Projection.LEAST_FOR_BAND) : translate("course.band")));
        results.add(quiet(DefinitionPanel.toldWithUse(readings.settings(signedIn.actor()))));
    }
}
