package dev.headroom.stripe;

import java.time.Duration;
import java.time.Instant;

/**
 * How long something that fails is left alone: a second after the first failure, twice as long after each that follows, a minute at most.
 * Used by one thread at a time.
 */
final class Retreat {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Duration pause = Duration.ZERO;
    private Instant until = Instant.MIN;

    boolean over(Instant at) {
        return !at.isBefore(until);
    }

    /** Leaves it alone for longer than before; false when it is for as long already as it will ever be. */
    boolean lengthen(Instant at) {
        Duration before = pause;
        Duration doubled = before.isZero() ? FIRST : before.multipliedBy(2);
        pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        until = at.plus(pause);
        return !pause.equals(before);
    }

    /** It works; true when it did not before. */
    boolean end() {
        boolean ended = !pause.isZero();
        pause = Duration.ZERO;
        until = Instant.MIN;
        return ended;
    }

    Duration pause() {
        return pause;
    }
}
