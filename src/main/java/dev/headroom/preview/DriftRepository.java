package dev.headroom.preview;

import static dev.headroom.preview.jooq.Tables.DRIFT;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.preview.Drift.Cause;
import dev.headroom.preview.Drift.Compared;
import dev.headroom.preview.Drift.Difference;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class DriftRepository {

    private static final SelectField<Drift> WHOLE = row(
                    DRIFT.ID, DRIFT.ACCOUNT_ID.convertFrom(AccountId::new), DRIFT.SUBSCRIPTION_ID.convertFrom(SubscriptionId::new),
                    row(
                                    DRIFT.QUOTE_ID, DRIFT.INVOICE.convertFrom(Compared::valueOf), row(DRIFT.OURS_MINOR, DRIFT.CURRENCY).mapping(Money::new),
                                    row(DRIFT.STRIPES_MINOR, DRIFT.CURRENCY).mapping(Money::new),
                                    DRIFT.WHY.convertFrom(names -> Stream.of(names).map(Cause::valueOf).toList()))
                            .mapping(Difference::new),
                    DRIFT.ACTOR, DRIFT.SEEN, DRIFT.FIRST_SEEN_AT, DRIFT.LAST_SEEN_AT, DRIFT.RESOLVED_AT)
            .mapping(Drift::new);

    private final DSLContext db;

    DriftRepository(DSLContext db) {
        this.db = db;
    }

    /** Makes a subscription's open drift, or tells it anew. */
    void put(Drift drift) {
        db.insertInto(DRIFT)
                .set(DRIFT.ACCOUNT_ID, drift.account().value())
                .set(DRIFT.ID, drift.id())
                .set(DRIFT.SUBSCRIPTION_ID, drift.subscription().value())
                .set(DRIFT.QUOTE_ID, drift.last().quote())
                .set(DRIFT.INVOICE, drift.last().invoice().name())
                .set(DRIFT.CURRENCY, drift.last().ours().currency())
                .set(DRIFT.OURS_MINOR, drift.last().ours().minor())
                .set(DRIFT.STRIPES_MINOR, drift.last().stripes().minor())
                .set(DRIFT.WHY, drift.last().why().stream().map(Enum::name).toArray(String[]::new))
                .set(DRIFT.ACTOR, drift.actor())
                .set(DRIFT.SEEN, drift.seen())
                .set(DRIFT.FIRST_SEEN_AT, drift.firstSeenAt())
                .set(DRIFT.LAST_SEEN_AT, drift.lastSeenAt())
                .onConflict(DRIFT.ACCOUNT_ID, DRIFT.SUBSCRIPTION_ID)
                .where(DRIFT.RESOLVED_AT.isNull())
                .doUpdate()
                .set(DRIFT.QUOTE_ID, drift.last().quote())
                .set(DRIFT.INVOICE, drift.last().invoice().name())
                .set(DRIFT.CURRENCY, drift.last().ours().currency())
                .set(DRIFT.OURS_MINOR, drift.last().ours().minor())
                .set(DRIFT.STRIPES_MINOR, drift.last().stripes().minor())
                .set(DRIFT.WHY, drift.last().why().stream().map(Enum::name).toArray(String[]::new))
                .set(DRIFT.ACTOR, drift.actor())
                .set(DRIFT.SEEN, DRIFT.SEEN.plus(1))
                .set(DRIFT.LAST_SEEN_AT, drift.lastSeenAt())
                .execute();
    }

    /** False when there is none that is open. */
    boolean resolve(AccountId account, SubscriptionId subscription, Instant at) {
        return db.update(DRIFT)
                .set(DRIFT.RESOLVED_AT, at)
                .where(DRIFT.ACCOUNT_ID.eq(account.value()), DRIFT.SUBSCRIPTION_ID.eq(subscription.value()), DRIFT.RESOLVED_AT.isNull())
                .execute() == 1;
    }

    Set<SubscriptionId> open() {
        return db.select(DRIFT.SUBSCRIPTION_ID).from(DRIFT).where(DRIFT.RESOLVED_AT.isNull()).fetchSet(found -> new SubscriptionId(found.value1()));
    }

    boolean isOpen(SubscriptionId subscription) {
        return db.fetchExists(DRIFT, DRIFT.SUBSCRIPTION_ID.eq(subscription.value()), DRIFT.RESOLVED_AT.isNull());
    }

    /** Seen last first. */
    List<Drift> page(boolean resolvedToo, @Nullable UUID after, int size) {
        return db.select(WHOLE)
                .from(DRIFT)
                .where(resolvedToo ? noCondition() : DRIFT.RESOLVED_AT.isNull(), follows(after))
                .orderBy(DRIFT.LAST_SEEN_AT.desc(), DRIFT.ID.desc())
                .limit(size)
                .fetch(Record1::value1);
    }

    private static Condition follows(@Nullable UUID after) {
        return after == null
                ? noCondition()
                : row(DRIFT.LAST_SEEN_AT, DRIFT.ID).lt(select(DRIFT.LAST_SEEN_AT, DRIFT.ID).from(DRIFT).where(DRIFT.ID.eq(after)));
    }
}
