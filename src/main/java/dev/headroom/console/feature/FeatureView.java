package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.change.Notice;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One feature: what it is, what uses it, and how that came about. */
@Route(FeaturesView.PATH + "/:" + FeatureView.KEY)
@PermitAll
class FeatureView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "feature";

    private final FeatureServices services;
    private final Activity activity;
    private final Div refused = new Div();
    private final Div content = new Div();

    FeatureView(FeatureServices services, Activity activity) {
        this.services = services;
        this.activity = activity;
        above(translate("feature.list.title"), FeaturesView.class);
        refused.addClassName("news");
        add(refused, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getRouteParameters().get(KEY).flatMap(key -> services.catalog().snapshot().feature(key)).ifPresentOrElse(
                feature -> show(feature, event.getLocation().getQueryParameters()), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Feature feature, QueryParameters query) {
        FeatureUse use = services.uses(List.of(feature)).getFirst();
        Span key = new Span(translate("feature.line", use.product().name(), feature.key()));
        key.addClassName("quiet");
        title(feature.name(), FeatureText.standing(use), key);
        actions(new FeatureActs(services, feature, refused, () -> again(feature.key())).of());
        content.removeAll();
        feature.findings().forEach(finding -> content.add(new Notice(Notice.Kind.INFO, translate("finding.warning"), finding.message())));
        if (!feature.description().isBlank()) {
            content.add(new Paragraph(feature.description()));
        }
        QueryTabs tabs = new QueryTabs(FeaturesView.PATH + "/" + feature.key())
                .with("uses", translate("feature.tab.uses"), () -> new FeatureUses(use, services))
                .with("definition", translate("feature.tab.definition"), () -> definition(use))
                .with(Activity.TAB, translate("audit.activity"), () -> activity.of(services.signedIn(), "feature", feature.id()));
        tabs.follow(query);
        content.add(tabs);
    }

    private void again(String key) {
        refused.removeAll();
        services.catalog().snapshot().feature(key).ifPresent(feature -> show(feature, QueryParameters.empty()));
    }

    private Component definition(FeatureUse use) {
        Feature feature = use.feature();
        CatalogSnapshot known = services.catalog().snapshot();
        Facts facts = new Facts().with(translate("plan.product"), use.product().name()).with(translate("feature.key"), feature.key())
                .with(translate("feature.kind"), Words.of(feature.kind()));
        with(facts, translate("feature.unit"), feature.unit());
        with(facts, translate("feature.counting"), FeatureText.counted(feature, known));
        with(facts, translate("feature.resets"), FeatureText.resets(feature));
        if (feature.counted()) {
            facts.with(translate("feature.thresholds"), FeatureText.thresholds(feature));
        }
        facts.with(translate("feature.accounts"), Figures.number(use.accounts()));
        if (feature.retiredAt() != null) {
            facts.with(translate("feature.retired.since"), When.minute(feature.retiredAt(), ZoneOffset.UTC));
        }
        return facts;
    }

    private static void with(Facts facts, String name, @Nullable String said) {
        if (said != null && !said.isBlank()) {
            facts.with(name, said);
        }
    }
}
