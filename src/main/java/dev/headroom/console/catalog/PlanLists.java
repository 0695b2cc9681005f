package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.function.ValueProvider;
import dev.headroom.account.Account;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.console.EmptyState;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import dev.headroom.rollout.Rollouts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** The list of all plans, or of all add-ons: narrowed as the address says, with what can be done about each, and what is prepared below it. */
@Service
class PlanLists {

    private final Catalog catalog;
    private final DraftActs drafts;
    private final PlanActs sale;
    private final Rollouts rollouts;
    private final SignedIn signedIn;

    PlanLists(Catalog catalog, DraftActs drafts, PlanActs sale, Rollouts rollouts, SignedIn signedIn) {
        this.catalog = catalog;
        this.drafts = drafts;
        this.sale = sale;
        this.rollouts = rollouts;
        this.signedIn = signedIn;
    }

    /**
     * @param name makes the first cell of a row
     * @param last heads the last column, which says what each grants
     */
    Div of(Plan.Kind kind, String path, QueryState state, ValueProvider<PlanRow, Component> name, String last, ValueProvider<PlanRow, String> grants) {
        Texts texts = texts(kind);
        PlanGrid grid = new PlanGrid(texts.title(), texts.name(), name)
                .with("grants", last, grants);
        if (signedIn.may(Permission.CATALOG)) {
            grid.counted();
        }
        grid.doing(row -> sale.of(row, PlanLists::again));
        List<PlanRow> all = rows(kind);
        PlanFilters filters = new PlanFilters(texts.filter(), state, all.stream().anyMatch(row -> row.plan().own() != null), chosen -> grid.show(chosen.of(all)));
        grid.show(filters.of(all));
        grid.setEmptyStateComponent(new EmptyState(texts.empty(), texts.why()));
        filters.add(new ListTools(signedIn, path, grid), grid.file(path));
        Div list = new Div(filters, grid, drafts.prepared(kind));
        list.addClassName("list");
        return list;
    }

    private record Texts(String title, String name, String filter, String empty, String why) {}

    private static Texts texts(Plan.Kind kind) {
        return switch (kind) {
            case TIER -> new Texts(
                    translate("plan.list.title"), translate("plan.name"), translate("plan.list.filter"), translate("plan.list.empty"), translate("plan.list.empty.why"));
            case ADD_ON -> new Texts(
                    translate("addon.list.title"), translate("addon.name"), translate("addon.list.filter"), translate("addon.list.empty"), translate("addon.list.empty.why"));
        };
    }

    private static void again() {
        UI.getCurrent().refreshCurrentRoute(false);
    }

    private List<PlanRow> rows(Plan.Kind kind) {
        CatalogSnapshot known = catalog.snapshot();
        List<Plan> plans = kind == Plan.Kind.TIER ? known.plans() : known.addOns();
        Map<PlanId, Draft> open = drafts.open(plans);
        Map<UUID, Account> owners = drafts.owners(plans);
        Map<PlanId, Integer> subscribers = signedIn.may(Permission.CATALOG) ? rollouts.subscribers(signedIn.actor()) : Map.of();
        return plans.stream().map(plan -> PlanRow.of(plan, known, open, owners).having(subscribers.getOrDefault(plan.id(), 0))).sorted(PlanRow.ORDER).toList();
    }
}
