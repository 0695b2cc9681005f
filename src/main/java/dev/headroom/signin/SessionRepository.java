package dev.headroom.signin;

import static dev.headroom.signin.jooq.Tables.SESSION;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.jooq.SelectJoinStep;
import org.springframework.stereotype.Repository;

@Repository
class SessionRepository {

    private final DSLContext db;

    SessionRepository(DSLContext db) {
        this.db = db;
    }

    void insert(Session session) {
        db.insertInto(SESSION)
                .set(SESSION.ID, session.id())
                .set(SESSION.USER_ID, session.user())
                .set(SESSION.BROWSER, session.browser())
                .set(SESSION.STARTED_AT, session.startedAt())
                .set(SESSION.LAST_SEEN_AT, session.lastSeenAt())
                .execute();
    }

    Optional<Session> byId(UUID id) {
        return sessions().where(SESSION.ID.eq(id)).fetchOptional(mapping(Session::new));
    }

    List<Session> open(UUID user, Instant seenSince, int most) {
        return sessions()
                .where(SESSION.USER_ID.eq(user), SESSION.ENDED_AT.isNull(), SESSION.LAST_SEEN_AT.gt(seenSince))
                .orderBy(SESSION.LAST_SEEN_AT.desc(), SESSION.ID.desc())
                .limit(most)
                .fetch(mapping(Session::new));
    }

    void seen(UUID id, Instant at) {
        db.update(SESSION).set(SESSION.LAST_SEEN_AT, at).where(SESSION.ID.eq(id), SESSION.ENDED_AT.isNull()).execute();
    }

    List<UUID> end(Condition which, Instant at) {
        return db.update(SESSION).set(SESSION.ENDED_AT, at).where(which, SESSION.ENDED_AT.isNull()).returningResult(SESSION.ID).fetch(SESSION.ID);
    }

    void deleteOf(UUID user) {
        db.deleteFrom(SESSION).where(SESSION.USER_ID.eq(user)).execute();
    }

    int forget(Instant before) {
        return db.deleteFrom(SESSION).where(SESSION.LAST_SEEN_AT.lt(before)).execute();
    }

    private SelectJoinStep<Record6<UUID, UUID, String, Instant, Instant, Instant>> sessions() {
        return db.select(SESSION.ID, SESSION.USER_ID, SESSION.BROWSER, SESSION.STARTED_AT, SESSION.LAST_SEEN_AT, SESSION.ENDED_AT).from(SESSION);
    }
}
