package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.QuotationFacts;
import dev.headroom.quote.Quotes.LaterCharge;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A subscription at the second for which its changes are priced.
 *
 * @param at      a whole second
 * @param others  the account's other subscriptions
 * @param bundles every one there ever was
 * @param current what the subscription is, found once for all that is asked of it
 * @param foreseen whether it is that only once another period has begun
 * @param balance what is on the customer's balance then, as far as nobody can have spent it
 */
record Circumstances(
        AccountSubscription subscription, CatalogSnapshot catalog, Instant at, List<AccountSubscription> others, List<Bundle> bundles, Target current,
        boolean foreseen, Money balance) {

    Circumstances(AccountSubscription subscription, CatalogSnapshot catalog, Instant at, List<AccountSubscription> others, List<Bundle> bundles) {
        this(subscription, catalog, at, others, bundles, Target.of(subscription, catalog, bundles), false, subscription.balance());
    }

    /**
     * The same at another second: within the running period nothing else happens until then, and beyond it what waits and what is usual. Where another
     * subscription is billed until then, credit may be spent on that.
     */
    Circumstances then(Instant date) {
        if (date.isBefore(subscription.period().until())) {
            boolean spent = others.stream().anyMatch(other -> other.billedBy(date));
            return new Circumstances(subscription.reducedBy(date), catalog, date, others, bundles, current, false, spent ? certain(balance) : balance);
        }
        AccountSubscription then = new Foreseen(subscription, catalog, bundles).at(date);
        return new Circumstances(then, catalog, date, others, bundles, Target.of(then, catalog, bundles), true, then.balance());
    }

    /** The same after a change at once. */
    Circumstances after(Target target) {
        AccountSubscription then = new Foreseen(subscription, catalog, bundles).after(target, at).subscription();
        return new Circumstances(then, catalog, at, others, bundles);
    }

    /** The same with one more change that waits. */
    Circumstances expecting(UUID change, RequestedChange requested, Target target) {
        SubscriptionTerms terms = target.terms();
        ScheduledChange waiting = new ScheduledChange(
                change, requested, terms.items().stream().map(SubscriptionTerms.ItemTerms::price).toList(), terms.bundles(), terms.prorated());
        return new Circumstances(
                subscription.waiting(Stream.concat(subscription.scheduled().stream(), Stream.of(waiting)).toList()), catalog, at, others, bundles);
    }

    /** What each change that waits for a date will be charged. */
    List<LaterCharge> later() {
        return subscription.renews() ? subscription.coming().stream().filter(each -> each.date() != null).map(this::later).toList() : List.of();
    }

    private LaterCharge later(ScheduledChange waiting) {
        Money total = made(waiting).total();
        return new LaterCharge(waiting.change(), Objects.requireNonNull(waiting.date()), total.isNegative() ? Money.zero(total.currency()) : total, total);
    }

    /** What is billed when something that waits for a date is made. */
    private Invoice made(ScheduledChange waiting) {
        Circumstances then = then(Objects.requireNonNull(waiting.date()));
        return then.price(When.AT_DATE, Upcoming.steps(then.subscription.waiting(List.of(waiting)), then.current, catalog, bundles).getFirst().to()).now();
    }

    /** The invoice that comes next where nothing more is asked for; empty where the subscription ends before one. */
    Optional<Invoice> coming() {
        return subscription.dated().filter(_ -> subscription.renews()).map(this::made)
                .or(() -> Optional.ofNullable(price(When.PERIOD_END, upcoming()).next()));
    }

    Bundling bundling() {
        return Bundling.at(at, subscription, others, catalog, bundles);
    }

    Target upcoming() {
        return Upcoming.of(subscription, current(), catalog, bundles);
    }

    /** What a change is made to. */
    Target base(When when) {
        return switch (when) {
            // What waits for a date is made before everything that waits for the end of the period.
            case NOW, AT_DATE -> current();
            case PERIOD_END -> upcoming();
        };
    }

    /** Whether all of a target can still be sold to whoever has the subscription, or was promised it. */
    boolean maySell(Target target) {
        Target current = current();
        Target upcoming = upcoming();
        return target.items().stream().allMatch(item -> item.version().onSale() || current.holds(item.version()) || upcoming.holds(item.version()));
    }

    /**
     * Whether a change waits for the end of the period where nobody says when: one that brings less or is billed more often, once something was
     * paid for. A longer interval costs less a month and is paid at once.
     */
    boolean waitsUnasked(Target target) {
        return subscription.renews() && givesBack(target);
    }

    /** Whether made at once it would leave something of what was paid to be given back. */
    boolean givesBack(Target target) {
        int longer = Integer.compare(target.interval().months(), subscription.interval().months());
        return subscription.state() != SubscriptionState.TRIALING && (longer < 0 || longer == 0 && growth(target) == GrowthKind.CONTRACTION);
    }

    /**
     * Whether it can be made at once with the running period left as it was billed. Another interval begins another period; and in classic mode
     * Stripe would later give back what the new price would have been billed at, and never was.
     */
    boolean unproratable(Target target) {
        return subscription.mode() == BillingMode.FLEXIBLE && target.interval() == subscription.interval();
    }

    /** A bundle that comes or goes with it does not decide when the rest takes effect. */
    GrowthKind growth(Target target) {
        return Movement.between(current().unbundled().priced(subscription, at), target.unbundled().priced(subscription, at), subscription.balance().currency(), at).growth();
    }

    /** Whether an end was set that cuts the running period short. */
    boolean endsWithinThePeriod() {
        Instant end = subscription.cancelAt();
        return end != null && !end.equals(subscription.trialUntil()) && end.isBefore(naturalEnd());
    }

    /** Whether that was billed, as Stripe does where nobody says otherwise: something was given back, and would have to be paid again. */
    boolean wasCutShort() {
        return endsWithinThePeriod() && (subscription.unreckoned().contains(Unreckoned.WAITING) || subscription.items().stream()
                .flatMap(item -> item.debits().stream())
                .anyMatch(debit -> debit.period().until().equals(subscription.cancelAt())));
    }

    private Instant naturalEnd() {
        return subscription.anchor().periodContaining(subscription.interval(), subscription.period().from()).until();
    }

    /** Whether a target brings less than there is, or the end. */
    boolean lessens(Target target) {
        return ends(target) || growth(target) == GrowthKind.CONTRACTION;
    }

    /** When a target would be reached; the end of a subscription is reached with its period, unless it comes at once. */
    Instant effective(When when, Target target) {
        if (target.endsAt() != null) {
            return target.endsAt();
        }
        return when == When.PERIOD_END || ends(target) && !target.over() ? subscription.period().until() : at;
    }

    boolean ends(Target target) {
        return target.over() || subscription.renews() && !target.renews();
    }

    /** With what waits for the end of the period made then, on top of a change at once. */
    Quotation price(When when, Target target) {
        Quotation change = switch (when) {
            case NOW, AT_DATE -> of(target.proration(), target);
            case PERIOD_END -> of(Proration.NONE, target);
        };
        if (target.endsAt() != null && target.endsAt().isAfter(subscription.period().until())) {
            return change.followedBy(Quotation.of(facts(Proration.NONE, target.priced(subscription, at), subscription.period(), target.endsAt())));
        }
        if (when == When.PERIOD_END && target.renews() && subscription.dated().isPresent()) {
            return change.followedBy(afterDate(target));
        }
        return when != When.PERIOD_END && target.renews() && !subscription.imminent().isEmpty() ? change.followedBy(next(change, target)) : change;
    }

    private Quotation of(Proration proration, Target target) {
        boolean ends = ends(target);
        List<Item> after = ends ? List.of() : target.priced(subscription, at);
        @Nullable Instant cancelAt = target.renews() ? null : subscription.cancelAt();
        // Whoever takes back an end that cuts the period short has it whole again.
        Period running = target.renews() && endsWithinThePeriod() ? new Period(subscription.period().from(), naturalEnd()) : subscription.period();
        return Quotation.of(facts(ends && !target.over() ? Proration.NONE : proration, after, running, cancelAt));
    }

    /** On top of what waits for a date: of what that bills, uses up and leaves on the balance. */
    private Quotation afterDate(Target target) {
        List<ScheduledChange> coming = subscription.coming();
        Target dated = Upcoming.steps(subscription.waiting(coming), current, catalog, bundles).getFirst().to();
        Circumstances then = then(Objects.requireNonNull(coming.getFirst().date()));
        Quotation made = then.of(dated.proration(), dated);
        return Quotation.of(new QuotationFacts(
                then.at, subscription.mode(), Proration.NONE, made.items(), target.priced(subscription, then.at), made.period(), made.anchor(),
                subscription.trialUntil(), null, made.now().endingBalance()));
    }

    private QuotationFacts facts(Proration proration, List<Item> after, Period running, @Nullable Instant cancelAt) {
        return new QuotationFacts(
                at, subscription.mode(), proration, subscription.billed(catalog), after, running, subscription.anchor(),
                subscription.trialUntil(), cancelAt, proration == Proration.NEW_PERIOD ? certain(balance) : balance);
    }

    /** Where another subscription is renewed before or in the same second, credit may be spent on that: it is taken for nothing, and the card pays less where there is some. */
    private static Money certain(Money balance) {
        return balance.isNegative() ? Money.zero(balance.currency()) : balance;
    }

    private Quotation next(Quotation change, Target target) {
        return Quotation.of(new QuotationFacts(
                at, subscription.mode(), Proration.NONE, change.items(), Upcoming.of(subscription, target, catalog, bundles).priced(subscription, at), change.period(),
                change.anchor(), subscription.trialUntil(), null, change.now().endingBalance()));
    }
}
