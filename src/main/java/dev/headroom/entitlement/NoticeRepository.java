package dev.headroom.entitlement;

import static dev.headroom.entitlement.jooq.Tables.NOTICE;
import static dev.headroom.entitlement.jooq.Tables.SEATS_TOLD;
import static java.util.stream.Collectors.groupingBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.unnest;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
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

    /** Newest first; laterally, so that each account is a range of the index. */
    Map<AccountId, List<Notice>> newest(Collection<AccountId> accounts, int most) {
        Table<?> asked = unnest(accounts.stream().map(AccountId::value).toArray(UUID[]::new)).as("asked", "id");
        Table<?> newest = lateral(db.selectFrom(NOTICE).where(NOTICE.ACCOUNT_ID.eq(field(name("asked", "id"), UUID.class))).orderBy(NOTICE.ID.desc()).limit(most))
                .as("newest");
        return db.select(newest.fields())
                .from(asked)
                .crossJoin(newest)
                .orderBy(newest.field(NOTICE.ID).desc())
                .fetch(NoticeRepository::notice)
                .stream()
                .collect(groupingBy(Notice::account));
    }

    private static Notice notice(Record row) {
        return new Notice(
                row.get(NOTICE.ID), new AccountId(row.get(NOTICE.ACCOUNT_ID)), new FeatureId(row.get(NOTICE.FEATURE_ID)), Notice.Kind.valueOf(row.get(NOTICE.KIND)),
                row.get(NOTICE.PERCENT), row.get(NOTICE.USED), row.get(NOTICE.INCLUDED), row.get(NOTICE.REQUESTED), row.get(NOTICE.PERIOD_FROM),
                row.get(NOTICE.AT));
    }
}
