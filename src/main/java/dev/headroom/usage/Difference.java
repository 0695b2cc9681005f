package dev.headroom.usage;

import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that is kept otherwise than the events say. */
sealed interface Difference {

    /** Of which total, or of the total of which window. */
    Key key();

    /** For people: what is kept, and what the events say. */
    String words();

    /** A total of a window or of an hour, or of a group in it; absent where there is none. */
    record OfTotal(Key key, @Nullable Amount kept, @Nullable Amount replayed) implements Difference {

        @Override
        public String words() {
            if (kept == null) {
                return place(key) + ": nothing is kept, the events say " + Objects.requireNonNull(replayed).used();
            }
            if (replayed == null) {
                return place(key) + ": " + kept.used() + " is kept, but no event counts there";
            }
            if (kept.used() != replayed.used()) {
                return place(key) + ": " + kept.used() + " is kept, the events say " + replayed.used();
            }
            return kept.lastAt().equals(replayed.lastAt())
                    ? place(key) + ": it is kept as ending at " + kept.until() + ", but ends at " + replayed.until()
                    : place(key) + ": the latest event is kept as of " + (kept.lastAt().equals(Instant.EPOCH) ? "never" : kept.lastAt())
                            + ", it is of " + replayed.lastAt();
        }
    }

    /**
     * How a total stands.
     *
     * @param lastAt the time of its latest event
     * @param until  where its window ends
     */
    record Amount(long used, Instant lastAt, Instant until) {}

    /** A value that a meter of unique values had in a window, and when; absent where there is none. */
    record OfValue(Key key, String value, @Nullable Sighting kept, @Nullable Sighting replayed) implements Difference {

        @Override
        public String words() {
            String what = place(key) + ", value \"" + value + "\": ";
            if (kept == null) {
                return what + "not kept as seen, the events have it " + replayed;
            }
            return what + "kept as seen " + kept + (replayed == null ? ", but no event has it" : ", the events have it " + replayed);
        }
    }

    /** When something was seen first and last. */
    record Sighting(Instant first, Instant last) {

        @Override
        public String toString() {
            return "from " + first + " to " + last;
        }
    }

    /** What is held back at a counter, and what its open reservations add up to. */
    record OfReserved(Key key, long kept, long open) implements Difference {

        @Override
        public String words() {
            return place(key) + ": " + kept + " is kept as reserved, the open reservations say " + open;
        }
    }

    private static String place(Key key) {
        String stretch = (key.grain() == Grain.HOUR ? "hour" : "window") + " from " + key.window().from();
        return key.group().isEmpty() ? stretch : "group " + key.group() + " of the " + stretch;
    }
}
