package dev.headroom.signin;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tries in a row that were not right.
 *
 * @param failures   since the last one that was
 * @param waitsUntil before which nobody is let try, exclusive
 */
record Streak(int failures, Instant lastAt, @Nullable Instant waitsUntil) {

    /** Whose tries these are; the number of them that bring no waiting. */
    enum Kind {
        PERSON(5),
        /** Many people share one, so it is allowed more. */
        ADDRESS(50);

        private final int free;

        Kind(int free) {
            this.free = free;
        }
    }

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 5;
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    static Streak none(Instant at) {
        return new Streak(0, at, null);
    }

    boolean waitsAt(Instant at) {
        return waitsUntil != null && at.isBefore(waitsUntil);
    }

    /** With one try more; from the last free one on each brings twice the waiting of the one before, up to a quarter of an hour. */
    Streak and(Kind kind, Instant at) {
        int now = at.isBefore(lastAt.plus(FORGOTTEN_AFTER)) ? failures + 1 : 1;
        return new Streak(now, at, now < kind.free ? null : at.plus(waiting(now - kind.free)));
    }

    private static Duration waiting(int beyond) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
