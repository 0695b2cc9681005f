package dev.headroom.signin;

import static dev.headroom.signin.jooq.Tables.STREAK;
import static org.jooq.Records.mapping;

import dev.headroom.signin.Streak.Kind;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class StreakRepository {

    private final DSLContext db;

    StreakRepository(DSLContext db) {
        this.db = db;
    }

    /** Nobody else counts this one's tries until the transaction ends. */
    Streak locked(Kind kind, byte[] subject, Instant at) {
        Streak none = Streak.none(at);
        db.insertInto(STREAK)
                .set(STREAK.KIND, kind.name())
                .set(STREAK.SUBJECT, subject)
                .set(STREAK.FAILURES, none.failures())
                .set(STREAK.LAST_AT, none.lastAt())
                .onConflictDoNothing()
                .execute();
        return db.select(STREAK.FAILURES, STREAK.LAST_AT, STREAK.WAITS_UNTIL).from(STREAK).where(one(kind, subject)).forUpdate()
                .fetchSingle(mapping(Streak::new));
    }

    Optional<Streak> known(Kind kind, byte[] subject) {
        return db.select(STREAK.FAILURES, STREAK.LAST_AT, STREAK.WAITS_UNTIL).from(STREAK).where(one(kind, subject)).fetchOptional(mapping(Streak::new));
    }

    void write(Kind kind, byte[] subject, Streak streak) {
        db.update(STREAK)
                .set(STREAK.FAILURES, streak.failures())
                .set(STREAK.LAST_AT, streak.lastAt())
                .set(STREAK.WAITS_UNTIL, streak.waitsUntil())
                .where(one(kind, subject))
                .execute();
    }

    void delete(Kind kind, byte[] subject) {
        db.deleteFrom(STREAK).where(one(kind, subject)).execute();
    }

    int forget(Instant before) {
        return db.deleteFrom(STREAK).where(STREAK.LAST_AT.lt(before)).execute();
    }

    private static Condition one(Kind kind, byte[] subject) {
        return STREAK.KIND.eq(kind.name()).and(STREAK.SUBJECT.eq(subject));
    }
}
