package dev.headroom.sync;

import static dev.headroom.sync.jooq.Tables.DIFFERENCE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import dev.headroom.sync.StripeDifference.Aspect;
import dev.headroom.sync.StripeDifference.Found;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What differs, and what has differed until it was repaired. */
@Repository
class DifferenceRepository {

    private final DSLContext db;

    DifferenceRepository(DSLContext db) {
        this.db = db;
    }

    /** Of one that is known already, what each side says now. */
    void found(Found found, Instant at) {
        db.insertInto(DIFFERENCE)
                .set(DIFFERENCE.ID, Ids.next())
                .set(DIFFERENCE.STRIPE_ID, found.stripeId())
                .set(DIFFERENCE.ACCOUNT_ID, found.account().value())
                .set(DIFFERENCE.ASPECT, found.aspect().name())
                .set(DIFFERENCE.OURS, found.ours())
                .set(DIFFERENCE.THEIRS, found.theirs())
                .set(DIFFERENCE.FIRST_SEEN_AT, at)
                .set(DIFFERENCE.LAST_SEEN_AT, at)
                .onConflict(DIFFERENCE.STRIPE_ID, DIFFERENCE.ASPECT)
                .where(DIFFERENCE.ENDED_AT.isNull())
                .doUpdate()
                .set(DIFFERENCE.OURS, found.ours())
                .set(DIFFERENCE.THEIRS, found.theirs())
                .set(DIFFERENCE.LAST_SEEN_AT, at)
                .execute();
    }

    /** Ends what an object differed in; it was repaired. */
    void repaired(String stripeId, Instant at, @Nullable String by) {
        end(DIFFERENCE.STRIPE_ID.eq(stripeId), at, by);
    }

    /** Ends what a whole walk has not found any more: it is level by itself. */
    void notFoundSince(Instant began, Instant at) {
        end(DIFFERENCE.LAST_SEEN_AT.lt(began), at, null);
    }

    private void end(Condition which, Instant at, @Nullable String by) {
        db.update(DIFFERENCE)
                .set(DIFFERENCE.ENDED_AT, at)
                .set(DIFFERENCE.ENDED_BY, by)
                .setNull(DIFFERENCE.REPAIR_ASKED_BY)
                .where(which, DIFFERENCE.ENDED_AT.isNull())
                .execute();
    }

    /** @param differences absent for all; @return how many were not asked for already */
    int ask(@Nullable Collection<UUID> differences, String by) {
        return db.update(DIFFERENCE)
                .set(DIFFERENCE.REPAIR_ASKED_BY, by)
                .setNull(DIFFERENCE.FAILURE)
                .where(DIFFERENCE.ENDED_AT.isNull(), DIFFERENCE.REPAIR_ASKED_BY.isNull(), differences == null ? noCondition() : DIFFERENCE.ID.in(differences))
                .execute();
    }

    List<StripeDifference> asked(int most) {
        return list(DIFFERENCE.REPAIR_ASKED_BY.isNotNull(), null, most);
    }

    void failed(String stripeId, String failure) {
        db.update(DIFFERENCE)
                .set(DIFFERENCE.FAILURE, failure)
                .setNull(DIFFERENCE.REPAIR_ASKED_BY)
                .where(DIFFERENCE.STRIPE_ID.eq(stripeId), DIFFERENCE.ENDED_AT.isNull())
                .execute();
    }

    /** @param ended whether those that are level again, the newest first, or those that are not */
    List<StripeDifference> page(boolean ended, @Nullable UUID after, int most) {
        return list(ended ? DIFFERENCE.ENDED_AT.isNotNull() : DIFFERENCE.ENDED_AT.isNull(), after, most);
    }

    int open() {
        return db.fetchCount(DIFFERENCE, DIFFERENCE.ENDED_AT.isNull());
    }

    private List<StripeDifference> list(Condition which, @Nullable UUID after, int most) {
        return db.select(
                        DIFFERENCE.ID, DIFFERENCE.STRIPE_ID, DIFFERENCE.ACCOUNT_ID.convertFrom(AccountId::new), DIFFERENCE.ASPECT.convertFrom(Aspect::valueOf),
                        DIFFERENCE.OURS, DIFFERENCE.THEIRS, DIFFERENCE.FIRST_SEEN_AT, DIFFERENCE.LAST_SEEN_AT, DIFFERENCE.REPAIR_ASKED_BY,
                        DIFFERENCE.FAILURE, DIFFERENCE.ENDED_AT, DIFFERENCE.ENDED_BY)
                .from(DIFFERENCE)
                .where(which, after == null ? noCondition() : DIFFERENCE.ID.lt(after))
                .orderBy(DIFFERENCE.ID.desc())
                .limit(most)
                .fetch(mapping(StripeDifference::new));
    }
}
