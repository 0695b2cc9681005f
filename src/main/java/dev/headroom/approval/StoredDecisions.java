package dev.headroom.approval;

import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalDecisions.DecideApproval;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.ApprovalRequest.Decision;
import dev.headroom.approval.DealQuotes.Priced;
import dev.headroom.approval.DecideApprovalResult.ApprovalDecided;
import dev.headroom.approval.DecideApprovalResult.ApprovalNotWaiting;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The transaction in which a request is decided, if it still waits as it did when it was looked at and priced. */
@Service
class StoredDecisions {

    static final String OPERATION = "decideApproval";

    private final ApprovalRepository requests;
    private final ApprovalRuleSets rules;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    StoredDecisions(
            ApprovalRepository requests, ApprovalRuleSets rules, Catalog catalog, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.requests = requests;
        this.rules = rules;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    DecideApprovalResult reject(Actor actor, DecideApproval command, String comment) {
        return decide(actor, command, request ->
                request.decided(ApprovalState.REJECTED, new Decision(null, comment, actor.name(), clock.instant()), request.expiresAt()));
    }

    /** The discount becomes an offer in this transaction, and a coupon at Stripe after it: now, or as soon as Stripe can be reached. */
    @Transactional
    DecideApprovalResult agree(Actor actor, DecideApproval command, ApprovalState as, Priced.Found found, String comment) {
        return decide(actor, command, request -> {
            Instant now = clock.instant();
            if (found.offer() != null) {
                catalog.agree(actor, found.offer());
            }
            Instant until = found.offer() == null ? now.plus(rules.current(found.quote().subscription().product()).patience()) : found.offer().window().until();
            return request.decided(as, new Decision(found.agreed(), comment, actor.name(), now), until);
        });
    }

    private DecideApprovalResult decide(Actor actor, DecideApproval command, UnaryOperator<ApprovalRequest> decision) {
        ApprovalRequest before = requests.locked(command.request(), clock.instant()).orElseThrow();
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, before.id()) instanceof Claim.Repeat) {
            return new ApprovalDecided(before);
        }
        if (before.state() != ApprovalState.REQUESTED || before.version() != command.version()) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return new ApprovalNotWaiting(before);
        }
        ApprovalRequest after = decision.apply(before);
        requests.update(after);
        audit.changed(actor, OPERATION, after.account().value(), "approvalRequest", after.id(), before, after, Optional.ofNullable(after.decision()).map(ApprovalRequest.Decision::comment).orElse(null));
        return new ApprovalDecided(after);
    }
}
