package dev.headroom.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.catalog.CreatePlanResult.PlanCreated;
import dev.headroom.catalog.CreatePlanResult.PlanKeyTaken;
import dev.headroom.catalog.CreateProductResult.ProductCreated;
import dev.headroom.catalog.CreateProductResult.ProductKeyTaken;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The catalogue: read from memory, changed in the database, remembered anew on every node when it changed. */
@Service
public class Catalog {

    private static final String TOPIC = "catalog";
    private static final String WHOLE = "whole";
    /** A message may be lost with a connection that nobody noticed was dead. */
    private static final Duration LONGEST_UNHEARD = Duration.ofMinutes(1);

    private final CatalogRepository repository;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final Broadcasts broadcasts;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    /** A change waits for a load that began before it, and then forgets what that loaded. */
    private final LoadingCache<String, CatalogSnapshot> remembered;

    Catalog(
            CatalogRepository repository, IdempotencyKeys keys, AuditEntries audit, Broadcasts broadcasts, ApplicationEventPublisher events,
            InstantSource clock) {
        this.repository = repository;
        this.keys = keys;
        this.audit = audit;
        this.broadcasts = broadcasts;
        this.events = events;
        this.remembered = Caffeine.newBuilder().refreshAfterWrite(LONGEST_UNHEARD).build(_ -> repository.load());
        this.clock = clock;
    }

    /** Everything that was committed before the last change this node heard of; costs no statement unless there was one. */
    public CatalogSnapshot snapshot() {
        return remembered.get(WHOLE);
    }

    @Transactional
    public CreateProductResult create(Actor actor, CreateProduct command) {
        actor.requireEveryAccount(Permission.CATALOG);
        Product product = NewProducts.product(command);
        List<Feature> features = NewProducts.features(command, product);
        return switch (keys.claim(actor, "createProduct", command.idempotencyKey(), command, product.id().value())) {
            case Claim.Repeat(UUID made) -> new ProductCreated(repository.load().product(new ProductId(made)));
            case Claim.First() -> insert(actor, command, product, features);
        };
    }

    private CreateProductResult insert(Actor actor, CreateProduct command, Product product, List<Feature> features) {
        if (!repository.insert(product)) {
            keys.release(actor, "createProduct", command.idempotencyKey());
            return new ProductKeyTaken(repository.load().requireProduct("input.key", product.key()));
        }
        repository.insertFeatures(features);
        audit.created(actor, "createProduct", null, "product", product.id(), command);
        changed();
        return new ProductCreated(product);
    }

    @Transactional
    public CreatePlanResult create(Actor actor, CreatePlan command) {
        actor.requireEveryAccount(Permission.CATALOG);
        PlanVersion version = NewPlans.firstVersion(command, repository.load(), clock.instant());
        return switch (keys.claim(actor, "createPlan", command.idempotencyKey(), command, version.id().value())) {
            case Claim.Repeat(UUID made) -> new PlanCreated(repository.load().version(new PlanVersionId(made)));
            case Claim.First() -> insert(actor, command, version);
        };
    }

    private CreatePlanResult insert(Actor actor, CreatePlan command, PlanVersion version) {
        if (!repository.insert(version.plan())) {
            keys.release(actor, "createPlan", command.idempotencyKey());
            return new PlanKeyTaken(repository.load().requirePlan("input.key", command.key()));
        }
        repository.insert(version, clock.instant());
        audit.created(actor, "createPlan", null, "plan", version.plan().id(), command);
        changed();
        events.publishEvent(new PlanPublished(version));
        return new PlanCreated(version);
    }

    /** This node forgets with the commit, the others when they hear of it. */
    private void changed() {
        broadcasts.send(TOPIC, Ids.next().toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                remembered.invalidate(WHOLE);
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            remembered.invalidate(WHOLE);
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        remembered.invalidate(WHOLE);
    }
}
