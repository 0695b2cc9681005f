package dev.headroom.audit;

import static dev.headroom.audit.jooq.Tables.ENTRY;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Records;
import org.springframework.stereotype.Repository;

@Repository
class AuditRepository {

    private final DSLContext db;

    AuditRepository(DSLContext db) {
        this.db = db;
    }

    void insert(AuditEntry entry) {
        db.insertInto(ENTRY)
                .set(ENTRY.ID, entry.id())
                .set(ENTRY.ACCOUNT_ID, entry.account())
                .set(ENTRY.AT, entry.at())
                .set(ENTRY.ACTOR, entry.actor())
                .set(ENTRY.OPERATION, entry.operation())
                .set(ENTRY.SUBJECT, entry.subject())
                .set(ENTRY.SUBJECT_ID, entry.subjectId())
                .set(ENTRY.BEFORE, JSONB.jsonbOrNull(entry.before()))
                .set(ENTRY.AFTER, JSONB.jsonbOrNull(entry.after()))
                .execute();
    }

    List<AuditEntry> ofAccount(UUID account, int most) {
        return entries(ENTRY.ACCOUNT_ID.eq(account), most);
    }

    List<AuditEntry> ofSubjects(UUID account, Collection<String> subjects, int most) {
        return entries(ENTRY.ACCOUNT_ID.eq(account).and(ENTRY.SUBJECT_ID.in(subjects)), most);
    }

    private List<AuditEntry> entries(Condition which, int most) {
        return db.select(
                        ENTRY.ID, ENTRY.ACCOUNT_ID, ENTRY.AT, ENTRY.ACTOR, ENTRY.OPERATION, ENTRY.SUBJECT, ENTRY.SUBJECT_ID,
                        text(ENTRY.BEFORE), text(ENTRY.AFTER))
                .from(ENTRY)
                .where(which)
                .orderBy(ENTRY.AT.desc(), ENTRY.ID.desc())
                .limit(most)
                .fetch(Records.mapping(AuditEntry::new));
    }

    /** Either side may be absent, and a converter is asked about nulls too. */
    private static Field<String> text(Field<JSONB> json) {
        return json.convertFrom(value -> Optional.ofNullable(value).map(JSONB::data).orElse(null));
    }
}
