package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.start.StartQuoteResult.AlreadySubscribed;
import dev.headroom.start.StartQuoteResult.PlanIsNotOnSale;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;

/** Says what it would cost to start; asking changes nothing. */
@Service
public class StartQuotes {

    private static final Actor.System SELF = new Actor.System("start");

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final StartTargets targets;
    private final StartOptions options;
    private final StartPromises promises;
    private final Catalog catalog;
    private final InstantSource clock;

    StartQuotes(
            Accounts accounts, Subscriptions subscriptions, StartTargets targets, StartOptions options, StartPromises promises, Catalog catalog,
            InstantSource clock) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.targets = targets;
        this.options = options;
        this.promises = promises;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * A quote for a first subscription of a plan's product, or why there is none.
     *
     * @param path of the input that asks, for errors
     */
    public StartQuoteResult quote(Actor actor, AccountId account, RequestedStart wanted, String path) {
        actor.require(Permission.QUOTE, account.value());
        return quoted(actor, accounts.byId(SELF, account), wanted, path);
    }

    private StartQuoteResult quoted(Actor actor, Account account, RequestedStart wanted, String path) {
        return switch (targets.find(actor, account, wanted, path)) {
            case StartTargets.Answer.NotOnSale(var plan) -> new PlanIsNotOnSale(plan);
            case StartTargets.Answer.Found(StartTarget target) -> quoted(account, wanted, target, subscriptions.live(SELF, account.id()), path);
        };
    }

    private StartQuoteResult quoted(Account account, RequestedStart wanted, StartTarget target, List<AccountSubscription> live, String path) {
        return live.stream()
                .filter(subscription -> subscription.product().equals(target.version().plan().product()))
                .findFirst()
                .<StartQuoteResult>map(AlreadySubscribed::new)
                .orElseGet(() -> promised(account, wanted, target, pays(live) ? GrowthKind.CROSS_SELL : GrowthKind.NEW, path));
    }

    private StartQuoteResult promised(Account account, RequestedStart wanted, StartTarget target, GrowthKind growth, String path) {
        Instant at = now();
        return switch (options.of(account, wanted, target, at, path)) {
            case StartOptions.Answer.Found(StartTarget whole) -> promises.of(account, wanted, whole, growth, at);
            case StartOptions.Answer.Refused(StartNotAllowed why) -> why;
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean pays(List<AccountSubscription> live) {
        CatalogSnapshot known = catalog.snapshot();
        return live.stream().anyMatch(subscription -> subscription.recurringTotal(known).isPositive());
    }

    /**
     * What a token promises.
     *
     * @throws HeadroomException INVALID_INPUT for a token that is not ours, NOT_FOUND for another account's
     */
    public StartClaims verify(Actor actor, String token) {
        StartClaims claims = promises.read(token).orElseThrow(() -> HeadroomException.of(
                ErrorCode.INVALID_INPUT, "input.quoteToken", "This is not the token of a start's quote; ask for a startQuote and send its token unchanged"));
        actor.require(Permission.CHANGE, claims.account().value());
        return claims;
    }

    /**
     * Whether what was promised can be started now, as far as we know: Stripe has not been asked. Whoever may accept it may have been given a trial by
     * who could.
     */
    public Standing standing(Account account, StartClaims claims) {
        if (!clock.instant().isBefore(claims.expiresAt())) {
            return new Standing.Stale(Staleness.EXPIRED);
        }
        return switch (targets.find(SELF, account, claims.asked(), "input.quoteToken")) {
            case StartTargets.Answer.NotOnSale _ -> new Standing.Stale(Staleness.PLAN_CHANGED);
            case StartTargets.Answer.Found(StartTarget target) -> claims.sells(target)
                    ? standing(account, claims, target.trialUntil(claims.trialUntil()))
                    : new Standing.Stale(claims.price().equals(target.price().id()) ? Staleness.SUBSCRIPTIONS_CHANGED : Staleness.PLAN_CHANGED);
        };
    }

    private Standing standing(Account account, StartClaims claims, StartTarget target) {
        return options.promised(account, claims, target, now())
                .<Standing>map(Standing.Holds::new)
                .orElseGet(() -> new Standing.Stale(Staleness.SUBSCRIPTIONS_CHANGED));
    }

    /**
     * A fresh quote for what a token asked for; of a trial only for whoever gives one, for somebody of the account would have it anew with every token that
     * has expired.
     */
    public StartQuoteResult again(Actor actor, Account account, StartClaims claims) {
        RequestedStart asked = actor instanceof Actor.Member ? claims.asked().withoutTrial() : claims.asked();
        return quoted(SELF, account, asked, "input.quoteToken");
    }

    /** Whether a promise can be kept. */
    public sealed interface Standing {
        record Holds(StartTarget target) implements Standing {}

        record Stale(Staleness why) implements Standing {}
    }

    /** Why a start's quote cannot be accepted any more. */
    public enum Staleness {
        EXPIRED,
        /** The plan is not on sale any more, or in another version. */
        PLAN_CHANGED,
        /** A bundle is formed by other subscriptions of the account than before, or the other's period does not end any more where this one's was to. */
        SUBSCRIPTIONS_CHANGED,
        /** The account, or as many others as may, have taken one of the offers meanwhile. */
        OFFER_TAKEN,
        /** The same start costs something else by now. */
        AMOUNT_CHANGED
    }
}
