package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.time.Period;
import dev.headroom.usage.AcceptedEvent.Identity;
import dev.headroom.usage.Backfill.ClosedPeriods;
import dev.headroom.usage.Backfill.State;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens backfills, gathers events in them, and throws them away before they count. */
@Service
class Backfills {

    static final int MOST_EVENTS = 100_000;
    private static final int MOST_METERS = 50;
    private static final Actor.System SELF = new Actor.System("usage");

    private final BackfillRepository backfills;
    private final EventChecks checks;
    private final Accounts accounts;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    Backfills(
            BackfillRepository backfills, EventChecks checks, Accounts accounts, Catalog catalog, IdempotencyKeys keys, AuditEntries audit,
            InstantSource clock) {
        this.backfills = backfills;
        this.checks = checks;
        this.accounts = accounts;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param meters          keys of features that count events of their own
     * @param replaceExisting whether what these meters had there before gives way
     */
    record OpenBackfill(
            String idempotencyKey, String account, List<String> meters, Instant from, Instant until, boolean replaceExisting, ClosedPeriods closedPeriods,
            String reason) {}

    /** @throws HeadroomException NOT_FOUND for an unknown account or meter, INVALID_INPUT for a range that cannot be */
    @Transactional
    public Backfill open(Actor actor, OpenBackfill command) {
        requireRights(actor);
        Account account = accounts.commanded(actor, Permission.ACCOUNTS, "input.account", command.account());
        Check.between("input.meters", command.meters().size(), 1, MOST_METERS);
        List<FeatureId> meters = command.meters().stream().distinct().map(this::meter).toList();
        UUID id = Ids.next();
        Backfill backfill = new Backfill(
                id, account.id(), meters, range(command), command.replaceExisting(), command.closedPeriods(), Check.text("input.reason", command.reason()),
                State.OPEN, actor.name(), now(), null, null, 0, 0, 0);
        return switch (keys.claim(actor, "openBackfill", command.idempotencyKey(), command, id)) {
            case Claim.Repeat(UUID made) -> backfills.byId(made).orElseThrow();
            case Claim.First() -> {
                backfills.insert(backfill);
                audit.changed(actor, "openBackfill", account.id().value(), "backfill", id, null, backfill, backfill.reason());
                yield backfill;
            }
        };
    }

    static void requireRights(Actor actor) {
        actor.requireEveryAccount(Permission.USAGE);
        actor.requireEveryAccount(Permission.ACCOUNTS);
    }

    private FeatureId meter(String key) {
        Feature feature = catalog.snapshot().feature(key)
                .orElseThrow(() -> HeadroomException.notFound("input.meters", "No feature has the key \"" + key + "\""));
        if (feature.meter() == null || feature.meter().source() != null) {
            throw HeadroomException.invalid("input.meters", "\"" + key + "\" is not counted by events of its own");
        }
        return feature.id();
    }

    private Period range(OpenBackfill command) {
        Instant from = command.from().truncatedTo(ChronoUnit.MICROS);
        Instant until = command.until().truncatedTo(ChronoUnit.MICROS);
        Instant kept = checks.kept(now());
        if (from.isBefore(kept)) {
            throw HeadroomException.invalid("input.from", "Events are kept from " + kept + " on");
        }
        if (!from.isBefore(until)) {
            throw HeadroomException.invalid("input.until", "A range ends after it begins at " + from);
        }
        if (until.isAfter(now().plus(EventCheck.EARLIEST))) {
            throw HeadroomException.invalid("input.until", "A backfill is of what has happened: at most up to " + now().plus(EventCheck.EARLIEST));
        }
        return new Period(from, until);
    }

    /**
     * Gathers up to 1,000 events; the outcomes stand in their order. What is a duplicate is so within the backfill: against what counts they are
     * compared when it is applied.
     *
     * @throws HeadroomException NOT_FOUND, CONFLICT for a backfill that is not open, INVALID_INPUT for more than it may hold
     */
    @Transactional
    public List<UsageOutcome> add(Actor actor, String id, List<Submitted> batch) {
        requireRights(actor);
        Check.between("input.events", batch.size(), 1, Usages.LARGEST_BATCH);
        Backfill backfill = locked(id);
        require(backfill, State.OPEN);
        Account account = accounts.byId(SELF, backfill.account());
        EventCheck check = checks.forBackfill(backfill, now());
        List<Checked> checked = batch.stream()
                .map(each -> each.event() == null ? new Checked(each.rejected(), null) : check.check(each.event().of(account)))
                .map(each -> within(backfill, check.meters(), each))
                .toList();
        Map<Identity, AcceptedEvent> firsts = new LinkedHashMap<>();
        checked.stream().flatMap(each -> Stream.ofNullable(each.accepted())).forEach(event -> firsts.putIfAbsent(event.identity(), event));
        return gather(backfill, checked, List.copyOf(firsts.values()));
    }

    private List<UsageOutcome> gather(Backfill backfill, List<Checked> checked, List<AcceptedEvent> firsts) {
        Set<String> fresh = backfills.gather(backfill.id(), firsts);
        if (backfill.events() + fresh.size() > MOST_EVENTS) {
            throw HeadroomException.invalid("input.events", "A backfill holds up to " + MOST_EVENTS + " events; open another for the rest");
        }
        backfills.gathered(backfill.id(), fresh.size());
        Map<String, Long> hashes = backfills.hashes(backfill.id(), firsts);
        List<Identity> taken = new ArrayList<>();
        firsts.stream().map(AcceptedEvent::identity).filter(identity -> fresh.contains(identity.event())).forEach(taken::add);
        return Recordings.outcomes(
                checked, Set.copyOf(taken), firsts.stream().collect(toMap(AcceptedEvent::identity, event -> hashes.get(event.id()))));
    }

    private Checked within(Backfill backfill, Meters meters, Checked checked) {
        AcceptedEvent event = checked.accepted();
        if (event == null) {
            return checked;
        }
        if (!backfill.meters().contains(event.meter().id())) {
            return rejected(event, "meter", "This backfill is not of \"" + event.meter().key() + "\"");
        }
        return backfill.closedPeriods() == ClosedPeriods.RESTATE && meters.isBeforeTheFirst(event.account(), event.meter(), event.at())
                ? rejected(event, "at", "No billing period held this time, so that none can be restated")
                : checked;
    }

    private static Checked rejected(AcceptedEvent event, String field, String reason) {
        return new Checked(new UsageRejected(event.id(), field, reason), null);
    }

    /** @throws HeadroomException NOT_FOUND, CONFLICT when it was applied */
    @Transactional
    public Backfill discard(Actor actor, String id) {
        requireRights(actor);
        Backfill found = locked(id);
        if (found.state() != State.DISCARDED) {
            require(found, State.OPEN);
            backfills.empty(found.id());
            backfills.end(found.id(), State.DISCARDED, now());
            audit.changed(actor, "discardBackfill", found.account().value(), "backfill", found.id(), found, find(found.id()));
        }
        return find(found.id());
    }

    static void require(Backfill backfill, State state) {
        if (backfill.state() != state) {
            throw BackfillRuns.conflict("It is " + backfill.state() + ", but would have to be " + state);
        }
    }

    private Backfill locked(String id) {
        return Ids.parse(id).flatMap(backfills::locked).orElseThrow(() -> unknown("input.backfill"));
    }

    private Backfill find(UUID id) {
        return backfills.byId(id).orElseThrow();
    }

    static HeadroomException unknown(String field) {
        return HeadroomException.notFound(field, "No such backfill");
    }

    /** @throws HeadroomException NOT_FOUND */
    Backfill byId(Actor actor, String id) {
        actor.requireEveryAccount(Permission.READ);
        return Ids.parse(id).flatMap(backfills::byId).orElseThrow(() -> unknown("id"));
    }

    /** Newest first. */
    List<Backfill> ofAccount(Actor actor, AccountId account, int most) {
        actor.requireEveryAccount(Permission.READ);
        return backfills.ofAccount(account, most);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
