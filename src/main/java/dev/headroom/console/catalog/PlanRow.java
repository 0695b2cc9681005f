package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.draft.Draft;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan or add-on as the list shows it, by the version on sale or else the latest one.
 *
 * @param draft       of its next version; absent where there is none, or whoever looks may not see it
 * @param account     whose own price it is; absent where it is for every account
 * @param subscribers how many have any version of it; 0 where that was not asked
 */
record PlanRow(Plan plan, Product product, PlanVersion version, @Nullable Draft draft, @Nullable Account account, int subscribers) {

    /** The plans of a product stand together, the lowest first. */
    static final Comparator<PlanRow> ORDER = Comparator.comparing((PlanRow row) -> row.product().name())
            .thenComparing(row -> row.product().key())
            .thenComparing(row -> row.plan().rank())
            .thenComparing(PlanRow::ownPrice);

    /**
     * @param drafts those that are open
     * @param owners of own prices
     */
    static PlanRow of(Plan plan, CatalogSnapshot catalog, Map<PlanId, Draft> drafts, Map<UUID, Account> owners) {
        PlanVersion shown = catalog.onSale(plan).orElseGet(() -> catalog.versionsOf(plan).getLast());
        return new PlanRow(plan, catalog.product(plan.product()), shown, drafts.get(plan.id()), plan.own() == null ? null : owners.get(plan.own().account()), 0);
    }

    PlanRow having(int many) {
        return new PlanRow(plan, product, version, draft, account, many);
    }

    boolean matches(String needle) {
        return (plan.name() + " " + plan.key() + " " + product.name() + " " + ownPrice() + " " + (account == null ? "" : account.key())).toLowerCase(Locale.ROOT).contains(needle);
    }

    /** Whether it is on sale, and the way to what is being prepared on top of that. */
    Component status() {
        Span status = new Span(Status.of(version.state()));
        status.addClassName("beside");
        if (draft != null) {
            status.add(new Anchor(DraftActs.address(draft), translate("draft.on", version.number())));
        }
        return status;
    }

    /** "Own price of Acme"; empty where it is for every account. */
    String ownPrice() {
        return account == null ? "" : translate("ownprice.of", account.name());
    }

    /** The same as a way to the account. */
    Component owner() {
        return account == null ? new Span() : new Anchor("accounts/" + account.key(), ownPrice());
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
