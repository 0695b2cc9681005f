package dev.headroom.subscription;

import static dev.headroom.subscription.jooq.Tables.MOVEMENT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import dev.headroom.postgres.Writes;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.jooq.tables.records.MovementRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class MovementRepository {

    /** A start is a cross-sell beside other subscriptions, and of this one no expansion. */
    private static final Condition EXPANDED = MOVEMENT.BEFORE.isNotNull()
            .and(MOVEMENT.GROWTH.in(Stream.of(GrowthKind.UPSELL, GrowthKind.CROSS_SELL, GrowthKind.SEAT_EXPANSION, GrowthKind.USAGE_EXPANSION).map(Enum::name).toList()));

    private final DSLContext db;
    private final JsonMapper json;
    private final Writes writes;

    MovementRepository(DSLContext db, JsonMapper json, Writes writes) {
        this.db = db;
        this.json = json;
        this.writes = writes;
    }

    /** With the commit, or when somebody asks for what was recorded. */
    void insert(Actor actor, SubscriptionChanged changed) {
        writes.beforeCommit(db.insertInto(MOVEMENT)
                .set(MOVEMENT.ACCOUNT_ID, changed.after().account().value())
                .set(MOVEMENT.ID, changed.id())
                .set(MOVEMENT.SUBSCRIPTION_ID, changed.after().id().value())
                .set(MOVEMENT.AT, changed.at())
                .set(MOVEMENT.GROWTH, changed.movement().growth().name())
                .set(MOVEMENT.CURRENCY, changed.after().balance().currency())
                .set(MOVEMENT.MRR_BEFORE_MINOR, changed.movement().before().minor())
                .set(MOVEMENT.MRR_AFTER_MINOR, changed.movement().after().minor())
                .set(MOVEMENT.BEFORE, summary(changed.before()))
                .set(MOVEMENT.AFTER, summary(changed.after()))
                .set(MOVEMENT.CAUSE, changed.cause())
                .set(MOVEMENT.ACTOR, actor.name())
                .set(MOVEMENT.PRODUCT_ID, changed.after().product().value())
                .set(MOVEMENT.EFFECTIVE_AT, changed.effectiveAt())
                .set(MOVEMENT.PAUSED, changed.after().collection().paused())
                .set(MOVEMENT.DEARER, changed.movement().year().dearer())
                .set(MOVEMENT.YEAR_BEFORE, changed.movement().year().before())
                .set(MOVEMENT.YEAR_AFTER, changed.movement().year().after()));
    }

    /** Ids are made in the order of real time, which tells apart what was recorded at the same instant. */
    List<Fact> history(AccountId account, CatalogSnapshot known) {
        writes.now();
        return db.selectFrom(MOVEMENT).where(MOVEMENT.ACCOUNT_ID.eq(account.value())).orderBy(MOVEMENT.AT, MOVEMENT.ID).fetch(row -> fact(row, known));
    }

    /** Those behind another, each found by stepping over all that was recorded of the one before. */
    List<AccountId> accounts(@Nullable AccountId after, int size) {
        return db.fetch("""
                with recursive walk (account_id) as (
                    (select account_id from subscription.movement where account_id > {0} order by account_id limit 1)
                    union all
                    select (select m.account_id from subscription.movement m where m.account_id > walk.account_id order by m.account_id limit 1)
                    from walk where walk.account_id is not null
                )
                select account_id from walk where account_id is not null limit {1}""", val(after == null ? new UUID(0, 0) : after.value()), val(size))
                .map(row -> new AccountId(row.get(0, UUID.class)));
    }

    /** What was recorded before more was noted took effect when it was recorded, never paused anything, and twelve months were twelve rounded ones. */
    private Fact fact(MovementRecord row, CatalogSnapshot known) {
        PlanVersionId plan = plan(row.getAfter());
        return new Fact(
                row.getId(), new AccountId(row.getAccountId()), new SubscriptionId(row.getSubscriptionId()),
                row.getProductId() == null ? known.version(plan).plan().product() : new ProductId(row.getProductId()), row.getCurrency(),
                year(row.getYearBefore(), row.getMrrBeforeMinor()), year(row.getYearAfter(), row.getMrrAfterMinor()), GrowthKind.valueOf(row.getGrowth()),
                row.getDearer() == null || row.getDearer(), row.getPaused() != null && row.getPaused(), row.getBefore() == null ? null : plan(row.getBefore()),
                plan, row.getCause(), row.getEffectiveAt() == null ? row.getAt() : row.getEffectiveAt(), row.getAt());
    }

    private static BigDecimal year(@Nullable BigDecimal exact, long month) {
        return (exact == null ? BigDecimal.valueOf(month).multiply(BigDecimal.valueOf(12)) : exact).stripTrailingZeros();
    }

    private PlanVersionId plan(JSONB summary) {
        return new PlanVersionId(UUID.fromString(json.readTree(summary.data()).at("/planVersion").asString()));
    }

    /** Newest first, without what left revenue as it was, such as a renewal. */
    List<RecordedMovement> ofAccount(AccountId account, int most) {
        writes.now();
        return db.select(
                        MOVEMENT.ID, MOVEMENT.SUBSCRIPTION_ID.convertFrom(SubscriptionId::new), MOVEMENT.AT,
                        MOVEMENT.GROWTH.convertFrom(GrowthKind::valueOf),
                        row(MOVEMENT.MRR_BEFORE_MINOR, MOVEMENT.CURRENCY).mapping(Money::new),
                        row(MOVEMENT.MRR_AFTER_MINOR, MOVEMENT.CURRENCY).mapping(Money::new), MOVEMENT.CAUSE, MOVEMENT.ACTOR)
                .from(MOVEMENT)
                .where(MOVEMENT.ACCOUNT_ID.eq(account.value()), MOVEMENT.GROWTH.ne(GrowthKind.NONE.name()))
                .orderBy(MOVEMENT.AT.desc(), MOVEMENT.ID.desc())
                .limit(most)
                .fetch(mapping(RecordedMovement::new));
    }

    /** A price that rose is no expansion: nobody has more for it. */
    Optional<Instant> expandedAt(AccountId account, SubscriptionId subscription) {
        writes.now();
        return db.select(MOVEMENT.AT)
                .from(MOVEMENT)
                .where(MOVEMENT.ACCOUNT_ID.eq(account.value()), MOVEMENT.SUBSCRIPTION_ID.eq(subscription.value()), EXPANDED)
                .orderBy(MOVEMENT.AT.desc())
                .limit(1)
                .fetchOptional(MOVEMENT.AT);
    }

    /** The same of many; who never had more is left out. */
    Map<SubscriptionId, Instant> expandedAt(Collection<AccountSubscription> subscriptions) {
        writes.now();
        return db.select(MOVEMENT.SUBSCRIPTION_ID, max(MOVEMENT.AT))
                .from(MOVEMENT)
                .where(row(MOVEMENT.ACCOUNT_ID, MOVEMENT.SUBSCRIPTION_ID)
                        .in(subscriptions.stream().map(each -> row(each.account().value(), each.id().value())).toList()))
                .and(EXPANDED)
                .groupBy(MOVEMENT.SUBSCRIPTION_ID)
                .fetchMap(each -> new SubscriptionId(each.value1()), Record2::value2);
    }

    /** What later readers need to know without the catalogue of that day. */
    private @Nullable JSONB summary(@Nullable AccountSubscription subscription) {
        return subscription == null ? null : JSONB.valueOf(json.writeValueAsString(Map.of(
                "state", subscription.state(),
                "interval", subscription.interval(),
                "planVersion", subscription.planItem().planVersion().value(),
                "price", subscription.planItem().price().value(),
                "quantity", subscription.planItem().quantity())));
    }
}
