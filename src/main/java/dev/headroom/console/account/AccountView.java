package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.revenue.MovementLists;
import dev.headroom.console.change.ChangeDialogs;
import dev.headroom.console.change.Notice;
import dev.headroom.console.usage.UsagePanels;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import jakarta.annotation.security.PermitAll;
import java.util.stream.Stream;

/** One customer: what it bought, how much of it is used, what it may use, who it is, and what happened. */
@Route("accounts/:" + AccountView.KEY)
@PermitAll
class AccountView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "account";
    private static final String OVERVIEW = "overview";
    private static final String FEATURES = "features";
    private static final int MOST_HAPPENINGS = 50;

    private final SignedIn signedIn;
    private final AccountReadings readings;
    private final Timelines timelines;
    private final SubscriptionActs acts;
    private final UsagePanels usage;
    private final AccountPanels panels;
    private final StartAct start;
    private final InvoicePanels invoices;
    private final Div news = new Div();
    private final Div content = new Div();
    private QueryState state = QueryState.of(new Location(""));
    private QueryParameters tab = QueryParameters.empty();

    AccountView(
            SignedIn signedIn, AccountReadings readings, Timelines timelines, ChangeDialogs dialogs, UsagePanels usage,
            AccountPanels panels, InvoicePanels invoices) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.timelines = timelines;
        this.acts = new SubscriptionActs(signedIn, dialogs);
        this.usage = usage;
        this.panels = panels;
        this.start = panels.start(signedIn);
        this.invoices = invoices;
        above(translate("account.list.title"), AccountsView.class);
        news.addClassName("news");
        add(news, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            state = QueryState.of(event.getLocation());
            tab = event.getLocation().getQueryParameters();
            show(event.getRouteParameters().get(KEY).orElse(""));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(String key) {
        AccountReading reading = readings.byKey(signedIn.actor(), key);
        Account account = reading.account();
        Span line = new Span(translate("account.line", account.key(), account.email(), account.currency().getCurrencyCode(), account.zone().getId()));
        line.addClassName("quiet");
        title(account.name(), states(reading), line);
        Anchor review = new Anchor("accounts/" + account.key() + "/review", translate("review.open"));
        actions(Stream.concat(Stream.of(review), Stream.of(start.of(reading, () -> again(reading, OVERVIEW)))).toArray(Component[]::new));
        QueryTabs tabs = new QueryTabs("accounts/" + account.key())
                .with(OVERVIEW, translate("account.tab.overview"), overview(reading))
                .with(UsagePanels.TAB, translate("account.usage"), () -> usage.of(signedIn, account, reading.counted(), state))
                .with(InvoicePanels.TAB, translate("invoice.title"), () -> invoices.of(reading, signedIn, state, notice -> tell(reading, InvoicePanels.TAB, notice)))
                .with(FEATURES, translate("account.tab.features"), () -> features(reading))
                .with(Activity.TAB, translate("audit.activity"), () -> panels.histories().activity(reading, signedIn));
        if (signedIn.may(Permission.REVENUE)) {
            tabs.with(MovementLists.TAB, translate("revenue.title"), () -> panels.histories().revenue(reading, signedIn));
        }
        tabs.follow(tab);
        content.removeAll();
        news.removeAll();
        content.add(tabs);
    }

    private static Component states(AccountReading reading) {
        Span states = new Span();
        reading.subscriptions().stream().map(AccountSubscription::state).distinct().map(Status::of).forEach(states::add);
        states.setVisible(states.getComponentCount() > 0);
        return states;
    }

    /** After something was changed on one of the tabs. */
    private void again(AccountReading reading, String where) {
        tab = QueryParameters.of(QueryTabs.PARAMETER, where);
        show(reading.account().key());
    }

    /** What was pressed is gone with the page as it was, so the focus goes to what became of it. */
    private void tell(AccountReading reading, String where, Notice notice) {
        again(reading, where);
        news.add(notice);
        Notice.focus(notice);
    }

    private Component overview(AccountReading reading) {
        Div columns = new Div(mainColumn(reading), sideColumn(reading));
        columns.addClassName("columns");
        return columns;
    }

    private Component features(AccountReading reading) {
        Component answers = reading.entitlements().isEmpty()
                ? new EmptyState(translate("account.features.none"), translate("account.features.none.why"))
                : new EntitlementTable(reading);
        return new Div(
                new Section(translate("account.entitlements"), answers),
                new Section(translate("grant.title"), panels.grants(reading, signedIn, () -> again(reading, FEATURES))));
    }

    private Div mainColumn(AccountReading reading) {
        Div column = new Div();
        panels.subscriptions(reading, signedIn, each -> acts.of(reading, each, () -> again(reading, OVERVIEW)), notice -> tell(reading, OVERVIEW, notice))
                .forEach(column::add);
        panels.requests(reading, signedIn).ifPresent(column::add);
        column.add(new Section(translate("account.usage"), usage.meters(signedIn, reading.account())));
        panels.seats(reading, signedIn, () -> again(reading, OVERVIEW), notice -> tell(reading, OVERVIEW, notice)).forEach(panel -> column.add(new Section(panel.title(), panel)));
        column.add(new Section(translate("account.members", reading.members().size()), new MemberTable(reading)));
        return column;
    }

    private Div sideColumn(AccountReading reading) {
        Div column = new Div(
                new Section(translate("account.card"), invoices.cards(reading, signedIn, () -> again(reading, OVERVIEW))),
                new Section(translate("account.timeline"), new Timeline(
                        timelines.ofAccount(signedIn.actor(), reading.account(), MOST_HAPPENINGS), reading, signedIn)));
        column.addClassName("side");
        return column;
    }
}
