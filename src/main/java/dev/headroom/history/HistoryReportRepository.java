package dev.headroom.history;

import static dev.headroom.history.jooq.Tables.EFFECT;
import static dev.headroom.history.jooq.Tables.MISTAKE;
import static org.jooq.Records.mapping;

import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.history.jooq.tables.records.MistakeRecord;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMovement;
import dev.headroom.revenue.Revenues.Unbooked;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What would come of files: what is wrong in them, and what their movements come to. */
@Repository
class HistoryReportRepository {

    private static final int LONGEST = 200;

    private final DSLContext db;

    HistoryReportRepository(DSLContext db) {
        this.db = db;
    }

    /** @param ofAccount whether they were found when accounts were looked at, which may be done again */
    void mistaken(UUID run, Collection<HistoryMistake> mistakes, boolean ofAccount) {
        db.batchInsert(mistakes.stream().map(each -> row(run, each, ofAccount)).toList()).execute();
    }

    private static MistakeRecord row(UUID run, HistoryMistake mistake, boolean ofAccount) {
        MistakeRecord row = new MistakeRecord();
        row.setRunId(run);
        row.setLine(mistake.line());
        row.setField(shown(mistake.column()));
        row.setAccount(mistake.account());
        row.setProblem(mistake.problem().name());
        row.setValue(shown(mistake.value()));
        row.setExpected(mistake.expected());
        row.setOfAccount(ofAccount);
        return row;
    }

    /** What stands in a file may be anything. */
    private static @Nullable String shown(@Nullable String value) {
        return value == null ? null : value.replace("\0", "\uFFFD").substring(0, Math.min(value.length(), LONGEST));
    }

    /** @param after the last one of the page before */
    List<HistoryMistake> page(UUID run, @Nullable HistoryMistake after, int most) {
        return db.select(
                        MISTAKE.ID, MISTAKE.LINE, MISTAKE.FIELD, MISTAKE.ACCOUNT, MISTAKE.PROBLEM.convertFrom(Problem::valueOf), MISTAKE.VALUE, MISTAKE.EXPECTED)
                .from(MISTAKE)
                .where(MISTAKE.RUN_ID.eq(run))
                .and(after == null ? DSL.noCondition() : DSL.row(MISTAKE.LINE, MISTAKE.ID).gt(after.line(), after.id()))
                .orderBy(MISTAKE.LINE, MISTAKE.ID)
                .limit(most)
                .fetch(mapping(HistoryMistake::new));
    }

    /** What came of accounts is forgotten, for they are looked at again. */
    void forgetAccounts(UUID run) {
        db.deleteFrom(MISTAKE).where(MISTAKE.RUN_ID.eq(run), MISTAKE.OF_ACCOUNT.isTrue()).execute();
        db.deleteFrom(EFFECT).where(EFFECT.RUN_ID.eq(run)).execute();
    }

    /** Names and addresses that stood where something is wrong. */
    void forgetNames(UUID run) {
        db.update(MISTAKE).setNull(MISTAKE.VALUE).where(MISTAKE.RUN_ID.eq(run), MISTAKE.FIELD.in(Cells.NAME, Cells.EMAIL)).execute();
    }

    void forget(UUID run) {
        db.deleteFrom(MISTAKE).where(MISTAKE.RUN_ID.eq(run)).execute();
        db.deleteFrom(EFFECT).where(EFFECT.RUN_ID.eq(run)).execute();
    }

    void moved(UUID run, Collection<RevenueMovement> movements) {
        db.batch(movements.stream().map(each -> db.insertInto(EFFECT)
                .set(EFFECT.RUN_ID, run)
                .set(EFFECT.CURRENCY, each.amount().currency())
                .set(EFFECT.MONTH, each.month().atDay(1))
                .set(EFFECT.SINCE, each.since().atDay(1))
                .set(EFFECT.COHORT, each.cohort().atDay(1))
                .set(EFFECT.KIND, each.kind().name())
                .set(EFFECT.AMOUNT_MINOR, each.amount().minor())
                .set(EFFECT.MOVEMENTS, 1L)
                .onConflict(EFFECT.RUN_ID, EFFECT.CURRENCY, EFFECT.MONTH, EFFECT.SINCE, EFFECT.COHORT, EFFECT.KIND)
                .doUpdate()
                .set(EFFECT.AMOUNT_MINOR, EFFECT.AMOUNT_MINOR.plus(DSL.excluded(EFFECT.AMOUNT_MINOR)))
                .set(EFFECT.MOVEMENTS, EFFECT.MOVEMENTS.plus(1))).toList()).execute();
    }

    Map<Currency, List<Unbooked>> effects(UUID run) {
        return db.select(EFFECT.CURRENCY, EFFECT.MONTH, EFFECT.SINCE, EFFECT.COHORT, EFFECT.KIND, EFFECT.AMOUNT_MINOR, EFFECT.MOVEMENTS)
                .from(EFFECT)
                .where(EFFECT.RUN_ID.eq(run))
                .orderBy(EFFECT.CURRENCY, EFFECT.MONTH, EFFECT.SINCE, EFFECT.COHORT, EFFECT.KIND)
                .fetchGroups(EFFECT.CURRENCY, row -> new Unbooked(
                        YearMonth.from(row.value2()), YearMonth.from(row.value3()), YearMonth.from(row.value4()), MovementKind.valueOf(row.value5()), row.value6(), row.value7()));
    }
}
