package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.change.PlanChange.Step;
import dev.headroom.id.Ids;
import dev.headroom.identity.Origins;
import dev.headroom.identity.Origins.Origin;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is kept of changes beside where they stand: the quote as it was shown, who came from where, its way, and which of them waited in vain. */
@Service
public class PlanChangeRecords {

    private static final int MOST_ENTRIES = 20;

    private final PlanChangeRepository changes;
    private final ChangeLookupRepository lookup;
    private final QuotedRepository quoted;
    private final UnmadeRepository unmade;
    private final AuditEntries audit;
    private final Origins origins;
    private final Members members;

    PlanChangeRecords(
            PlanChangeRepository changes, ChangeLookupRepository lookup, QuotedRepository quoted, UnmadeRepository unmade, AuditEntries audit, Origins origins,
            Members members) {
        this.changes = changes;
        this.lookup = lookup;
        this.quoted = quoted;
        this.unmade = unmade;
        this.audit = audit;
        this.origins = origins;
        this.members = members;
    }

    /** The quotes that were accepted, as they were shown; without those of changes from before quotes were kept. */
    public Map<PlanChange, ShownQuote> quoted(Actor actor, Collection<PlanChange> of) {
        Map<PlanChange, ShownQuote> found = new HashMap<>();
        of.stream().collect(Collectors.groupingBy(PlanChange::account)).forEach((account, theirs) -> {
            actor.require(Permission.READ, account.value());
            Map<UUID, ShownQuote> kept = quoted.of(account, theirs.stream().map(PlanChange::id).toList());
            theirs.stream().filter(change -> kept.containsKey(change.id())).forEach(change -> found.put(change, kept.get(change.id())));
        });
        return found;
    }

    /** Some changes of whichever accounts, by id; one statement. @param owners whose each is */
    public Map<UUID, PlanChange> byIds(Actor actor, Map<UUID, AccountId> owners) {
        owners.values().stream().distinct().forEach(account -> actor.require(Permission.READ, account.value()));
        return owners.isEmpty() ? Map.of() : lookup.byIds(owners).stream().collect(Collectors.toMap(PlanChange::id, Function.identity()));
    }

    /** The account's changes that were made of some quotes, by quote. */
    public Map<UUID, PlanChange> ofQuotes(Actor actor, AccountId account, Set<UUID> quotes) {
        actor.require(Permission.READ, account.value());
        return changes.ofQuotes(account, quotes).stream()
                .collect(Collectors.toMap(change -> change.promise().quote(), Function.identity(), PlanChangeRecords::later));
    }

    /**
     * What waited, for a date or for the end of a period, and was not made, of all accounts, the one that ended last first: whoever asked for it was told
     * that it waits, and nobody was there to be told of this.
     *
     * @param before when it ended, exclusive; absent is from the last one on
     */
    public List<PlanChange> unmade(Actor actor, @Nullable Instant before, int most) {
        actor.requireEveryAccount(Permission.READ);
        return unmade.before(before, most);
    }

    /**
     * What somebody should see to, of all accounts: first what Stripe leaves unanswered, then what waited and was not made, unless something was asked for since.
     *
     * @param asked of what is unanswered, before when it was asked for
     * @param since of what was not made, when it ended at the earliest
     */
    public List<PlanChange> stuck(Actor actor, Instant asked, Instant since, int most) {
        actor.requireEveryAccount(Permission.READ);
        return Stream.concat(unmade.unanswered(asked, most).stream(), unmade.since(since, most).stream()).limit(most).toList();
    }

    /** The last such change of each of some subscriptions, unless something was asked for since; one statement. */
    public Map<AccountSubscription, PlanChange> unmade(Actor actor, List<AccountSubscription> of) {
        of.forEach(subscription -> actor.require(Permission.READ, subscription.account().value()));
        Map<SubscriptionId, PlanChange> last = unmade.last(of.stream().map(AccountSubscription::account).distinct().toList()).stream()
                .collect(Collectors.toMap(PlanChange::subscription, Function.identity(), (_, later) -> later));
        return of.stream().filter(subscription -> last.containsKey(subscription.id()))
                .collect(Collectors.toMap(Function.identity(), subscription -> last.get(subscription.id())));
    }

    /** A quote may be accepted again after it came to nothing. */
    private static PlanChange later(PlanChange one, PlanChange other) {
        return one.requestedAt().isAfter(other.requestedAt()) ? one : other;
    }

    /** Where it was asked for; of the account's members, and the vendor's people and keys for whoever is not confined to an account. */
    public Origin origin(Actor actor, PlanChange change) {
        Origin origin = origins.of(actor, change.actor());
        return origin.kind() == Origin.Kind.ACCOUNT_TOKEN ? new Origin(origin.kind(), member(actor, change)) : origin;
    }

    private @Nullable String member(Actor actor, PlanChange change) {
        return Ids.parse(change.actor().substring(change.actor().indexOf(':') + 1))
                .flatMap(id -> members.byIds(actor, change.account(), List.of(id)).values().stream().findFirst())
                .map(Member::name)
                .orElse(null);
    }

    /** What is known of its way, the oldest first. */
    public List<Step> steps(Actor actor, PlanChange change) {
        Stream<Step> givenUp = audit.ofSubjects(actor, change.account().value(), List.of(change.id().toString()), MOST_ENTRIES).stream()
                .filter(entry -> entry.operation().equals(PlanChangeCancellations.OPERATION))
                .map(PlanChangeRecords::givenUp);
        return Stream.concat(change.ownSteps().stream(), givenUp).sorted(Comparator.comparing(Step::at).thenComparing(Step::kind)).toList();
    }

    private static Step givenUp(AuditEntry entry) {
        return new Step(Step.Kind.GIVEN_UP, entry.at(), entry.actor(), null);
    }
}
