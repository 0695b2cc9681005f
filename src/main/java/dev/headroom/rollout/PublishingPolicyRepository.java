package dev.headroom.rollout;

import static dev.headroom.rollout.jooq.Tables.POLICY;
import static org.jooq.Records.mapping;

import dev.headroom.rollout.jooq.tables.records.PolicyRecord;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.InsertSetMoreStep;
import org.jooq.Record5;
import org.jooq.SelectConditionStep;
import org.springframework.stereotype.Repository;

@Repository
class PublishingPolicyRepository {

    private static final int ONLY = 1;

    private final DSLContext db;

    PublishingPolicyRepository(DSLContext db) {
        this.db = db;
    }

    /** Empty where the usual holds. */
    Optional<PublishingPolicy> find() {
        return select().fetchOptional(mapping(PublishingPolicy::new));
    }

    /** Nobody else says something else until the transaction ends, also where nobody has said anything yet. */
    PublishingPolicy locked() {
        row(PublishingPolicy.USUAL).onConflictDoNothing().execute();
        return select().forUpdate().fetchSingle(mapping(PublishingPolicy::new));
    }

    private SelectConditionStep<Record5<Boolean, Integer, Integer, Integer, Integer>> select() {
        return db.select(POLICY.EDITOR_MAY_PUBLISH, POLICY.CONFIRM_ABOVE, POLICY.RISE_NOTICE_DAYS, POLICY.NOTICE_DAYS, POLICY.MOST_RISE_PERCENT)
                .from(POLICY)
                .where(POLICY.ID.eq(ONLY));
    }

    void set(PublishingPolicy policy) {
        row(policy).onConflict(POLICY.ID).doUpdate().setAllToExcluded().execute();
    }

    private InsertSetMoreStep<PolicyRecord> row(PublishingPolicy policy) {
        return db.insertInto(POLICY)
                .set(POLICY.ID, ONLY)
                .set(POLICY.EDITOR_MAY_PUBLISH, policy.editorMayPublish())
                .set(POLICY.CONFIRM_ABOVE, policy.confirmAbove())
                .set(POLICY.RISE_NOTICE_DAYS, policy.riseNoticeDays())
                .set(POLICY.NOTICE_DAYS, policy.noticeDays())
                .set(POLICY.MOST_RISE_PERCENT, policy.mostRisePercent());
    }
}
