package dev.headroom.catalog;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.broadcast.Remembered;
import dev.headroom.catalog.CreateAddOn.AddOnCreated;
import dev.headroom.catalog.CreateAddOn.CreateAddOnResult;
import dev.headroom.catalog.CreatePlan.NextVersion;
import dev.headroom.catalog.CreatePlanResult.KeyTaken;
import dev.headroom.catalog.CreatePlanResult.PlanCreated;
import dev.headroom.catalog.CreateProduct.AddFeatures;
import dev.headroom.catalog.CreateProduct.CreateProductResult;
import dev.headroom.catalog.CreateProduct.FeaturesAdded;
import dev.headroom.catalog.CreateProduct.ProductCreated;
import dev.headroom.catalog.CreateProduct.ProductKeyTaken;
import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.catalog.Feature.FeatureInUse;
import dev.headroom.catalog.Feature.FeatureRetired;
import dev.headroom.catalog.Feature.RetireFeatureResult;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.CreateOfferResult;
import dev.headroom.catalog.Offer.OfferCreated;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offer.OfferKeyTaken;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.pricing.Price;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue: read from memory, changed in the database, remembered anew on every node when it changed. */
@Service
public class Catalog {

    private static final String TOPIC = "catalog";

    private final CatalogRepository repository;
    private final OfferRepository offers;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Remembered<CatalogSnapshot> remembered;

    Catalog(
            CatalogRepository repository, OfferRepository offers, IdempotencyKeys keys, AuditEntries audit, Broadcasts broadcasts,
            ApplicationEventPublisher events, InstantSource clock) {
        this.repository = repository;
        this.offers = offers;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.remembered = broadcasts.remembered(TOPIC, repository::load);
        this.clock = clock;
    }

    /** Everything that was committed before the last change this node heard of; costs no statement unless there was one. */
    public CatalogSnapshot snapshot() {
        return remembered.get();
    }

    /** As the transaction of the caller sees it, its own changes with it: for what is about to be written. */
    @Transactional(propagation = Propagation.MANDATORY)
    public CatalogSnapshot current() {
        return repository.load();
    }

    @Transactional
    public CreateProductResult create(Actor actor, CreateProduct command) {
        actor.requireEveryAccount(Permission.CATALOG);
        Refusals refusals = Refusals.gathered();
        Product product = NewProducts.product(command, refusals);
        if (!refusals.all().isEmpty()) {
            NewProducts.features(command.features(), product, repository.load(), refusals);
        }
        refusals.refuse();
        return switch (keys.claim(actor, "createProduct", command.idempotencyKey(), command, product.id().value())) {
            case Claim.Repeat(UUID made) -> new ProductCreated(repository.load().product(new ProductId(made)));
            case Claim.First() -> insert(actor, command, product);
        };
    }

    private CreateProductResult insert(Actor actor, CreateProduct command, Product product) {
        Refusals refusals = Refusals.gathered();
        List<Feature> features = NewProducts.features(command.features(), product, repository.load(), refusals);
        refusals.refuse();
        if (!repository.insert(product)) {
            keys.release(actor, "createProduct", command.idempotencyKey());
            return new ProductKeyTaken(repository.load().requireProduct("input.key", product.key()));
        }
        repository.insertFeatures(features, 0);
        audit.created(actor, "createProduct", null, "product", product.id(), command);
        remembered.changed();
        return new ProductCreated(product);
    }

    /** @throws HeadroomException NOT_FOUND, INVALID_INPUT, or ALREADY_EXISTS for a key that some product has a feature of */
    @Transactional
    public FeaturesAdded add(Actor actor, AddFeatures command) {
        actor.requireEveryAccount(Permission.CATALOG);
        Product product = repository.load().requireProduct("input.product", command.product());
        repository.lock(product.id());
        if (keys.claim(actor, "addFeatures", command.idempotencyKey(), command, product.id().value()) instanceof Claim.First) {
            CatalogSnapshot known = repository.load();
            Refusals refusals = Refusals.gathered();
            List<Feature> features = NewProducts.features(command.features(), product, known, refusals);
            refusals.refuse();
            repository.insertFeatures(features, known.featuresOf(product.id()).size());
            audit.created(actor, "addFeatures", null, "product", product.id(), command);
            remembered.changed();
        }
        CatalogSnapshot known = repository.load();
        return new FeaturesAdded(product, command.features().stream().flatMap(added -> known.feature(added.key()).stream()).toList());
    }

    /** @throws HeadroomException NOT_FOUND or INVALID_INPUT, naming the field */
    @Transactional
    public Product edit(Actor actor, EditProduct command) {
        actor.requireEveryAccount(Permission.CATALOG);
        Product before = repository.load().requireProduct("input.product", command.product());
        Product after = Edits.product(before, command);
        if (!after.equals(before)) {
            repository.update(after);
            audit.changed(actor, "editProduct", null, "product", before.id(), before, after);
            remembered.changed();
        }
        return after;
    }

    /** @throws HeadroomException NOT_FOUND or INVALID_INPUT, naming the field */
    @Transactional
    public Feature edit(Actor actor, EditFeature command) {
        actor.requireEveryAccount(Permission.CATALOG);
        Feature before = Edits.required(repository.load(), command.feature());
        return turned(actor, "editFeature", before, Edits.feature(before, command));
    }

    /** Has no plan be given a feature any more, unless one on sale grants it or another feature counts its events; twice changes nothing. */
    @Transactional
    public RetireFeatureResult retire(Actor actor, String feature) {
        actor.requireEveryAccount(Permission.CATALOG);
        repository.lock(Edits.required(repository.load(), feature).id());
        CatalogSnapshot known = repository.load();
        Feature before = Edits.required(known, feature);
        FeatureInUse use = known.users(before);
        if (!use.plans().isEmpty() || !use.addOns().isEmpty() || !use.features().isEmpty()) {
            return use;
        }
        return new FeatureRetired(before.retired() ? before : turned(actor, "retireFeature", before, Edits.retired(before, clock.instant())));
    }

    /** Lets plans be given a retired feature again; twice changes nothing. */
    @Transactional
    public Feature restore(Actor actor, String feature) {
        actor.requireEveryAccount(Permission.CATALOG);
        Feature before = Edits.required(repository.load(), feature);
        return turned(actor, "restoreFeature", before, Edits.retired(before, null));
    }

    private Feature turned(Actor actor, String operation, Feature before, Feature after) {
        if (!after.equals(before)) {
            repository.update(after);
            audit.changed(actor, operation, null, "feature", before.id(), before, after);
            remembered.changed();
        }
        return after;
    }

    /** A version of a plan or add-on went on sale: published in the transaction that put it there. */
    public record PlanPublished(PlanVersion version) {}

    /** A plan or add-on was made and put on sale in one act, by one actor: published in the transaction that did so, for whoever refuses that. */
    public record SoldUnprepared(Actor actor) {}

    /** For whoever may prepare and publish; who only prepares opens a draft. */
    @Transactional
    public CreatePlanResult create(Actor actor, CreatePlan command) {
        return sold(actor, "createPlan", command, command, Plan.Kind.TIER, PlanCreated::new, taken -> taken);
    }

    /** For whoever may prepare and publish; who only prepares opens a draft. */
    @Transactional
    public CreateAddOnResult create(Actor actor, CreateAddOn command) {
        return sold(actor, "createAddOn", command, command.asPlan(), Plan.Kind.ADD_ON, AddOnCreated::new, taken -> taken);
    }

    private <R> R sold(
            Actor actor, String operation, Record asked, CreatePlan command, Plan.Kind kind, Function<PlanVersion, R> made, Function<KeyTaken, R> taken) {
        actor.requireEveryAccount(Permission.CATALOG);
        actor.requireEveryAccount(Permission.PUBLISH);
        PlanVersion version = NewPlans.firstVersion(command, kind, repository.load(), clock.instant());
        if (keys.claim(actor, operation, command.idempotencyKey(), asked, version.id().value()) instanceof Claim.Repeat(UUID before)) {
            return made.apply(repository.load().version(new PlanVersionId(before)));
        }
        if (!repository.insert(version.plan())) {
            keys.release(actor, operation, command.idempotencyKey());
            return taken.apply(KeyTaken.by(repository.load().named(version.plan().key())));
        }
        repository.insert(version, clock.instant());
        audit.created(actor, operation, null, kind == Plan.Kind.TIER ? "plan" : "addOn", version.plan().id(), asked);
        remembered.changed();
        events.publishEvent(new SoldUnprepared(actor));
        events.publishEvent(new PlanPublished(version));
        return made.apply(version);
    }

    /**
     * A version that is not there and does not become so by this: what the next one of a plan or add-on would be.
     *
     * @throws HeadroomException NOT_FOUND or INVALID_INPUT, naming the field
     */
    public PlanVersion imagine(Actor actor, NextVersion wanted) {
        actor.requireEveryAccount(Permission.CATALOG);
        return NewPlans.nextVersion(wanted, snapshot());
    }

    /**
     * Puts a version on sale in the place of the one that is, with what it says of its plan; in the transaction of whoever records why.
     *
     * @return what was on sale until then; empty where nothing was
     * @throws HeadroomException CONFLICT where it is not the version that comes next, another plan has its key, or a feature was retired meanwhile
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<PlanVersion> publish(Actor actor, PlanVersion version) {
        actor.requireEveryAccount(Permission.PUBLISH);
        boolean fresh = repository.insert(version.plan());
        repository.lock(version.plan().id());
        repository.keep(version.entitlements().stream().map(granted -> granted.feature().id()).toList());
        CatalogSnapshot known = repository.load();
        version.entitlements().stream().map(PlanEntitlement::feature).filter(feature -> !feature.retired() && known.feature(feature.id()).retired()).findFirst().ifPresent(feature -> {
            throw HeadroomException.of(ErrorCode.CONFLICT, "input.draft", "\"" + feature.key() + "\" was retired meanwhile");
        });
        List<PlanVersion> versions = known.versionsOf(version.plan());
        if (!fresh && versions.isEmpty() || versions.size() + 1 != version.number()) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "input.draft", "Something else was published of \"" + version.plan().key() + "\" meanwhile");
        }
        Optional<PlanVersion> before = known.onSale(version.plan());
        before.ifPresent(last -> repository.retire(last.id(), clock.instant()));
        repository.update(version.plan());
        repository.insert(version, clock.instant());
        remembered.changed();
        events.publishEvent(new PlanPublished(version));
        return before;
    }

    /**
     * Takes a version off sale, and puts one on that was before it; in the transaction of whoever records why.
     *
     * @param instead absent where nothing of the plan shall be on sale
     * @return false where it is not on sale
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean retire(Actor actor, PlanVersion version, @Nullable PlanVersion instead) {
        actor.requireEveryAccount(Permission.PUBLISH);
        repository.lock(version.plan().id());
        if (!repository.load().version(version.id()).onSale()) {
            return false;
        }
        repository.retire(version.id(), clock.instant());
        if (instead != null) {
            reinstated(instead);
        }
        remembered.changed();
        return true;
    }

    /**
     * Puts on sale again what was last of a plan or add-on, where nothing of it is; in the transaction of whoever records why.
     *
     * @return what is on sale now; empty where there never was anything
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<PlanVersion> unretire(Actor actor, Plan plan) {
        actor.requireEveryAccount(Permission.PUBLISH);
        repository.lock(plan.id());
        CatalogSnapshot known = repository.load();
        return known.onSale(plan).or(() -> repository.lastRetired(plan.id()).map(known::version).map(this::reinstated));
    }

    /** What {@link #unretire} would put on sale; empty where nothing ever was. */
    public Optional<PlanVersion> lastRetired(Plan plan) {
        return repository.lastRetired(plan.id()).map(snapshot()::version);
    }

    private PlanVersion reinstated(PlanVersion version) {
        repository.reinstate(version.id());
        repository.update(version.whole());
        remembered.changed();
        events.publishEvent(new PlanPublished(version));
        return version;
    }

    /** An offer was made: published in the transaction that made it. */
    public record OfferMade(Offer offer) {}

    @Transactional
    public CreateOfferResult create(Actor actor, CreateOffer command) {
        actor.requireEveryAccount(Permission.CATALOG);
        actor.requireEveryAccount(Permission.PUBLISH);
        Offer offer = NewOffers.offer(command, repository.load(), Refusals.thrown());
        return switch (keys.claim(actor, "createOffer", command.idempotencyKey(), command, offer.id().value())) {
            case Claim.Repeat(UUID made) -> new OfferCreated(repository.load().offer(new OfferId(made)));
            case Claim.First() -> insert(actor, command, offer);
        };
    }

    /** Puts an offer to one account into the catalogue, in the transaction of whoever may agree to it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void agree(Actor actor, Offer offer) {
        offers.insert(offer);
        audit.created(actor, "negotiateOffer", offer.account(), "offer", offer.id(), offer);
        remembered.changed();
        events.publishEvent(new OfferMade(offer));
    }

    /** Ends an offer from now on, also one that has not begun; twice changes nothing, and what was quoted with it stands for its minutes. */
    @Transactional
    public Offer end(Actor actor, String key) {
        actor.requireEveryAccount(Permission.CATALOG);
        actor.requireEveryAccount(Permission.PUBLISH);
        Offer offer = repository.load().requireOffer("input.offer", key);
        if (offer.negotiated()) {
            throw HeadroomException.notFound("input.offer", "It was agreed with one account; take its request for approval back instead");
        }
        if (offers.end(offer.id(), clock.instant())) {
            audit.changed(actor, "endOffer", null, "offer", offer.id(), offer, repository.load().offer(offer.id()));
            remembered.changed();
        }
        return repository.load().offer(offer.id());
    }

    private CreateOfferResult insert(Actor actor, CreateOffer command, Offer offer) {
        if (!offers.insert(offer)) {
            keys.release(actor, "createOffer", command.idempotencyKey());
            return new OfferKeyTaken(repository.load().requireOffer("input.key", offer.key()));
        }
        audit.created(actor, "createOffer", null, "offer", offer.id(), command);
        remembered.changed();
        events.publishEvent(new OfferMade(offer));
        return new OfferCreated(offer);
    }

    /**
     * Asks to take in a plan that has been sold elsewhere, with all its prices.
     *
     * @param product  key of its product
     * @param versions the oldest first; at most one of them is on sale
     */
    public record TakePlan(String product, String key, String name, String description, int rank, List<TakenVersion> versions) {}

    /** @param prices one for each interval and currency */
    public record TakenVersion(PlanVersion.State state, List<Price> prices) {}

    /** The versions, their prices in the order in which they were given. Nobody is told that it went on sale, for it has been. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PlanVersion> take(Actor.System actor, TakePlan command) {
        List<PlanVersion> versions = NewPlans.taken(command, repository.load(), clock.instant());
        if (!repository.insert(versions.getFirst().plan())) {
            throw new IllegalStateException("There is a plan or add-on \"" + command.key() + "\" already");
        }
        versions.forEach(version -> repository.insert(version, clock.instant()));
        audit.created(actor, "takePlan", null, "plan", versions.getFirst().plan().id(), command);
        remembered.changed();
        return versions;
    }
}
