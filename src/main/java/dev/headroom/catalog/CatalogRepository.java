package dev.headroom.catalog;

import dev.headroom.catalog.Feature.MeterRule;
import static dev.headroom.catalog.jooq.Tables.ENTITLEMENT;
import static dev.headroom.catalog.jooq.Tables.FEATURE;
import static dev.headroom.catalog.jooq.Tables.PLAN;
import static dev.headroom.catalog.jooq.Tables.PLAN_VERSION;
import static dev.headroom.catalog.jooq.Tables.PRICE;
import static dev.headroom.catalog.jooq.Tables.PRODUCT;
import static java.util.stream.Collectors.toMap;

import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.money.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class CatalogRepository {

    private final DSLContext db;
    private final JsonMapper json;
    private final SnapshotRepository snapshots;

    CatalogRepository(DSLContext db, JsonMapper json, SnapshotRepository snapshots) {
        this.db = db;
        this.json = json;
        this.snapshots = snapshots;
    }

    CatalogSnapshot load() {
        return snapshots.load();
    }

    /** False when the key is taken. */
    boolean insert(Product product) {
        return db.insertInto(PRODUCT)
                .set(PRODUCT.ID, product.id().value())
                .set(PRODUCT.KEY, product.key())
                .set(PRODUCT.NAME, product.name())
                .set(PRODUCT.DESCRIPTION, product.description())
                .onConflict(PRODUCT.KEY)
                .doNothing()
                .execute() == 1;
    }

    /**
     * @param first the rank of the first of them
     * @throws HeadroomException ALREADY_EXISTS for a key that another one has taken meanwhile
     */
    void insertFeatures(List<Feature> features, int first) {
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            int inserted = db.insertInto(FEATURE)
                    .set(FEATURE.ID, feature.id().value())
                    .set(FEATURE.PRODUCT_ID, feature.product().value())
                    .set(FEATURE.KEY, feature.key())
                    .set(FEATURE.NAME, feature.name())
                    .set(FEATURE.KIND, feature.kind().name())
                    .set(FEATURE.UNIT, feature.unit())
                    .set(FEATURE.RESET, feature.reset().name())
                    .set(FEATURE.ROLLING_DAYS, feature.rollingDays())
                    .set(FEATURE.SEATS, feature.seats())
                    .set(FEATURE.THRESHOLDS, feature.thresholds().toArray(Integer[]::new))
                    .set(FEATURE.DESCRIPTION, feature.description())
                    .set(meter(feature.meter()))
                    .set(FEATURE.RANK, first + i)
                    .onConflict(FEATURE.KEY)
                    .doNothing()
                    .execute();
            if (inserted == 0) {
                throw NewProducts.taken("input.features[" + i + "].key", feature.key(), productOf(feature.key()));
            }
        }
    }

    private Product productOf(String feature) {
        CatalogSnapshot known = load();
        return known.product(known.feature(feature).orElseThrow().product());
    }

    /** Nobody else gives it features until the transaction ends. */
    void lock(ProductId product) {
        db.select(PRODUCT.ID).from(PRODUCT).where(PRODUCT.ID.eq(product.value())).forNoKeyUpdate().fetch();
    }

    /** No version is given it until the transaction ends, and one that is being given it has been when this returns. */
    void lock(FeatureId feature) {
        db.select(FEATURE.ID).from(FEATURE).where(FEATURE.ID.eq(feature.value())).forUpdate().fetch();
    }

    /** None of them is retired until the transaction ends, and one that is being retired has been when this returns. */
    void keep(Collection<FeatureId> features) {
        db.select(FEATURE.ID).from(FEATURE).where(FEATURE.ID.in(features.stream().map(FeatureId::value).toList())).orderBy(FEATURE.ID).forShare().fetch();
    }

    void update(Product product) {
        db.update(PRODUCT)
                .set(PRODUCT.NAME, product.name())
                .set(PRODUCT.DESCRIPTION, product.description())
                .where(PRODUCT.ID.eq(product.id().value()))
                .execute();
    }

    void update(Feature feature) {
        db.update(FEATURE)
                .set(FEATURE.NAME, feature.name())
                .set(FEATURE.DESCRIPTION, feature.description())
                .set(FEATURE.UNIT, feature.unit())
                .set(FEATURE.RETIRED_AT, feature.retiredAt())
                .where(FEATURE.ID.eq(feature.id().value()))
                .execute();
    }

    private Map<Field<?>, Object> meter(@Nullable MeterRule rule) {
        if (rule == null) {
            return Map.of();
        }
        Map<Field<?>, Object> columns = new HashMap<>();
        columns.put(FEATURE.AGGREGATION, rule.aggregation().name());
        columns.put(FEATURE.PROPERTY, rule.property());
        columns.put(FEATURE.FILTER, JSONB.valueOf(json.writeValueAsString(rule.filter())));
        columns.put(FEATURE.GROUP_BY, rule.groupBy().toArray(String[]::new));
        columns.put(FEATURE.SOURCE, rule.source());
        return columns;
    }

    /** False when the key is taken. */
    boolean insert(Plan plan) {
        return db.insertInto(PLAN)
                .set(PLAN.ID, plan.id().value())
                .set(PLAN.PRODUCT_ID, plan.product().value())
                .set(PLAN.KEY, plan.key())
                .set(PLAN.NAME, plan.name())
                .set(PLAN.DESCRIPTION, plan.description())
                .set(PLAN.RANK, plan.rank())
                .set(PLAN.KIND, plan.kind().name())
                .set(PLAN.VISIBILITY, plan.visibility().name())
                .set(PLAN.ACCOUNT_ID, Optional.ofNullable(plan.own()).map(Plan.OwnPrice::account).orElse(null))
                .set(PLAN.INSTEAD_OF, Optional.ofNullable(plan.own()).map(own -> own.insteadOf().value()).orElse(null))
                .onConflict(PLAN.KEY)
                .doNothing()
                .execute() == 1;
    }

    /** What is said of a plan beside its versions; nobody else publishes one of them until the transaction ends. */
    void update(Plan plan) {
        db.update(PLAN)
                .set(PLAN.NAME, plan.name())
                .set(PLAN.DESCRIPTION, plan.description())
                .set(PLAN.RANK, plan.rank())
                .set(PLAN.VISIBILITY, plan.visibility().name())
                .where(PLAN.ID.eq(plan.id().value()))
                .execute();
    }

    /** Until the transaction ends nobody else puts a version of the plan on sale, or takes one off. */
    void lock(PlanId plan) {
        db.select(PLAN.ID).from(PLAN).where(PLAN.ID.eq(plan.value())).forUpdate().fetch();
    }

    void retire(PlanVersionId version, Instant at) {
        db.update(PLAN_VERSION)
                .set(PLAN_VERSION.STATE, PlanVersion.State.RETIRED.name())
                .set(PLAN_VERSION.RETIRED_AT, at)
                .where(PLAN_VERSION.ID.eq(version.value()))
                .execute();
    }

    /** What was published before, as it was. */
    void reinstate(PlanVersionId version) {
        db.update(PLAN_VERSION)
                .set(PLAN_VERSION.STATE, PlanVersion.State.PUBLISHED.name())
                .setNull(PLAN_VERSION.RETIRED_AT)
                .where(PLAN_VERSION.ID.eq(version.value()))
                .execute();
    }

    /** The version of a plan that was taken off sale last. */
    Optional<PlanVersionId> lastRetired(PlanId plan) {
        return db.select(PLAN_VERSION.ID)
                .from(PLAN_VERSION)
                .where(PLAN_VERSION.PLAN_ID.eq(plan.value()), PLAN_VERSION.STATE.eq(PlanVersion.State.RETIRED.name()))
                .orderBy(PLAN_VERSION.RETIRED_AT.desc().nullsLast(), PLAN_VERSION.NUMBER.desc())
                .limit(1)
                .fetchOptional(row -> new PlanVersionId(row.value1()));
    }

    void insert(PlanVersion version, Instant at) {
        db.insertInto(PLAN_VERSION)
                .set(PLAN_VERSION.ID, version.id().value())
                .set(PLAN_VERSION.PLAN_ID, version.plan().id().value())
                .set(PLAN_VERSION.NUMBER, version.number())
                .set(PLAN_VERSION.STATE, version.state().name())
                .set(PLAN_VERSION.CREATED_AT, at)
                .set(PLAN_VERSION.PUBLISHED_AT, version.publishedAt())
                .set(PLAN_VERSION.NAME, version.name())
                .set(PLAN_VERSION.DESCRIPTION, version.description())
                .set(PLAN_VERSION.RANK, version.rank())
                .set(PLAN_VERSION.VISIBILITY, version.visibility().name())
                .execute();
        version.prices().forEach(price -> insert(version, price));
        version.entitlements().forEach(entitlement -> insert(version, entitlement));
    }

    private void insert(PlanVersion version, PlanPrice price) {
        db.insertInto(PRICE)
                .set(PRICE.ID, price.id().value())
                .set(PRICE.PLAN_VERSION_ID, version.id().value())
                .set(PRICE.INTERVAL, price.price().interval().name())
                .set(PRICE.CURRENCY, price.price().currency())
                .set(PRICE.MODEL, ChargeModelJson.write(price.price().model()))
                .execute();
    }

    private void insert(PlanVersion version, PlanEntitlement entitlement) {
        Map<String, BigDecimal> overage = entitlement.overage().values().stream()
                .collect(toMap(price -> price.currency().getCurrencyCode(), UnitPrice::minor));
        db.insertInto(ENTITLEMENT)
                .set(ENTITLEMENT.PLAN_VERSION_ID, version.id().value())
                .set(ENTITLEMENT.FEATURE_ID, entitlement.feature().id().value())
                .set(ENTITLEMENT.INCLUDED, entitlement.included())
                .set(ENTITLEMENT.POLICY, entitlement.policy().name())
                .set(ENTITLEMENT.SOFT_LIMIT, entitlement.softLimit())
                .set(ENTITLEMENT.GRACE_DAYS, entitlement.graceDays())
                .set(ENTITLEMENT.GRACE_PERCENT, entitlement.gracePercent())
                .set(ENTITLEMENT.SETTING, entitlement.setting())
                .set(ENTITLEMENT.OVERAGE, JSONB.valueOf(json.writeValueAsString(overage)))
                .execute();
    }
}
