package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** What plans can grant: every feature of every product, what grants it, and how many have it. */
@Route(FeaturesView.PATH)
@PermitAll
class FeaturesView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "features";

    private final FeatureServices services;
    private final Div content = new Div();

    FeaturesView(FeatureServices services) {
        this.services = services;
        title(translate("feature.list.title"));
        actions(new Anchor("limits", translate("matrix.title")), act());
        if (services.mayEdit()) {
            begins("make", () -> new FeatureForm(services).open());
        }
        content.addClassName("list");
        add(content);
    }

    private Component act() {
        if (!services.mayEdit()) {
            Span why = new Span(translate("feature.forbidden"));
            why.addClassName("quiet");
            return why;
        }
        Button make = new Button(translate("feature.new"), click -> new FeatureForm(services).open());
        make.addThemeVariants(ButtonVariant.PRIMARY);
        return make;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        CatalogSnapshot known = services.catalog().snapshot();
        List<FeatureUse> all = services.uses(known.features());
        FeatureGrid grid = new FeatureGrid(known);
        FeatureFilters filters = new FeatureFilters(known.products(), QueryState.of(event.getLocation()), chosen -> grid.setItems(chosen.of(all)));
        grid.setItems(filters.of(all));
        grid.setEmptyStateComponent(new EmptyState(translate("feature.list.empty"), translate(all.isEmpty() ? "feature.list.empty.why" : "feature.list.filtered")));
        Anchor csv = Csv.link(translate("csv.download"), "features", FeatureCsv.COLUMNS, file -> filters.of(all).forEach(use -> file.row(FeatureCsv.row(use))));
        filters.add(new ListTools(services.signedIn(), PATH, grid), csv);
        content.removeAll();
        content.add(filters, grid);
    }
}
