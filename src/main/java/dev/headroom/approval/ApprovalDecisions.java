package dev.headroom.approval;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRequest.Decision;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.DealQuotes.Priced;
import dev.headroom.approval.DecideApprovalResult.ApprovalDecided;
import dev.headroom.approval.DecideApprovalResult.ApprovalNotWaiting;
import dev.headroom.approval.DecideApprovalResult.ApprovalTermsChanged;
import dev.headroom.approval.DecideApprovalResult.NotSold;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.RequestedChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deciding about requests: once, by somebody other than who asked, and about exactly what was seen. */
@Service
public class ApprovalDecisions {

    private static final String OPERATION = "decideApproval";

    private final ApprovalRepository requests;
    private final ApprovalRuleSets rules;
    private final DealQuotes deals;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    ApprovalDecisions(
            ApprovalRepository requests, ApprovalRuleSets rules, DealQuotes deals, Catalog catalog, IdempotencyKeys keys, AuditEntries audit,
            InstantSource clock) {
        this.requests = requests;
        this.rules = rules;
        this.deals = deals;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What to decide. */
    public enum Verdict {
        APPROVE,
        REJECT,
        /** Agree to something else. */
        COUNTER
    }

    /**
     * Decides about a request.
     *
     * @param version  of the request that was looked at
     * @param comment  for who asked
     * @param change   to agree to instead; absent is what was asked for, and only for a counter-offer is there another
     * @param discount to give with it; absent is none, and only for a counter-offer is it another than was wished
     */
    public record DecideApproval(
            String idempotencyKey, UUID request, int version, Verdict verdict, String comment, @Nullable RequestedChange change,
            @Nullable NegotiatedDiscount discount) {}

    /** @throws HeadroomException FORBIDDEN without the say, or about one's own request; NOT_FOUND */
    @Transactional
    public DecideApprovalResult decide(Actor actor, DecideApproval command) {
        actor.requireEveryAccount(Permission.APPROVE);
        String comment = Check.text("input.comment", command.comment());
        if (command.verdict() != Verdict.COUNTER && (command.change() != null || command.discount() != null)) {
            throw HeadroomException.invalid("input.verdict", "Only a counter-offer has a change or a discount of its own");
        }
        ApprovalRequest request = requests.locked(command.request(), clock.instant())
                .orElseThrow(() -> HeadroomException.notFound("input.request", "No such request for approval"));
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, request.id()) instanceof Claim.Repeat) {
            return new ApprovalDecided(request);
        }
        if (request.askedBy().equals(actor.name())) {
            throw HeadroomException.forbidden("Whoever asks does not decide: leave it to somebody else");
        }
        DecideApprovalResult result = request.state() == ApprovalState.REQUESTED && request.version() == command.version()
                ? decide(actor, command, request, comment)
                : new ApprovalNotWaiting(request);
        if (!(result instanceof ApprovalDecided)) {
            keys.release(actor, OPERATION, command.idempotencyKey());
        }
        return result;
    }

    private DecideApprovalResult decide(Actor actor, DecideApproval command, ApprovalRequest request, String comment) {
        Deal asked = request.asked();
        return switch (command.verdict()) {
            case REJECT -> store(actor, request, request.decided(ApprovalState.REJECTED, new Decision(null, comment, actor.name(), clock.instant()), request.expiresAt()));
            case APPROVE -> switch (deals.price(actor, request.account(), asked.change(), asked.discount())) {
                case Priced.Refused(QuoteResult why) -> new NotSold(why);
                case Priced.Found found -> asked.sells(found.wished())
                        ? agree(actor, request, ApprovalState.APPROVED, found, comment)
                        : new ApprovalTermsChanged(request, found.quote());
            };
            case COUNTER -> switch (deals.price(actor, request.account(), Objects.requireNonNullElse(command.change(), asked.change()), command.discount())) {
                case Priced.Refused(QuoteResult why) -> new NotSold(why);
                case Priced.Found found -> {
                    requireSame(request, found.quote());
                    yield agree(actor, request, ApprovalState.COUNTERED, found, comment);
                }
            };
        };
    }

    private static void requireSame(ApprovalRequest request, Quote quote) {
        if (!quote.subscription().id().equals(request.subscription())) {
            throw HeadroomException.invalid("input.change", "The request is about another subscription of the account");
        }
    }

    /** The discount becomes an offer in this transaction, and a coupon at Stripe after it: now, or as soon as Stripe can be reached. */
    private DecideApprovalResult agree(Actor actor, ApprovalRequest request, ApprovalState as, Priced.Found found, String comment) {
        Instant now = clock.instant();
        if (found.offer() != null) {
            catalog.agree(actor, found.offer());
        }
        Instant until = found.offer() == null ? now.plus(rules.current(found.quote().subscription().product()).patience()) : found.offer().window().until();
        return store(actor, request, request.decided(as, new Decision(found.agreed(), comment, actor.name(), now), until));
    }

    private DecideApprovalResult store(Actor actor, ApprovalRequest before, ApprovalRequest after) {
        requests.update(after);
        audit.changed(actor, OPERATION, after.account().value(), "approvalRequest", after.id(), before, after);
        return new ApprovalDecided(after);
    }

    /**
     * What a decision would come to, priced as it would be agreed; nothing is written.
     *
     * @param change   absent is what was asked for
     * @param discount absent is none
     */
    public QuoteResult preview(Actor actor, ApprovalRequest request, @Nullable RequestedChange change, @Nullable NegotiatedDiscount discount) {
        actor.requireEveryAccount(Permission.QUOTE);
        return switch (deals.price(actor, request.account(), Objects.requireNonNullElse(change, request.asked().change()), discount)) {
            case Priced.Refused(QuoteResult why) -> why;
            case Priced.Found found -> found.quote();
        };
    }
}
