package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Asking.Need;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Says what a change would cost; asking changes nothing, and asks the database nothing that this node knows, nor Stripe what we can reckon. Only
 * where Stripe was asked and differs is that noted.
 */
@Service
public class Quotes {

    /** How long before it Stripe is told to begin a period together with another subscription's: long enough for whoever takes up where another died. */
    public static final Duration TOLD = Duration.ofMinutes(10);

    static final long MOST_SEATS = 1_000_000;

    private static final Actor.System SELF = new Actor.System("quote");

    private final Subscriptions subscriptions;
    private final Entitlements entitlements;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Pricings pricings;
    private final QuoteTokens tokens;
    private final InstantSource clock;

    Quotes(
            Subscriptions subscriptions, Entitlements entitlements, Catalog catalog, Bundles bundles, Pricings pricings, QuoteTokens tokens,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.bundles = bundles;
        this.pricings = pricings;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A quote for a change of one of the account's subscriptions, or why there is none. */
    public QuoteResult quote(Actor actor, AccountId account, RequestedChange change) {
        actor.require(Permission.QUOTE, account.value());
        return quoted(new Asking(actor, change, Need.ASKED), account, catalog.snapshot());
    }

    /** The same for a price that is shown among others. */
    QuoteResult listed(Actor actor, AccountId account, RequestedChange change) {
        actor.require(Permission.QUOTE, account.value());
        return quoted(new Asking(actor, change, Need.LISTED), account, catalog.snapshot());
    }

    /** A quote with an offer that is not there yet, to see what it would come to: it cannot be accepted. */
    public QuoteResult quote(Actor actor, AccountId account, RequestedChange change, Offer imagined) {
        actor.require(Permission.QUOTE, account.value());
        return quoted(new Asking(actor, change.ofOffer(imagined.key()), Need.IMAGINED), account, catalog.snapshot().with(imagined));
    }

    /**
     * A quote of moving one subscription, at once and prorated, onto a version of its plan or of an add-on that is not sold: it cannot be accepted.
     *
     * @throws HeadroomException NOT_FOUND for a subscription that does not run
     */
    public QuoteResult quote(Actor actor, AccountId account, SubscriptionId id, PlanVersion imagined) {
        actor.require(Permission.QUOTE, account.value());
        RequestedChange change = RequestedChange.onto(imagined.id(), When.NOW);
        return onto(new Asking(actor, change, Need.IMAGINED), account, id, catalog.snapshot().with(imagined));
    }

    /**
     * A quote of moving one subscription onto a version that is on sale of its plan or of an add-on, which the vendor asks for and no policy for customers steers.
     *
     * @throws HeadroomException NOT_FOUND for a subscription that does not run
     */
    public QuoteResult move(Actor.System actor, AccountId account, SubscriptionId id, PlanVersionId onto, When when) {
        return onto(new Asking(actor, RequestedChange.onto(onto, when), Need.ASKED), account, id, catalog.snapshot());
    }

    private QuoteResult onto(Asking asking, AccountId account, SubscriptionId id, CatalogSnapshot known) {
        Instant at = now();
        List<AccountSubscription> live = entitlements.subscriptions(asking.actor(), account);
        AccountSubscription subscription = live.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> HeadroomException.notFound("subscription", "No such subscription"));
        return Obstacle.of(subscription, known, at).orElseGet(
                () -> pricings.onto(asking, circumstances(subscription, live, known, at), today(asking.actor(), subscription, known)));
    }

    private QuoteResult quoted(Asking asking, AccountId account, CatalogSnapshot known) {
        Actor actor = asking.actor();
        RequestedChange change = asking.change();
        if (change.seats() != null) {
            Check.between("change.seats", change.seats(), 1, MOST_SEATS);
        }
        Instant at = now();
        List<AccountSubscription> live = entitlements.subscriptions(actor, account);
        return Meant.by(account.value(), change, live, known).map(
                subscription -> Obstacle.of(subscription, known, at)
                        .orElseGet(() -> pricings.of(asking, circumstances(subscription, live, known, at), today(actor, subscription, known))),
                refused -> refused);
    }

    /**
     * The invoice that a running subscription is billed next where nothing more is asked for, with what waits for it: as we reckon it, without tax on top and
     * without what only Stripe knows. Empty where it ends before one.
     */
    public Optional<Invoice> coming(Actor actor, AccountSubscription subscription) {
        actor.require(Permission.READ, subscription.account().value());
        Instant at = now();
        Instant inside = subscription.period().contains(at) ? at : subscription.period().from();
        return circumstances(subscription, entitlements.subscriptions(actor, subscription.account()), catalog.snapshot(), inside).coming();
    }

    /**
     * Quotes to every plan above the current one, lowest first, all of them from the same facts.
     *
     * @param product key of the product; absent means that of the oldest subscription
     */
    public List<QuoteResult> upgrades(Actor actor, AccountId account, @Nullable String product) {
        actor.require(Permission.QUOTE, account.value());
        Instant at = now();
        CatalogSnapshot known = catalog.snapshot();
        Optional<ProductId> wanted = Optional.ofNullable(product).map(key -> known.requireProduct("product", key).id());
        List<AccountSubscription> live = entitlements.subscriptions(actor, account);
        return live.stream()
                .filter(subscription -> wanted.isEmpty() || subscription.product().equals(wanted.get()))
                .findFirst()
                .map(subscription -> upgrades(actor, circumstances(subscription, live, known, at)))
                .orElse(List.of());
    }

    private Circumstances circumstances(AccountSubscription subscription, List<AccountSubscription> live, CatalogSnapshot known, Instant at) {
        return new Circumstances(subscription, known, at, live.stream().filter(other -> !other.id().equals(subscription.id())).toList(), bundles.all());
    }

    private List<QuoteResult> upgrades(Actor actor, Circumstances now) {
        AccountSubscription subscription = now.subscription();
        CatalogSnapshot known = now.catalog();
        UUID account = subscription.account().value();
        Currency currency = subscription.balance().currency();
        int rank = subscription.planVersion(known).plan().rank();
        Optional<QuoteResult> refused = Obstacle.of(subscription, known, now.at());
        List<Entitlement> today = refused.isPresent() ? List.of() : today(actor, subscription, known);
        return known.listed(subscription.product(), Plan.Kind.TIER, account, currency).stream()
                .filter(version -> version.plan().rank() > rank && version.price(subscription.interval(), currency).equals(known.shown(version, subscription.interval(), currency, account)))
                .map(version -> RequestedChange.toPlan(version.plan().key()))
                .map(change -> refused.orElseGet(() -> pricings.of(new Asking(actor, change, Need.LISTED), now, today)))
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Entitlement> today(Actor actor, AccountSubscription subscription, CatalogSnapshot known) {
        List<String> features = known.featuresOf(subscription.product()).stream().map(Feature::key).toList();
        return entitlements.check(actor, subscription.account(), features, 0);
    }

    /**
     * What a token promises.
     *
     * @throws HeadroomException INVALID_INPUT for a token that is not ours, NOT_FOUND for another account's
     */
    public QuoteClaims verify(Actor actor, String token) {
        return read(actor, Permission.CHANGE, token);
    }

    /** The same for whoever may ask for quotes, without promising that it could be accepted. */
    public QuoteClaims asked(Actor actor, String token) {
        return read(actor, Permission.QUOTE, token);
    }

    private QuoteClaims read(Actor actor, Permission permission, String token) {
        QuoteClaims claims = tokens.read(token).orElseThrow(() -> HeadroomException.of(
                ErrorCode.INVALID_INPUT, "input.quoteToken", "This is not a quote token; ask for a quote and send its token unchanged"));
        actor.require(permission, claims.account().value());
        return claims;
    }

    /** Whether the promise can be kept now: {@link Standing.Holds}, or why not. */
    public Standing standing(Actor actor, QuoteClaims claims) {
        if (!clock.instant().isBefore(claims.expiresAt())) {
            return new Standing.Stale(Staleness.EXPIRED);
        }
        List<AccountSubscription> running = subscriptions.live(actor, claims.account());
        return running.stream()
                .filter(each -> each.id().equals(claims.subscription()) && each.version() == claims.version())
                .findFirst()
                .map(quoted -> standing(actor, claims, quoted, running))
                .orElseGet(() -> new Standing.Stale(Staleness.SUBSCRIPTION_CHANGED));
    }

    private Standing standing(Actor actor, QuoteClaims claims, AccountSubscription subscription, List<AccountSubscription> running) {
        CatalogSnapshot known = catalog.snapshot();
        boolean sold = claims.terms().items().stream().allMatch(item -> known.knows(item.price()));
        if (!sold || !known.offers().stream().map(Offer::id).collect(Collectors.toSet()).containsAll(claims.terms().offers())) {
            return new Standing.Stale(Staleness.PLAN_CHANGED);
        }
        // What the account has beside counts only where it may matter.
        List<AccountSubscription> live = claims.terms().bundles().isEmpty() && claims.when() != When.AT_DATE ? List.of() : running;
        Circumstances then = Promises.priced(claims.when(), claims.change(), circumstances(subscription, live, known, claims.quotedAt()));
        Instant from = claims.when() == When.PERIOD_END ? subscription.period().until() : claims.pricedAt();
        Target target = Target.of(claims.terms(), then.subscription(), known, bundles.all(), offer -> then.upcoming().taken().stream()
                .filter(taken -> taken.offer().equals(offer))
                .findFirst()
                .orElseGet(() -> new Target.Taken(offer, from, false)));
        if (!then.maySell(target)) {
            return new Standing.Stale(Staleness.PLAN_CHANGED);
        }
        if (!then.bundling().holds(target, then.subscription()) || target.together() != null && !meets(actor, claims, subscription)) {
            return new Standing.Stale(Staleness.SUBSCRIPTION_CHANGED);
        }
        Quotation again = then.price(claims.when(), target);
        return QuoteClaims.Amounts.of(again).equals(claims.reckoned())
                ? new Standing.Holds(subscription, running, target, again)
                : new Standing.Stale(Staleness.AMOUNT_CHANGED);
    }

    /** From its acceptance on the date is promised, whatever becomes of the other subscription. */
    private boolean meets(Actor actor, QuoteClaims claims, AccountSubscription own) {
        AccountSubscription other = subscriptions.find(actor, claims.account(), Objects.requireNonNull(claims.terms().together())).orElse(null);
        return Cotermination.holds(own, other, claims.quotedAt(), claims.pricedAt());
    }

    /** The account's other subscriptions to whose periods one could be brought: those that go on, and whose periods do not begin with its own already. */
    public List<AccountSubscription> companions(Actor actor, AccountSubscription subscription) {
        actor.require(Permission.QUOTE, subscription.account().value());
        Instant at = now();
        return entitlements.subscriptions(actor, subscription.account()).stream()
                .filter(other -> !other.id().equals(subscription.id()) && Cotermination.isPossible(subscription, other, at)).toList();
    }

    /** The subscription together with whose periods a quote's are to begin. */
    Optional<AccountSubscription> other(Actor actor, Quote quote) {
        return Optional.ofNullable(quote.target().together()).flatMap(id -> subscriptions.find(actor, quote.account(), id));
    }

    /**
     * Whether what waited for a date can be made as its date has come.
     *
     * @param from what it was to be made of
     */
    public Due due(AccountSubscription subscription, UUID change, SubscriptionTerms from, SubscriptionTerms to, Instant date) {
        CatalogSnapshot known = catalog.snapshot();
        List<UUID> queue = subscription.scheduled().stream().map(ScheduledChange::change).toList();
        // By then Stripe has made what waited for the end of that period, of which this would be something else.
        if (subscription.live() && date.isBefore(subscription.period().from())) {
            return new Due.Late();
        }
        if (queue.indexOf(change) > 0) {
            return new Due.Early();
        }
        Optional<SubscriptionTerms> made = waiting(subscription, subscription.terms()).stream().filter(each -> each.change().equals(change)).findFirst().map(Waiting::to);
        if (!subscription.live() || made.isEmpty() || !subscription.terms().sells(from) || !made.get().sells(to)) {
            return new Due.Outdated();
        }
        if (!date.isBefore(subscription.period().until())) {
            return new Due.Early();
        }
        Circumstances then = circumstances(subscription, subscriptions.live(SELF, subscription.account()), known, date);
        Target target = Target.of(made.get(), subscription, known, bundles.all(), offer -> new Target.Taken(offer, date, false));
        if (!then.bundling().holds(target, subscription)) {
            return new Due.Outdated();
        }
        return Obstacle.of(subscription, known, now())
                .or(() -> Obstacle.ofCommitment(then, When.AT_DATE, target))
                .or(() -> Pricings.unbilled(When.AT_DATE, target, then, today(SELF, subscription, known)))
                .<Due>map(Due.Obstructed::new)
                .orElseGet(() -> new Due.Possible(made.get()));
    }

    /** The quote that a token promises and that holds, as it was shown. */
    public Quote shown(QuoteClaims claims, Standing.Holds holds) {
        CatalogSnapshot known = catalog.snapshot();
        Circumstances now = circumstances(holds.subscription(), holds.running(), known, claims.quotedAt());
        return pricings.again(claims, holds.subscription(), Promises.priced(claims.when(), claims.change(), now), holds.target(), holds.quotation(), today(SELF, holds.subscription(), known));
    }

    /**
     * A fresh quote for what a token asked for, from the database: what this node remembers may be what went stale. Whoever may accept a
     * quote may be told what it has become. Where the amount was another, Stripe is asked, so that the next answer is no second refusal.
     */
    public QuoteResult again(Actor actor, QuoteClaims claims, Staleness why) {
        actor.require(Permission.CHANGE, claims.account().value());
        entitlements.forget(claims.account());
        boolean tooLate = claims.when() == When.AT_DATE && !claims.pricedAt().isAfter(now());
        RequestedChange asked = claims.change().asksForPeriods() ? claims.change().undecided() : claims.change();
        RequestedChange change = tooLate && !asked.asksForPeriods() ? asked.at(When.NOW) : asked;
        return quoted(new Asking(actor, change, why == Staleness.AMOUNT_CHANGED ? Need.CERTAIN : Need.ASKED), claims.account(), catalog.snapshot());
    }

    /**
     * What each change that waits finds and makes, in their order.
     *
     * @param base what the subscription is when the period ends
     */
    public List<Waiting> waiting(AccountSubscription subscription, SubscriptionTerms base) {
        CatalogSnapshot known = catalog.snapshot();
        return Upcoming.steps(subscription, Target.of(base, subscription, known, bundles.all(), Target::untaken), known, bundles.all()).stream()
                .map(step -> new Waiting(step.change(), step.from().terms(), step.to().terms()))
                .toList();
    }

    /**
     * What a subscription is in the bundles that its items belong into now.
     *
     * @param live all of the account's that run
     */
    public SubscriptionTerms bundled(AccountSubscription subscription, List<AccountSubscription> live) {
        Circumstances now = circumstances(subscription, live, catalog.snapshot(), now());
        return now.bundling().of(now.current()).terms();
    }

    /** The bundle that reduces a plan from its beginning, where the account has all else of it. */
    public Optional<Bundle> bundleOfStart(Actor actor, AccountId account, Plan plan) {
        return Bundling.ofStart(plan, subscriptions.live(actor, account), catalog.snapshot(), bundles.open());
    }

    /** What has become of a change that waited for a date, when that has come. */
    public sealed interface Due {

        /** Nothing of ours keeps it from being made; whether it is billed what was promised, Stripe says. */
        record Possible(SubscriptionTerms to) implements Due {}

        /** What is made before it is not yet, or its period has not begun as far as we know; Stripe takes a moment for that. */
        record Early() implements Due {}

        /** Another period has begun since, and Stripe bills for no second of one that is over. */
        record Late() implements Due {}

        /** The subscription is not what it was promised for. */
        record Outdated() implements Due {}

        record Obstructed(QuoteResult why) implements Due {}
    }

    /** What each change that waits for a date will be charged, as things stand. */
    public List<LaterCharge> later(AccountSubscription subscription) {
        List<AccountSubscription> live = subscriptions.live(SELF, subscription.account());
        return circumstances(subscription, live, catalog.snapshot(), now()).later();
    }

    /** The same of what waits for a later period, once a quote is accepted. */
    public List<LaterCharge> later(Actor actor, Quote quote) {
        AccountSubscription held = quote.subscription();
        List<UUID> later = held.scheduled().stream().filter(each -> !held.imminent().contains(each)).map(ScheduledChange::change).toList();
        if (later.isEmpty() || !quote.target().renews()) {
            return List.of();
        }
        Circumstances now = circumstances(held, subscriptions.live(actor, held.account()), catalog.snapshot(), quote.quotedAt());
        RequestedChange change = asked(actor, quote.token()).change();
        return (quote.when() == When.NOW ? now.after(quote.target()) : now.expecting(quote.id(), change, quote.target())).later().stream()
                .filter(each -> later.contains(each.change()))
                .toList();
    }

    /**
     * What a change that waits for a date will be charged, as things stand.
     *
     * @param due   what of it the card pays at most, for nobody knows what is on the balance by then
     * @param total of the invoice that is made then; negative where it gives back
     */
    public record LaterCharge(UUID change, Instant at, Money due, Money total) {}

    /** A change that waits. */
    public record Waiting(UUID change, SubscriptionTerms from, SubscriptionTerms to) {}

    /** Whether a promise can be kept. */
    public sealed interface Standing {
        /** @param running all of the account's subscriptions, this one among them */
        record Holds(AccountSubscription subscription, List<AccountSubscription> running, Target target, Quotation quotation) implements Standing {}

        record Stale(Staleness why) implements Standing {}
    }

    /** Why a quote cannot be accepted any more. */
    public enum Staleness {
        EXPIRED,
        /** Seats, plan, period, balance or discounts are not what they were. */
        SUBSCRIPTION_CHANGED,
        /** The plan is not on sale any more, or in another version. */
        PLAN_CHANGED,
        /** The account, or as many others as may, have taken the offer meanwhile. */
        OFFER_TAKEN,
        /** The same change costs something else by now. */
        AMOUNT_CHANGED
    }
}
