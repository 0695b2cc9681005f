package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Accounts;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.SignedIn;
import dev.headroom.sync.CatalogPlans;
import dev.headroom.sync.Reconciliations;
import dev.headroom.sync.StripeImports;
import jakarta.annotation.security.RolesAllowed;

/** What is between Headroom and one Stripe account, and what can be done about it. */
@Route(StripeView.PATH)
@RolesAllowed("OWNER")
class StripeView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "stripe";

    private final QueryTabs tabs = new QueryTabs(PATH);

    StripeView(
            SignedIn signedIn, OverviewTabs overviews, CatalogPlans plans, Reconciliations reconciliations, Accounts accounts, StripeImports imports,
            DriftTabs drifts) {
        title(translate("connection.title"));
        add(tabs.with("overview", translate("connection.tab.overview"), () -> overviews.of(signedIn.actor()))
                .with("catalogue", translate("connection.tab.catalogue"), () -> new CatalogueTab(plans, signedIn.actor()))
                .with("reconciliation", translate("connection.tab.reconciliation"), () -> new ReconciliationTab(reconciliations, accounts, signedIn.actor()))
                .with("drift", translate("connection.tab.drift"), () -> drifts.of(signedIn.actor()))
                .with("import", translate("connection.tab.import"), () -> new ImportTab(imports, signedIn.actor())));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        tabs.follow(event.getLocation().getQueryParameters());
    }
}
