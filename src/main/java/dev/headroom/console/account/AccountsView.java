package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryText;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.money.Money;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every customer, read a page at a time as one scrolls; found by name, key or e-mail. */
@Route(AccountsView.PATH)
@PermitAll
class AccountsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "accounts";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 1_000;
    private static final List<String> COLUMNS = List.of("key", "name", "email", "currency", "created_at", "plans", "states", "mrr_minor", "mrr");

    private final SignedIn signedIn;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final PayingAccounts paying;
    private final QueryText search = new QueryText(translate("account.list.search"), PATH);
    private final ListGrid<AccountRow> grid = new ListGrid<>(translate("account.list.title"), PAGE);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile String text = "";

    AccountsView(SignedIn signedIn, Accounts accounts, Subscriptions subscriptions, Catalog catalog, PayingAccounts paying) {
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.paying = paying;
        addClassName("filling");
        title(translate("account.list.title"));
        prepareGrid();
        actions(new ListTools(signedIn, PATH, grid), Csv.link(translate("csv.download"), "accounts", COLUMNS, this::write));
        search.addValueChangeListener(change -> show(change.getValue()));
        Div list = new Div(search, grid);
        list.addClassName("list");
        add(list);
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::name).setHeader(translate("account.name")).setKey("name").setAutoWidth(true).setFlexGrow(2).setRowHeader(true);
        grid.addColumn(row -> row.account().key()).setHeader(translate("account.key")).setKey("key").setAutoWidth(true);
        grid.addColumn(row -> row.plans(catalog.snapshot())).setHeader(translate("account.plans")).setKey("plans").setAutoWidth(true).setFlexGrow(1);
        grid.addComponentColumn(AccountsView::states).setHeader(translate("account.state")).setKey("state").setAutoWidth(true);
        grid.addColumn(row -> row.account().currency().getCurrencyCode()).setHeader(translate("account.currency")).setKey("currency").setAutoWidth(true);
        grid.addColumn(row -> row.mrr().map(Figures::money).orElse(translate("feature.none")))
                .setHeader(translate("account.mrr"))
                .setKey("mrr")
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("account.list.empty"), translate("account.list.empty.why")));
    }

    private Component name(AccountRow row) {
        RouterLink link = new RouterLink(row.account().name(), AccountView.class, new RouteParameters(AccountView.KEY, row.account().key()));
        Span mrr = new Span(row.mrr().map(each -> translate("account.mrr.of", Figures.money(each))).orElse(""));
        return folded(link, new Span(row.plans(catalog.snapshot())), states(row), mrr);
    }

    private static Component states(AccountRow row) {
        if (row.subscriptions().isEmpty()) {
            return new Text(translate("account.state.none"));
        }
        return new Span(row.subscriptions().stream().map(AccountSubscription::state).distinct().map(Status::of).toArray(Component[]::new));
    }

    private void show(String text) {
        this.text = text;
        KeysetPages<Account> pages = new KeysetPages<>(
                (last, size) -> accounts.page(signedIn.actor(), text, last == null ? null : last.id(), size), PAGE);
        grid.setItems(query -> rows(pages, query));
    }

    private Stream<AccountRow> rows(KeysetPages<Account> pages, Query<AccountRow, Void> query) {
        return rows(signedIn.actor(), pages.slice(query.getOffset(), query.getLimit())).stream();
    }

    private List<AccountRow> rows(Actor actor, List<Account> page) {
        List<AccountId> ids = page.stream().map(Account::id).toList();
        Map<AccountId, List<AccountSubscription>> live = subscriptions.live(actor, ids);
        Map<AccountId, Paid> paid = paying.paid(actor, ids);
        return page.stream()
                .map(account -> new AccountRow(account, live.getOrDefault(account.id(), List.of()), paid.getOrDefault(account.id(), Paid.NOTHING)))
                .toList();
    }

    private void write(Csv csv) {
        String wanted = text;
        CatalogSnapshot known = catalog.snapshot();
        for (List<Account> page = accounts.page(reader, wanted, null, FILE_PAGE); !page.isEmpty();
                page = accounts.page(reader, wanted, page.getLast().id(), FILE_PAGE)) {
            rows(reader, page).forEach(row -> line(csv, row, known));
        }
    }

    private static void line(Csv csv, AccountRow row, CatalogSnapshot known) {
        Account account = row.account();
        Optional<Money> mrr = row.mrr();
        csv.row(
                account.key(), account.name(), account.email(), account.currency().getCurrencyCode(), account.createdAt(), row.plans(known),
                row.subscriptions().stream().map(each -> each.state().name()).distinct().collect(Collectors.joining(" ")),
                mrr.map(Money::minor).orElse(null), mrr.map(Money::major).orElse(null));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String text = event.getLocation().getQueryParameters().getSingleParameter(QueryText.PARAMETER).orElse("");
        search.setValue(text);
        show(text);
    }
}
