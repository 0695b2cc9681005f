package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.ApprovalRuleSets;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListGrid;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.change.TermsText;
import dev.headroom.money.Money;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who asks for what is not sold to everybody, newest first, and the rules that say what that is. */
@Route(ApprovalsView.PATH)
@PermitAll
class ApprovalsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "approvals";
    private static final String STATE = "state";
    private static final int PAGE = 50;
    private static final int FILE_PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "id", "account", "name", "state", "asked_for", "reasons", "reason", "asked_by", "asked_at", "expires_at", "currency", "mrr_minor", "mrr");

    private final SignedIn signedIn;
    private final ApprovalRequests requests;
    private final ApprovalRuleSets rules;
    private final Accounts accounts;
    private final Catalog catalog;
    private final Select<ApprovalState> state = new Select<>();
    private final ListGrid<Row> grid = new ListGrid<>(translate("approval.tab.requests"), PAGE);
    private final QueryTabs tabs = new QueryTabs(PATH);
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;
    private volatile @Nullable ApprovalState wanted;

    ApprovalsView(SignedIn signedIn, ApprovalRequests requests, ApprovalRuleSets rules, Accounts accounts, Catalog catalog) {
        this.signedIn = signedIn;
        this.reader = signedIn.actor();
        this.requests = requests;
        this.rules = rules;
        this.accounts = accounts;
        this.catalog = catalog;
        title(translate("approval.title"));
        prepareFilter();
        prepareGrid();
        add(tabs.with("requests", translate("approval.tab.requests"), this::list)
                .with("rules", translate("approval.tab.rules"), () -> new RulesPanel(signedIn, rules, catalog.snapshot())));
    }

    /** A request, and who asks. */
    private record Row(ApprovalRequest request, Account account) {}

    private Component list() {
        Paragraph meaning = new Paragraph(translate("approval.meaning"));
        meaning.addClassName("quiet");
        Div toolbar = new Div(state, new ListTools(signedIn, PATH, grid), Csv.link(translate("csv.download"), "approvals", COLUMNS, this::write));
        toolbar.addClassName("toolbar");
        Div list = new Div(meaning, toolbar, grid);
        list.addClassName("list");
        return list;
    }

    private void prepareFilter() {
        state.setLabel(translate("approval.state"));
        state.setItems(ApprovalState.values());
        state.setItemLabelGenerator(each -> each == null ? translate("filter.states.all") : Words.of(each));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(translate("filter.states.all"));
    }

    private void prepareGrid() {
        grid.addComponentColumn(this::name).setHeader(translate("account.name")).setKey("account").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        grid.addComponentColumn(this::wish).setHeader(translate("approval.asked")).setKey("asked").setAutoWidth(true).setFlexGrow(2);
        grid.addColumn(row -> reasons(row.request())).setHeader(translate("approval.why")).setKey("why").setWidth("16rem").setFlexGrow(1);
        grid.addColumn(row -> Figures.money(row.request().asked().shown().after().mrr())).setHeader(translate("account.mrr")).setKey("mrr").setAutoWidth(true)
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(row -> When.dayText(row.request().askedAt(), row.account().zone())).setHeader(translate("approval.at")).setKey("at").setAutoWidth(true);
        grid.addComponentColumn(row -> Status.of(row.request().state())).setHeader(translate("approval.state")).setKey("state").setAutoWidth(true);
        grid.setEmptyStateComponent(new EmptyState(translate("approval.none"), translate("approval.none.why")));
    }

    private List<Row> rows(Actor actor, List<ApprovalRequest> page) {
        Map<AccountId, Account> asking = accounts.byIds(actor, page.stream().map(ApprovalRequest::account).distinct().toList());
        return page.stream().map(request -> new Row(request, Objects.requireNonNull(asking.get(request.account())))).toList();
    }

    private Component name(Row row) {
        ApprovalRequest request = row.request();
        RouterLink link = new RouterLink(row.account().name(), ApprovalView.class, new RouteParameters(ApprovalView.ID, request.id().toString()));
        return folded(link, new Span(TermsText.of(request.asked().shown().to(), catalog.snapshot())), Status.of(request.state()));
    }

    private Component wish(Row row) {
        ApprovalRequest request = row.request();
        Div wish = new Div(new Span(TermsText.of(request.asked().shown().to(), catalog.snapshot())));
        wish.addClassName("stacked");
        if (request.asked().discount() != null) {
            wish.add(new Span(DiscountText.of(request.asked().discount())));
        }
        return wish;
    }

    private String reasons(ApprovalRequest request) {
        return request.reasons().stream().map(reason -> ReasonText.of(reason, catalog.snapshot())).collect(Collectors.joining("; "));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState chosen = QueryState.of(event.getLocation());
        state.setValue(chosen.get(STATE).flatMap(word -> Arrays.stream(ApprovalState.values()).filter(each -> each.name().equals(word)).findFirst()).orElse(null));
        show(state.getValue());
        state.addValueChangeListener(change -> {
            chosen.choose(STATE, change.getValue() == null ? null : change.getValue().name());
            show(change.getValue());
        });
        tabs.follow(event.getLocation().getQueryParameters());
    }

    private void show(@Nullable ApprovalState wanted) {
        this.wanted = wanted;
        Actor actor = signedIn.actor();
        KeysetPages<ApprovalRequest> pages = new KeysetPages<>((last, size) -> requests.all(actor, wanted, last == null ? null : last.id(), size), PAGE);
        grid.setItems(query -> rows(actor, pages.slice(query.getOffset(), query.getLimit())).stream());
    }

    private void write(Csv csv) {
        ApprovalState of = wanted;
        for (List<ApprovalRequest> page = requests.all(reader, of, null, FILE_PAGE); !page.isEmpty(); page = requests.all(reader, of, page.getLast().id(), FILE_PAGE)) {
            rows(reader, page).forEach(row -> line(csv, row.request(), row.account()));
        }
    }

    private void line(Csv csv, ApprovalRequest request, Account by) {
        Money mrr = request.asked().shown().after().mrr();
        csv.row(
                request.id(), by.key(), by.name(), request.state(), TermsText.of(request.asked().shown().to(), catalog.snapshot()), reasons(request),
                request.reason(), request.askedBy(), request.askedAt(), request.expiresAt(), mrr.currency().getCurrencyCode(), mrr.minor(), mrr.major());
    }
}
