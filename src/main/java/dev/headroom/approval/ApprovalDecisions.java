package dev.headroom.approval;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRequest.ApprovalState;
import dev.headroom.approval.DealQuotes.Priced;
import dev.headroom.approval.DecideApprovalResult.ApprovalDecided;
import dev.headroom.approval.DecideApprovalResult.ApprovalNotWaiting;
import dev.headroom.approval.DecideApprovalResult.ApprovalTermsChanged;
import dev.headroom.approval.DecideApprovalResult.NotSold;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.RequestedChange;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Deciding about requests: once, by somebody other than who asked, and about exactly what was seen. */
@Service
public class ApprovalDecisions {

    private final ApprovalRepository requests;
    private final StoredDecisions stored;
    private final DealQuotes deals;
    private final IdempotencyKeys keys;
    private final InstantSource clock;

    ApprovalDecisions(ApprovalRepository requests, StoredDecisions stored, DealQuotes deals, IdempotencyKeys keys, InstantSource clock) {
        this.requests = requests;
        this.stored = stored;
        this.deals = deals;
        this.keys = keys;
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

    /**
     * Prices what would be agreed, for which Stripe may be asked, and only then decides, in a transaction that waits for nobody.
     *
     * @throws HeadroomException FORBIDDEN without the say, or about one's own request; NOT_FOUND
     */
    public DecideApprovalResult decide(Actor actor, DecideApproval command) {
        actor.requireEveryAccount(Permission.APPROVE);
        String comment = Check.text("input.comment", command.comment());
        if (command.verdict() != Verdict.COUNTER && (command.change() != null || command.discount() != null)) {
            throw HeadroomException.invalid("input.verdict", "Only a counter-offer has a change or a discount of its own");
        }
        ApprovalRequest request = requests.byId(command.request(), clock.instant())
                .orElseThrow(() -> HeadroomException.notFound("input.request", "No such request for approval"));
        if (keys.resultOf(actor, StoredDecisions.OPERATION, command.idempotencyKey(), command).isPresent()) {
            return new ApprovalDecided(request);
        }
        if (request.askedBy().equals(actor.name())) {
            throw HeadroomException.forbidden("Whoever asks does not decide: leave it to somebody else");
        }
        return request.state() == ApprovalState.REQUESTED && request.version() == command.version()
                ? decide(actor, command, request, comment)
                : new ApprovalNotWaiting(request);
    }

    private DecideApprovalResult decide(Actor actor, DecideApproval command, ApprovalRequest request, String comment) {
        Deal asked = request.asked();
        return switch (command.verdict()) {
            case REJECT -> stored.reject(actor, command, comment);
            case APPROVE -> switch (deals.price(actor, request.account(), asked.change(), asked.discount())) {
                case Priced.Refused(QuoteResult why) -> new NotSold(why);
                case Priced.Found found -> asked.sells(found.wished())
                        ? stored.agree(actor, command, ApprovalState.APPROVED, found, comment)
                        : new ApprovalTermsChanged(request, found.quote());
            };
            case COUNTER -> switch (deals.price(actor, request.account(), Objects.requireNonNullElse(command.change(), asked.change()), command.discount())) {
                case Priced.Refused(QuoteResult why) -> new NotSold(why);
                case Priced.Found found -> {
                    requireSame(request, found.quote());
                    yield stored.agree(actor, command, ApprovalState.COUNTERED, found, comment);
                }
            };
        };
    }

    private static void requireSame(ApprovalRequest request, Quote quote) {
        if (!quote.subscription().id().equals(request.subscription())) {
            throw HeadroomException.invalid("input.change", "The request is about another subscription of the account");
        }
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
