package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.PlanChange.State;
import dev.headroom.preview.TermsRequests;
import dev.headroom.quote.Quotes.LaterCharge;
import dev.headroom.quote.Quotes;
import dev.headroom.quote.Quotes.Waiting;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeScheduleGateway;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * What Stripe is told to do when a period ends: other items with the next one, or no next one. Nothing is charged by it. What waits stands with
 * the subscription; Stripe is made to agree with that, however often, so that whoever takes up where another died only has to do it again.
 */
@Service
class Arrangements {

    private static final Logger LOG = LoggerFactory.getLogger(Arrangements.class);
    private static final Actor.System SELF = new Actor.System("change");
    /** How long after its time a change is waited for before somebody looks whether it was made. */
    private static final Duration TELLING = Duration.ofMinutes(10);
    /** How long before its time Stripe is told what waits: long enough for whoever takes up where another died. */
    private static final Duration IN_TIME = Duration.ofMinutes(10);
    private static final String NOT_MADE = "not_made";
    /** Why something does not come: what it was to change ends before, as was asked for. */
    private static final String ENDS = "subscription_ends";
    static final String ENDED = "subscription_ended";

    private final PlanChangeRepository changes;
    private final Subscriptions subscriptions;
    private final Quotes quotes;
    private final StripeScheduleGateway stripe;
    private final TermsRequests requests;
    private final Catalog catalog;
    private final InstantSource clock;

    Arrangements(
            PlanChangeRepository changes, Subscriptions subscriptions, Quotes quotes, StripeScheduleGateway stripe, TermsRequests requests,
            Catalog catalog, InstantSource clock) {
        this.changes = changes;
        this.subscriptions = subscriptions;
        this.quotes = quotes;
        this.stripe = stripe;
        this.requests = requests;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** In transaction 1: whether the subscription is still what was quoted. */
    boolean lockedAt(PlanChange change) {
        return subscriptions.lockedAt(change.account(), change.subscription(), change.promise().version());
    }

    /** In transaction 1: puts a change that waits into the queue, by its time. */
    void begin(Actor actor, PlanChange change, ScheduledChange waiting) {
        if (change.effectiveAt() != null) {
            AccountSubscription longer = subscriptions.schedule(actor, change.account(), change.subscription(), queue -> with(queue, waiting), change.cause());
            tell(longer, longer.period().until(), Set.of(change.id()));
        }
    }

    /** In transaction 2: where the subscription is to end, so is what waits for its next period; where it goes on, what waits is made of that, and costs the same. */
    void arranged(Actor actor, PlanChange change) {
        if (change.to().renews()) {
            retell(subscriptions.byId(SELF, change.account(), change.subscription()));
        } else {
            supersede(actor, change);
        }
    }

    private List<Waiting> retell(AccountSubscription subscription) {
        List<Waiting> waiting = quotes.waiting(subscription, subscription.terms());
        waiting.forEach(each -> changes.retell(subscription.account(), each.change(), each.from(), each.to()));
        return waiting;
    }

    /** In a transaction: nothing of what waits is made of a subscription that ends. */
    void supersede(Actor actor, PlanChange end) {
        subscriptions.schedule(actor, end.account(), end.subscription(), _ -> List.of(), end.cause());
        changes.scheduled(end.account(), end.subscription())
                .forEach(superseded -> changes.settled(superseded, State.CANCELED, ENDS, clock.instant()));
    }

    private static List<ScheduledChange> with(List<ScheduledChange> queue, ScheduledChange last) {
        List<ScheduledChange> longer = new ArrayList<>(queue);
        longer.add(last);
        return longer;
    }

    /** In a transaction: takes a change out of the queue; what comes after it may find something else then. */
    void drop(Actor actor, PlanChange change) {
        drop(actor, change, Set.of(change.id()));
    }

    private void drop(Actor actor, PlanChange one, Set<UUID> dropped) {
        AccountSubscription left = subscriptions.schedule(
                actor, one.account(), one.subscription(), queue -> queue.stream().filter(each -> !dropped.contains(each.change())).toList(), one.cause());
        tell(left, one.dated() ? one.pricedAt() : left.period().until());
    }

    /** In a transaction: takes out of the queue what Stripe does not make, and ends what of it nobody works on. */
    void drop(PlanChange one, LeftOut leftOut) {
        LOG.error("What waited on a subscription of account {} will not be made, for Stripe refuses it: {}", one.account(), leftOut.changes(), leftOut.why());
        drop(SELF, one, Set.copyOf(leftOut.changes()));
        leftOut.changes().stream().flatMap(id -> changes.byId(one.account(), id).stream())
                .forEach(change -> changes.settled(change, State.REFUSED, leftOut.why().code(), clock.instant()));
    }

    /** In a transaction: puts the queue into another order; what nobody names comes last. */
    void reorder(Actor actor, PlanChange one, List<UUID> order) {
        tell(subscriptions.schedule(actor, one.account(), one.subscription(), queue -> queue.stream()
                .sorted(Comparator.comparingInt(each -> order.contains(each.change()) ? order.indexOf(each.change()) : order.size()))
                .toList(), one.cause()));
    }

    /** In a transaction: has each of what waits say what it finds and makes by now, and, of a later period, what it will be charged. */
    void tell(AccountSubscription subscription) {
        tell(subscription, subscription.period().until(), Set.of());
    }

    /** @param since from when on something else became of the subscription, or will, than what waits was promised for */
    void tell(AccountSubscription subscription, Instant since) {
        tell(subscription, since, Set.of());
    }

    /** @param promised whose charge was promised just now */
    private void tell(AccountSubscription subscription, Instant since, Set<UUID> promised) {
        boolean dated = subscription.scheduled().stream().anyMatch(each -> each.date() != null && !promised.contains(each.change()));
        Map<UUID, PlanChange> before = dated
                ? changes.scheduled(subscription.account(), subscription.id()).stream().collect(Collectors.toMap(PlanChange::id, Function.identity()))
                : Map.of();
        Map<UUID, Waiting> waiting = retell(subscription).stream().collect(Collectors.toMap(Waiting::change, Function.identity()));
        List<LaterCharge> charges = dated ? quotes.later(subscription) : List.of();
        charges.stream()
                .filter(each -> !promised.contains(each.change()))
                .filter(each -> !each.at().isBefore(subscription.period().until())
                        || before.containsKey(each.change()) && isAnother(each, since, before.get(each.change()), waiting.get(each.change())))
                .forEach(each -> changes.promise(subscription.account(), each.change(), each.due(), each.total()));
    }

    /** What was promised for a date within the period holds as long as it is made of the same, and nothing before it is taken off it, or comes to it, that alters its total. */
    private static boolean isAnother(LaterCharge charge, Instant since, PlanChange promised, Waiting waiting) {
        return !waiting.from().sells(promised.from()) || since.isBefore(charge.at()) && !charge.total().equals(promised.promise().total());
    }

    /** Makes Stripe agree with what a change arranges. */
    void arrange(PlanChange change) {
        AccountSubscription subscription = subscriptions.byId(SELF, change.account(), change.subscription());
        if (change.effectiveAt() != null) {
            List<Waiting> waiting = arranged(subscription, subscription.terms());
            arrange(subscription, change.effectiveAt(), waiting.isEmpty() ? subscription.terms() : waiting.getLast().to());
        } else if (change.to().renews()) {
            stripe.goOn(subscription.stripeId());
        } else {
            stripe.end(subscription.stripeId(), change.to().endsAt());
        }
    }

    /**
     * Makes Stripe agree with what waits on a subscription that something else than a change has altered.
     *
     * @param base what it is by now
     */
    void agree(AccountSubscription subscription, SubscriptionTerms base) {
        List<Waiting> waiting = arranged(subscription, base);
        if (!waiting.isEmpty()) {
            arrange(subscription, base, subscription.period().until(), waiting.getLast().to());
        }
    }

    /** The end of the queue that Stripe refuses. */
    record LeftOut(List<UUID> changes, StripeRefusedException why) {}

    /**
     * Makes Stripe agree with as much of the queue as it takes, from its beginning: what it was told before is not what was agreed any more.
     *
     * @return the rest
     * @throws StripeRefusedException when Stripe does not even take back what it was told, or another period runs by now
     */
    Optional<LeftOut> arrangeMost(PlanChange change) {
        AccountSubscription subscription = subscriptions.byId(SELF, change.account(), change.subscription());
        List<Waiting> waiting = arranged(subscription, subscription.terms());
        Optional<StripeRefusedException> refusal = Optional.empty();
        for (int most = waiting.size(); most > 0; most--) {
            Optional<StripeRefusedException> refused = refused(subscription, Objects.requireNonNull(change.effectiveAt()), waiting.get(most - 1).to());
            if (refused.isEmpty()) {
                return leftOut(waiting.subList(most, waiting.size()), refusal);
            }
            refusal = refusal.or(() -> refused);
        }
        stripe.changeNothing(subscription.stripeId());
        return leftOut(waiting, refusal);
    }

    private Optional<StripeRefusedException> refused(AccountSubscription subscription, Instant at, SubscriptionTerms next) {
        try {
            arrange(subscription, at, next);
            return Optional.empty();
        } catch (StripeRefusedException refused) {
            if (isOvertaken(refused)) {
                throw refused;
            }
            return Optional.of(refused);
        }
    }

    /** Whether Stripe has another period by now than the one after which something was to be made. */
    static boolean isOvertaken(StripeRefusedException refused) {
        return refused.code().equals(StripeScheduleGateway.OTHER_PERIOD);
    }

    private static Optional<LeftOut> leftOut(List<Waiting> waiting, Optional<StripeRefusedException> why) {
        return why.map(refused -> new LeftOut(waiting.stream().map(Waiting::change).toList(), refused));
    }

    private void arrange(AccountSubscription subscription, Instant at, SubscriptionTerms next) {
        arrange(subscription, subscription.terms(), at, next);
    }

    private void arrange(AccountSubscription subscription, SubscriptionTerms base, Instant at, SubscriptionTerms next) {
        if (next.equals(base)) {
            stripe.changeNothing(subscription.stripeId());
        } else {
            stripe.change(subscription.stripeId(), at, requests.sold(next, subscription), requests.redeemed(next), interval(next) != interval(base));
        }
    }

    /** What Stripe is told: without what waits for a date, which Headroom makes, and after which Stripe is told the rest anew. */
    private List<Waiting> arranged(AccountSubscription subscription, SubscriptionTerms base) {
        return quotes.waiting(subscription.undated(), base);
    }

    private Interval interval(SubscriptionTerms terms) {
        CatalogSnapshot known = catalog.snapshot();
        return known.price(terms.plan(known).price()).price().interval();
    }

    /**
     * Until when a change at once may keep what waits for the end of the period from Stripe, which has to be told again in time; empty where nothing does.
     */
    static Optional<Instant> latest(AccountSubscription subscription) {
        return subscription.undated().scheduled().isEmpty() ? Optional.empty() : Optional.of(subscription.period().until().minus(IN_TIME));
    }

    /** Whether it is too late to keep from Stripe what waits. */
    static boolean near(AccountSubscription subscription, Instant now) {
        return latest(subscription).filter(latest -> !now.isBefore(latest)).isPresent();
    }

    /** Lets the subscription go on as it is. */
    void arrangeNothing(AccountSubscription subscription) {
        stripe.changeNothing(subscription.stripeId());
    }

    /** Whether Stripe has made it, the end of the period having come before anybody told otherwise. */
    boolean made(PlanChange change, StripeSubscription read) {
        return requests.inForce(change.to(), change.movesItems(), read);
    }

    Instant telling(Instant effectiveAt) {
        return effectiveAt.plus(TELLING);
    }

    /** What a new period differs by, if anything waited for it. */
    static Optional<String> cause(AccountSubscription before, StripeSubscription read) {
        boolean begun = read.items().stream().anyMatch(item -> !item.period().from().isBefore(before.period().until()));
        List<ScheduledChange> waited = before.undated().scheduled();
        return begun && !waited.isEmpty() ? Optional.of(PlanChange.cause(waited.getLast().change())) : Optional.empty();
    }

    /**
     * Before a reading is recorded that shows that what waited was not made when its time came: Stripe may hold it for another time, which
     * nobody was told.
     */
    void forgetUnmade(AccountSubscription now) {
        List<PlanChange> waiting = now.live() && !now.scheduled().isEmpty() ? undated(changes.scheduled(now.account(), now.id())) : List.of();
        if (effectiveAt(waiting).filter(at -> begun(now, at)).isPresent() && !allMade(now)) {
            try {
                stripe.changeNothing(now.stripeId());
            } catch (StripeRefusedException refused) {
                LOG.error("Stripe may still hold what was not made of subscription {} in time", now.stripeId(), refused);
            }
        }
    }

    private static List<PlanChange> undated(List<PlanChange> waiting) {
        return waiting.stream().filter(change -> !change.dated()).toList();
    }

    private static Optional<Instant> effectiveAt(List<PlanChange> waiting) {
        return waiting.stream().map(PlanChange::effectiveAt).filter(Objects::nonNull).min(Instant::compareTo);
    }

    private static boolean begun(AccountSubscription now, Instant effectiveAt) {
        return !now.period().from().isBefore(effectiveAt);
    }

    private boolean allMade(AccountSubscription now) {
        return made(now).size() == now.undated().scheduled().size();
    }

    /** What Stripe has made of the queue: from its beginning as much as it was told before whoever told it died. */
    private Set<UUID> made(AccountSubscription now) {
        List<Waiting> steps = arranged(now, now.terms());
        int made = IntStream.rangeClosed(1, steps.size()).filter(most -> steps.get(most - 1).to().taking(List.of()).equals(now.terms())).max().orElse(0);
        return steps.subList(0, made).stream().map(Waiting::change).collect(Collectors.toSet());
    }

    /** Whether the period has begun at Stripe for which a change was to be made, and without it. */
    boolean missed(PlanChange change, StripeSubscription read) {
        Instant effectiveAt = Objects.requireNonNull(change.effectiveAt());
        return read.items().stream().anyMatch(item -> !item.period().from().isBefore(effectiveAt)) && !made(change, read);
    }

    /**
     * After a reading of the subscription, in its transaction: ends what waited for a period that has begun, and moves what waits for one
     * that ends at another time by now.
     */
    AccountSubscription settle(AccountSubscription now) {
        List<PlanChange> all = now.scheduled().isEmpty() ? List.of() : changes.scheduled(now.account(), now.id());
        if (!now.live() && !all.isEmpty()) {
            boolean asked = changes.open(now.account(), now.id()).filter(end -> end.to().over()).isPresent();
            return asked ? ended(now, all, State.CANCELED, ENDS) : ended(now, all, State.ABANDONED, ENDED);
        }
        List<PlanChange> waiting = undated(all);
        Optional<Instant> effectiveAt = effectiveAt(waiting);
        if (effectiveAt.isEmpty()) {
            return now;
        }
        if (begun(now, effectiveAt.get())) {
            Set<UUID> made = made(now);
            AccountSubscription applied = ended(now, waiting.stream().filter(change -> made.contains(change.id())).toList(), State.APPLIED, null);
            List<PlanChange> unmade = waiting.stream().filter(change -> !made.contains(change.id())).toList();
            AccountSubscription left = ended(applied, unmade, State.ABANDONED, NOT_MADE);
            if (!unmade.isEmpty()) {
                tell(left);
            }
            return left;
        }
        Instant until = now.period().until();
        if (!until.equals(effectiveAt.get())) {
            changes.move(now.account(), now.id(), until, telling(until));
        }
        return now;
    }

    /** In the transaction that ends a subscription of which Stripe knows nothing: nobody there will ever say what became of what is open. */
    void over(AccountSubscription gone) {
        changes.open(gone.account(), gone.id()).ifPresent(open -> {
            LOG.error("Plan change {} is over with subscription {}, which is not at Stripe; attempts: {}", open.id(), gone.stripeId(), open.attempt());
            changes.failed(open, State.ABANDONED, ENDED, null, clock.instant());
        });
        settle(gone);
    }

    private AccountSubscription ended(AccountSubscription now, List<PlanChange> waited, State state, @Nullable String code) {
        if (waited.isEmpty()) {
            return now;
        }
        waited.forEach(change -> changes.settled(change, state, code, clock.instant()));
        if (NOT_MADE.equals(code)) {
            LOG.error("What waited for the end of subscription {}'s period was not made by Stripe: {}", now.stripeId(), waited.stream().map(PlanChange::id).toList());
        }
        Set<UUID> over = waited.stream().map(PlanChange::id).collect(Collectors.toSet());
        return subscriptions.schedule(
                SELF, now.account(), now.id(), queue -> queue.stream().filter(each -> !over.contains(each.change())).toList(),
                waited.getLast().cause());
    }
}
