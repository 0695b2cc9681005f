package dev.headroom.reporting;

import static dev.headroom.reporting.jooq.Tables.RATE;

import dev.headroom.reporting.ReportingRates.NewRate;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class RateRepository {

    private static final Field<Currency> IN = RATE.REPORTING.convertFrom(Currency::getInstance);
    private static final Field<YearMonth> MONTH = RATE.MONTH.convertFrom(YearMonth::from);

    private final DSLContext db;

    RateRepository(DSLContext db) {
        this.db = db;
    }

    /** Until the transaction ends nobody else adds entries. */
    void lock() {
        db.execute("lock table reporting.rate in share row exclusive mode");
    }

    void insert(UUID batch, Currency in, NewRate rate, @Nullable String correction, String by, Instant at) {
        db.insertInto(RATE)
                .set(RATE.BATCH, batch)
                .set(RATE.CURRENCY, rate.currency())
                .set(RATE.REPORTING, in.getCurrencyCode())
                .set(RATE.MONTH, rate.month().atDay(1))
                .set(RATE.RATE_, rate.rate())
                .set(RATE.CORRECTION, correction)
                .set(RATE.SET_BY, by)
                .set(RATE.SET_AT, at)
                .execute();
    }

    /** Newest first. */
    List<ReportingRate> page(Currency in, int size, @Nullable Long before) {
        return select(RATE.REPORTING.eq(in.getCurrencyCode()).and(before == null ? DSL.noCondition() : RATE.NUMBER.lt(before)), size);
    }

    /** What was said at once, newest first. */
    List<ReportingRate> batch(UUID batch) {
        return select(RATE.BATCH.eq(batch), Integer.MAX_VALUE);
    }

    private List<ReportingRate> select(Condition which, int size) {
        return db.select(RATE.NUMBER, RATE.CURRENCY, IN, MONTH, RATE.RATE_, RATE.CORRECTION, RATE.SET_BY, RATE.SET_AT)
                .from(RATE).where(which).orderBy(RATE.NUMBER.desc()).limit(size).fetch(Records.mapping(ReportingRate::new));
    }

    /** Of each currency what stands in a month. */
    List<ReportingRate> standing(Currency in, YearMonth month) {
        return standing(RATE.REPORTING.eq(in.getCurrencyCode()), month);
    }

    Optional<ReportingRate> standing(Currency in, Currency currency, YearMonth month) {
        return standing(RATE.REPORTING.eq(in.getCurrencyCode()).and(RATE.CURRENCY.eq(currency)), month).stream().findFirst();
    }

    private List<ReportingRate> standing(Condition which, YearMonth month) {
        return db.select(RATE.NUMBER, RATE.CURRENCY, IN, MONTH, RATE.RATE_, RATE.CORRECTION, RATE.SET_BY, RATE.SET_AT)
                .distinctOn(RATE.CURRENCY)
                .from(RATE).where(which, RATE.MONTH.le(month.atDay(1))).orderBy(RATE.CURRENCY, RATE.MONTH.desc(), RATE.NUMBER.desc()).fetch(Records.mapping(ReportingRate::new));
    }
}
