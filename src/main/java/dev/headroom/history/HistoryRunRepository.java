package dev.headroom.history;

import static dev.headroom.history.jooq.Tables.RUN;
import static org.jooq.Records.mapping;

import dev.headroom.history.HistoryRun.Counts;
import dev.headroom.history.HistoryRun.Failure;
import dev.headroom.history.HistoryRun.Source;
import dev.headroom.history.HistoryRun.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Histories, and how far each has come. */
@Repository
class HistoryRunRepository {

    private final DSLContext db;

    HistoryRunRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * What is to be worked on.
     *
     * @param position what it goes on behind: an object of Stripe, a customer there, or the key of an account
     */
    record Work(HistoryRun run, String position) {}

    /** What came of some accounts. */
    record Came(int fresh, int known, int refused, int movements) {

        static final Came NOTHING = new Came(0, 0, 0, 0);

        Came plus(Came other) {
            return new Came(fresh + other.fresh, known + other.known, refused + other.refused, movements + other.movements);
        }
    }

    /** False for another one at Stripe. */
    boolean insert(HistoryRun run) {
        return db.insertInto(RUN)
                .set(RUN.ID, run.id())
                .set(RUN.SOURCE, run.source().name())
                .set(RUN.NAME, run.name())
                .set(RUN.STATE, run.state().name())
                .set(RUN.ASKED_BY, run.askedBy())
                .set(RUN.BEGAN_AT, run.beganAt())
                .set(RUN.LEASE_UNTIL, run.beganAt())
                .onConflictDoNothing()
                .execute() == 1;
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
                        RUN.ID, RUN.SOURCE.convertFrom(Source::valueOf), RUN.NAME, RUN.STATE.convertFrom(State::valueOf), RUN.ASKED_BY, RUN.BEGAN_AT, RUN.PARTS, RUN.FETCHED,
                        DSL.row(RUN.LINES, RUN.WRONG, RUN.ACCOUNTS, RUN.FRESH, RUN.KNOWN, RUN.REFUSED, RUN.MOVEMENTS).convertFrom(mapping(Counts::new)), RUN.BROUGHT_BY,
                        RUN.FINISHED_AT, DSL.row(RUN.FAILED_IN, RUN.FAILURE).convertFrom(mapping(HistoryRunRepository::failure))).convertFrom(mapping(HistoryRun::new)))
                .from(RUN);
    }

    private static @Nullable Failure failure(@Nullable String in, @Nullable String reason) {
        return in == null || reason == null ? null : new Failure(State.valueOf(in), reason);
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

    /** Takes one that is in one of the states and that nobody works on. */
    Optional<Work> take(Collection<State> states, Instant now, Instant until) {
        return db.update(RUN)
                .set(RUN.LEASE_UNTIL, until)
                .where(RUN.ID.eq(DSL.select(RUN.ID).from(RUN).where(RUN.STATE.in(states.stream().map(State::name).toList()), RUN.LEASE_UNTIL.le(now))
                        .orderBy(RUN.BEGAN_AT, RUN.ID).limit(1).forUpdate().skipLocked()))
                .returningResult(RUN.ID, RUN.POSITION)
                .fetchOptional(row -> new Work(byId(row.value1()).orElseThrow(), row.value2()));
    }

    /** It went on, and is anybody's again. */
    void leave(UUID id, Instant now) {
        db.update(RUN).set(RUN.LEASE_UNTIL, now).set(RUN.ATTEMPTS, 0).where(RUN.ID.eq(id)).execute();
    }

    /** It did not go on, and is not tried before an instant. */
    void pause(UUID id, Instant until) {
        db.update(RUN).set(RUN.LEASE_UNTIL, until).where(RUN.ID.eq(id)).execute();
    }

    /** How often in a row it did not go on, this time among them. */
    int stumbled(UUID id, Instant until) {
        return db.update(RUN).set(RUN.ATTEMPTS, RUN.ATTEMPTS.plus(1)).set(RUN.LEASE_UNTIL, until).where(RUN.ID.eq(id)).returningResult(RUN.ATTEMPTS).fetchSingle().value1();
    }

    void fail(HistoryRun run, String reason) {
        db.update(RUN)
                .set(RUN.STATE, State.FAILED.name())
                .set(RUN.FAILED_IN, run.state().name())
                .set(RUN.FAILURE, reason)
                .where(RUN.ID.eq(run.id()), RUN.STATE.eq(run.state().name()))
                .execute();
    }

    void retry(UUID id, State in, Instant at) {
        db.update(RUN)
                .set(RUN.STATE, in.name())
                .setNull(RUN.FAILED_IN)
                .setNull(RUN.FAILURE)
                .set(RUN.ATTEMPTS, 0)
                .set(RUN.LEASE_UNTIL, at)
                .where(RUN.ID.eq(id))
                .execute();
    }

    void discard(UUID id, Instant at) {
        db.update(RUN).set(RUN.STATE, State.DISCARDED.name()).setNull(RUN.FAILED_IN).setNull(RUN.FAILURE).set(RUN.FINISHED_AT, at).where(RUN.ID.eq(id)).execute();
    }

    /** Whether one is being read at Stripe. */
    boolean atStripe() {
        return db.fetchExists(RUN, RUN.STATE.in(State.SUBSCRIPTIONS.name(), State.INVOICES.name()));
    }

    /** Notes a page of Stripe's in the transaction that stored it; false where somebody else has been there. */
    boolean fetched(Work work, State state, String position, int objects) {
        return db.update(RUN)
                .set(RUN.STATE, state.name())
                .set(RUN.POSITION, position)
                .set(RUN.FETCHED, RUN.FETCHED.plus(objects))
                .where(RUN.ID.eq(work.run.id()), RUN.STATE.eq(work.run.state().name()), RUN.POSITION.eq(work.position))
                .execute() == 1;
    }

    /** Notes lines that were made of what Stripe said, likewise. */
    boolean made(Work work, String position, int lines, int wrong) {
        return db.update(RUN)
                .set(RUN.POSITION, position)
                .set(RUN.LINES, RUN.LINES.plus(lines))
                .set(RUN.WRONG, RUN.WRONG.plus(wrong))
                .where(RUN.ID.eq(work.run.id()), RUN.STATE.eq(work.run.state().name()), RUN.POSITION.eq(work.position))
                .execute() == 1;
    }

    void read(UUID id, int lines, int wrong, int accounts) {
        db.update(RUN)
                .set(RUN.LINES, lines)
                .set(RUN.WRONG, wrong)
                .set(RUN.ACCOUNTS, accounts)
                .set(RUN.POSITION, "")
                .set(RUN.STATE, State.LOOKING.name())
                .where(RUN.ID.eq(id))
                .execute();
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
