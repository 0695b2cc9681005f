package dev.headroom.revenue;

import dev.headroom.error.HeadroomException;
import dev.headroom.revenue.Segments.Slice;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which movements: those that are everything that is named; whatever is absent or empty may be anything.
 *
 * @param from     the first month that they are booked in
 * @param until    the first month after them
 * @param cohort   month of the account's first movement
 * @param paying   of those who paid before this month and since then without a break
 * @param returned of those who paid before this month, stopped, and came back in it or later
 * @param slice    of this piece of revenue
 * @param first    only the first of each account in its currency
 */
public record MovementFilter(
        @Nullable Currency currency, @Nullable YearMonth from, @Nullable YearMonth until, Set<MovementKind> kinds, @Nullable UUID account,
        @Nullable YearMonth cohort, @Nullable YearMonth paying, @Nullable YearMonth returned, @Nullable Slice slice, boolean first) {

    /** @throws HeadroomException INVALID_INPUT where it ends before it begins */
    public MovementFilter {
        kinds = Set.copyOf(kinds);
        if (from != null && until != null && !from.isBefore(until)) {
            throw HeadroomException.invalid("filter.until", "Expected a month after from, " + from);
        }
    }

    /** The first of an account and others. */
    public MovementFilter(
            @Nullable Currency currency, @Nullable YearMonth from, @Nullable YearMonth until, Set<MovementKind> kinds, @Nullable UUID account,
            @Nullable YearMonth cohort, @Nullable YearMonth paying, @Nullable YearMonth returned, @Nullable Slice slice) {
        this(currency, from, until, kinds, account, cohort, paying, returned, slice, false);
    }

    /** Of whatever piece. */
    public MovementFilter(
            @Nullable Currency currency, @Nullable YearMonth from, @Nullable YearMonth until, Set<MovementKind> kinds, @Nullable UUID account,
            @Nullable YearMonth cohort, @Nullable YearMonth paying, @Nullable YearMonth returned) {
        this(currency, from, until, kinds, account, cohort, paying, returned, null);
    }

    /** The same, of one currency; of all where it is absent. */
    public MovementFilter in(@Nullable Currency only) {
        return new MovementFilter(only, from, until, kinds, account, cohort, paying, returned, slice, first);
    }
}
