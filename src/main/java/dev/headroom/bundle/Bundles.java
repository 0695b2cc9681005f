package dev.headroom.bundle;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.broadcast.Remembered;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.bundle.CreateBundle.BundleCreated;
import dev.headroom.bundle.CreateBundle.BundleKeyTaken;
import dev.headroom.bundle.CreateBundle.CreateBundleResult;
import dev.headroom.bundle.EndBundle.BundleEnded;
import dev.headroom.bundle.EndBundle.EndBundleResult;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is sold for less together: read from memory by every quote, changed in the database, remembered anew on every node when it changed. */
@Service
public class Bundles {

    private static final String TOPIC = "bundle";

    private final BundleRepository repository;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Remembered<List<Bundle>> remembered;

    Bundles(
            BundleRepository repository, Catalog catalog, IdempotencyKeys keys, AuditEntries audit, Broadcasts broadcasts,
            ApplicationEventPublisher events, InstantSource clock) {
        this.repository = repository;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.remembered = broadcasts.remembered(TOPIC, () -> List.copyOf(repository.all()));
    }

    /** Every bundle there ever was, the oldest first; costs no statement unless one was made or ended. */
    public List<Bundle> all() {
        return remembered.get();
    }

    /** Those that can be got, the oldest first. */
    public List<Bundle> open() {
        Instant now = clock.instant();
        return all().stream().filter(bundle -> bundle.isOpen(now)).toList();
    }

    public Optional<Bundle> find(UUID id) {
        return all().stream().filter(bundle -> bundle.id().value().equals(id)).findFirst();
    }

    public Bundle byId(BundleId id) {
        return find(id.value()).orElseThrow(() -> new IllegalStateException("There is no bundle " + id));
    }

    /**
     * What a command would make, as far as that can be told; for whoever looks before anything is written.
     *
     * @param refusals told of what is wrong with it
     */
    public Bundle imagine(CreateBundle command, CatalogSnapshot known, Refusals refusals) {
        return NewBundles.bundle(command, known, clock.instant(), refusals);
    }

    /** As the transaction of the caller sees it, its own changes with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Bundle> current() {
        return repository.all();
    }

    /** A bundle was made: published in the transaction that made it. */
    public record BundleMade(Bundle bundle) {}

    @Transactional
    public CreateBundleResult create(Actor actor, CreateBundle command) {
        actor.requireEveryAccount(Permission.CATALOG);
        actor.requireEveryAccount(Permission.PUBLISH);
        Bundle bundle = NewBundles.bundle(command, catalog.current(), clock.instant(), Refusals.thrown());
        return switch (keys.claim(actor, "createBundle", command.idempotencyKey(), command, bundle.id().value())) {
            case Claim.Repeat(UUID made) -> new BundleCreated(repository.byId(made).orElseThrow());
            case Claim.First() -> insert(actor, command, bundle);
        };
    }

    private CreateBundleResult insert(Actor actor, CreateBundle command, Bundle bundle) {
        if (!repository.insert(bundle)) {
            keys.release(actor, "createBundle", command.idempotencyKey());
            return new BundleKeyTaken(repository.byKey(bundle.key()).orElseThrow());
        }
        audit.created(actor, "createBundle", null, "bundle", bundle.id(), command);
        remembered.changed();
        events.publishEvent(new BundleMade(bundle));
        return new BundleCreated(bundle);
    }

    /** @throws HeadroomException NOT_FOUND for a bundle that is not there */
    @Transactional
    public EndBundleResult end(Actor actor, EndBundle command) {
        actor.requireEveryAccount(Permission.CATALOG);
        actor.requireEveryAccount(Permission.PUBLISH);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Bundle before = repository.locked(command.bundle()).orElseThrow(() -> HeadroomException.notFound(
                "input.bundle", "No bundle has the key \"" + command.bundle() + "\""));
        keys.claim(actor, "endBundle", command.idempotencyKey(), command, before.id().value());
        if (before.until() != null && !now.isBefore(before.until())) {
            return new BundleEnded(before);
        }
        Bundle after = before.ending(now);
        repository.end(after);
        audit.changed(actor, "endBundle", null, "bundle", before.id(), before, after);
        remembered.changed();
        return new BundleEnded(after);
    }
}
