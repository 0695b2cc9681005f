package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.pricing.Price;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plan: what it costs, what it grants, and how both came about. */
@Route("plans/:" + PlanView.KEY)
@PermitAll
class PlanView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "plan";

    private final Catalog catalog;
    private final Div content = new Div();

    PlanView(Catalog catalog) {
        this.catalog = catalog;
        above(translate("plan.list.title"), PlansView.class);
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        RouteParameters address = event.getRouteParameters();
        CatalogSnapshot known = catalog.snapshot();
        known.plans().stream()
                .filter(plan -> address.get(KEY).filter(plan.key()::equals).isPresent())
                .findFirst()
                .ifPresentOrElse(plan -> show(plan, known, event.getLocation().getQueryParameters()), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Plan plan, CatalogSnapshot known, QueryParameters query) {
        PlanRow row = PlanRow.of(plan, known);
        Span key = new Span(translate("plan.line", row.product().name(), plan.key(), row.version().number()));
        key.addClassName("quiet");
        title(plan.name(), row.status(), key);
        QueryTabs tabs = new QueryTabs("plans/" + plan.key())
                .with("pricing", translate("plan.tab.pricing"), pricing(row.version()))
                .with("entitlements", translate("plan.tab.entitlements"), entitlements(row.version()))
                .with("versions", translate("plan.tab.versions"), versions(plan, known));
        tabs.follow(query);
        content.removeAll();
        if (!plan.description().isBlank()) {
            content.add(new Paragraph(plan.description()));
        }
        content.add(tabs);
    }

    private static Component pricing(PlanVersion version) {
        Div prices = new Div();
        prices.addClassName("cards");
        version.prices().stream()
                .map(PlanVersion.PlanPrice::price)
                .sorted(Comparator.comparing((Price price) -> price.currency().getCurrencyCode())
                        .thenComparing(Price::interval))
                .map(PriceCard::new)
                .forEach(prices::add);
        return prices;
    }

    private static Component entitlements(PlanVersion version) {
        DataTable table = new DataTable(
                translate("plan.tab.entitlements"), translate("feature.name"), translate("feature.kind"), translate("feature.amount"),
                translate("feature.past"), translate("feature.resets"));
        version.entitlements().forEach(each -> table.row(
                each.feature().name(), Words.of(each.feature().kind()), EntitlementText.amount(each, version), EntitlementText.past(each),
                Words.of(each.feature().reset())));
        return table;
    }

    private static Component versions(Plan plan, CatalogSnapshot known) {
        DataTable table = new DataTable(
                translate("plan.tab.versions"), translate("version.number"), translate("plan.status"), translate("version.published"),
                translate("plan.prices"), translate("plan.features"));
        known.versionsOf(plan).reversed().forEach(version -> table.row(
                new Text(translate("version.name", version.number())), Status.of(version.state()), published(version.publishedAt()),
                new Text(PriceText.summary(version)), new Text(Figures.number(version.entitlements().size()))));
        return table;
    }

    private static Component published(@Nullable Instant at) {
        return Optional.ofNullable(at).<Component>map(instant -> When.day(instant, ZoneOffset.UTC)).orElseGet(() -> new Text("–"));
    }
}
