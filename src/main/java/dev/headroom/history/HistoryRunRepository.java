package dev.headroom.history;

import static dev.headroom.history.jooq.Tables.RUN;
import static org.jooq.Records.mapping;

import dev.headroom.history.HistoryRun.Counts;
import dev.headroom.history.HistoryRun.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** Files, and how far each has come. */
@Repository
class HistoryRunRepository {

    private static final List<String> WORKING = List.of(State.READING.name(), State.LOOKING.name(), State.BRINGING.name());

    private final DSLContext db;

    HistoryRunRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What is to be worked on.
     *
     * @param position key of the account behind which it goes on
     */
    record Work(HistoryRun run, String position) {}

    /** What came of some accounts. */
    record Came(int fresh, int known, int refused, int movements) {

        static final Came NOTHING = new Came(0, 0, 0, 0);

        Came plus(Came other) {
            return new Came(fresh + other.fresh, known + other.known, refused + other.refused, movements + other.movements);
        }
    }

    void insert(HistoryRun run) {
        db.insertInto(RUN)
                .set(RUN.ID, run.id())
                .set(RUN.NAME, run.name())
                .set(RUN.STATE, run.state().name())
                .set(RUN.ASKED_BY, run.askedBy())
                .set(RUN.BEGAN_AT, run.beganAt())
                .set(RUN.LEASE_UNTIL, run.beganAt())
                .execute();
    }

    /** Holds it until the transaction ends. */
    Optional<HistoryRun> locked(UUID id) {
        db.selectOne().from(RUN).where(RUN.ID.eq(id)).forUpdate().fetch();
        return byId(id);
    }

    Optional<HistoryRun> byId(UUID id) {
        return runs().where(RUN.ID.eq(id)).fetchOptional(Record1::value1);
    }

    List<HistoryRun> newest(int most) {
        return runs().orderBy(RUN.BEGAN_AT.desc(), RUN.ID.desc()).limit(most).fetch(Record1::value1);
    }

    private SelectJoinStep<Record1<HistoryRun>> runs() {
        return db.select(DSL.row(
                        RUN.ID, RUN.NAME, RUN.STATE.convertFrom(State::valueOf), RUN.ASKED_BY, RUN.BEGAN_AT, RUN.PARTS,
                        DSL.row(RUN.LINES, RUN.WRONG, RUN.ACCOUNTS, RUN.FRESH, RUN.KNOWN, RUN.REFUSED, RUN.MOVEMENTS).convertFrom(mapping(Counts::new)), RUN.BROUGHT_BY,
                        RUN.FINISHED_AT).convertFrom(mapping(HistoryRun::new)))
                .from(RUN);
    }

    /** @param parts that it has by now */
    void gathered(UUID id, int parts, State state) {
        db.update(RUN).set(RUN.PARTS, parts).set(RUN.STATE, state.name()).where(RUN.ID.eq(id)).execute();
    }

    /** Begins to bring it: what came of its accounts is counted anew. */
    void bring(UUID id, String by, Instant at) {
        db.update(RUN)
                .set(RUN.STATE, State.BRINGING.name())
                .set(RUN.BROUGHT_BY, by)
                .set(RUN.POSITION, "")
                .set(RUN.FRESH, 0)
                .set(RUN.KNOWN, 0)
                .set(RUN.REFUSED, 0)
                .set(RUN.MOVEMENTS, 0)
                .set(RUN.LEASE_UNTIL, at)
                .where(RUN.ID.eq(id))
                .execute();
    }

    /** Takes one that is under way and that nobody works on. */
    Optional<Work> take(Instant now, Instant until) {
        return db.update(RUN)
                .set(RUN.LEASE_UNTIL, until)
                .where(RUN.ID.eq(DSL.select(RUN.ID).from(RUN).where(RUN.STATE.in(WORKING), RUN.LEASE_UNTIL.le(now))
                        .orderBy(RUN.BEGAN_AT, RUN.ID).limit(1).forUpdate().skipLocked()))
                .returningResult(RUN.ID, RUN.POSITION)
                .fetchOptional(row -> new Work(byId(row.value1()).orElseThrow(), row.value2()));
    }

    /** It is anybody's again. */
    void leave(UUID id, Instant now) {
        db.update(RUN).set(RUN.LEASE_UNTIL, now).where(RUN.ID.eq(id)).execute();
    }

    void read(UUID id, int lines, int wrong, int accounts) {
        db.update(RUN).set(RUN.LINES, lines).set(RUN.WRONG, wrong).set(RUN.ACCOUNTS, accounts).set(RUN.STATE, State.LOOKING.name()).where(RUN.ID.eq(id)).execute();
    }

    /** Notes how far it came, in the transaction that did what came of it; false where somebody else has been there. */
    boolean advance(Work work, String position, Came came) {
        return db.update(RUN)
                .set(RUN.POSITION, position)
                .set(RUN.FRESH, RUN.FRESH.plus(came.fresh))
                .set(RUN.KNOWN, RUN.KNOWN.plus(came.known))
                .set(RUN.REFUSED, RUN.REFUSED.plus(came.refused))
                .set(RUN.MOVEMENTS, RUN.MOVEMENTS.plus(came.movements))
                .where(RUN.ID.eq(work.run.id()), RUN.STATE.eq(work.run.state().name()), RUN.POSITION.eq(work.position))
                .execute() == 1;
    }

    void looked(UUID id) {
        db.update(RUN).set(RUN.STATE, State.LOOKED_AT.name()).where(RUN.ID.eq(id)).execute();
    }

    void brought(UUID id, Instant at) {
        db.update(RUN).set(RUN.STATE, State.BROUGHT.name()).set(RUN.FINISHED_AT, at).where(RUN.ID.eq(id)).execute();
    }
}
