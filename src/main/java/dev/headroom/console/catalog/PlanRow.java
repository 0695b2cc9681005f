package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.badge.Badge;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan or add-on as the list shows it, by the version on sale or else the latest one. */
record PlanRow(Plan plan, Product product, PlanVersion version) {

    /** The plans of a product stand together, the lowest first. */
    static final Comparator<PlanRow> ORDER = Comparator.comparing((PlanRow row) -> row.product().name())
            .thenComparing(row -> row.product().key())
            .thenComparing(row -> row.plan().rank());

    static PlanRow of(Plan plan, CatalogSnapshot catalog) {
        PlanVersion shown = catalog.onSale(plan).orElseGet(() -> catalog.versionsOf(plan).getLast());
        return new PlanRow(plan, catalog.product(plan.product()), shown);
    }

    boolean matches(String needle) {
        return (plan.name() + " " + plan.key() + " " + product.name()).toLowerCase(Locale.ROOT).contains(needle);
    }

    Badge status() {
        return Status.of(version.state());
    }

    String prices() {
        return PriceText.summary(version);
    }

    /** Of an add-on, what one of it grants: "Seats: 5 more · Insights". */
    String grants() {
        return version.entitlements().stream()
                .map(granted -> granted.feature().kind() == FeatureKind.GATE
                        ? granted.feature().name()
                        : translate("addon.grants.amount", granted.feature().name(), EntitlementText.amount(granted, version)))
                .collect(Collectors.joining(" · "));
    }

    String features() {
        return Figures.number(version.entitlements().size());
    }
}
