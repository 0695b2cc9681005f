package dev.headroom.entitlement;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.postgres.LastKnown;
import dev.headroom.postgres.Outages;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.UsageSnapshot;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers from node memory whether an account may use a feature. */
@Service
public class Entitlements {

    static final long MOST_REQUESTED = 1_000_000_000_000L;
    /** What a node may know less than the others. */
    private static final Duration OLDEST = Duration.ofSeconds(1);
    private static final int MOST_REMEMBERED = 50_000;
    private static final Actor.System SELF = new Actor.System("entitlement");

    private final RememberedTerms terms;
    private final Catalog catalog;
    private final Usages usages;
    private final Seats seats;
    private final Notices notices;
    private final InstantSource clock;
    private final LastKnown<AccountId, Holdings> remembered;

    Entitlements(
            RememberedTerms terms, Catalog catalog, Usages usages, Seats seats, Notices notices, Outages outages, InstantSource clock) {
        this.terms = terms;
        this.catalog = catalog;
        this.usages = usages;
        this.seats = seats;
        this.notices = notices;
        this.remembered = outages.memory(OLDEST, MOST_REMEMBERED, Holdings::asLastKnown);
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
        return check(actor, account, features, Long.valueOf(requested), null);
    }

    /**
     * The same, and never from before a change, unless it is marked as degraded.
     *
     * @param requested absent only draws what there is: answered as for 1, and what does not fit is no limit that was hit
     * @param consistencyToken what that change answered; absent for what the node knows
     * @throws HeadroomException INVALID_INPUT for a token of another account
     */
    public List<Entitlement> check(
            Actor actor, AccountId account, @Nullable List<String> features, @Nullable Long requested, @Nullable String consistencyToken) {
        actor.require(Permission.READ, account.value());
        check(requested);
        Holdings holdings = holdings(account, consistencyToken);
        return answers(holdings, features, requested, clock.instant());
    }

    /**
     * The same for many accounts at once, each with its answers in the order asked for. While the database cannot be reached, those accounts
     * are left out of which this node knows nothing.
     *
     * @throws HeadroomException NOT_FOUND for an unknown feature
     */
    public Map<AccountId, List<Entitlement>> check(Actor actor, Collection<AccountId> accounts, @Nullable List<String> features, long requested) {
        return check(actor, accounts, features, Long.valueOf(requested), List.of());
    }

    /**
     * @param requested absent only draws what there is
     * @param consistencyTokens what changes of some of them answered
     */
    Map<AccountId, List<Entitlement>> check(
            Actor actor, Collection<AccountId> accounts, @Nullable List<String> features, @Nullable Long requested, List<String> consistencyTokens) {
        actor.requireEveryAccount(Permission.READ);
        check(requested);
        Map<AccountId, Holdings> known = holdings(Set.copyOf(accounts), consistencyTokens);
        Instant at = clock.instant();
        return known.values().stream().collect(toMap(
                holdings -> holdings.terms().account().id(), holdings -> answers(holdings, features, requested, at)));
    }

    private static void check(@Nullable Long requested) {
        Check.between("requested", Objects.requireNonNullElse(requested, 1L), 0, MOST_REQUESTED);
    }

    private List<Entitlement> answers(Holdings holdings, @Nullable List<String> features, @Nullable Long requested, Instant at) {
        long more = Objects.requireNonNullElse(requested, 1L);
        List<Entitlement> answers = asked(holdings, features, at).stream().map(feature -> holdings.check(feature, more, at)).toList();
        if (requested != null && requested > 0) {
            answers.stream().filter(answer -> !answer.allowed()).forEach(denied -> notices.denied(denied, holdings.terms().window(denied.feature(), at), at));
        }
        return answers;
    }

    private Holdings holdings(AccountId account, @Nullable String consistencyToken) {
        Holdings known = holdings(account);
        if (consistencyToken == null) {
            return known;
        }
        ConsistencyToken token = ConsistencyToken.parse("consistencyToken", consistencyToken);
        if (!token.account().equals(account)) {
            throw HeadroomException.invalid("consistencyToken", "Not a token of this account");
        }
        if (!isOlder(known, token)) {
            return known;
        }
        remembered.forget(account);
        return holdings(account);
    }

    private Map<AccountId, Holdings> holdings(Set<AccountId> accounts, List<String> consistencyTokens) {
        Map<AccountId, Holdings> known = remembered.getAll(accounts, this::load);
        boolean forgotten = false;
        for (int i = 0; i < consistencyTokens.size(); i++) {
            String field = "consistencyTokens[" + i + "]";
            ConsistencyToken token = ConsistencyToken.parse(field, consistencyTokens.get(i));
            if (!accounts.contains(token.account())) {
                throw HeadroomException.invalid(field, "Not a token of any of these accounts");
            }
            Holdings holdings = known.get(token.account());
            if (holdings != null && isOlder(holdings, token)) {
                remembered.forget(token.account());
                forgotten = true;
            }
        }
        return forgotten ? remembered.getAll(accounts, this::load) : known;
    }

    private static boolean isOlder(Holdings known, ConsistencyToken token) {
        return known.terms().version() < token.version();
    }

    private Holdings holdings(AccountId account) {
        return Objects.requireNonNull(remembered.get(account, id -> load(Set.of(id)).get(id)));
    }

    /** What to send with the next question, so that whichever node answers knows everything that changed until now; one statement. */
    public String consistencyToken(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return new ConsistencyToken(account, terms.version(account)).text();
    }

    /**
     * What is counted and granted, as it stands.
     *
     * @param features keys; absent means all that the account's products have, and what it is granted besides
     */
    public List<Meter> meters(Actor actor, AccountId account, @Nullable List<String> features) {
        return metersOf(check(actor, account, features, 0));
    }

    /** What is counted and granted of answers that were given, in their order. */
    public static List<Meter> metersOf(List<Entitlement> answers) {
        return answers.stream().filter(now -> now.feature().counted() && now.granted()).map(Meter::of).toList();
    }

    /**
     * The running subscriptions from the same memory, for what is only proposed: whatever takes effect compares their version with the
     * database.
     */
    public List<AccountSubscription> subscriptions(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return holdings(account).terms().live();
    }

    /** The same of many accounts at once; an account of which nothing is known while the database cannot be reached is left out. */
    public Map<AccountId, List<AccountSubscription>> subscriptions(Actor actor, Collection<AccountId> accounts) {
        actor.requireEveryAccount(Permission.READ);
        return holdings(Set.copyOf(accounts), List.of()).values().stream()
                .collect(toMap(holdings -> holdings.terms().account().id(), holdings -> holdings.terms().live()));
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
        remembered.forget(account);
    }

    /** The same where only what was used has changed. */
    void forgetUsage(AccountId account) {
        remembered.forget(account);
    }

    /** What was counted and committed is part of the next answer, without asking the database for the rest. */
    void count(UsageCounter counted) {
        remembered.tell(counted.account(), holdings -> holdings.count(counted));
    }

    void forgetAll() {
        terms.forgetAll();
        remembered.forgetAll();
    }

    private Map<AccountId, Holdings> load(Set<? extends AccountId> ids) {
        Instant asOf = clock.instant();
        UsageSnapshot used = usages.snapshot(SELF, Set.copyOf(ids));
        Map<AccountId, Terms> granted = terms.current(used.terms());
        Map<AccountId, List<UsageCounter>> counters = used.counters().stream().collect(groupingBy(UsageCounter::account));
        Map<SubscriptionId, Long> held = seats.held(SELF, Set.copyOf(ids));
        return granted.entrySet().stream().collect(toMap(
                Map.Entry::getKey, each -> Holdings.of(each.getValue(), counters.getOrDefault(each.getKey(), List.of()), held, asOf)));
    }
}
