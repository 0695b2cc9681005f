package dev.headroom.entitlement;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.entitlement.Terms.Held;
import dev.headroom.postgres.Memory;
import dev.headroom.postgres.Outages;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.TermsVersions;
import dev.headroom.usage.TermsVersions.InForce;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;

/** The terms of accounts: remembered until they change, and for a minute at most, should nobody say so. */
@Service
class RememberedTerms {

    private static final Actor.System SELF = new Actor.System("entitlement");
    private static final Duration OLDEST = Duration.ofMinutes(1);
    private static final int MOST = 100_000;

    private final Accounts accounts;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final TermsVersions versions;
    private final RememberedSources sources;
    private final Memory<AccountId, Terms> remembered;

    RememberedTerms(
            Accounts accounts, Catalog catalog, Subscriptions subscriptions, TermsVersions versions, RememberedSources sources, Outages outages) {
        this.remembered = outages.shortMemory(OLDEST, MOST);
        this.accounts = accounts;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.versions = versions;
        this.sources = sources;
    }

    Terms of(AccountId account) {
        return Objects.requireNonNull(remembered.get(account, this::fetch));
    }

    Map<AccountId, Terms> of(Collection<AccountId> wanted) {
        return remembered.getAll(Set.copyOf(wanted), this::load);
    }

    /** As they are now; whoever asks after this gets nothing older. */
    Terms current(AccountId account) {
        return Objects.requireNonNull(remembered.renew(account, this::fetch));
    }

    /** The same of accounts whose versions were read before. */
    Map<AccountId, Terms> current(Map<AccountId, InForce> inForce) {
        return remembered.renewAll(inForce.keySet(), wanted -> load(List.copyOf(wanted), inForce));
    }

    long version(AccountId account) {
        return Objects.requireNonNull(versions.of(List.of(account)).get(account)).version();
    }

    /** As they are in this transaction, which nobody else may see yet. */
    Terms load(AccountId account) {
        Map<AccountId, InForce> inForce = versions.of(List.of(account));
        OtherSources others = sources.unremembered(account, Objects.requireNonNull(inForce.get(account)));
        return Objects.requireNonNull(load(List.of(account), inForce, Map.of(account, others)).get(account));
    }

    private Terms fetch(AccountId account) {
        return Objects.requireNonNull(load(Set.of(account)).get(account));
    }

    void forget(AccountId account) {
        remembered.forget(account);
    }

    void forgetAll() {
        remembered.forgetAll();
    }

    /** The versions first: what is read after them is never older than they say. */
    private Map<AccountId, Terms> load(Set<? extends AccountId> ids) {
        List<AccountId> wanted = List.copyOf(ids);
        return load(wanted, versions.of(wanted));
    }

    private Map<AccountId, Terms> load(List<AccountId> wanted, Map<AccountId, InForce> inForce) {
        return load(wanted, inForce, sources.of(inForce));
    }

    private Map<AccountId, Terms> load(List<AccountId> wanted, Map<AccountId, InForce> inForce, Map<AccountId, OtherSources> others) {
        Map<AccountId, List<AccountSubscription>> live = subscriptions.live(SELF, wanted);
        CatalogSnapshot known = catalog.snapshot();
        return wanted.stream().collect(toMap(id -> id, id -> new Terms(
                accounts.byId(SELF, id), Objects.requireNonNull(inForce.get(id)).version(),
                live.getOrDefault(id, List.of()).stream().map(subscription -> new Held(subscription, subscription.bought(known))).toList(),
                Objects.requireNonNull(others.get(id)))));
    }
}
