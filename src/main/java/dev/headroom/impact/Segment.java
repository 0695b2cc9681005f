package dev.headroom.impact;

import dev.headroom.error.HeadroomException;
import dev.headroom.time.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some of those who have another version: whom all of this holds of. An empty list, or an absent amount, holds of everybody; two that say the same are
 * equal, in whatever order it was said.
 *
 * @param versions      numbers of those that they have
 * @param currencies    ISO 4217
 * @param accounts      keys
 * @param mrrFromMinor  inclusive; of one currency
 * @param mrrUntilMinor exclusive
 */
public record Segment(
        List<Integer> versions, List<Interval> intervals, List<String> currencies, List<String> accounts, @Nullable Long mrrFromMinor, @Nullable Long mrrUntilMinor) {

    /** Whoever has another version. */
    public static final Segment EVERYBODY = new Segment(List.of(), List.of(), List.of(), List.of(), null, null);

    public static final int MOST_ACCOUNTS = 1_000;

    public Segment {
        versions = ordered(versions);
        intervals = ordered(intervals);
        currencies = ordered(currencies);
        accounts = ordered(accounts);
    }

    private static <T extends Comparable<? super T>> List<T> ordered(@Nullable Collection<T> given) {
        return Stream.ofNullable(given).flatMap(Collection::stream).distinct().sorted().toList();
    }

    public boolean everybody() {
        return equals(EVERYBODY);
    }

    /** @param path of it in the request. @throws HeadroomException INVALID_INPUT, naming the field */
    public void checked(String path) {
        if (accounts.size() > MOST_ACCOUNTS) {
            throw HeadroomException.invalid(path + ".accounts", "At most " + MOST_ACCOUNTS + " accounts can be named");
        }
        if ((mrrFromMinor != null || mrrUntilMinor != null) && currencies.size() != 1) {
            throw HeadroomException.invalid(path + ".currencies", "Amounts of two currencies cannot be compared: name exactly one");
        }
    }

    /**
     * @param number of the version that the line has
     * @param named  the accounts whose keys are named
     */
    public boolean holds(ImpactLine line, int number, Set<UUID> named) {
        long mrr = line.mrrBefore().minor();
        return (versions.isEmpty() || versions.contains(number))
                && (intervals.isEmpty() || intervals.contains(line.interval()))
                && (currencies.isEmpty() || currencies.contains(line.mrrBefore().currency().getCurrencyCode()))
                && (accounts.isEmpty() || named.contains(line.account().value()))
                && (mrrFromMinor == null || mrr >= mrrFromMinor)
                && (mrrUntilMinor == null || mrr < mrrUntilMinor);
    }
}
