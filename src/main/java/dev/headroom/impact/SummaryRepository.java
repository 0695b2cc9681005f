package dev.headroom.impact;

import static dev.headroom.impact.jooq.Tables.LIMIT_PASSED;
import static dev.headroom.impact.jooq.Tables.LINE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import dev.headroom.catalog.FeatureId;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.impact.ImpactSummary.Cell;
import dev.headroom.impact.ImpactSummary.LimitTally;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Adds lines up, so that whatever is told of a run is the sum of its lines and of nothing else. */
@Repository
class SummaryRepository {

    private final DSLContext db;

    SummaryRepository(DSLContext db) {
        this.db = db;
    }

    /** Two statements. A sum that no amount can be so large throws. */
    ImpactSummary of(UUID run) {
        List<Cell> cells = db.select(
                        LINE.CURRENCY, LINE.STANDING, LINE.BAND, LINE.HINDRANCE, count(), sum(LINE.RECURRING_BEFORE_MINOR), sum(LINE.RECURRING_AFTER_MINOR),
                        sum(LINE.MRR_BEFORE_MINOR), sum(LINE.MRR_AFTER_MINOR))
                .from(LINE)
                .where(LINE.RUN_ID.eq(run))
                .groupBy(LINE.CURRENCY, LINE.STANDING, LINE.BAND, LINE.HINDRANCE)
                .orderBy(LINE.CURRENCY, LINE.STANDING, LINE.BAND, LINE.HINDRANCE)
                .fetch(row -> new Cell(
                        row.value1(), Standing.valueOf(row.value2()), Band.valueOf(row.value3()),
                        Optional.ofNullable(row.value4()).map(Hindrance::valueOf).orElse(null), row.value5(), row.value6().longValueExact(),
                        row.value7().longValueExact(), row.value8().longValueExact(), row.value9().longValueExact()));
        List<LimitTally> limits = db.select(
                        LIMIT_PASSED.FEATURE_ID, count().filterWhere(LIMIT_PASSED.CLOSES.isFalse().and(LIMIT_PASSED.USED.gt(LIMIT_PASSED.INCLUDED_AFTER))),
                        count().filterWhere(LIMIT_PASSED.CLOSES.isFalse().and(LIMIT_PASSED.EXPECTED.gt(LIMIT_PASSED.INCLUDED_AFTER))),
                        count().filterWhere(LIMIT_PASSED.CLOSES.isTrue()))
                .from(LIMIT_PASSED)
                .where(LIMIT_PASSED.RUN_ID.eq(run))
                .groupBy(LIMIT_PASSED.FEATURE_ID)
                .orderBy(LIMIT_PASSED.FEATURE_ID)
                .fetch(row -> new LimitTally(new FeatureId(row.value1()), row.value2(), row.value3(), row.value4()));
        return new ImpactSummary(cells, limits);
    }
}
