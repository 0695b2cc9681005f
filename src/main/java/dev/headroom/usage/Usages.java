package dev.headroom.usage;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.Check;
import dev.headroom.idempotency.InputHash;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.UsageOutcome.UsageDuplicate;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records events exactly once and knows the totals. */
@Service
public class Usages {

    public static final int LARGEST_BATCH = 1_000;
    private static final Actor.System SELF = new Actor.System("usage");

    private final UsageRepository usage;
    private final Accounts accounts;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final InputHash hash;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Usages(
            UsageRepository usage, Accounts accounts, Catalog catalog, Subscriptions subscriptions, InputHash hash,
            ApplicationEventPublisher events, InstantSource clock) {
        this.usage = usage;
        this.accounts = accounts;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.hash = hash;
        this.events = events;
        this.clock = clock;
    }

    /** Records up to 1,000 events in one transaction; the outcomes stand in the order of the events. */
    @Transactional
    public List<UsageOutcome> record(Actor actor, List<UsageEvent> batch) {
        actor.requireEveryAccount(Permission.USAGE);
        Check.between("input.events", batch.size(), 1, LARGEST_BATCH);
        List<Checked> checked = batch.stream().map(check(batch)::check).toList();
        Map<AcceptedEvent.Identity, ByteBuffer> firsts = new HashMap<>();
        List<AcceptedEvent> candidates = new ArrayList<>();
        for (Checked each : checked) {
            if (each.accepted() != null && firsts.putIfAbsent(each.accepted().identity(), each.accepted().hash()) == null) {
                candidates.add(each.accepted());
            }
        }
        Set<AcceptedEvent.Identity> fresh = usage.insertIdentities(candidates, clock.instant());
        List<AcceptedEvent> counted = candidates.stream().filter(event -> fresh.contains(event.identity())).toList();
        count(counted);
        Map<AcceptedEvent.Identity, ByteBuffer> known = usage.hashes(candidates.stream().filter(event -> !fresh.contains(event.identity())).toList());
        known.forEach(firsts::put);
        return outcomes(checked, fresh, firsts);
    }

    /** A key that may only record sees nothing, yet what it records must be looked up. */
    private EventCheck check(List<UsageEvent> batch) {
        Map<String, Account> known = accounts.byKeys(SELF, batch.stream().map(UsageEvent::account).filter(Check::storable).collect(toSet()));
        List<AccountId> ids = known.values().stream().map(Account::id).toList();
        return new EventCheck(catalog.snapshot(), known, subscriptions.live(SELF, ids), clock.instant(), hash::of);
    }

    private void count(List<AcceptedEvent> counted) {
        if (!counted.isEmpty()) {
            usage.insert(counted, clock.instant());
            usage.raise(counted);
            events.publishEvent(new UsageCounted(counted.stream().map(event -> event.account().id()).collect(toSet())));
        }
    }

    /** The first event of an identity that was fresh is recorded; every other one is a duplicate, or refused when it says something else. */
    private static List<UsageOutcome> outcomes(
            List<Checked> checked, Set<AcceptedEvent.Identity> fresh, Map<AcceptedEvent.Identity, ByteBuffer> firsts) {
        Set<AcceptedEvent.Identity> open = new java.util.HashSet<>(fresh);
        List<UsageOutcome> outcomes = new ArrayList<>();
        for (Checked each : checked) {
            AcceptedEvent event = each.accepted();
            if (event == null) {
                outcomes.add(java.util.Objects.requireNonNull(each.rejected()));
            } else if (open.remove(event.identity())) {
                outcomes.add(new UsageRecorded(event.id()));
            } else if (event.hash().equals(firsts.get(event.identity()))) {
                outcomes.add(new UsageDuplicate(event.id()));
            } else {
                outcomes.add(new UsageRejected(event.id(), "id", "Another event was recorded with this id"));
            }
        }
        return outcomes;
    }

    /** Every counter of the accounts whose window has not ended; one statement. */
    public List<UsageCounter> counters(Actor actor, Collection<AccountId> ids) {
        ids.forEach(id -> actor.require(Permission.READ, id.value()));
        return usage.counters(ids, clock.instant());
    }
}
