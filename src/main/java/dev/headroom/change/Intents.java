package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.Quotes.Standing;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Transaction 1 of a change: from here on it survives this process, with all that it has taken. */
@Service
class Intents {

    static final String OPERATION = "changePlan";

    private final PlanChangeRepository changes;
    private final QuotedRepository quoted;
    private final Arrangements arrangements;
    private final ChangeExecutions executions;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final ShownQuotes shown;

    Intents(
            PlanChangeRepository changes, QuotedRepository quoted, Arrangements arrangements, ChangeExecutions executions, IdempotencyKeys keys, AuditEntries audit,
            ShownQuotes shown) {
        this.changes = changes;
        this.quoted = quoted;
        this.arrangements = arrangements;
        this.executions = executions;
        this.keys = keys;
        this.audit = audit;
        this.shown = shown;
    }

    /**
     * @param agreement the request that was agreed to, and that the change uses up; empty where nobody had to agree
     */
    @Transactional
    Intent store(Actor actor, ChangePlan command, QuoteClaims claims, PlanChange wanted, Standing.Holds holds, Optional<UUID> agreement) {
        ShownQuote seen = shown.accepted(claims, holds);
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, wanted.id()) instanceof Claim.Repeat(UUID made)) {
            return new Intent.Earlier(changes.byId(wanted.account(), made).orElseThrow());
        }
        if (!arrangements.lockedAt(wanted)) {
            return without(actor, command, new Intent.Outdated());
        }
        Optional<PlanChange> other = wanted.dated() ? changes.open(wanted.account(), wanted.subscription()) : imminent(wanted, holds.subscription());
        if (other.isPresent()) {
            return without(actor, command, new Intent.Busy(other.get()));
        }
        Optional<Instant> possible = wanted.dated() || seen.now().lines().isEmpty() ? Optional.empty() : possibleFrom(wanted);
        if (possible.isPresent()) {
            return without(actor, command, new Intent.TooSoon(possible.get()));
        }
        if (changes.isBesideStart(wanted)) {
            return without(actor, command, new Intent.Outdated());
        }
        if (agreement.isPresent() && !changes.takeAgreement(wanted, agreement.get())) {
            return without(actor, command, busy(wanted).orElseGet(Intent.ApprovalGone::new));
        }
        if (!changes.takeOffers(wanted)) {
            changes.giveBack(wanted);
            return without(actor, command, new Intent.OfferGone());
        }
        if (!changes.insert(wanted, Optional.ofNullable(wanted.begins()).orElseGet(executions::leaseEnd))) {
            changes.giveBack(wanted);
            return without(actor, command, busy(wanted).orElseGet(Intent.Vacated::new));
        }
        quoted.insert(wanted, seen);
        if (wanted.dated() || !wanted.charges()) {
            arrangements.begin(actor, wanted, new ScheduledChange(
                    wanted.id(), claims.change(), claims.terms().items().stream().map(SubscriptionTerms.ItemTerms::price).toList(), claims.terms().bundles(), claims.terms().prorated()));
        }
        audit.created(actor, OPERATION, wanted.account().value(), "planChange", wanted.id(), wanted);
        return new Intent.Stored(wanted);
    }

    /** What Stripe is about to make, and could not be told anew in time if something else was done before. */
    private Optional<PlanChange> imminent(PlanChange wanted, AccountSubscription subscription) {
        boolean before = wanted.charges() && !wanted.to().over() && Arrangements.near(subscription, executions.now());
        return before ? changes.byId(wanted.account(), subscription.undated().scheduled().getLast().change()) : Optional.empty();
    }

    private Optional<Instant> possibleFrom(PlanChange wanted) {
        Instant now = executions.now();
        return InvoiceRate.possibleFrom(changes.invoiced(wanted.account(), wanted.subscription(), InvoiceRate.since(now)), now);
    }

    private Intent without(Actor actor, ChangePlan command, Intent why) {
        keys.release(actor, OPERATION, command.idempotencyKey());
        return why;
    }

    private Optional<Intent> busy(PlanChange wanted) {
        return changes.before(wanted.account(), wanted.subscription()).map(Intent.Busy::new);
    }
}
