package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.Members;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalDecisions;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequest.Decision;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.ApprovalRequests.AgreedQuote;
import dev.headroom.approval.Deal;
import dev.headroom.approval.DecideApprovalResult;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.account.ActorText;
import dev.headroom.console.change.ChangeDialogs;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.RefusalText;
import dev.headroom.console.change.TermsText;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One request: what is wished, what the account has, and what can be done about it now. */
@Route("approvals/:" + ApprovalView.ID)
@PermitAll
class ApprovalView extends ConsolePage implements BeforeEnterObserver {

    static final String ID = "request";

    private final SignedIn signedIn;
    private final ApprovalRequests requests;
    private final ApprovalDecisions decisions;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Members members;
    private final CatalogSnapshot catalog;
    private final ChangeDialogs dialogs;
    private final Div news = new Div();
    private final Div content = new Div();

    ApprovalView(
            SignedIn signedIn, ApprovalRequests requests, ApprovalDecisions decisions, Accounts accounts, Subscriptions subscriptions, Members members,
            Catalog catalog, ChangeDialogs dialogs) {
        this.signedIn = signedIn;
        this.requests = requests;
        this.decisions = decisions;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.members = members;
        this.catalog = catalog.snapshot();
        this.dialogs = dialogs;
        above(translate("approval.title"), ApprovalsView.class);
        news.addClassName("news");
        content.addClassName("columns");
        add(news, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            show(event.getRouteParameters().get(ID).flatMap(Ids::parse).orElseThrow(() -> HeadroomException.notFound("id", "")));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(UUID id) {
        ApprovalRequest request = requests.byId(signedIn.actor(), id);
        Account account = accounts.byId(signedIn.actor(), request.account());
        title(translate("approval.of", account.name()), Status.of(request.state()));
        actions(acts(request, account));
        news.removeAll();
        if (request.state().agreed()) {
            standing(request).ifPresent(news::add);
        }
        content.removeAll();
        content.add(mainColumn(request, account), sideColumn(request, account));
    }

    private Component[] acts(ApprovalRequest request, Account account) {
        List<Component> acts = new ArrayList<>();
        boolean own = request.askedBy().equals(signedIn.actor().name());
        if (request.state() == ApprovalState.REQUESTED && !own && signedIn.may(Permission.APPROVE)) {
            DecisionDialogs decide = new DecisionDialogs(signedIn, decisions, catalog, account, request, result -> tell(request, result));
            Button approve = new Button(translate("approval.approve.open"), click -> decide.approve());
            approve.addThemeVariants(ButtonVariant.PRIMARY);
            Button reject = new Button(translate("approval.reject.open"), click -> decide.reject());
            reject.addThemeVariants(ButtonVariant.ERROR);
            acts.addAll(List.of(approve, new Button(translate("approval.counter.open"), click -> decide.counter()), reject));
        }
        if (request.state().agreed() && signedIn.may(Permission.CHANGE)) {
            Button accept = new Button(translate("approval.accept"), click -> dialogs.openAgreed(
                    signedIn, account, request.agreed().orElseThrow().change(), () -> show(request.id())));
            accept.addThemeVariants(ButtonVariant.PRIMARY);
            acts.add(accept);
        }
        if (request.state().open() && (own || signedIn.may(Permission.CHANGE))) {
            Button back = new Button(translate("approval.withdraw"), click -> {
                requests.withdraw(signedIn.actor(), request.account(), request.id());
                show(request.id());
            });
            back.setDisableOnClick(true);
            acts.add(back);
        }
        return acts.toArray(Component[]::new);
    }

    private void tell(ApprovalRequest request, DecideApprovalResult result) {
        show(request.id());
        Optional<Notice> notice = switch (result) {
            case DecideApprovalResult.ApprovalDecided _ -> Optional.empty();
            case DecideApprovalResult.ApprovalNotWaiting(var other) -> Optional.of(new Notice(
                    Notice.Kind.INFO, translate("approval.not.waiting"), translate("approval.not.waiting.why", Words.of(other.state()))));
            case DecideApprovalResult.ApprovalTermsChanged _ -> Optional.of(new Notice(
                    Notice.Kind.INFO, translate("approval.terms.changed"), translate("approval.terms.changed.why")));
            case DecideApprovalResult.NotSold(var why) -> Optional.of(new Notice(Notice.Kind.INFO, translate("change.refused"), RefusalText.of(why, zone(request))));
        };
        notice.ifPresent(said -> {
            news.add(said);
            Notice.focus(said);
        });
    }

    private ZoneId zone(ApprovalRequest request) {
        return accounts.byId(signedIn.actor(), request.account()).zone();
    }

    /** Whether what was agreed can still be had. */
    private Optional<Notice> standing(ApprovalRequest request) {
        return requests.agreed(signedIn.actor(), request).flatMap(now -> switch (now) {
            case AgreedQuote.Live(Quote _) -> Optional.empty();
            case AgreedQuote.Live(var refused) -> Optional.of(new Notice(Notice.Kind.INFO, translate("change.refused"), RefusalText.of(refused, zone(request))));
            case AgreedQuote.AgreedTermsChanged _ -> Optional.of(new Notice(
                    Notice.Kind.INFO, translate("approval.agreed.changed"), translate("approval.agreed.changed.why")));
        });
    }

    private Div mainColumn(ApprovalRequest request, Account account) {
        Div column = new Div(new Section(
                translate("approval.asked"), new Paragraph(translate("approval.quoted", request.reason())), ReasonText.list(request.reasons(), catalog),
                new DealPanel(request.asked(), catalog, account.zone())));
        Decision decision = request.decision();
        if (decision != null) {
            Section decided = new Section(translate("approval.decided"), new Paragraph(translate("approval.quoted", decision.comment())));
            Deal agreed = decision.agreed();
            if (agreed != null) {
                decided.add(new DealPanel(agreed, catalog, account.zone()));
            }
            column.add(decided);
        }
        return column;
    }

    private Div sideColumn(ApprovalRequest request, Account account) {
        ActorText actors = new ActorText(members.ofAccounts(signedIn.actor(), List.of(account.id())).getOrDefault(account.id(), List.of()), signedIn);
        DescriptionList facts = facts();
        fact(facts, translate("approval.by"), new Text(actors.of(request.askedBy())));
        fact(facts, translate("approval.at"), When.minute(request.askedAt(), account.zone()));
        Decision decision = request.decision();
        if (decision != null) {
            fact(facts, translate("approval.decided.by"), new Text(actors.of(decision.by())));
            fact(facts, translate("approval.decided.at"), When.minute(decision.at(), account.zone()));
        }
        if (request.state().open()) {
            fact(facts, translate("approval.until"), When.minute(request.expiresAt(), account.zone()));
        }
        if (request.acceptedAt() != null) {
            fact(facts, translate("approval.accepted.at"), When.minute(Objects.requireNonNull(request.acceptedAt()), account.zone()));
        }
        Div column = new Div(new Section(translate("approval.request"), facts), new Section(translate("approval.account"), account(request, account)));
        column.addClassName("side");
        return column;
    }

    private Component account(ApprovalRequest request, Account account) {
        DescriptionList facts = facts();
        fact(facts, translate("account.name"), new Anchor("accounts/" + account.key(), account.name()));
        fact(facts, translate("account.key"), new Text(account.key()));
        fact(facts, translate("approval.customer.since"), When.day(account.createdAt(), account.zone()));
        subscriptions.live(signedIn.actor(), account.id()).stream()
                .filter(each -> each.id().equals(request.subscription()))
                .findFirst()
                .ifPresent(subscription -> bought(facts, subscription));
        return facts;
    }

    private void bought(DescriptionList facts, AccountSubscription subscription) {
        fact(facts, translate("approval.has"), new Text(TermsText.of(subscription.terms(), catalog)));
        fact(facts, translate("account.state"), Status.of(subscription.state()));
        fact(facts, translate("approval.deal.recurring"), new Text(Figures.money(subscription.recurringTotal(catalog))));
        if (!subscription.balance().isZero()) {
            fact(facts, translate("subscription.balance"), new Text(Figures.money(subscription.balance().negated())));
        }
    }

    private static DescriptionList facts() {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        return facts;
    }

    private static void fact(DescriptionList facts, String name, Component value) {
        facts.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }
}
