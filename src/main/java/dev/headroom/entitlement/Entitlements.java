package dev.headroom.entitlement;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Terms.Held;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.usage.TermsVersions;
import dev.headroom.usage.UsageSnapshot;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers from node memory whether an account may use a feature. */
@Service
public class Entitlements {

    static final long MOST_REQUESTED = 1_000_000_000_000L;
    /** What a node may know less than the others. */
    private static final Duration OLDEST = Duration.ofSeconds(1);
    private static final Actor.System SELF = new Actor.System("entitlement");

    private final RememberedTerms terms;
    private final Catalog catalog;
    private final Usages usages;
    private final Seats seats;
    private final TermsVersions versions;
    private final Notices notices;
    private final InstantSource clock;
    private final LoadingCache<AccountId, Holdings> remembered =
            Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(50_000).build(this::load);

    Entitlements(RememberedTerms terms, Catalog catalog, Usages usages, Seats seats, TermsVersions versions, Notices notices, InstantSource clock) {
        this.terms = terms;
        this.catalog = catalog;
        this.usages = usages;
        this.seats = seats;
        this.versions = versions;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * One answer a feature, in the order asked for.
     *
     * @param features  keys; absent asks about every feature of every product the account has, and those that it is granted besides
     * @param requested how much more would have to fit; 0 asks how things stand
     * @throws HeadroomException NOT_FOUND for an unknown feature
     */
    public List<Entitlement> check(Actor actor, AccountId account, @Nullable List<String> features, long requested) {
        return check(actor, account, features, requested, null);
    }

    /**
     * The same, and never from before a change.
     *
     * @param consistencyToken what that change answered; absent for what the node knows
     * @throws HeadroomException INVALID_INPUT for a token of another account
     */
    public List<Entitlement> check(
            Actor actor, AccountId account, @Nullable List<String> features, long requested, @Nullable String consistencyToken) {
        actor.require(Permission.READ, account.value());
        Check.between("requested", requested, 0, MOST_REQUESTED);
        Holdings holdings = holdings(account, consistencyToken);
        Instant at = clock.instant();
        List<Entitlement> answers = asked(holdings, features, at).stream().map(feature -> holdings.check(feature, requested, at)).toList();
        answers.stream().filter(answer -> !answer.allowed() && requested > 0).forEach(denied -> notices.denied(denied, at));
        return answers;
    }

    private Holdings holdings(AccountId account, @Nullable String consistencyToken) {
        Holdings known = remembered.get(account);
        if (consistencyToken == null) {
            return known;
        }
        ConsistencyToken token = ConsistencyToken.parse(consistencyToken);
        if (!token.account().equals(account)) {
            throw HeadroomException.invalid("consistencyToken", "Not a token of this account");
        }
        if (known.terms().version() >= token.version()) {
            return known;
        }
        remembered.invalidate(account);
        return remembered.get(account);
    }

    /** What to send with the next question, so that whichever node answers knows everything that changed until now; one statement. */
    public String consistencyToken(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return new ConsistencyToken(account, Objects.requireNonNull(versions.of(List.of(account)).get(account)).version()).text();
    }

    /**
     * The running subscriptions from the same memory, for what is only proposed: whatever takes effect compares their version with the
     * database.
     */
    public List<AccountSubscription> subscriptions(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return remembered.get(account).terms().subscriptions().stream().map(Held::subscription).toList();
    }

    private List<Feature> asked(Holdings holdings, @Nullable List<String> keys, Instant at) {
        CatalogSnapshot known = catalog.snapshot();
        if (keys == null) {
            return known.features().stream().filter(feature -> holdings.terms().concerns(feature, at)).toList();
        }
        return keys.stream()
                .map(key -> known.feature(key).orElseThrow(() -> HeadroomException.notFound("features", "No feature has the key \"" + key + "\"")))
                .toList();
    }

    /** The next question about this account is answered from the database; waits for an answer that is being fetched right now. */
    public void forget(AccountId account) {
        terms.forget(account);
        remembered.invalidate(account);
    }

    /** The same where only what was used has changed. */
    void forgetUsage(AccountId account) {
        remembered.invalidate(account);
    }

    void forgetAll() {
        terms.forgetAll();
        remembered.invalidateAll();
    }

    private Holdings load(AccountId id) {
        Instant asOf = clock.instant();
        UsageSnapshot used = usages.snapshot(SELF, List.of(id));
        return new Holdings(
                terms.current(id, Objects.requireNonNull(used.terms().get(id))), used.counters(), seats.held(SELF, List.of(id)), asOf);
    }
}
