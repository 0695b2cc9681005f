package dev.headroom.approval;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.DealQuotes.Priced;
import dev.headroom.approval.RequestApprovalResult.ApprovalRequested;
import dev.headroom.approval.RequestApprovalResult.NotQuoted;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.RequestedChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asking for what is not sold to everybody, taking that back, and what can be accepted of what was agreed. */
@Service
public class ApprovalRequests {

    private final ApprovalRepository requests;
    private final StoredRequests stored;
    private final DealQuotes deals;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    ApprovalRequests(
            ApprovalRepository requests, StoredRequests stored, DealQuotes deals, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.requests = requests;
        this.stored = stored;
        this.deals = deals;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks to be allowed a change.
     *
     * @param quoteToken of a quote of the change, or absent where the change is given
     * @param discount   wished beyond what is on offer
     * @param reason     why, for whoever decides
     */
    public record RequestApproval(
            String idempotencyKey, @Nullable String quoteToken, @Nullable RequestedChange change, @Nullable NegotiatedDiscount discount, String reason) {}

    /** What came of taking a request back. */
    public sealed interface WithdrawApprovalResult {}

    /** Nobody decides about it any more, and what was agreed cannot be accepted. */
    public record ApprovalWithdrawn(ApprovalRequest request) implements WithdrawApprovalResult {}

    /** There is nothing to take back, as its state says. */
    public record ApprovalNotOpen(ApprovalRequest request) implements WithdrawApprovalResult {}

    /** What became of what was agreed. */
    public sealed interface AgreedQuote {

        /** As it can be accepted now, or why it cannot. */
        record Live(QuoteResult quote) implements AgreedQuote {}

        /** The subscription or the catalogue has changed: the same change would be something else than what was agreed, and needs to be asked for anew. */
        record AgreedTermsChanged(Quote freshQuote) implements AgreedQuote {}
    }

    /**
     * Prices what is asked for, for which Stripe may be asked, and only then stores it, in a transaction that waits for nobody.
     *
     * @throws HeadroomException INVALID_INPUT, naming the field
     */
    public RequestApprovalResult ask(Actor actor, AccountId account, RequestApproval command) {
        actor.require(Permission.QUOTE, account.value());
        ApprovalRequest.Asking asking = new ApprovalRequest.Asking(Ids.next(), Check.text("input.reason", command.reason()), actor.name());
        RequestedChange change = change(actor, account, command);
        StoredRequests.Key key = new StoredRequests.Key(account, command);
        Optional<UUID> made = keys.resultOf(actor, StoredRequests.OPERATION, command.idempotencyKey(), key);
        if (made.isPresent()) {
            return new ApprovalRequested(requests.byId(made.get(), clock.instant()).orElseThrow());
        }
        return switch (deals.price(actor, account, change, command.discount())) {
            case Priced.Refused(QuoteResult why) -> new NotQuoted(why);
            case Priced.Found found -> stored.store(actor, key, asking, found);
        };
    }

    private RequestedChange change(Actor actor, AccountId account, RequestApproval command) {
        if ((command.quoteToken() == null) == (command.change() == null)) {
            throw HeadroomException.invalid("input.change", "Give either a quoteToken or a change");
        }
        if (command.quoteToken() == null) {
            return Check.present("input.change", command.change());
        }
        QuoteClaims claims = deals.asked(actor, command.quoteToken());
        if (!claims.account().equals(account)) {
            throw HeadroomException.invalid("input.quoteToken", "The quote is another account's");
        }
        return claims.change();
    }

    /**
     * Takes a request back, also one that was agreed to and not accepted: for who asked, and whoever may spend the account's money.
     *
     * @throws HeadroomException NOT_FOUND, also for another account's; FORBIDDEN for others of the account
     */
    @Transactional
    public WithdrawApprovalResult withdraw(Actor actor, AccountId account, UUID id) {
        actor.require(Permission.QUOTE, account.value());
        ApprovalRequest before = ofAccount(requests.locked(id, clock.instant()), account, "input.request");
        if (!before.askedBy().equals(actor.name())) {
            actor.require(Permission.CHANGE);
        }
        if (before.state() == ApprovalState.WITHDRAWN) {
            return new ApprovalWithdrawn(before);
        }
        if (!before.state().open()) {
            return new ApprovalNotOpen(before);
        }
        ApprovalRequest after = before.withdrawn();
        requests.update(after);
        audit.changed(actor, "withdrawApproval", account.value(), "approvalRequest", id, before, after);
        return new ApprovalWithdrawn(after);
    }

    /** What was agreed as it could be accepted now; empty unless the request is open and agreed to. */
    public Optional<AgreedQuote> agreed(Actor actor, ApprovalRequest request) {
        actor.require(Permission.QUOTE, request.account().value());
        return request.agreed().filter(_ -> request.state().agreed()).map(deal -> {
            QuoteResult now = deals.live(actor, request, deal);
            return now instanceof Quote quote && !deal.covers(quote.when(), quote.target(), quote.quotation().now().at())
                    ? new AgreedQuote.AgreedTermsChanged(quote)
                    : new AgreedQuote.Live(now);
        });
    }

    /** Newest first. @param state absent for all */
    public List<ApprovalRequest> ofAccount(Actor actor, AccountId account, @Nullable ApprovalState state, int most) {
        actor.require(Permission.READ, account.value());
        return requests.page(account, state, null, most, clock.instant());
    }

    /**
     * Newest first, of all accounts.
     *
     * @param before the last one of the page before
     */
    public List<ApprovalRequest> all(Actor actor, @Nullable ApprovalState state, @Nullable UUID before, int most) {
        actor.requireEveryAccount(Permission.READ);
        return requests.page(null, state, before, most, clock.instant());
    }

    /** @throws HeadroomException NOT_FOUND, also for another account's */
    public ApprovalRequest byId(Actor actor, UUID id) {
        actor.require(Permission.READ);
        return requests.byId(id, clock.instant()).filter(found -> actor.sees(found.account().value())).orElseThrow(() -> unknown("id"));
    }

    private static ApprovalRequest ofAccount(Optional<ApprovalRequest> found, AccountId account, String field) {
        return found.filter(request -> request.account().equals(account)).orElseThrow(() -> unknown(field));
    }

    private static HeadroomException unknown(String field) {
        return HeadroomException.notFound(field, "No such request for approval");
    }
}
