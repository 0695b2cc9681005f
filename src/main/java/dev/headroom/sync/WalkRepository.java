package dev.headroom.sync;

import static dev.headroom.sync.jooq.Tables.SEEN;
import static dev.headroom.sync.jooq.Tables.WALK;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.row;

import dev.headroom.sync.Walk.Kind;
import dev.headroom.sync.Walk.Settings;
import dev.headroom.sync.Walk.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record11;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Walks, how far each has come, and what they met. */
@Repository
class WalkRepository {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext db;

    WalkRepository(DSLContext db) {
        this.db = db;
    }

    /** False while another one of the kind is under way. */
    boolean begin(UUID id, Kind kind, Settings settings, String askedBy, Instant at, String stage) {
        return db.insertInto(WALK)
                .set(WALK.ID, id)
                .set(WALK.KIND, kind.name())
                .set(WALK.SETTINGS, JSONB.valueOf(JSON.writeValueAsString(settings)))
                .set(WALK.ASKED_BY, askedBy)
                .set(WALK.BEGAN_AT, at)
                .set(WALK.STAGE, stage)
                .set(WALK.LEASE_UNTIL, at)
                .onConflictDoNothing()
                .execute() == 1;
    }

    /** Takes the one that is under way and that nobody works on. */
    Optional<Walk> take(Collection<Kind> kinds, Instant now, Instant until) {
        return db.update(WALK)
                .set(WALK.LEASE_UNTIL, until)
                .where(WALK.KIND.in(names(kinds)), WALK.FINISHED_AT.isNull(), WALK.LEASE_UNTIL.le(now))
                .returningResult(WALK.ID)
                .fetchOptional(WALK.ID)
                .flatMap(this::byId);
    }

    /** Notes how far it came, in the transaction that writes what was found; it is anybody's again. */
    void advance(Walk walk, Step step, Instant now) {
        db.update(WALK)
                .set(WALK.STAGE, step.stage() == null ? walk.stage() : step.stage())
                .set(WALK.POSITION, step.position())
                .set(WALK.READ, WALK.READ.plus(step.read()))
                .set(WALK.FOUND, WALK.FOUND.plus(step.found()))
                .set(WALK.LEASE_UNTIL, now)
                .set(WALK.FINISHED_AT, step.stage() == null ? now : null)
                .where(WALK.ID.eq(walk.id()))
                .execute();
        if (step.stage() == null) {
            db.deleteFrom(SEEN).where(SEEN.WALK_ID.eq(walk.id())).execute();
        }
    }

    void fail(Walk walk, Instant at, String failure) {
        db.update(WALK).set(WALK.FINISHED_AT, at).set(WALK.FAILURE, failure).where(WALK.ID.eq(walk.id())).execute();
        db.deleteFrom(SEEN).where(SEEN.WALK_ID.eq(walk.id())).execute();
    }

    /** Lets whoever comes next take it, from an instant on. */
    void leave(Walk walk, Instant from) {
        db.update(WALK).set(WALK.LEASE_UNTIL, from).where(WALK.ID.eq(walk.id())).execute();
    }

    void see(Walk walk, Collection<String> ids) {
        db.insertInto(SEEN, SEEN.WALK_ID, SEEN.STRIPE_ID)
                .valuesOfRows(ids.stream().map(id -> row(walk.id(), id)).toList())
                .onConflictDoNothing()
                .execute();
    }

    Set<String> seen(Walk walk, Collection<String> ids) {
        return db.select(SEEN.STRIPE_ID).from(SEEN).where(SEEN.WALK_ID.eq(walk.id()), SEEN.STRIPE_ID.in(ids)).fetchSet(SEEN.STRIPE_ID);
    }

    Optional<Walk> byId(UUID id) {
        return walks().where(WALK.ID.eq(id)).fetchOptional(mapping(WalkRepository::walk));
    }

    Optional<Walk> underWay(Collection<Kind> kinds) {
        return walks().where(WALK.KIND.in(names(kinds)), WALK.FINISHED_AT.isNull()).fetchOptional(mapping(WalkRepository::walk));
    }

    List<Walk> newest(Collection<Kind> kinds, int most) {
        return walks().where(WALK.KIND.in(names(kinds))).orderBy(WALK.BEGAN_AT.desc(), WALK.ID.desc()).limit(most).fetch(mapping(WalkRepository::walk));
    }

    private static List<String> names(Collection<Kind> kinds) {
        return kinds.stream().map(Kind::name).toList();
    }

    private SelectJoinStep<Record11<UUID, String, JSONB, String, Instant, String, String, Integer, Integer, Instant, String>> walks() {
        return db.select(
                        WALK.ID, WALK.KIND, WALK.SETTINGS, WALK.ASKED_BY, WALK.BEGAN_AT, WALK.STAGE, WALK.POSITION, WALK.READ, WALK.FOUND,
                        WALK.FINISHED_AT, WALK.FAILURE)
                .from(WALK);
    }

    private static Walk walk(
            UUID id, String kind, JSONB settings, String askedBy, Instant beganAt, String stage, @Nullable String position, int read, int found,
            @Nullable Instant finishedAt, @Nullable String failure) {
        return new Walk(
                id, Kind.valueOf(kind), JSON.readValue(settings.data(), Settings.class), askedBy, beganAt, stage, position, read, found, finishedAt, failure);
    }
}
