package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.METER_EVENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Stores what was reported to billing meters, and adds it up. */
final class MeterEventRepository {

    private final DSLContext jooq;
    private final Runnable aboutToWrite;

    MeterEventRepository(DSLContext jooq, Runnable aboutToWrite) {
        this.jooq = jooq;
        this.aboutToWrite = aboutToWrite;
    }

    /**
     * One report.
     *
     * @param at when it was used, as the reporter says
     */
    record MeterEvent(String identifier, String name, String customer, long value, Instant at, Instant receivedAt) {}

    void insert(MeterEvent event) {
        aboutToWrite.run();
        jooq.insertInto(METER_EVENT)
                .set(METER_EVENT.IDENTIFIER, event.identifier())
                .set(METER_EVENT.EVENT_NAME, event.name())
                .set(METER_EVENT.CUSTOMER, event.customer())
                .set(METER_EVENT.VALUE, event.value())
                .set(METER_EVENT.AT, event.at())
                .set(METER_EVENT.RECEIVED_AT, event.receivedAt())
                .set(METER_EVENT.CANCELED, false)
                .execute();
    }

    /** The last event with an identifier that was received since. */
    Optional<MeterEvent> find(String name, String identifier, Instant since) {
        return jooq.select().from(METER_EVENT)
                .where(METER_EVENT.EVENT_NAME.eq(name), METER_EVENT.IDENTIFIER.eq(identifier), METER_EVENT.RECEIVED_AT.gt(since))
                .orderBy(METER_EVENT.SEQUENCE.desc()).limit(1)
                .fetchOptional(MeterEventRepository::event);
    }

    /** False when it was cancelled before. */
    boolean cancel(String name, String identifier, Instant since) {
        aboutToWrite.run();
        return jooq.update(METER_EVENT).set(METER_EVENT.CANCELED, true)
                .where(METER_EVENT.EVENT_NAME.eq(name), METER_EVENT.IDENTIFIER.eq(identifier), METER_EVENT.RECEIVED_AT.gt(since),
                        METER_EVENT.CANCELED.isFalse())
                .execute() > 0;
    }

    /** What a meter's formula makes of a customer's events in a stretch of time; may be negative. */
    long total(Metered meter, String customer, Span span) {
        Condition within = METER_EVENT.EVENT_NAME.eq(meter.name()).and(METER_EVENT.CUSTOMER.eq(customer)).and(METER_EVENT.CANCELED.isFalse())
                .and(METER_EVENT.AT.ge(span.from())).and(METER_EVENT.AT.lt(span.until()));
        return switch (meter.formula()) {
            case SUM -> jooq.select(DSL.coalesce(DSL.sum(METER_EVENT.VALUE), BigDecimal.ZERO)).from(METER_EVENT).where(within).fetchSingle().value1().longValueExact();
            case COUNT -> jooq.fetchCount(METER_EVENT, within);
            case LAST -> jooq.select(METER_EVENT.VALUE).from(METER_EVENT).where(within)
                    .orderBy(METER_EVENT.AT.desc(), METER_EVENT.SEQUENCE.desc()).limit(1).fetchOptional(METER_EVENT.VALUE).orElse(0L);
        };
    }

    /** What of a meter decides how its events are added up. */
    record Metered(String name, Formula formula) {}

    /** How many events become one amount. */
    enum Formula { SUM, COUNT, LAST }

    private static MeterEvent event(Record row) {
        return new MeterEvent(row.get(METER_EVENT.IDENTIFIER), row.get(METER_EVENT.EVENT_NAME), row.get(METER_EVENT.CUSTOMER), row.get(METER_EVENT.VALUE),
                row.get(METER_EVENT.AT), row.get(METER_EVENT.RECEIVED_AT));
    }
}
