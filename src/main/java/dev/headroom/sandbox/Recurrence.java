package dev.headroom.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How often a price bills: every so many days, weeks, months or years, counted from an anchor in UTC. */
record Recurrence(Unit unit, long count) {

    enum Unit {
        DAY(ChronoUnit.DAYS),
        WEEK(ChronoUnit.WEEKS),
        MONTH(ChronoUnit.MONTHS),
        YEAR(ChronoUnit.YEARS);

        private final ChronoUnit chrono;

        Unit(ChronoUnit chrono) {
            this.chrono = chrono;
        }
    }

    static Recurrence of(JsonNode price) {
        JsonNode recurring = price.path("recurring");
        return new Recurrence(Unit.valueOf(Json.required(recurring, "interval").toUpperCase(Locale.ROOT)), Json.number(recurring, "interval_count"));
    }

    /**
     * The period that contains an instant. Every boundary is counted from the anchor itself, so that an anchor on January
     * 31st bills on February 28th and on March 31st again.
     */
    Span around(Instant anchor, Instant at) {
        ZonedDateTime start = anchor.atZone(ZoneOffset.UTC);
        long estimate = Math.floorDiv(unit.chrono.between(start, at.atZone(ZoneOffset.UTC)), count);
        long step = estimate - 1;
        while (!boundary(start, step + 1).isAfter(at)) {
            step++;
        }
        while (boundary(start, step).isAfter(at)) {
            step--;
        }
        return new Span(boundary(start, step), boundary(start, step + 1));
    }

    private Instant boundary(ZonedDateTime anchor, long step) {
        return anchor.plus(Math.multiplyExact(step, count), unit.chrono).toInstant();
    }
}
