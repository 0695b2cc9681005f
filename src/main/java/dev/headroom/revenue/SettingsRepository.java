package dev.headroom.revenue;

import static dev.headroom.revenue.jooq.Tables.SETTINGS;

import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.Instant;
import java.time.ZoneId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

@Repository
class SettingsRepository {

    private final DSLContext db;

    SettingsRepository(DSLContext db) {
        this.db = db;
    }

    RevenueSettings current() {
        return latest(DSL.noCondition());
    }

    /** Those that counted at an instant. */
    RevenueSettings asOf(Instant at) {
        return latest(SETTINGS.SET_AT.le(at));
    }

    private RevenueSettings latest(Condition which) {
        return db.select(
                        SETTINGS.VERSION, SETTINGS.ZONE.convertFrom(ZoneId::of), SETTINGS.CLOSING_DAYS, SETTINGS.REACTIVATION, SETTINGS.PRICE_INCREASE, SETTINGS.USE,
                        SETTINGS.SET_BY, SETTINGS.SET_AT, LedgerRepository.month(SETTINGS.OPEN_FROM))
                .from(SETTINGS)
                .where(which)
                .orderBy(SETTINGS.VERSION.desc())
                .limit(1)
                .fetchOptional(Records.mapping(RevenueSettings::new))
                .orElse(RevenueSettings.USUAL);
    }

    /** False when somebody else has set that version. */
    boolean insert(RevenueSettings settings) {
        return db.insertInto(SETTINGS)
                .set(SETTINGS.VERSION, settings.version())
                .set(SETTINGS.ZONE, settings.zone().getId())
                .set(SETTINGS.CLOSING_DAYS, settings.closingDays())
                .set(SETTINGS.REACTIVATION, settings.reactivation())
                .set(SETTINGS.PRICE_INCREASE, settings.priceIncrease())
                .set(SETTINGS.USE, settings.use())
                .set(SETTINGS.SET_BY, settings.setBy())
                .set(SETTINGS.SET_AT, settings.setAt())
                .set(SETTINGS.OPEN_FROM, LedgerRepository.first(settings.openFrom()))
                .onConflictDoNothing()
                .execute() == 1;
    }
}
