package dev.headroom.entitlement;

import static dev.headroom.entitlement.jooq.Tables.NOTICE;
import static org.jooq.Records.mapping;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class NoticeRepository {

    private final DSLContext db;

    NoticeRepository(DSLContext db) {
        this.db = db;
    }

    /** A limit that was hit within the same hour stays the one notice that it is. */
    void insert(List<Notice> notices) {
        db.batch(notices.stream().map(notice -> db.insertInto(NOTICE)
                .set(NOTICE.ID, notice.id())
                .set(NOTICE.ACCOUNT_ID, notice.account().value())
                .set(NOTICE.FEATURE_ID, notice.feature().value())
                .set(NOTICE.KIND, notice.kind().name())
                .set(NOTICE.PERCENT, notice.percent())
                .set(NOTICE.USED, notice.used())
                .set(NOTICE.INCLUDED, notice.included())
                .set(NOTICE.REQUESTED, notice.requested())
                .set(NOTICE.PERIOD_FROM, notice.window())
                .set(NOTICE.AT, notice.at())
                .onConflictDoNothing()).toList()).execute();
    }

    /** Newest first. */
    List<Notice> ofAccount(AccountId account, int most) {
        return db.select(
                        NOTICE.ID, NOTICE.ACCOUNT_ID.convertFrom(AccountId::new), NOTICE.FEATURE_ID.convertFrom(FeatureId::new),
                        NOTICE.KIND.convertFrom(Notice.Kind::valueOf), NOTICE.PERCENT, NOTICE.USED, NOTICE.INCLUDED, NOTICE.REQUESTED, NOTICE.PERIOD_FROM,
                        NOTICE.AT)
                .from(NOTICE)
                .where(NOTICE.ACCOUNT_ID.eq(account.value()))
                .orderBy(NOTICE.ID.desc())
                .limit(most)
                .fetch(mapping(Notice::new));
    }
}
