package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A half-open stretch of time in whole seconds, and the proportion of amounts to it. */
record Span(Instant from, Instant until) {

    static Span of(JsonNode period) {
        return new Span(Json.instant(period, "start"), Json.instant(period, "end"));
    }

    long seconds() {
        return until.getEpochSecond() - from.getEpochSecond();
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    Span startingAt(Instant start) {
        return new Span(start, until);
    }

    /**
     * The part of an amount that falls on the time from {@code at} to the end: to the second, rounded once, halves away from
     * zero (Stripe's published 1000 → 166 and 3252 → 541 need the nearest; halves are our reading).
     */
    long remaining(BigDecimal amount, Instant at) {
        return share(amount, startingAt(at));
    }

    /** The part of an amount that falls on a part of the time. */
    long share(BigDecimal amount, Span part) {
        BigDecimal product = amount.multiply(BigDecimal.valueOf(part.seconds()));
        return product.divide(BigDecimal.valueOf(seconds()), 0, RoundingMode.HALF_UP).longValueExact();
    }

    ObjectNode document() {
        return Json.object().put("start", from.getEpochSecond()).put("end", until.getEpochSecond());
    }
}
