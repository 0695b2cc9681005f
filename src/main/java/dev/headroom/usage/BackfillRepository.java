package dev.headroom.usage;

import static dev.headroom.usage.Columns.longs;
import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static dev.headroom.usage.jooq.Sequences.BACKFILL_TURN;
import static dev.headroom.usage.jooq.Tables.BACKFILL;
import static dev.headroom.usage.jooq.Tables.BACKFILL_TOTAL;
import static java.util.stream.Collectors.toSet;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.Backfill.Change;
import dev.headroom.usage.Backfill.ClosedPeriods;
import dev.headroom.usage.Backfill.Effect;
import dev.headroom.usage.Backfill.State;
import dev.headroom.usage.jooq.tables.records.BackfillRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What backfills there are, and what is gathered in them. What applying them does to events stands in {@link BackfilledRepository}. */
@Repository
class BackfillRepository {

    private static final String GATHER = """
            insert into usage.backfill_event (backfill_id, event_id, body_hash, feature_id, at, quantity, properties)
            select {0}, event_id, body_hash, feature_id, timestamptz 'epoch' + at * interval '1 microsecond', quantity, properties::jsonb
            from unnest({1}, {2}, {3}, {4}, {5}, {6}) as t (event_id, body_hash, feature_id, at, quantity, properties)
            on conflict do nothing
            returning event_id""";

    private static final String HASHES = "select event_id, body_hash from usage.backfill_event where backfill_id = {0} and event_id = any ({1})";

    private final DSLContext db;
    private final JsonMapper json;

    BackfillRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    void insert(Backfill backfill) {
        db.insertInto(BACKFILL)
                .set(BACKFILL.ID, backfill.id())
                .set(BACKFILL.ACCOUNT_ID, backfill.account().value())
                .set(BACKFILL.METERS, meters(backfill))
                .set(BACKFILL.RANGE_FROM, backfill.range().from())
                .set(BACKFILL.RANGE_UNTIL, backfill.range().until())
                .set(BACKFILL.REPLACES, backfill.replaces())
                .set(BACKFILL.CLOSED_PERIODS, backfill.closedPeriods().name())
                .set(BACKFILL.REASON, backfill.reason())
                .set(BACKFILL.STATE, backfill.state().name())
                .set(BACKFILL.OPENED_BY, backfill.openedBy())
                .set(BACKFILL.OPENED_AT, backfill.openedAt())
                .execute();
    }

    static UUID[] meters(Backfill backfill) {
        return uuids(backfill.meters(), FeatureId::value);
    }

    Optional<Backfill> byId(UUID id) {
        return db.selectFrom(BACKFILL).where(BACKFILL.ID.eq(id)).fetchOptional(BackfillRepository::backfill);
    }

    /** Nobody else changes it until the transaction ends, nor what is gathered in it. */
    Optional<Backfill> locked(UUID id) {
        return db.selectFrom(BACKFILL).where(BACKFILL.ID.eq(id)).forUpdate().fetchOptional(BackfillRepository::backfill);
    }

    /** The same of all that the account has: only one of them changes totals at a time. */
    Optional<Backfill> lockedWithOthers(Backfill backfill) {
        return db.selectFrom(BACKFILL)
                .where(BACKFILL.ACCOUNT_ID.eq(backfill.account().value()))
                .orderBy(BACKFILL.ID)
                .forUpdate()
                .fetch(BackfillRepository::backfill)
                .stream()
                .filter(each -> each.id().equals(backfill.id()))
                .findFirst();
    }

    /** Newest first. */
    List<Backfill> ofAccount(AccountId account, int most) {
        return db.selectFrom(BACKFILL)
                .where(BACKFILL.ACCOUNT_ID.eq(account.value()))
                .orderBy(BACKFILL.OPENED_AT.desc(), BACKFILL.ID.desc())
                .limit(most)
                .fetch(BackfillRepository::backfill);
    }

    private static Backfill backfill(BackfillRecord row) {
        return new Backfill(
                row.getId(), new AccountId(row.getAccountId()), Stream.of(row.getMeters()).map(FeatureId::new).toList(),
                new Period(row.getRangeFrom(), row.getRangeUntil()), row.getReplaces(), ClosedPeriods.valueOf(row.getClosedPeriods()), row.getReason(),
                State.valueOf(row.getState()), row.getOpenedBy(), row.getOpenedAt(), row.getAppliedAt(), row.getEndedAt(), row.getEvents(),
                row.getKnown(), row.getReplaced());
    }

    /**
     * Gathers events.
     *
     * @param events no id twice
     * @return the ids that were not there
     */
    Set<String> gather(UUID backfill, List<AcceptedEvent> events) {
        return db.resultQuery(GATHER,
                        val(backfill), ids(events), val(longs(events, AcceptedEvent::hash)), val(uuids(events, event -> event.meter().id().value())),
                        val(times(events, AcceptedEvent::at)), val(longs(events, AcceptedEvent::quantity)),
                        val(texts(events, event -> event.properties() == null ? null : json.writeValueAsString(event.properties()))))
                .fetch()
                .stream()
                .map(row -> row.get(0, String.class))
                .collect(toSet());
    }

    /** What is gathered under some ids. */
    Map<String, Long> hashes(UUID backfill, List<AcceptedEvent> events) {
        return db.resultQuery(HASHES, val(backfill), ids(events)).fetchMap(row -> row.get(0, String.class), row -> row.get(1, Long.class));
    }

    private static Field<String[]> ids(List<AcceptedEvent> events) {
        return val(texts(events, AcceptedEvent::id));
    }

    void gathered(UUID backfill, int more) {
        db.update(BACKFILL).set(BACKFILL.EVENTS, BACKFILL.EVENTS.plus(more)).where(BACKFILL.ID.eq(backfill)).execute();
    }

    /** What was gathered counts, and these totals changed. */
    void apply(UUID backfill, Effect effect, Instant at) {
        db.update(BACKFILL)
                .set(BACKFILL.STATE, State.APPLIED.name())
                .set(BACKFILL.APPLIED_AT, at)
                .set(BACKFILL.TURN, BACKFILL_TURN.nextval())
                .set(BACKFILL.EVENTS, effect.events())
                .set(BACKFILL.KNOWN, effect.known())
                .set(BACKFILL.REPLACED, effect.replaced())
                .where(BACKFILL.ID.eq(backfill))
                .execute();
        db.batch(effect.totals().stream()
                .map(change -> db.insertInto(BACKFILL_TOTAL)
                        .set(BACKFILL_TOTAL.BACKFILL_ID, backfill)
                        .set(BACKFILL_TOTAL.FEATURE_ID, change.feature().value())
                        .set(BACKFILL_TOTAL.PERIOD_FROM, change.window().from())
                        .set(BACKFILL_TOTAL.PERIOD_UNTIL, change.window().until())
                        .set(BACKFILL_TOTAL.USED_BEFORE, change.before())
                        .set(BACKFILL_TOTAL.USED_AFTER, change.after()))
                .toList()).execute();
    }

    /** Forgets what was gathered. */
    void empty(UUID backfill) {
        db.execute("delete from usage.backfill_event where backfill_id = {0}", val(backfill));
    }

    void end(UUID backfill, State state, Instant at) {
        db.update(BACKFILL).set(BACKFILL.STATE, state.name()).set(BACKFILL.ENDED_AT, at).where(BACKFILL.ID.eq(backfill)).execute();
    }

    /** What applying it did. */
    List<Change> totals(UUID backfill) {
        return db.select(BACKFILL_TOTAL.FEATURE_ID, BACKFILL_TOTAL.PERIOD_FROM, BACKFILL_TOTAL.PERIOD_UNTIL, BACKFILL_TOTAL.USED_BEFORE, BACKFILL_TOTAL.USED_AFTER)
                .from(BACKFILL_TOTAL)
                .where(BACKFILL_TOTAL.BACKFILL_ID.eq(backfill))
                .orderBy(BACKFILL_TOTAL.PERIOD_FROM, BACKFILL_TOTAL.FEATURE_ID)
                .fetch(Records.mapping((feature, from, until, before, after) -> new Change(new FeatureId(feature), new Period(from, until), before, after)));
    }
}
