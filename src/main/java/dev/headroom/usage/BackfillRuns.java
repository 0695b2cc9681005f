package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.Backfill.Change;
import dev.headroom.usage.Backfill.ClosedPeriods;
import dev.headroom.usage.Backfill.Effect;
import dev.headroom.usage.BackfilledRepository.Gathered;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts what was gathered in a backfill, and takes it back. What is only added is counted as it would be when it is recorded; where something is taken
 * away, largest and latest and told apart values included, everything that the meters' events count in is counted again.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class BackfillRuns {

    private static final Actor.System SELF = new Actor.System("usage");
    private static final int AT_ONCE = 5_000;

    private final BackfillRepository backfills;
    private final BackfilledRepository events;
    private final EventChecks checks;
    private final Counters counters;
    private final Recounts recounts;
    private final Catalog catalog;
    private final Accounts accounts;

    BackfillRuns(
            BackfillRepository backfills, BackfilledRepository events, EventChecks checks, Counters counters, Recounts recounts, Catalog catalog,
            Accounts accounts) {
        this.backfills = backfills;
        this.events = events;
        this.checks = checks;
        this.counters = counters;
        this.recounts = recounts;
        this.catalog = catalog;
        this.accounts = accounts;
    }

    /** @throws HeadroomException CONFLICT when what it touches cannot be counted again, or is not kept any more */
    Effect apply(Backfill backfill, Instant now) {
        if (backfill.range().from().isBefore(checks.kept(now))) {
            throw conflict("Events are kept from " + checks.kept(now) + " on by now; discard this backfill and open another");
        }
        Set<Feature> features = counting(backfill);
        int replaced = backfill.replaces() ? events.giveWay(backfill) : 0;
        Set<Feature> again = replaced > 0 ? features
                : features.stream().filter(feature -> recounts.mayBeForgotten(feature, backfill.range().from())).collect(toSet());
        requireEvidence(backfill, again, now);
        int known = events.take(backfill, now);
        Set<Key> held = new HashSet<>();
        gathered(backfill, now, some -> held.addAll(Counters.wholes(some)));
        if (replaced > 0) {
            held.addAll(standing(backfill.account(), features, now).keySet());
        }
        Map<Key, Long> before = hold(backfill.account(), features, held, now);
        if (replaced == 0) {
            recounts.remember(backfill.account(), again);
            gathered(backfill, now, some -> {
                events.store(backfill, some, now);
                counters.countLocked(some, now);
            });
        } else {
            gathered(backfill, now, some -> events.store(backfill, some, now));
            recounts.recount(backfill.account(), features, held);
        }
        backfills.empty(backfill.id());
        return new Effect(backfill.events() - known, known, replaced, changes(backfill.account(), features, before, held, replaced > 0, now));
    }

    /** @throws HeadroomException CONFLICT when what it touches cannot be counted again or is not kept any more, or a later backfill stands on it */
    Effect reverse(Backfill backfill, Instant now) {
        if (backfill.range().from().isBefore(checks.kept(now))) {
            throw conflict("Events are kept from " + checks.kept(now) + " on by now; what counted before this backfill cannot be told any more");
        }
        events.later(backfill).ifPresent(later -> {
            throw conflict("The backfill " + later + " was applied later to the same meters and time; reverse that one first");
        });
        Set<Feature> features = counting(backfill);
        requireEvidence(backfill, features, now);
        int gone = events.takeBack(backfill);
        if (gone != backfill.events()) {
            throw conflict("Only " + gone + " of its " + backfill.events() + " events are still kept");
        }
        int comeAgain = events.comeAgain(backfill);
        if (comeAgain > 0) {
            throw conflict(comeAgain + " of the events that gave way to it were recorded again since");
        }
        int back = events.putBack(backfill);
        Set<Key> held = new HashSet<>(standing(backfill.account(), features, now).keySet());
        Map<Key, Long> before = hold(backfill.account(), features, held, now);
        recounts.recount(backfill.account(), features, held);
        return new Effect(gone, 0, back, changes(backfill.account(), features, before, held, true, now));
    }

    private Set<Feature> counting(Backfill backfill) {
        return backfill.meters().stream()
                .flatMap(meter -> catalog.snapshot().countingEventsOf(catalog.snapshot().feature(meter)).stream())
                .collect(toSet());
    }

    /** What is gathered, as it would count, some thousands at a time. */
    private void gathered(Backfill backfill, Instant now, Consumer<List<AcceptedEvent>> each) {
        Account account = accounts.byId(SELF, backfill.account());
        Meters meters = checks.meters(backfill, backfill.closedPeriods(), now);
        List<Gathered> some = events.gathered(backfill, null, AT_ONCE);
        while (!some.isEmpty()) {
            each.accept(some.stream().map(event -> accepted(event, account, meters, backfill)).toList());
            some = events.gathered(backfill, some.getLast(), AT_ONCE);
        }
    }

    private static AcceptedEvent accepted(Gathered gathered, Account account, Meters meters, Backfill backfill) {
        Feature meter = meters.catalog().feature(gathered.meter());
        if (backfill.closedPeriods() == ClosedPeriods.RESTATE && meters.isBeforeTheFirst(account, meter, gathered.at())) {
            throw conflict("The event \"" + gathered.id() + "\" lies before the first billing period by now; discard this backfill and open another");
        }
        UsageEvent event = new UsageEvent(
                gathered.id(), account.key(), meter.key(), gathered.quantity(), gathered.at(), gathered.properties());
        Period period = meters.period(account, meter, gathered.at());
        return new AcceptedEvent(
                gathered.id(), account, meter, gathered.quantity(), gathered.at(), gathered.properties(), period, gathered.hash(),
                meters.shares(event, account, meter, gathered.at(), period));
    }

    /** No event of the range counts in a window that begins before the one that held the beginning of the range, or before the earliest that is known. */
    private void requireEvidence(Backfill backfill, Set<Feature> features, Instant now) {
        Account account = accounts.byId(SELF, backfill.account());
        Instant from = backfill.range().from();
        Meters meters = checks.meters(backfill, ClosedPeriods.RESTATE, now);
        Optional<Instant> earliest = events.earliestPeriod(backfill);
        for (Evidence evidence : recounts.evidence(backfill.account(), features)) {
            Feature feature = evidence.feature();
            Instant first = feature.reset() == Reset.BILLING_PERIOD
                    ? Stream.of(Optional.of(meters.period(account, feature, from).from()), Optional.of(Reset.calendarMonth(from, account.zone()).from()), earliest)
                            .flatMap(Optional::stream).min(Comparator.naturalOrder()).orElseThrow()
                    : feature.reset().window(from, account.zone(), Reset.EVER).from();
            if (first.isBefore(evidence.windows()) || from.isBefore(evidence.hours())) {
                throw conflict("Totals of \"" + feature.key() + "\" cannot be counted again: they reach back to events that are not kept any more");
            }
        }
    }

    /** What stands once totals are held, so that nobody else's use shows as what this did. */
    private Map<Key, Long> hold(AccountId account, Set<Feature> features, Set<Key> wholes, Instant now) {
        counters.lock(wholes);
        return standing(account, features, now);
    }

    /** What stands at whole windows; of those that roll, what was used in the days up to now. */
    private Map<Key, Long> standing(AccountId account, Set<Feature> features, Instant now) {
        List<Feature> rolling = features.stream().filter(Counters::rolls).toList();
        Set<FeatureId> rest = features.stream().filter(feature -> !Counters.rolls(feature)).map(Feature::id).collect(toSet());
        Map<Key, Long> standing = new HashMap<>();
        counters.wholes(account, rest).forEach(counter -> standing.put(Key.whole(counter), counter.used()));
        counters.rolled(List.of(account), rolling, now).forEach((key, total) -> standing.put(key, total.counter().used()));
        return standing;
    }

    private List<Change> changes(
            AccountId account, Set<Feature> features, Map<Key, Long> before, Set<Key> held, boolean rewritten, Instant now) {
        Map<Key, Long> after = standing(account, features, now);
        Map<Key, Long> all = new TreeMap<>(Comparator.<Key, Instant>comparing(key -> key.window().from()).thenComparing(Key.ORDER));
        all.putAll(before);
        all.putAll(after);
        List<Change> changes = all.keySet().stream()
                .filter(held::contains)
                .map(key -> new Change(new FeatureId(key.feature()), key.window(), before.getOrDefault(key, 0L), after.getOrDefault(key, 0L)))
                .filter(change -> change.before() != change.after())
                .toList();
        if (rewritten) {
            counters.rewritten(account, changed(account, changes), now);
        }
        return changes;
    }

    private static Map<Key, Long> changed(AccountId account, List<Change> changes) {
        return changes.stream().collect(toMap(
                change -> new Key(account.value(), change.feature().value(), Tally.Grain.PERIOD, "", change.window()), Change::before));
    }

    static HeadroomException conflict(String message) {
        return HeadroomException.of(ErrorCode.CONFLICT, "input.backfill", message);
    }
}
