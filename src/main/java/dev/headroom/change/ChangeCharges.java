package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChange.State;
import dev.headroom.invoice.Invoices;
import dev.headroom.money.Money;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.stripe.StripeSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Which invoice bills a change, and that nobody pays more than was promised, or is given back less. */
@Service
class ChangeCharges {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeCharges.class);
    private static final Actor.System SELF = new Actor.System("change");
    private static final String PAID = "paid";
    /** By how much Stripe's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final PlanChangeRepository changes;
    private final Invoices invoices;
    private final StripeGateway stripe;

    ChangeCharges(PlanChangeRepository changes, Invoices invoices, StripeGateway stripe) {
        this.changes = changes;
        this.invoices = invoices;
        this.stripe = stripe;
    }

    /**
     * What a change came to.
     *
     * @param end      APPLIED, or MISMATCHED
     * @param invoice  Stripe's id; absent where nothing was billed
     * @param credited whether something was put on the balance since, of which the subscription that was read tells nothing
     */
    record Charged(State end, Money charged, @Nullable String invoice, boolean credited) {

        /** Whether an invoice is the one that billed it, and nothing more will come of it by itself. */
        private boolean endsWith(@Nullable Document answered) {
            return answered != null && answered.id().equals(invoice) && answered.status().equals(PAID);
        }
    }

    /**
     * In the transaction that ends a change: keeps its invoice as Stripe has answered with it, so that nobody need read it; false where that does not tell
     * all, or somebody has read it already.
     */
    boolean keep(PlanChange change, Charged charged, @Nullable Document answered) {
        return charged.endsWith(answered) && invoices.record(SELF, change.account(), change.subscription(), Objects.requireNonNull(answered));
    }

    /** What a change that is in force was charged. */
    Charged of(PlanChange change, StripeSubscription paid) {
        Optional<StripeInvoice> invoice = invoice(change, paid);
        Money charged = new Money(invoice.map(StripeInvoice::amountDue).orElse(0L), change.due().currency());
        Money total = new Money(invoice.map(StripeInvoice::total).orElse(0L), change.due().currency());
        Money more = change.to().over() ? madeUp(change, paid, total) : Money.zero(charged.currency());
        Money ofCard = charged.isZero() ? charged : charged.minus(more);
        State end = change.promised(ofCard, total.minus(more)) ? State.APPLIED : mismatched(change, paid, charged, total);
        return new Charged(end, charged, invoice.map(StripeInvoice::id).orElse(null), end == State.MISMATCHED || more.isPositive());
    }

    /**
     * Stripe gives back what is left at the second in which it ends a subscription, which is less than was left at the quoted one: the rest of what was
     * promised is put on the balance.
     *
     * @param total of the invoice that Stripe has made
     * @return what that was; zero where Stripe gave back as much as was promised, or more, which nobody promised
     */
    private Money madeUp(PlanChange change, StripeSubscription over, Money total) {
        Money missing = total.minus(Objects.requireNonNull(change.promise().total()));
        if (!missing.isPositive()) {
            return Money.zero(missing.currency());
        }
        stripe.credit(over.customer(), missing, "The rest of what was promised for the end of the subscription by plan change " + change.id(), change.id() + ":rest");
        return missing;
    }

    /** Must not happen; should it, the customer gets back what was taken beyond the promise, and somebody has to look. */
    private State mismatched(PlanChange change, StripeSubscription paid, Money charged, Money total) {
        LOG.error("Plan change {} was promised at {} of {} and charged {} of {}", change.id(), change.due(), change.promise().total(), charged, total);
        Money excess = change.excess(charged, total);
        if (excess.isPositive()) {
            stripe.credit(paid.customer(), excess, "Charged beyond the quote of plan change " + change.id(), change.id() + ":credit");
        }
        return State.MISMATCHED;
    }

    /** Whether Stripe has billed it, whatever was put on top of it since. */
    boolean billed(PlanChange change, StripeSubscription read) {
        return invoice(change, read).isPresent();
    }

    /** The subscription's latest invoice, unless it was billed again since: a change may be found applied long after it was. */
    private Optional<StripeInvoice> invoice(PlanChange change, StripeSubscription paid) {
        return Optional.ofNullable(paid.latestInvoice())
                .filter(latest -> bills(latest, change, paid.endedAt()))
                .or(() -> stripe.invoices(paid.id())
                        .filter(each -> bills(each, change, paid.endedAt()))
                        .min(Comparator.comparing(StripeInvoice::createdAt)));
    }

    /** Two changes may be quoted in one second, of which the other may bill nothing. */
    private boolean bills(StripeInvoice invoice, PlanChange change, @Nullable Instant ended) {
        boolean its = change.to().over()
                ? invoice.billsEnd(ended, change.pricedAt())
                : change.startsPeriod() ? invoice.billsFrom(change.pricedAt()) : invoice.proratesFrom(change.pricedAt()) || invoice.billsWholePeriods() && madeWhenAsked(invoice, change);
        return its && !changes.isOfAnother(change, invoice.id());
    }

    /** No request is on its way for longer than a change belongs to whoever asks: what was made later is something else's. */
    private static boolean madeWhenAsked(StripeInvoice invoice, PlanChange change) {
        Instant asked = change.attemptedAt();
        if (asked == null || !invoice.createdAt().isBefore(asked.plus(ChangeExecutions.LEASE).plus(CLOCKS))) {
            return false;
        }
        boolean before = invoice.createdAt().isBefore(change.pricedAt());
        return !before || !invoice.createdAt().isBefore(change.pricedAt().minus(CLOCKS)) && change.promisedInAll(invoice.total());
    }
}
