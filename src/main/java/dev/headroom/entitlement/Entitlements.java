package dev.headroom.entitlement;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Holdings.Held;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers from node memory whether an account may use a feature. */
@Service
public class Entitlements {

    /** What a node may know less than the others. */
    private static final Duration OLDEST = Duration.ofSeconds(1);
    private static final Actor.System SELF = new Actor.System("entitlement");
    private static final long MOST_REQUESTED = 1_000_000_000_000L;

    private final Accounts accounts;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final Usages usages;
    private final Seats seats;
    private final InstantSource clock;
    private final LoadingCache<AccountId, Holdings> remembered =
            Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(50_000).build(this::load);

    Entitlements(Accounts accounts, Catalog catalog, Subscriptions subscriptions, Usages usages, Seats seats, InstantSource clock) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.usages = usages;
        this.seats = seats;
        this.clock = clock;
    }

    /**
     * One answer a feature, in the order asked for.
     *
     * @param features  keys; absent asks about every feature of every product the account has
     * @param requested how much more would have to fit; 0 asks how things stand
     * @throws HeadroomException NOT_FOUND for an unknown feature
     */
    public List<Entitlement> check(Actor actor, AccountId account, @Nullable List<String> features, long requested) {
        actor.require(Permission.READ, account.value());
        Check.between("requested", requested, 0, MOST_REQUESTED);
        Holdings holdings = remembered.get(account);
        Instant at = clock.instant();
        return asked(holdings, features).stream().map(feature -> holdings.check(feature, requested, at)).toList();
    }

    /**
     * The running subscriptions from the same memory, for what is only proposed: whatever takes effect compares their version with the
     * database.
     */
    public List<AccountSubscription> subscriptions(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return remembered.get(account).subscriptions().stream().map(Held::subscription).toList();
    }

    private List<Feature> asked(Holdings holdings, @Nullable List<String> keys) {
        CatalogSnapshot known = catalog.snapshot();
        if (keys == null) {
            return known.features().stream().filter(feature -> holdings.subscriptionFor(feature) != null).toList();
        }
        return keys.stream()
                .map(key -> known.feature(key).orElseThrow(() -> HeadroomException.notFound("features", "No feature has the key \"" + key + "\"")))
                .toList();
    }

    /** The next question about this account is answered from the database; waits for an answer that is being fetched right now. */
    public void forget(AccountId account) {
        remembered.invalidate(account);
    }

    void forgetAll() {
        remembered.invalidateAll();
    }

    private Holdings load(AccountId id) {
        Instant asOf = clock.instant();
        Account account = accounts.byId(SELF, id);
        CatalogSnapshot known = catalog.snapshot();
        List<Held> held = subscriptions.live(SELF, id).stream()
                .map(subscription -> new Held(subscription, subscription.planVersion(known)))
                .toList();
        return new Holdings(account, held, usages.counters(SELF, List.of(id)), seats.held(SELF, List.of(id)), asOf);
    }
}
