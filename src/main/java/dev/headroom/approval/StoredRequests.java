package dev.headroom.approval;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.DealQuotes.Priced;
import dev.headroom.approval.RequestApprovalResult.ApprovalNotNeeded;
import dev.headroom.approval.RequestApprovalResult.ApprovalPending;
import dev.headroom.approval.RequestApprovalResult.ApprovalRequested;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The transaction in which a request that has been priced is stored, unless it need not or must not be. */
@Service
class StoredRequests {

    static final String OPERATION = "requestApproval";

    private final ApprovalRepository requests;
    private final ApprovalRuleSets rules;
    private final ApprovalReasons all;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    StoredRequests(
            ApprovalRepository requests, ApprovalRuleSets rules, ApprovalReasons all, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.requests = requests;
        this.rules = rules;
        this.all = all;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What an idempotency key stands for: the same words for another account are another command. */
    record Key(AccountId account, ApprovalRequests.RequestApproval command) {}

    /** @param asking what it is stored as, unless the key has made one already */
    @Transactional
    RequestApprovalResult store(Actor actor, Key key, ApprovalRequest.Asking asking, Priced.Found found) {
        String idempotencyKey = key.command().idempotencyKey();
        if (keys.claim(actor, OPERATION, idempotencyKey, key, asking.id()) instanceof Claim.Repeat(UUID made)) {
            return new ApprovalRequested(requests.byId(made, clock.instant()).orElseThrow());
        }
        RequestApprovalResult result = store(actor, asking, found);
        if (!(result instanceof ApprovalRequested)) {
            keys.release(actor, OPERATION, idempotencyKey);
        }
        return result;
    }

    private RequestApprovalResult store(Actor actor, ApprovalRequest.Asking asking, Priced.Found found) {
        Quote quote = found.quote();
        AccountSubscription subscription = quote.subscription();
        ApprovalRules current = rules.current(subscription.product());
        List<ApprovalReason> reasons = all.of(subscription, quote.when(), quote.target(), quote.quotation());
        if (reasons.isEmpty()) {
            return new ApprovalNotNeeded(quote);
        }
        Deal wished = found.wished();
        Instant now = clock.instant();
        Optional<ApprovalRequest> agreed = requests.open(subscription.account(), subscription.id(), now).stream()
                .filter(open -> open.state() == ApprovalState.APPROVED && open.isFor(wished))
                .findFirst();
        if (agreed.isPresent()) {
            return new ApprovalPending(agreed.get());
        }
        ApprovalRequest request = asking.of(subscription, wished, reasons, now, now.plus(current.patience()));
        if (!requests.insert(request)) {
            return new ApprovalPending(pending(request, now));
        }
        audit.changed(actor, OPERATION, request.account().value(), "approvalRequest", request.id(), null, request, request.reason());
        return new ApprovalRequested(request);
    }

    private ApprovalRequest pending(ApprovalRequest like, Instant now) {
        return requests.open(like.account(), like.subscription(), now).stream()
                .filter(open -> open.state() == ApprovalState.REQUESTED && open.asked().change().equals(like.asked().change()))
                .findFirst()
                .orElseThrow(() -> HeadroomException.of(
                        ErrorCode.CONFLICT, "input.change", "The same change was asked for and taken back in this moment; ask again"));
    }
}
