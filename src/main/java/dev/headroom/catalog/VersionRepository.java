package dev.headroom.catalog;

import static dev.headroom.catalog.jooq.Tables.ENTITLEMENT;
import static dev.headroom.catalog.jooq.Tables.PLAN;
import static dev.headroom.catalog.jooq.Tables.PLAN_VERSION;
import static dev.headroom.catalog.jooq.Tables.PRICE;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.row;

import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.limits.Limit;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.Records;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads versions. What one costs and grants never changes, so each node reads that once, however often something else of the catalogue does. */
@Repository
class VersionRepository {

    private static final TypeReference<Map<String, BigDecimal>> OVERAGE = new TypeReference<>() {};

    private final DSLContext db;
    private final JsonMapper json;
    /** By version. */
    private final Map<UUID, Content> contents = new ConcurrentHashMap<>();

    VersionRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    private record Content(List<PlanPrice> prices, List<Granted> grants) {

        /** As features are called, and ordered, by now. */
        List<PlanEntitlement> entitlements(List<Feature> features, Map<FeatureId, Integer> ranks) {
            return grants.stream()
                    .sorted(Comparator.comparing(granted -> ranks.get(granted.feature())))
                    .map(granted -> granted.of(features.get(ranks.get(granted.feature()))))
                    .toList();
        }
    }

    /** An entitlement whose feature is known by its id alone. */
    private record Granted(
            FeatureId feature, @Nullable Long included, Limit.Policy policy, @Nullable Long softLimit, @Nullable Integer graceDays, @Nullable Integer gracePercent,
            @Nullable String setting, Map<Currency, UnitPrice> overage, Plan.Kind by) {

        PlanEntitlement of(Feature feature) {
            return new PlanEntitlement(feature, included, policy, softLimit, graceDays, gracePercent, setting, overage, by);
        }
    }

    /** @param features all that there were after the versions were read, in their order */
    List<PlanVersion> whole(List<Head> heads, List<Feature> features) {
        Map<FeatureId, Integer> ranks = new HashMap<>();
        features.forEach(feature -> ranks.put(feature.id(), ranks.size()));
        Map<UUID, Content> missing = read(heads.stream().map(head -> head.id().value()).filter(id -> !contents.containsKey(id)).toList());
        // Within a transaction something may be read that is never committed, and comes back under its id as something else.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            contents.putAll(missing);
        }
        return heads.stream().map(head -> head.with(content(head, missing), features, ranks)).toList();
    }

    private Content content(Head head, Map<UUID, Content> missing) {
        Content known = contents.get(head.id().value());
        return known == null ? missing.get(head.id().value()) : known;
    }

    /** All that changes of a version. */
    record Head(PlanVersionId id, Plan plan, int number, PlanVersion.State state, @Nullable Instant publishedAt, PlanVersion.Said said) {

        private PlanVersion with(Content content, List<Feature> features, Map<FeatureId, Integer> ranks) {
            return new PlanVersion(id, plan, number, state, publishedAt, content.prices(), content.entitlements(features, ranks), said);
        }
    }

    /** By plans, of a product by rank, and the oldest first. */
    List<Head> heads(UUID[] products) {
        return db.select(PLAN_VERSION.ID, PLAN_VERSION.NUMBER, PLAN_VERSION.STATE, PLAN_VERSION.PUBLISHED_AT,
                        PLAN.ID, PLAN.PRODUCT_ID, PLAN.KEY, PLAN.NAME, PLAN.DESCRIPTION, PLAN.RANK, PLAN.KIND, PLAN.VISIBILITY, PLAN.ACCOUNT_ID, PLAN.INSTEAD_OF,
                        PLAN_VERSION.NAME, PLAN_VERSION.DESCRIPTION, PLAN_VERSION.RANK, PLAN_VERSION.VISIBILITY)
                .from(PLAN_VERSION)
                .join(PLAN).on(PLAN.ID.eq(PLAN_VERSION.PLAN_ID))
                .where(PLAN.PRODUCT_ID.eq(any(products)))
                .orderBy(PLAN.RANK, PLAN.ID, PLAN_VERSION.NUMBER)
                .fetch(Records.mapping((id, number, state, published, plan, product, key, name, description, rank, kind, visibility, account, insteadOf,
                        saidName, saidDescription, saidRank, saidVisibility) -> new Head(
                        new PlanVersionId(id),
                        new Plan(
                                new PlanId(plan), new ProductId(product), key, name, description, rank, Plan.Kind.valueOf(kind), Visibility.valueOf(visibility),
                                account == null ? null : new Plan.OwnPrice(account, new PlanId(insteadOf))),
                        number, PlanVersion.State.valueOf(state), published,
                        new PlanVersion.Said(saidName, saidDescription, saidRank, Visibility.valueOf(saidVisibility)))));
    }

    private Map<UUID, Content> read(List<UUID> versions) {
        if (versions.isEmpty()) {
            return Map.of();
        }
        Map<UUID, List<PlanPrice>> prices = prices(versions);
        Map<UUID, List<Granted>> grants = grants(versions);
        return versions.stream().collect(toMap(Function.identity(), id -> new Content(prices.getOrDefault(id, List.of()), grants.getOrDefault(id, List.of()))));
    }

    private Map<UUID, List<PlanPrice>> prices(List<UUID> versions) {
        return byVersion(db.select(PRICE.PLAN_VERSION_ID, row(PRICE.ID, PRICE.INTERVAL, PRICE.CURRENCY, PRICE.MODEL).mapping((id, interval, currency, model) ->
                        new PlanPrice(new PriceId(id), new Price(Interval.valueOf(interval), currency, ChargeModelJson.read(model)))))
                .from(PRICE)
                .where(PRICE.PLAN_VERSION_ID.eq(any(versions.toArray(UUID[]::new))))
                .orderBy(PRICE.INTERVAL, PRICE.CURRENCY)
                .fetch());
    }

    private Map<UUID, List<Granted>> grants(List<UUID> versions) {
        return byVersion(db.select(ENTITLEMENT.PLAN_VERSION_ID, row(
                                ENTITLEMENT.FEATURE_ID, ENTITLEMENT.INCLUDED, ENTITLEMENT.POLICY.convertFrom(Limit.Policy::valueOf), ENTITLEMENT.SOFT_LIMIT,
                                ENTITLEMENT.GRACE_DAYS, ENTITLEMENT.GRACE_PERCENT, ENTITLEMENT.SETTING, ENTITLEMENT.OVERAGE, PLAN.KIND.convertFrom(Plan.Kind::valueOf))
                        .mapping((feature, included, policy, soft, days, percent, setting, overage, by) ->
                                new Granted(new FeatureId(feature), included, policy, soft, days, percent, setting, overage(overage), by)))
                .from(ENTITLEMENT)
                .join(PLAN_VERSION).on(PLAN_VERSION.ID.eq(ENTITLEMENT.PLAN_VERSION_ID))
                .join(PLAN).on(PLAN.ID.eq(PLAN_VERSION.PLAN_ID))
                .where(ENTITLEMENT.PLAN_VERSION_ID.eq(any(versions.toArray(UUID[]::new))))
                .fetch());
    }

    private static <V> Map<UUID, List<V>> byVersion(List<Record2<UUID, V>> rows) {
        return rows.stream().collect(groupingBy(Record2::value1, mapping(Record2::value2, toList())));
    }

    private Map<Currency, UnitPrice> overage(JSONB stored) {
        return json.readValue(stored.data(), OVERAGE).entrySet().stream()
                .map(entry -> new UnitPrice(entry.getValue(), Currency.getInstance(entry.getKey())))
                .collect(toUnmodifiableMap(UnitPrice::currency, Function.identity()));
    }
}
