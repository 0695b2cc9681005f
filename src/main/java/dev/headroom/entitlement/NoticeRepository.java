package dev.headroom.entitlement;

import static dev.headroom.entitlement.jooq.Tables.NOTICE;
import static dev.headroom.entitlement.jooq.Tables.SEATS_TOLD;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class NoticeRepository {

    private final DSLContext db;

    NoticeRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What is told once an hour stays the one notice that it is, whichever node noticed.
     *
     * @param notices sorted by account and feature where they are told once an hour, so that no two wait for each other
     * @return those that were not there
     */
    List<Notice> insert(List<Notice> notices) {
        Set<UUID> fresh = db.insertInto(
                        NOTICE, NOTICE.ID, NOTICE.ACCOUNT_ID, NOTICE.FEATURE_ID, NOTICE.KIND, NOTICE.PERCENT, NOTICE.USED, NOTICE.INCLUDED,
                        NOTICE.REQUESTED, NOTICE.PERIOD_FROM, NOTICE.AT)
                .valuesOfRows(notices.stream().map(each -> row(
                        each.id(), each.account().value(), each.feature().value(), each.kind().name(), each.percent(), each.used(), each.included(),
                        each.requested(), each.window(), each.at())).toList())
                .onConflictDoNothing()
                .returning(NOTICE.ID)
                .fetchSet(NOTICE.ID);
        return notices.stream().filter(notice -> fresh.contains(notice.id())).toList();
    }

    /** What was told of seats that are held. */
    Total seats(UsageCounter held) {
        return db.select(SEATS_TOLD.TOLD, SEATS_TOLD.TOLD_OF)
                .from(SEATS_TOLD)
                .where(SEATS_TOLD.ACCOUNT_ID.eq(held.account().value()), SEATS_TOLD.FEATURE_ID.eq(held.feature().value()))
                .fetchOptional(row -> new Total(held, held.used(), row.value1(), row.value2()))
                .orElseGet(() -> new Total(held, held.used(), 0, null));
    }

    void seats(Note note) {
        db.insertInto(SEATS_TOLD)
                .set(SEATS_TOLD.ACCOUNT_ID, note.counter().account().value())
                .set(SEATS_TOLD.FEATURE_ID, note.counter().feature().value())
                .set(SEATS_TOLD.TOLD, note.told())
                .set(SEATS_TOLD.TOLD_OF, note.toldOf())
                .onConflict(SEATS_TOLD.ACCOUNT_ID, SEATS_TOLD.FEATURE_ID)
                .doUpdate()
                .set(SEATS_TOLD.TOLD, note.told())
                .set(SEATS_TOLD.TOLD_OF, note.toldOf())
                .execute();
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
