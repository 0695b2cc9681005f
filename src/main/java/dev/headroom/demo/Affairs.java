package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalDecisions;
import dev.headroom.approval.ApprovalDecisions.DecideApproval;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.ApprovalRequests.AgreedQuote;
import dev.headroom.approval.ApprovalRequests.RequestApproval;
import dev.headroom.approval.DecideApprovalResult.ApprovalDecided;
import dev.headroom.approval.RequestApprovalResult.ApprovalPending;
import dev.headroom.approval.RequestApprovalResult.ApprovalRequested;
import dev.headroom.change.SeatGatherings;
import dev.headroom.change.SeatGatherings.SeatsGathering;
import dev.headroom.invoice.Invoices;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What takes two: somebody asks and somebody else decides, or it is arranged at Stripe. Telling it again changes nothing. */
final class Affairs {

    private static final Set<Permission> OF_A_MEMBER = Set.of(Permission.READ, Permission.QUOTE, Permission.CHANGE);

    private final Accounts accounts;
    private final Members members;
    private final Subscriptions subscriptions;
    private final Changes changes;
    private final ApprovalRequests requests;
    private final ApprovalDecisions decisions;
    private final SeatGatherings gatherings;
    private final Invoices invoices;
    private final StripeDashboard dashboard;

    Affairs(
            Accounts accounts, Members members, Subscriptions subscriptions, Changes changes, ApprovalRequests requests, ApprovalDecisions decisions,
            SeatGatherings gatherings, Invoices invoices, StripeDashboard dashboard) {
        this.accounts = accounts;
        this.members = members;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.requests = requests;
        this.decisions = decisions;
        this.gatherings = gatherings;
        this.invoices = invoices;
        this.dashboard = dashboard;
    }

    /** False when a dead process had begun it and nobody has finished it yet. */
    boolean carryOut(String account, Step.Affair affair, String key) {
        AccountId id = accounts.meant(SELF, account).id();
        return switch (affair) {
            case Step.Accept accept -> changes.change(account, accept.change());
            case Step.Ask ask -> asked(id, ask, key);
            case Step.Decide decide -> decided(id, decide, key);
            case Step.AcceptAgreed _ -> acceptAgreed(account, id);
            case Step.Gather gather -> gathered(id, gather);
            case Step.PayByInvoice terms -> dashboard.sendInvoices(only(id), terms.days());
            case Step.BillByHand work -> dashboard.bill(only(id), work.minor(), work.what(), key);
            case Step.LookAtQuote look -> changes.looked(account, look.change());
            case Step.LookAtInvoices _ -> !invoices.page(SELF, id, null, null, 1).isEmpty();
            case Step.Refund refund -> dashboard.refund(account, refund.minor(), key);
        };
    }

    private boolean asked(AccountId account, Step.Ask step, String key) {
        return switch (requests.ask(someone(account), account, new RequestApproval(key, null, step.change(), step.discount(), step.reason()))) {
            case ApprovalRequested _, ApprovalPending _ -> true;
            case Object refused -> throw new IllegalStateException("Asking was answered with " + refused);
        };
    }

    private boolean decided(AccountId account, Step.Decide step, String key) {
        Optional<ApprovalRequest> waiting = requests.ofAccount(SELF, account, ApprovalState.REQUESTED, 1).stream().findFirst();
        waiting.map(request -> decisions.decide(SELF, new DecideApproval(
                        key, request.id(), request.version(), step.verdict(), step.comment(), null, step.counter())))
                .filter(answer -> !(answer instanceof ApprovalDecided))
                .ifPresent(refused -> {
                    throw new IllegalStateException("The decision was answered with " + refused);
                });
        return true;
    }

    private boolean acceptAgreed(String key, AccountId account) {
        return requests.ofAccount(SELF, account, ApprovalState.APPROVED, 1).stream().findFirst()
                .flatMap(request -> requests.agreed(SELF, request))
                .map(agreed -> switch (agreed) {
                    case AgreedQuote.Live(var quote) -> changes.accepted(key, quote);
                    case AgreedQuote.AgreedTermsChanged changed -> throw new IllegalStateException("What was agreed is something else by now: " + changed);
                })
                .orElse(true);
    }

    private boolean gathered(AccountId account, Step.Gather step) {
        if (gatherings.gather(SELF, only(account), step.seats()) instanceof SeatsGathering) {
            return true;
        }
        throw new IllegalStateException("No seats could be gathered");
    }

    private AccountSubscription only(AccountId account) {
        return subscriptions.live(SELF, account).getFirst();
    }

    /** Whoever of them came first. */
    private Actor someone(AccountId account) {
        UUID first = members.ofAccounts(SELF, List.of(account)).get(account).getFirst().id();
        return new Actor.Member(account.value(), first, OF_A_MEMBER);
    }
}
