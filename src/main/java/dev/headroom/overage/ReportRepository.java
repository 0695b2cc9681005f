package dev.headroom.overage;

import static dev.headroom.overage.jooq.Tables.REPORT;
import static dev.headroom.overage.jooq.Tables.TALLY;
import static dev.headroom.overage.jooq.Tables.USAGE_WINDOW;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.sum;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.id.Ids;
import dev.headroom.overage.Report.Kind;
import dev.headroom.overage.Report.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** Reports, and how many of the units that are charged for are in them. */
@Repository
class ReportRepository {

    private final DSLContext db;

    ReportRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * Units of a window at a price that are not in reports yet.
     *
     * @param until end of the window
     * @param units negative where more is in reports than counts
     */
    record Unreported(AccountId account, FeatureId feature, Instant from, Instant until, UUID price, long units) {}

    /** Nobody else counts or reports of these until the transaction ends. */
    List<Unreported> unreported(AccountId account) {
        return db.select(TALLY.FEATURE_ID, TALLY.WINDOW_FROM, USAGE_WINDOW.WINDOW_UNTIL, TALLY.PRICE_ID, TALLY.COUNTED, TALLY.REPORTED)
                .from(TALLY)
                .join(USAGE_WINDOW).on(USAGE_WINDOW.ACCOUNT_ID.eq(TALLY.ACCOUNT_ID), USAGE_WINDOW.FEATURE_ID.eq(TALLY.FEATURE_ID),
                        USAGE_WINDOW.WINDOW_FROM.eq(TALLY.WINDOW_FROM))
                .where(TALLY.ACCOUNT_ID.eq(account.value()), TALLY.COUNTED.ne(TALLY.REPORTED))
                .orderBy(TALLY.FEATURE_ID, TALLY.WINDOW_FROM, TALLY.PRICE_ID)
                .forUpdate().of(TALLY)
                .fetch(row -> new Unreported(
                        account, new FeatureId(row.value1()), row.value2(), row.value3(), row.value4(), row.value5() - row.value6()));
    }

    void make(Unreported of, long units, Kind kind, Instant at) {
        db.insertInto(REPORT)
                .set(REPORT.ACCOUNT_ID, of.account().value())
                .set(REPORT.ID, Ids.next())
                .set(REPORT.FEATURE_ID, of.feature().value())
                .set(REPORT.WINDOW_FROM, of.from())
                .set(REPORT.PRICE_ID, of.price())
                .set(REPORT.UNITS, units)
                .set(REPORT.KIND, kind.name())
                .set(REPORT.STATE, State.OPEN.name())
                .set(REPORT.MADE_AT, at)
                .execute();
        move(of.account(), of.feature(), of.from(), of.price(), units);
    }

    /** The last one of a window at a price that was sent since, and can be taken back whole. */
    Optional<Report> lastSent(Unreported of, Instant since) {
        return db.selectFrom(REPORT)
                .where(sent(of.account(), of.price(), since), REPORT.FEATURE_ID.eq(of.feature().value()), REPORT.WINDOW_FROM.eq(of.from()), REPORT.UNITS.gt(0L))
                .orderBy(REPORT.AT.desc(), REPORT.ID.desc()).limit(1)
                .fetchOptional(ReportRepository::report);
    }

    /** What was sent at a price comes to that is dated since. */
    long sentSince(AccountId account, UUID price, Instant since) {
        return total(sent(account, price, since));
    }

    /** The same up to an instant, exclusive. */
    long sentBetween(AccountId account, UUID price, Instant since, Instant until) {
        return total(sent(account, price, since).and(REPORT.AT.lt(until)));
    }

    private long total(Condition which) {
        return db.select(coalesce(sum(REPORT.UNITS), BigDecimal.ZERO)).from(REPORT).where(which).fetchSingle().value1().longValueExact();
    }

    private static Condition sent(AccountId account, UUID price, Instant since) {
        return REPORT.ACCOUNT_ID.eq(account.value()).and(REPORT.PRICE_ID.eq(price)).and(REPORT.KIND.eq(Kind.EVENT.name()))
                .and(REPORT.STATE.eq(State.SENT.name())).and(REPORT.AT.ge(since));
    }

    /** To be told Stripe, oldest first. */
    List<Report> open(AccountId account) {
        return db.selectFrom(REPORT)
                .where(REPORT.ACCOUNT_ID.eq(account.value()), REPORT.STATE.in(State.OPEN.name(), State.CANCELING.name()))
                .orderBy(REPORT.ID)
                .fetch(ReportRepository::report);
    }

    /** Stripe is about to be asked. */
    void attempt(Report report, Instant at) {
        db.update(REPORT)
                .set(REPORT.ATTEMPTS, REPORT.ATTEMPTS.plus(1))
                .set(REPORT.FIRST_AT, coalesce(REPORT.FIRST_AT, at))
                .set(REPORT.AT, at)
                .where(is(report))
                .execute();
    }

    /** Stripe has counted it as of this instant. */
    void date(Report report, Instant at) {
        db.update(REPORT).set(REPORT.AT, at).where(is(report)).execute();
    }

    void settle(Report report, State end, Instant at) {
        db.update(REPORT).set(REPORT.STATE, end.name()).set(REPORT.SETTLED_AT, at).where(is(report)).execute();
    }

    /** Its units are to be reported again, or are too many in reports. */
    void release(Report report) {
        move(report.account(), report.feature(), report.windowFrom(), report.price(), -report.units());
    }

    /** What was to be taken back stays. */
    void keep(Report report) {
        move(report.account(), report.feature(), report.windowFrom(), report.price(), report.units());
    }

    private void move(AccountId account, FeatureId feature, Instant from, UUID price, long units) {
        db.update(TALLY).set(TALLY.REPORTED, TALLY.REPORTED.plus(units))
                .where(TALLY.ACCOUNT_ID.eq(account.value()), TALLY.FEATURE_ID.eq(feature.value()), TALLY.WINDOW_FROM.eq(from), TALLY.PRICE_ID.eq(price))
                .execute();
    }

    private static Condition is(Report report) {
        return REPORT.ACCOUNT_ID.eq(report.account().value()).and(REPORT.ID.eq(report.id()));
    }

    private static Report report(Record row) {
        return new Report(
                new AccountId(row.get(REPORT.ACCOUNT_ID)), row.get(REPORT.ID), new FeatureId(row.get(REPORT.FEATURE_ID)), row.get(REPORT.WINDOW_FROM),
                row.get(REPORT.PRICE_ID), row.get(REPORT.UNITS), Kind.valueOf(row.get(REPORT.KIND)), State.valueOf(row.get(REPORT.STATE)),
                row.get(REPORT.FIRST_AT), row.get(REPORT.AT));
    }
}
