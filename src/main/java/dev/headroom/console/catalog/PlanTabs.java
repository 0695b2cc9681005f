package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.DataTable;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.Words;
import dev.headroom.console.audit.Activity;
import dev.headroom.pricing.Price;
import java.util.Comparator;
import java.util.function.Supplier;

/** What a plan or add-on costs, what it grants, and how both came about. */
final class PlanTabs extends Div {

    PlanTabs(String path, PlanRow row, CatalogSnapshot known, Supplier<Component> subscribers, Supplier<Component> activity, QueryParameters query) {
        QueryTabs tabs = new QueryTabs(path)
                .with("pricing", translate("plan.tab.pricing"), pricing(row.version()))
                .with("entitlements", translate("plan.tab.entitlements"), entitlements(row.version()))
                .with(VersionsPanel.TAB, translate("plan.tab.versions"),
                        () -> new VersionsPanel(row.plan(), known, QueryState.of(new Location(path, query))))
                .with("subscribers", translate("plan.tab.subscribers"), subscribers)
                .with(Activity.TAB, translate("audit.activity"), activity);
        tabs.follow(query);
        if (!row.plan().description().isBlank()) {
            add(new Paragraph(row.plan().description()));
        }
        add(tabs);
    }

    /** What stands beside the title. */
    static Component[] state(PlanRow row) {
        Span key = new Span(translate("plan.line", row.product().name(), row.plan().key(), row.version().number()));
        key.addClassName("quiet");
        return row.account() == null ? new Component[] {row.status(), key} : new Component[] {row.status(), key, row.owner()};
    }

    private static Component pricing(PlanVersion version) {
        Div prices = new Div();
        prices.addClassName("cards");
        version.prices().stream()
                .map(PlanVersion.PlanPrice::price)
                .sorted(Comparator.comparing((Price price) -> price.currency().getCurrencyCode())
                        .thenComparing(Price::interval))
                .map(price -> new PriceCard(price, version.plan().kind()))
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
}
