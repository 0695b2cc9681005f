package dev.headroom.rollout;

import static dev.headroom.rollout.jooq.Tables.MOVE;
import static dev.headroom.rollout.jooq.Tables.ROLLOUT;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.money.Money;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Revenue;
import dev.headroom.rollout.RolloutMove.Look;
import dev.headroom.rollout.RolloutMove.Notice;
import dev.headroom.rollout.RolloutMove.Reason;
import dev.headroom.rollout.RolloutMove.State;
import dev.headroom.rollout.RolloutMove.Work;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.InsertSetMoreStep;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Who is moved, and how far each has come. */
@Repository
class MoveRepository {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** Of moves that are not over. */
    private static final List<String> OPEN = List.of("WAITING", "NOTIFIED", "MOVING", "SCHEDULED");

    private final DSLContext db;

    MoveRepository(DSLContext db) {
        this.db = db;
    }

    /** A place in the order of a roll-out's accounts. */
    record Place(UUID account, UUID subscription) {

        static Place of(RolloutMove move) {
            return new Place(move.account().value(), move.subscription().value());
        }
    }

    void insert(List<RolloutMove> moves) {
        db.batch(moves.stream().map(this::insertion).toList()).execute();
    }

    private InsertSetMoreStep<?> insertion(RolloutMove move) {
        Look look = move.look();
        return db.insertInto(MOVE)
                .set(MOVE.ROLLOUT_ID, move.rollout())
                .set(MOVE.ACCOUNT_ID, move.account().value())
                .set(MOVE.SUBSCRIPTION_ID, move.subscription().value())
                .set(MOVE.SUBSCRIPTION_VERSION, look.version())
                .set(MOVE.VERSION_ID, look.has().value())
                .set(MOVE.INTERVAL, look.interval().name())
                .set(MOVE.QUANTITY, look.quantity())
                .set(MOVE.CURRENCY, look.mrrBefore().currency())
                .set(MOVE.RECURRING_BEFORE_MINOR, look.recurringBefore().minor())
                .set(MOVE.RECURRING_AFTER_MINOR, look.recurringAfter().minor())
                .set(MOVE.MRR_BEFORE_MINOR, look.mrrBefore().minor())
                .set(MOVE.MRR_AFTER_MINOR, look.mrrAfter().minor())
                .set(MOVE.STATE, move.state().name())
                .set(MOVE.REASON, Optional.ofNullable(move.reason()).map(Enum::name).orElse(null))
                .set(MOVE.DETAIL, move.detail())
                .set(MOVE.DUE_AT, move.work().dueAt())
                .set(MOVE.CHANGED_AT, move.work().changed());
    }

    /** Those of what is over are kept, so that only what runs is counted; two statements. */
    Map<UUID, Counts> counts(Collection<UUID> rollouts) {
        Map<UUID, Counts> counts = new HashMap<>(db.select(ROLLOUT.ID, ROLLOUT.COUNTS)
                .from(ROLLOUT)
                .where(ROLLOUT.ID.in(rollouts), ROLLOUT.COUNTS.isNotNull())
                .fetchMap(ROLLOUT.ID, row -> JSON.readValue(row.value2().data(), Counts.class)));
        counts.putAll(counted(rollouts.stream().filter(id -> !counts.containsKey(id)).toList()));
        return counts;
    }

    private Map<UUID, Counts> counted(Collection<UUID> rollouts) {
        Map<UUID, Map<State, Integer>> found = new HashMap<>();
        Map<UUID, Integer> told = new HashMap<>();
        db.select(MOVE.ROLLOUT_ID, MOVE.STATE, count(), count(MOVE.NOTIFIED_AT))
                .from(MOVE)
                .where(MOVE.ROLLOUT_ID.in(rollouts))
                .groupBy(MOVE.ROLLOUT_ID, MOVE.STATE)
                .forEach(each -> {
                    found.computeIfAbsent(each.value1(), _ -> new HashMap<>()).put(State.valueOf(each.value2()), each.value3());
                    told.merge(each.value1(), each.value4(), Integer::sum);
                });
        return rollouts.stream().collect(toMap(id -> id, id -> counts(found.getOrDefault(id, Map.of()), told.getOrDefault(id, 0))));
    }

    /** Ends a roll-out that runs and has nobody left to be moved, and keeps how many came out how. */
    void finish(UUID rollout, Instant at) {
        boolean ended = db.update(ROLLOUT)
                .set(ROLLOUT.STATE, Rollout.State.DONE.name())
                .set(ROLLOUT.FINISHED_AT, at)
                .where(ROLLOUT.ID.eq(rollout), ROLLOUT.STATE.eq(Rollout.State.RUNNING.name()))
                .and(notExists(selectOne().from(MOVE).where(MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.in(OPEN))))
                .execute() == 1;
        if (ended) {
            Counts counts = Objects.requireNonNull(counted(List.of(rollout)).get(rollout));
            db.update(ROLLOUT).set(ROLLOUT.COUNTS, JSONB.valueOf(JSON.writeValueAsString(counts))).where(ROLLOUT.ID.eq(rollout)).execute();
        }
    }

    private static Counts counts(Map<State, Integer> of, int told) {
        return new Counts(
                of.getOrDefault(State.WAITING, 0), of.getOrDefault(State.NOTIFIED, 0), of.getOrDefault(State.MOVING, 0), of.getOrDefault(State.SCHEDULED, 0),
                of.getOrDefault(State.MOVED, 0), of.getOrDefault(State.SKIPPED, 0), of.getOrDefault(State.FAILED, 0), told);
    }

    /** Of those that were moved, by currency; one statement. */
    List<Revenue> revenue(UUID rollout) {
        return db.select(MOVE.CURRENCY, count(), sum(MOVE.MRR_BEFORE_MINOR), sum(MOVE.MRR_AFTER_MINOR))
                .from(MOVE)
                .where(MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.eq(State.MOVED.name()))
                .groupBy(MOVE.CURRENCY)
                .orderBy(MOVE.CURRENCY)
                .fetch(each -> new Revenue(
                        each.value2(), new Money(each.value3().longValueExact(), each.value1()), new Money(each.value4().longValueExact(), each.value1())));
    }

    /** How many have begun to come to a version, in whichever roll-out, and are not there yet. */
    int arriving(PlanVersionId version) {
        return db.fetchCount(
                MOVE.join(ROLLOUT).on(ROLLOUT.ID.eq(MOVE.ROLLOUT_ID)),
                ROLLOUT.VERSION_ID.eq(version.value()), MOVE.STATE.in(State.MOVING.name(), State.SCHEDULED.name()));
    }

    /** Whether anybody who is still to be moved would be charged more. */
    boolean anyRises(UUID rollout) {
        return db.fetchExists(MOVE, MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.eq(State.WAITING.name()), MOVE.RECURRING_AFTER_MINOR.gt(MOVE.RECURRING_BEFORE_MINOR));
    }

    /** In the order of accounts. */
    List<RolloutMove> page(UUID rollout, @Nullable State state, @Nullable Place after, int most) {
        return db.selectFrom(MOVE)
                .where(MOVE.ROLLOUT_ID.eq(rollout))
                .and(state == null ? noCondition() : MOVE.STATE.eq(state.name()))
                .and(after == null ? noCondition() : row(MOVE.ACCOUNT_ID, MOVE.SUBSCRIPTION_ID).gt(after.account(), after.subscription()))
                .orderBy(MOVE.ACCOUNT_ID, MOVE.SUBSCRIPTION_ID)
                .limit(most)
                .fetch(MoveRepository::move);
    }

    /** Of one account, those that are not over and that it knows of, in roll-outs that run. */
    List<RolloutMove> coming(AccountId account, int most) {
        return db.select(MOVE.fields())
                .from(MOVE)
                .join(ROLLOUT).on(ROLLOUT.ID.eq(MOVE.ROLLOUT_ID))
                .where(MOVE.ACCOUNT_ID.eq(account.value()), MOVE.STATE.in(State.NOTIFIED.name(), State.MOVING.name(), State.SCHEDULED.name()))
                .and(ROLLOUT.STATE.in(Rollout.State.RUNNING.name(), Rollout.State.PAUSED.name()))
                .orderBy(MOVE.NOT_BEFORE.asc().nullsLast(), MOVE.SUBSCRIPTION_ID)
                .limit(most)
                .fetch(MoveRepository::move);
    }

    /** From now on somebody looks at those that wait. */
    void start(UUID rollout, Instant at) {
        db.update(MOVE).set(MOVE.DUE_AT, at).where(MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.eq(State.WAITING.name())).execute();
    }

    /** The next one that is due: of a roll-out that runs, or that was begun before it was turned. Nobody else takes it until the lease ends. */
    Optional<RolloutMove> take(Instant now, Instant leaseEnd) {
        Condition mayGoOn = ROLLOUT.STATE.eq(Rollout.State.RUNNING.name()).or(ROLLOUT.STATE.in(Rollout.State.PAUSED.name(), Rollout.State.STOPPED.name())
                .and(MOVE.STATE.in(State.MOVING.name(), State.SCHEDULED.name())));
        return db.update(MOVE)
                .set(MOVE.LEASED_UNTIL, leaseEnd)
                .where(row(MOVE.ROLLOUT_ID, MOVE.ACCOUNT_ID, MOVE.SUBSCRIPTION_ID).eq(select(MOVE.ROLLOUT_ID, MOVE.ACCOUNT_ID, MOVE.SUBSCRIPTION_ID)
                        .from(MOVE)
                        .join(ROLLOUT).on(ROLLOUT.ID.eq(MOVE.ROLLOUT_ID))
                        .where(MOVE.STATE.in(State.WAITING.name(), State.NOTIFIED.name(), State.MOVING.name(), State.SCHEDULED.name()), MOVE.DUE_AT.le(now))
                        .and(MOVE.LEASED_UNTIL.isNull().or(MOVE.LEASED_UNTIL.le(now)))
                        .and(mayGoOn)
                        .orderBy(MOVE.DUE_AT, MOVE.ACCOUNT_ID, MOVE.SUBSCRIPTION_ID)
                        .limit(1)
                        .forUpdate().of(MOVE).skipLocked()))
                .returning()
                .fetchOptional(MoveRepository::move);
    }

    /** False when it is not what it was any more, as a stop makes it; the lease ends with it. */
    boolean notified(RolloutMove move, Notice notice, Look look, Instant dueAt) {
        return db.update(MOVE)
                .set(MOVE.STATE, State.NOTIFIED.name())
                .set(MOVE.NOTIFIED_AT, notice.at())
                .set(MOVE.NOT_BEFORE, notice.notBefore())
                .set(MOVE.RECURRING_BEFORE_MINOR, look.recurringBefore().minor())
                .set(MOVE.RECURRING_AFTER_MINOR, look.recurringAfter().minor())
                .set(MOVE.MRR_BEFORE_MINOR, look.mrrBefore().minor())
                .set(MOVE.MRR_AFTER_MINOR, look.mrrAfter().minor())
                .set(MOVE.QUANTITY, look.quantity())
                .set(MOVE.DUE_AT, dueAt)
                .set(MOVE.CHANGED_AT, notice.at())
                .setNull(MOVE.LEASED_UNTIL)
                .where(of(move), MOVE.STATE.eq(move.state().name()))
                .execute() == 1;
    }

    /** Writes down which quote is going to be accepted, and keeps the lease; empty when it is not what it was any more. */
    Optional<RolloutMove> begin(RolloutMove move, String token, Instant at) {
        return db.update(MOVE)
                .set(MOVE.STATE, State.MOVING.name())
                .set(MOVE.TOKEN, token)
                .set(MOVE.ATTEMPT, MOVE.ATTEMPT.plus(1))
                .set(MOVE.TRIES, MOVE.TRIES.plus(1))
                .set(MOVE.CHANGED_AT, at)
                .where(of(move), MOVE.STATE.eq(move.state().name()))
                .returning()
                .fetchOptional(MoveRepository::move);
    }

    /** Lets it wait as it is. */
    void postpone(RolloutMove move, Instant dueAt) {
        db.update(MOVE).set(MOVE.DUE_AT, dueAt).setNull(MOVE.LEASED_UNTIL).where(of(move)).execute();
    }

    /** Lets go of the quote that was to be accepted, of which nothing came. */
    void again(RolloutMove move, Instant dueAt) {
        db.update(MOVE)
                .set(MOVE.STATE, move.notice() == null ? State.WAITING.name() : State.NOTIFIED.name())
                .setNull(MOVE.TOKEN)
                .set(MOVE.DUE_AT, dueAt)
                .setNull(MOVE.LEASED_UNTIL)
                .where(of(move), MOVE.STATE.eq(State.MOVING.name()))
                .execute();
    }

    void scheduled(RolloutMove move, UUID change, Instant dueAt, Instant at) {
        db.update(MOVE)
                .set(MOVE.STATE, State.SCHEDULED.name())
                .set(MOVE.CHANGE_ID, change)
                .set(MOVE.DUE_AT, dueAt)
                .set(MOVE.CHANGED_AT, at)
                .setNull(MOVE.TOKEN)
                .setNull(MOVE.LEASED_UNTIL)
                .where(of(move), MOVE.STATE.eq(State.MOVING.name()))
                .execute();
    }

    /** What came of it; of one that was stopped meanwhile nothing is overwritten. */
    void end(RolloutMove move, State as, @Nullable Reason reason, @Nullable String detail, @Nullable UUID change, Instant at) {
        db.update(MOVE)
                .set(MOVE.STATE, as.name())
                .set(MOVE.REASON, reason == null ? null : reason.name())
                .set(MOVE.DETAIL, detail)
                .set(MOVE.CHANGE_ID, change)
                .set(MOVE.DUE_AT, at)
                .set(MOVE.CHANGED_AT, at)
                .setNull(MOVE.TOKEN)
                .setNull(MOVE.LEASED_UNTIL)
                .where(of(move), MOVE.STATE.eq(move.state().name()))
                .execute();
    }

    /** Nobody of those who wait is begun with; what waits at Stripe is looked at, to be taken back. */
    void stop(UUID rollout, Instant at) {
        db.update(MOVE)
                .set(MOVE.STATE, State.SKIPPED.name())
                .set(MOVE.REASON, Reason.STOPPED.name())
                .set(MOVE.DUE_AT, at)
                .set(MOVE.CHANGED_AT, at)
                .setNull(MOVE.LEASED_UNTIL)
                .where(MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.in(State.WAITING.name(), State.NOTIFIED.name()))
                .execute();
        db.update(MOVE).set(MOVE.DUE_AT, at).where(MOVE.ROLLOUT_ID.eq(rollout), MOVE.STATE.eq(State.SCHEDULED.name())).execute();
    }

    /** @param accounts absent for everybody that FAILED; else those of them that failed or were skipped. @return how many */
    int retry(UUID rollout, @Nullable Collection<UUID> accounts, Instant at) {
        Condition which = accounts == null
                ? MOVE.STATE.eq(State.FAILED.name())
                : MOVE.STATE.in(State.FAILED.name(), State.SKIPPED.name()).and(MOVE.ACCOUNT_ID.in(accounts));
        return db.update(MOVE)
                .set(MOVE.STATE, when(MOVE.NOTIFIED_AT.isNull(), State.WAITING.name()).otherwise(State.NOTIFIED.name()))
                .setNull(MOVE.REASON)
                .setNull(MOVE.DETAIL)
                .setNull(MOVE.CHANGE_ID)
                .set(MOVE.TRIES, 0)
                .set(MOVE.DUE_AT, at)
                .set(MOVE.CHANGED_AT, at)
                .where(MOVE.ROLLOUT_ID.eq(rollout), which)
                .execute();
    }

    private static Condition of(RolloutMove move) {
        return MOVE.ROLLOUT_ID.eq(move.rollout()).and(MOVE.ACCOUNT_ID.eq(move.account().value())).and(MOVE.SUBSCRIPTION_ID.eq(move.subscription().value()));
    }

    private static RolloutMove move(Record row) {
        Currency currency = row.get(MOVE.CURRENCY);
        Instant notified = row.get(MOVE.NOTIFIED_AT);
        return new RolloutMove(
                row.get(MOVE.ROLLOUT_ID), new AccountId(row.get(MOVE.ACCOUNT_ID)), new SubscriptionId(row.get(MOVE.SUBSCRIPTION_ID)),
                new Look(
                        row.get(MOVE.SUBSCRIPTION_VERSION), new PlanVersionId(row.get(MOVE.VERSION_ID)), Interval.valueOf(row.get(MOVE.INTERVAL)), row.get(MOVE.QUANTITY),
                        new Money(row.get(MOVE.RECURRING_BEFORE_MINOR), currency), new Money(row.get(MOVE.RECURRING_AFTER_MINOR), currency),
                        new Money(row.get(MOVE.MRR_BEFORE_MINOR), currency), new Money(row.get(MOVE.MRR_AFTER_MINOR), currency)),
                State.valueOf(row.get(MOVE.STATE)), Optional.ofNullable(row.get(MOVE.REASON)).map(Reason::valueOf).orElse(null), row.get(MOVE.DETAIL),
                notified == null ? null : new Notice(notified, row.get(MOVE.NOT_BEFORE)),
                new Work(row.get(MOVE.DUE_AT), row.get(MOVE.TOKEN), row.get(MOVE.ATTEMPT), row.get(MOVE.TRIES), row.get(MOVE.CHANGE_ID), row.get(MOVE.CHANGED_AT)));
    }
}
