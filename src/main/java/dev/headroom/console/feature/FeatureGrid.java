package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Figures;
import dev.headroom.console.ListGrid;
import dev.headroom.console.Words;
import java.util.stream.Stream;

/** Features in a list, in the order in which their products have them. */
final class FeatureGrid extends ListGrid<FeatureUse> {

    private static final int PAGE = 50;

    private final CatalogSnapshot known;

    FeatureGrid(CatalogSnapshot known) {
        super(translate("feature.list.title"), PAGE);
        this.known = known;
        addComponentColumn(this::name).setHeader(translate("feature.name")).setKey("name").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        addColumn(use -> use.product().name()).setHeader(translate("plan.product")).setKey("product").setAutoWidth(true);
        addComponentColumn(use -> stacked(Words.of(use.feature().kind()), use.feature().unit())).setHeader(translate("feature.kind")).setKey("kind").setAutoWidth(true);
        addComponentColumn(use -> stacked(FeatureText.counted(use.feature(), known), FeatureText.resets(use.feature())))
                .setHeader(translate("feature.counting")).setKey("counting").setFlexGrow(1);
        addComponentColumn(FeatureGrid::used).setHeader(translate("feature.used.by")).setKey("used").setFlexGrow(1);
        addColumn(use -> Figures.number(use.accounts())).setHeader(translate("feature.accounts")).setKey("accounts").setAutoWidth(true);
        addComponentColumn(FeatureText::standing).setHeader(translate("feature.state")).setKey("state").setAutoWidth(true);
        setAllRowsVisible(true);
    }

    private Component name(FeatureUse use) {
        RouterLink link = new RouterLink(use.feature().name(), FeatureView.class, new RouteParameters(FeatureView.KEY, use.feature().key()));
        Span key = new Span(use.feature().key());
        key.addClassName("quiet");
        Div name = new Div(link, key);
        name.addClassName("stacked");
        return ConsolePage.folded(
                name, new Span(use.product().name()), FeatureText.standing(use), new Span(Words.of(use.feature().kind())),
                new Span(FeatureText.counted(use.feature(), known)), new Span(translate("feature.accounts.of", use.accounts())));
    }

    /** What is sold with it, and what is being prepared. */
    private static Component used(FeatureUse use) {
        String sold = String.join(", ", Stream.of(Plan.Kind.values()).flatMap(kind -> use.sold(kind).stream()).toList());
        String drafts = use.drafts().isEmpty() ? "" : translate("feature.drafts.of", use.drafts().size());
        return stacked(sold.isEmpty() ? translate("feature.none") : sold, drafts);
    }

    private static Component stacked(String first, String quiet) {
        Div stacked = new Div(new Span(first));
        stacked.addClassName("stacked");
        if (!quiet.isEmpty()) {
            Span below = new Span(quiet);
            below.addClassName("quiet");
            stacked.add(below);
        }
        return stacked;
    }
}
