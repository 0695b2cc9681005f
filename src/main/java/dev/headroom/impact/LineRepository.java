package dev.headroom.impact;

import static dev.headroom.impact.jooq.Tables.LIMIT_PASSED;
import static dev.headroom.impact.jooq.Tables.LINE;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.impact.LinePages.Kind;
import dev.headroom.impact.LinePages.Mark;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Interval;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The lines of runs: written a page at a time, column by column, and read a page at a time by what is asked for. */
@Repository
class LineRepository {

    private static final String INSERT = """
            insert into impact.line (run_id, account_id, subscription_id, subscription_version, version_id, standing, interval, quantity, currency,
              recurring_before_minor, recurring_after_minor, mrr_before_minor, mrr_after_minor, difference_minor, band, hindrance, hindered_until,
              over_limit, over_limit_expected, loses_feature)
            select {0}, account_id, subscription_id, subscription_version, version_id, standing, "interval", quantity, currency,
              recurring_before, recurring_after, mrr_before, mrr_after, mrr_after - mrr_before, band, hindrance,
              timestamptz 'epoch' + hindered_until * interval '1 microsecond', over_limit, over_limit_expected, loses_feature
            from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13}, {14}, {15}, {16}, {17}, {18})
              as t (account_id, subscription_id, subscription_version, version_id, standing, "interval", quantity, currency,
                recurring_before, recurring_after, mrr_before, mrr_after, band, hindrance, hindered_until, over_limit, over_limit_expected, loses_feature)""";

    private static final String INSERT_LIMITS = """
            insert into impact.limit_passed (run_id, account_id, subscription_id, feature_id, policy, included_before, included_after, used, expected, closes)
            select {0}, * from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9})""";

    private static final long MICROS = 1_000_000;

    private final DSLContext db;

    LineRepository(DSLContext db) {
        this.db = db;
    }

    /** Two statements at most, however many there are. */
    void insert(UUID run, List<ImpactLine> lines) {
        db.execute(INSERT, val(run),
                val(uuids(lines, line -> line.account().value())), val(uuids(lines, line -> line.subscription().value())), val(longs(lines, ImpactLine::version)),
                val(uuids(lines, line -> line.has().value())), val(texts(lines, ImpactLine::standing)), val(texts(lines, ImpactLine::interval)),
                val(longs(lines, ImpactLine::quantity)), val(texts(lines, line -> line.mrrBefore().currency())),
                val(longs(lines, line -> line.recurringBefore().minor())), val(longs(lines, line -> line.recurringAfter().minor())),
                val(longs(lines, line -> line.mrrBefore().minor())), val(longs(lines, line -> line.mrrAfter().minor())),
                val(texts(lines, ImpactLine::band)), val(texts(lines, ImpactLine::hindrance)), val(longs(lines, LineRepository::until)),
                val(bools(lines, PassedLimit::passed)), val(bools(lines, PassedLimit::expectedToPass)), val(bools(lines, PassedLimit::closes)));
        List<Passing> passing = lines.stream().flatMap(line -> line.limits().stream().map(limit -> new Passing(line, limit))).toList();
        if (!passing.isEmpty()) {
            db.execute(INSERT_LIMITS, val(run),
                    val(uuids(passing, each -> each.line().account().value())), val(uuids(passing, each -> each.line().subscription().value())),
                    val(uuids(passing, each -> each.limit().feature().value())), val(texts(passing, each -> each.limit().policy())),
                    val(longs(passing, each -> each.limit().before())), val(longs(passing, each -> each.limit().after())),
                    val(longs(passing, each -> each.limit().used())), val(longs(passing, each -> each.limit().expected())),
                    val(passing.stream().map(each -> each.limit().closes()).toArray(Boolean[]::new)));
        }
    }

    private record Passing(ImpactLine line, PassedLimit limit) {}

    private static @Nullable Long until(ImpactLine line) {
        return line.hinderedUntil() == null ? null : line.hinderedUntil().getEpochSecond() * MICROS + line.hinderedUntil().getNano() / 1_000;
    }

    private static <T> UUID[] uuids(List<T> rows, Function<T, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    private static <T> Long[] longs(List<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable Object> column) {
        return rows.stream().map(row -> Optional.ofNullable(column.apply(row)).map(Object::toString).orElse(null)).toArray(String[]::new);
    }

    private static Boolean[] bools(List<ImpactLine> lines, Function<PassedLimit, Boolean> any) {
        return lines.stream().map(line -> line.limits().stream().anyMatch(any::apply)).toArray(Boolean[]::new);
    }

    /** In the order of what is asked for, each kind by an index of its own. */
    List<ImpactLine> page(UUID run, @Nullable Kind kind, @Nullable Currency currency, @Nullable Mark after, int size) {
        var lines = db.selectFrom(LINE).where(LINE.RUN_ID.eq(run), of(kind), currency == null ? noCondition() : LINE.CURRENCY.eq(currency));
        return switch (kind) {
            case RISES -> lines.and(after == null ? noCondition() : row(LINE.CURRENCY, LINE.DIFFERENCE_MINOR.neg(), LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID)
                            .gt(after.currency(), -after.difference(), after.account(), after.subscription()))
                    .orderBy(LINE.CURRENCY, LINE.DIFFERENCE_MINOR.neg(), LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).limit(size).fetch(LineRepository::line);
            case FALLS -> lines.and(after == null ? noCondition() : row(LINE.CURRENCY, LINE.DIFFERENCE_MINOR, LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID)
                            .gt(after.currency(), after.difference(), after.account(), after.subscription()))
                    .orderBy(LINE.CURRENCY, LINE.DIFFERENCE_MINOR, LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).limit(size).fetch(LineRepository::line);
            case OVER_LIMIT, LOSES_FEATURE, CANNOT_MOVE -> lines.and(follows(after)).orderBy(LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).limit(size).fetch(LineRepository::line);
            case null -> lines.and(follows(after)).orderBy(LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).limit(size).fetch(LineRepository::line);
        };
    }

    private static Condition follows(@Nullable Mark after) {
        return after == null ? noCondition() : row(LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).gt(after.account(), after.subscription());
    }

    private static Condition of(@Nullable Kind kind) {
        return switch (kind) {
            case RISES -> LINE.DIFFERENCE_MINOR.gt(0L);
            case FALLS -> LINE.DIFFERENCE_MINOR.lt(0L);
            case OVER_LIMIT -> condition(LINE.OVER_LIMIT).or(LINE.OVER_LIMIT_EXPECTED);
            case LOSES_FEATURE -> condition(LINE.LOSES_FEATURE);
            case CANNOT_MOVE -> LINE.HINDRANCE.isNotNull();
            case null -> noCondition();
        };
    }

    Optional<ImpactLine> find(UUID run, AccountId account, SubscriptionId subscription) {
        return db.selectFrom(LINE)
                .where(LINE.RUN_ID.eq(run), LINE.ACCOUNT_ID.eq(account.value()), LINE.SUBSCRIPTION_ID.eq(subscription.value()))
                .fetchOptional(LineRepository::line);
    }

    /** Of some lines of a run, by subscription; one statement. */
    Map<SubscriptionId, List<PassedLimit>> limits(UUID run, Collection<ImpactLine> of) {
        return db.selectFrom(LIMIT_PASSED)
                .where(LIMIT_PASSED.RUN_ID.eq(run), row(LIMIT_PASSED.ACCOUNT_ID, LIMIT_PASSED.SUBSCRIPTION_ID)
                        .in(of.stream().map(line -> row(line.account().value(), line.subscription().value())).toList()))
                .orderBy(LIMIT_PASSED.FEATURE_ID)
                .fetch().stream()
                .collect(groupingBy(row -> new SubscriptionId(row.getSubscriptionId()), mapping(row -> new PassedLimit(
                        new FeatureId(row.getFeatureId()), Limit.Policy.valueOf(row.getPolicy()), row.getIncludedBefore(), row.getIncludedAfter(), row.getUsed(),
                        row.getExpected(), row.getCloses()), toList())));
    }

    /** Some of a run's, in no order. @return how many are gone */
    int delete(UUID run, int most) {
        int limits = db.deleteFrom(LIMIT_PASSED)
                .where(LIMIT_PASSED.RUN_ID.eq(run), row(LIMIT_PASSED.ACCOUNT_ID, LIMIT_PASSED.SUBSCRIPTION_ID, LIMIT_PASSED.FEATURE_ID).in(
                        select(LIMIT_PASSED.ACCOUNT_ID, LIMIT_PASSED.SUBSCRIPTION_ID, LIMIT_PASSED.FEATURE_ID).from(LIMIT_PASSED).where(LIMIT_PASSED.RUN_ID.eq(run)).limit(most)))
                .execute();
        int lines = db.deleteFrom(LINE)
                .where(LINE.RUN_ID.eq(run), row(LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).in(
                        select(LINE.ACCOUNT_ID, LINE.SUBSCRIPTION_ID).from(LINE).where(LINE.RUN_ID.eq(run)).limit(most)))
                .execute();
        return Math.max(limits, lines);
    }

    private static ImpactLine line(Record row) {
        Currency currency = row.get(LINE.CURRENCY);
        return new ImpactLine(
                row.get(LINE.RUN_ID), new AccountId(row.get(LINE.ACCOUNT_ID)), new SubscriptionId(row.get(LINE.SUBSCRIPTION_ID)), row.get(LINE.SUBSCRIPTION_VERSION),
                new PlanVersionId(row.get(LINE.VERSION_ID)), Standing.valueOf(row.get(LINE.STANDING)), Interval.valueOf(row.get(LINE.INTERVAL)), row.get(LINE.QUANTITY),
                new Money(row.get(LINE.RECURRING_BEFORE_MINOR), currency), new Money(row.get(LINE.RECURRING_AFTER_MINOR), currency),
                new Money(row.get(LINE.MRR_BEFORE_MINOR), currency), new Money(row.get(LINE.MRR_AFTER_MINOR), currency), Band.valueOf(row.get(LINE.BAND)),
                Optional.ofNullable(row.get(LINE.HINDRANCE)).map(Hindrance::valueOf).orElse(null), row.get(LINE.HINDERED_UNTIL), List.of());
    }
}
