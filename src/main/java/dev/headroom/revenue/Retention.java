package dev.headroom.revenue;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much of what customers paid at the begin of a range they pay at its end: net revenue retention is {@code end / start}, gross {@code kept / start}.
 *
 * @param from          first month of the range
 * @param until         first month after it
 * @param reactivation  whether {@code end} holds what those bring who came back
 * @param priceIncrease whether {@code end} holds what rose in price alone
 * @param use           whether start, end and kept hold what use past limits brings
 * @param start         what was paid when the range began
 * @param movements     that lead from start to end; empty where accounts were compared one by one
 * @param netPoints     hundredths of a percent, rounded once; absent where nobody paid at the start
 * @param grossPoints   likewise
 */
public record Retention(
        YearMonth from, YearMonth until, Definition definition, boolean reactivation, boolean priceIncrease, boolean use, Money start, Money end, Money kept,
        List<KindSum> movements, @Nullable Long netPoints, @Nullable Long grossPoints) {

    private static final BigInteger POINTS = BigInteger.valueOf(10_000);

    /** Two definitions are in use, and differ where one account both rose and fell. */
    public enum Definition {
        /** The movements of those who paid at the start: every contraction counts against what is kept, though the same account expanded as well. */
        MOVEMENTS,
        /** Account by account, what is paid at the end, and of that at most what was paid at the start; price increases always count. */
        ACCOUNTS
    }

    /**
     * A sum of movements.
     *
     * @param use what of the amount is use past limits
     */
    record Sum(long amount, long use, long movements) {
        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(Math.addExact(amount, other.amount), Math.addExact(use, other.use), movements + other.movements);
        }

        private Sum counted(RevenueSettings settings) {
            return settings.use() ? this : new Sum(amount - use, 0, movements);
        }
    }

    /**
     * What a range has, in minor units.
     *
     * @param start    all movements before it
     * @param stayed   movements of those who paid at its start, until they stopped
     * @param returned movements, in the range and since they came back, of those who paid before it, stopped, and came back in it
     */
    record Moved(Sum start, Map<MovementKind, Sum> stayed, Map<MovementKind, Sum> returned) {}

    /**
     * What accounts that paid at the start of a range pay, in minor units.
     *
     * @param stayed   at its end, who never stopped
     * @param returned at its end, who stopped and came back
     */
    record Compared(long start, long stayed, long returned, long stayedCapped, long returnedCapped) {}

    static Retention of(YearMonth from, YearMonth until, RevenueSettings settings, Moved moved, Money zero) {
        Map<MovementKind, Sum> counted = new EnumMap<>(MovementKind.class);
        Stream.concat(moved.stayed.entrySet().stream(), settings.reactivation() ? moved.returned.entrySet().stream() : Stream.empty())
                .filter(each -> settings.reactivation() || each.getKey() != MovementKind.REACTIVATION)
                .filter(each -> settings.priceIncrease() || each.getKey() != MovementKind.PRICE_INCREASE)
                .forEach(each -> counted.merge(each.getKey(), each.getValue().counted(settings), Sum::plus));
        counted.values().removeIf(each -> !settings.use() && each.amount == 0);
        long start = moved.start.counted(settings).amount;
        long end = counted.values().stream().mapToLong(Sum::amount).reduce(start, Math::addExact);
        long kept = Stream.of(MovementKind.CONTRACTION, MovementKind.CHURN).mapToLong(kind -> moved.stayed.getOrDefault(kind, Sum.NOTHING).counted(settings).amount).reduce(start, Math::addExact);
        return new Retention(
                from, until, Definition.MOVEMENTS, settings.reactivation(), settings.priceIncrease(), settings.use(), money(start, zero), money(end, zero), money(kept, zero),
                sums(counted, zero), points(end, start), points(kept, start));
    }

    static Retention of(YearMonth from, YearMonth until, RevenueSettings settings, Compared compared, Money zero) {
        long end = settings.reactivation() ? Math.addExact(compared.stayed, compared.returned) : compared.stayed;
        long kept = settings.reactivation() ? Math.addExact(compared.stayedCapped, compared.returnedCapped) : compared.stayedCapped;
        return new Retention(
                from, until, Definition.ACCOUNTS, settings.reactivation(), true, settings.use(), money(compared.start, zero), money(end, zero), money(kept, zero), List.of(),
                points(end, compared.start), points(kept, compared.start));
    }

    static List<KindSum> sums(Map<MovementKind, Sum> of, Money zero) {
        return of.entrySet().stream()
                .filter(each -> each.getValue().movements > 0)
                .map(each -> new KindSum(each.getKey(), money(each.getValue().amount, zero), each.getValue().movements))
                .sorted(Comparator.comparing(KindSum::kind))
                .toList();
    }

    private static Money money(long minor, Money zero) {
        return new Money(minor, zero.currency());
    }

    /** Hundredths of a percent, rounded once; absent of nothing. */
    public static @Nullable Long points(long part, long whole) {
        return whole == 0 ? null : Long.valueOf(new Ratio(BigInteger.valueOf(part).multiply(POINTS), BigInteger.valueOf(whole)).decimal(0).longValueExact());
    }
}
