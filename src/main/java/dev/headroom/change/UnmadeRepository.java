package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.headroom.account.AccountId;
import dev.headroom.change.PlanChange.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What waited, for a date or for the end of the period, and was not made; and what Stripe leaves unanswered. */
@Repository
class UnmadeRepository {

    /** What its subscription ended before is no failure; what never waited was answered to whoever asked for it. */
    private static final Condition UNMADE = PLAN_CHANGE.EFFECTIVE_AT.isNotNull()
            .and(PLAN_CHANGE.STATE.in(State.DECLINED.name(), State.REFUSED.name(), State.ABANDONED.name()))
            .and(PLAN_CHANGE.FAILURE_CODE.isDistinctFrom(Arrangements.ENDED))
            .and(PLAN_CHANGE.PROMISED_FOR.isNotNull().or(PLAN_CHANGE.ATTEMPT.gt(0)).or(PLAN_CHANGE.DECIDED_AT.ge(PLAN_CHANGE.EFFECTIVE_AT)));

    private final DSLContext db;

    UnmadeRepository(DSLContext db) {
        this.db = db;
    }

    /** Of all accounts, the one that ended last first. */
    List<PlanChange> before(@Nullable Instant end, int most) {
        return db.select(PlanChangeRepository.WHOLE)
                .from(PLAN_CHANGE)
                .where(UNMADE.and(end == null ? noCondition() : PLAN_CHANGE.DECIDED_AT.lt(end)))
                .orderBy(PLAN_CHANGE.DECIDED_AT.desc(), PLAN_CHANGE.ID.desc())
                .limit(most)
                .fetch(Record1::value1);
    }

    /** Of some accounts, those after which nothing was asked for of the same subscription. */
    List<PlanChange> last(Collection<AccountId> accounts) {
        return db.select(PlanChangeRepository.WHOLE)
                .from(PLAN_CHANGE)
                .where(UNMADE, PLAN_CHANGE.ACCOUNT_ID.in(accounts.stream().map(AccountId::value).toList()), nothingSince())
                .orderBy(PLAN_CHANGE.DECIDED_AT, PLAN_CHANGE.ID)
                .fetch(Record1::value1);
    }

    /** Of all accounts, the one that ended last first, after which nothing was asked for of the same subscription. @param from when it ended, inclusive */
    List<PlanChange> since(Instant from, int most) {
        return db.select(PlanChangeRepository.WHOLE)
                .from(PLAN_CHANGE)
                .where(UNMADE, PLAN_CHANGE.DECIDED_AT.ge(from), nothingSince())
                .orderBy(PLAN_CHANGE.DECIDED_AT.desc(), PLAN_CHANGE.ID.desc())
                .limit(most)
                .fetch(Record1::value1);
    }

    private static Condition nothingSince() {
        dev.headroom.change.jooq.tables.PlanChange later = PLAN_CHANGE.as("later");
        return notExists(selectOne().from(later).where(
                later.ACCOUNT_ID.eq(PLAN_CHANGE.ACCOUNT_ID), later.SUBSCRIPTION_ID.eq(PLAN_CHANGE.SUBSCRIPTION_ID),
                later.ID.ne(PLAN_CHANGE.ID), later.REQUESTED_AT.ge(PLAN_CHANGE.DECIDED_AT)));
    }

    /** Those of which Stripe has been asked, or is to be, for so long and nobody knows what became of them; the one that was asked for first, first. */
    List<PlanChange> unanswered(Instant before, int most) {
        return db.select(PlanChangeRepository.WHOLE)
                .from(PLAN_CHANGE)
                .where(PLAN_CHANGE.STATE.in(State.REQUESTED.name(), State.CANCELING.name()), PLAN_CHANGE.REQUESTED_AT.lt(before))
                .orderBy(PLAN_CHANGE.REQUESTED_AT, PLAN_CHANGE.ID)
                .limit(most)
                .fetch(Record1::value1);
    }
}
