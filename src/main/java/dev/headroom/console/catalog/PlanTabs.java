package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.audit.Activity;
import dev.headroom.pricing.Price;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a plan or add-on costs, what it grants, and how both came about. */
final class PlanTabs extends Div {

    PlanTabs(String path, PlanRow row, CatalogSnapshot known, Supplier<Component> subscribers, Supplier<Component> activity, QueryParameters query) {
        QueryTabs tabs = new QueryTabs(path)
                .with("pricing", translate("plan.tab.pricing"), pricing(row.version()))
                .with("entitlements", translate("plan.tab.entitlements"), entitlements(row.version()))
                .with("versions", translate("plan.tab.versions"), versions(row.plan(), known))
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
