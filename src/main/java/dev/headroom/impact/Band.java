package dev.headroom.impact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By how much of what it is a recurring amount changes, in percent between fixed edges: a rise lies above its lower edge and up to its upper one,
 * a fall the other way round.
 */
public enum Band {
    FALLS_OVER_50(null, -50),
    FALLS_25_TO_50(-50, -25),
    FALLS_10_TO_25(-25, -10),
    FALLS_5_TO_10(-10, -5),
    FALLS_UP_TO_5(-5, 0),
    SAME(0, 0),
    RISES_UP_TO_5(0, 5),
    RISES_5_TO_10(5, 10),
    RISES_10_TO_25(10, 25),
    RISES_25_TO_50(25, 50),
    RISES_50_TO_100(50, 100),
    RISES_OVER_100(100, null),
    /** What costs nothing rises by no percentage. */
    RISES_FROM_NOTHING(null, null);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final @Nullable Integer from;
    private final @Nullable Integer until;

    Band(@Nullable Integer from, @Nullable Integer until) {
        this.from = from;
        this.until = until;
    }

    /** The edge nearer to a greater fall; absent where there is none. */
    public @Nullable Integer fromPercent() {
        return from;
    }

    /** The edge nearer to a greater rise; absent where there is none. */
    public @Nullable Integer untilPercent() {
        return until;
    }

    /** The edges above which a rise can be looked at. */
    public static List<Integer> edgesOfRises() {
        return Arrays.stream(values()).filter(Band::rises).flatMap(band -> Stream.ofNullable(band.from)).toList();
    }

    boolean rises() {
        return ordinal() > SAME.ordinal();
    }

    /** Whether all in it rises by more than an edge; from nothing is more than any. */
    boolean risesOver(int percent) {
        return this == RISES_FROM_NOTHING || rises() && from != null && from >= percent;
    }

    /** Both in the same minor units and not negative. */
    static Band of(long before, long after) {
        if (before == after) {
            return SAME;
        }
        if (before == 0) {
            return RISES_FROM_NOTHING;
        }
        BigInteger change = BigInteger.valueOf(after).subtract(BigInteger.valueOf(before)).multiply(HUNDRED);
        return Arrays.stream(values())
                .filter(band -> band != SAME && band != RISES_FROM_NOTHING && band.rises() == change.signum() > 0 && band.holds(change, before))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds(BigInteger change, long before) {
        boolean rise = change.signum() > 0;
        boolean past = from == null || compare(change, from, before) >= (rise ? 1 : 0);
        return past && (until == null || compare(change, until, before) < (rise ? 1 : 0));
    }

    private static int compare(BigInteger change, int edge, long before) {
        return change.compareTo(BigInteger.valueOf(edge).multiply(BigInteger.valueOf(before)));
    }
}
