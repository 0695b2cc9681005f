package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.id.Ids;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PriceId;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.ObservedSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.subscription.Subscriptions.Known;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings what Stripe has into {@code subscription}; reads again whenever somebody else wrote meanwhile. */
@Service
public class SubscriptionMirrors {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMirrors.class);
    private static final Actor.System SELF = new Actor.System("change");
    /** Others write a few times a second at most, and a reading takes less. */
    private static final int MOST_READINGS = 20;

    private final StripeGateway stripe;
    private final StripeLinksRepository links;
    private final Subscriptions subscriptions;
    private final Arrangements arrangements;
    private final Catalog catalog;
    private final Bundles bundles;
    private final TransactionTemplate transaction;

    SubscriptionMirrors(
            StripeGateway stripe, StripeLinksRepository links, Subscriptions subscriptions, Arrangements arrangements, Catalog catalog,
            Bundles bundles, TransactionTemplate transaction) {
        this.stripe = stripe;
        this.links = links;
        this.subscriptions = subscriptions;
        this.arrangements = arrangements;
        this.catalog = catalog;
        this.bundles = bundles;
        this.transaction = transaction;
    }

    /**
     * A subscription that we know as it would be recorded if this was read now; equal to it where nothing differs. Nothing is written, and
     * whether something waits for the next invoice is not asked.
     */
    public AccountSubscription asRead(Actor.System actor, AccountSubscription known, StripeSubscription read) {
        return subscriptions.merged(actor, known, reader().read(
                known.account(), known.id(), read, known.unreckoned().contains(Unreckoned.WAITING), known.revision()));
    }

    /** Records a subscription of Stripe's that we do not have yet. */
    public AccountSubscription adopt(Actor.System actor, AccountId account, String stripeId, String cause) {
        return adopt(actor, account, stripe.subscription(stripeId), cause);
    }

    /** The same for one that was read: under the id that we began it with, which somebody may have died over, or under a new one. */
    public AccountSubscription adopt(Actor.System actor, AccountId account, StripeSubscription theirs, String cause) {
        SubscriptionId id = theirs.begunAs()
                .map(SubscriptionId::new)
                .filter(begun -> subscriptions.known(account, begun).revision() == 0)
                .orElseGet(() -> new SubscriptionId(Ids.next()));
        return refresh(actor, account, id, theirs.id(), cause, _ -> {});
    }

    /** Records that a subscription is over of which Stripe knows nothing any more, and with it whatever was to become of it. */
    public void gone(Actor.System actor, AccountSubscription known, String cause, Instant at) {
        transaction.executeWithoutResult(_ -> {
            subscriptions.end(actor, known.account(), known.id(), at, cause);
            arrangements.over(subscriptions.byId(actor, known.account(), known.id()));
        });
    }

    /** Records a subscription that we know as Stripe has it now, and looks what waits for its next invoice. */
    AccountSubscription refresh(Actor actor, AccountSubscription known, String cause) {
        return refresh(new Reading(actor, known.account(), known.id(), known.stripeId(), _ -> cause, true), _ -> {});
    }

    /**
     * @param cause of the difference, told from what Stripe has
     * @param looks whether it is looked what waits for its next invoice too
     */
    AccountSubscription refresh(Actor actor, AccountSubscription known, Function<StripeSubscription, String> cause, boolean looks) {
        return refresh(new Reading(actor, known.account(), known.id(), known.stripeId(), cause, looks), _ -> {});
    }

    /**
     * Records a subscription as Stripe has it now, and the account's others when that tells that the customer's balance, which all of
     * them share, is not what they say.
     *
     * @param alongside runs in the transaction that records it, with what is stored then
     */
    AccountSubscription refresh(
            Actor actor, AccountId account, SubscriptionId id, String stripeId, String cause, Consumer<AccountSubscription> alongside) {
        return refresh(new Reading(actor, account, id, stripeId, _ -> cause, false), alongside);
    }

    /**
     * What is read, and for whom.
     *
     * @param looks whether it is looked what waits for an invoice, which costs a request of its own; where something was known to, it always is
     */
    private record Reading(
            Actor actor, AccountId account, SubscriptionId id, String stripeId, Function<StripeSubscription, String> cause, boolean looks) {

        Reading ofBalance(AccountSubscription other) {
            return new Reading(actor, other.account(), other.id(), other.stripeId(), cause, false);
        }
    }

    /** What an answer of Stripe's was good for. */
    enum Recorded {
        /** Somebody else wrote since, or it does not tell all: the subscription is to be read. */
        NOT,
        /** Others of the account say another balance than it does, which may be what the request has made of it. */
        ALONE,
        /** With all that the request has done to any subscription. */
        WHOLLY
    }

    /**
     * Records a subscription as Stripe has just answered with it, so that it need not be read.
     *
     * @param before what was known before Stripe was asked
     */
    Recorded record(
            Actor actor, AccountId account, SubscriptionId id, Known before, StripeSubscription answered, String cause, Consumer<AccountSubscription> alongside) {
        Reading reading = new Reading(actor, account, id, answered.id(), _ -> cause, false);
        Optional<AccountSubscription> stored = before.waiting() ? Optional.empty() : stored(reading, before, answered, false, alongside);
        return stored.map(each -> shareBalance(reading, each) == 0 ? Recorded.WHOLLY : Recorded.ALONE).orElse(Recorded.NOT);
    }

    private AccountSubscription refresh(Reading reading, Consumer<AccountSubscription> alongside) {
        AccountSubscription stored = mirrored(reading, alongside);
        shareBalance(reading, stored);
        return stored;
    }

    /** Returns with how many. */
    private int shareBalance(Reading reading, AccountSubscription stored) {
        List<AccountSubscription> others = subscriptions.balancedOtherwise(reading.actor(), stored);
        others.forEach(other -> balanced(reading.ofBalance(other)));
        return others.size();
    }

    /** What was asked for is recorded by now; this one will be read again when somebody wants to change it, or Stripe tells of the customer. */
    private void balanced(Reading other) {
        try {
            mirrored(other, _ -> {});
        } catch (RuntimeException later) {
            LOG.warn("The balance of subscription {} could not be read: {}", other.id(), later.toString());
        }
    }

    private AccountSubscription mirrored(Reading reading, Consumer<AccountSubscription> alongside) {
        for (int times = 0; times < MOST_READINGS; times++) {
            Known before = subscriptions.known(reading.account(), reading.id());
            StripeSubscription read = stripe.subscription(reading.stripeId());
            boolean waiting = read.endedAt() == null && (reading.looks() || before.waiting()) && stripe.waitsForAnInvoice(read.customer(), read.id());
            Optional<AccountSubscription> stored = stored(reading, before, read, waiting, alongside);
            if (stored.isPresent()) {
                return stored.get();
            }
        }
        throw new IllegalStateException("Subscription " + reading.id() + " was written by somebody else at each of " + MOST_READINGS + " readings");
    }

    /** Empty when somebody else wrote since {@code before}. */
    private Optional<AccountSubscription> stored(
            Reading reading, Known before, StripeSubscription read, boolean waiting, Consumer<AccountSubscription> alongside) {
        ObservedSubscription observed = reader().read(reading.account(), reading.id(), read, waiting, before.revision());
        if (before.arranged() && !read.scheduledElsewhere()) {
            arrangements.forgetUnmade(subscriptions.merged(SELF, subscriptions.byId(SELF, reading.account(), reading.id()), observed));
        }
        return Optional.ofNullable(transaction.execute(_ -> {
            Optional<AccountSubscription> recorded =
                    subscriptions.record(reading.actor(), observed, before, reading.cause().apply(read)).map(arrangements::settle);
            recorded.ifPresent(alongside);
            return recorded;
        })).orElseThrow();
    }

    private StripeReader reader() {
        return new StripeReader(catalog.snapshot(), this::price, this::bundle, this::plan);
    }

    private Optional<Bundle> bundle(String coupon) {
        return links.local(Kind.COUPON, coupon).flatMap(bundles::find);
    }

    private Optional<PlanId> plan(String product) {
        return links.local(Kind.PRODUCT, product).map(PlanId::new);
    }

    private Optional<PriceId> price(String stripePrice) {
        return links.local(Kind.PRICE, stripePrice).map(PriceId::new);
    }
}
