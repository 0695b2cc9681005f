package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.Retention.Moved;
import dev.headroom.revenue.Retention.Sum;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueRepository.KnownSum;
import dev.headroom.revenue.RevenueRepository.MonthSum;
import dev.headroom.revenue.RevenueRepository.RangeSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** The figures of recurring revenue, in one currency at a time; for whoever may see REVENUE. */
@Service
public class Revenues {

    private static final int MOST_MONTHS = 120;
    private static final int MOST_RANGE = 60;

    private final RevenueRepository revenue;
    private final JourneyRepository journeys;
    private final SettingsRepository settings;
    private final RangeComparisons comparisons;
    private final PastRepository pasts;
    private final InstantSource clock;

    Revenues(
            RevenueRepository revenue, JourneyRepository journeys, SettingsRepository settings, RangeComparisons comparisons, PastRepository pasts, InstantSource clock) {
        this.revenue = revenue;
        this.journeys = journeys;
        this.settings = settings;
        this.comparisons = comparisons;
        this.pasts = pasts;
        this.clock = clock;
    }

    /** Every currency that anything was ever booked in, those that most accounts pay in first. */
    public List<Currency> currencies(Actor actor) {
        actor.requireEveryAccount(Permission.REVENUE);
        return revenue.currencies();
    }

    /**
     * Months one after the other: what each closes with, the next one opens with. Two statements.
     *
     * @param from  inclusive
     * @param until exclusive; at most 120 months later
     */
    public List<RevenueMonth> months(Actor actor, Currency currency, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        requireRange(from, until, MOST_MONTHS);
        return months(currency, from, until);
    }

    private List<RevenueMonth> months(Currency currency, YearMonth from, YearMonth until) {
        List<MonthSum> sums = revenue.months(currency, from, until);
        List<MonthSum> before = sums.stream().filter(each -> each.month() == null).toList();
        Months months = settings.current().months();
        RevenueHistories.Open past = pasts.open(currency);
        List<RevenueMonth> found = new ArrayList<>();
        Money opening = new Money(amount(before), currency);
        long accounts = accounts(before);
        for (YearMonth month = from; month.isBefore(until); month = month.plusMonths(1)) {
            YearMonth wanted = month;
            List<MonthSum> of = sums.stream().filter(each -> wanted.equals(each.month())).toList();
            Money closing = opening.plus(new Money(amount(of), currency));
            Map<MovementKind, Sum> kinds = new EnumMap<>(MovementKind.class);
            of.forEach(each -> kinds.put(each.kind(), each.sum()));
            boolean over = months.closed(month, clock.instant());
            found.add(new RevenueMonth(
                    month, opening, Retention.sums(kinds, opening), closing, accounts, accounts + accounts(of), over && !past.into(month), over && past.into(month)));
            opening = closing;
            accounts += accounts(of);
        }
        return found;
    }

    private static long amount(Collection<MonthSum> of) {
        return of.stream().mapToLong(each -> each.sum().amount()).reduce(0, Math::addExact);
    }

    private static long accounts(Collection<MonthSum> of) {
        return of.stream().mapToLong(MonthSum::accounts).sum();
    }

    /**
     * Retention over ranges of so many months, one that ends with each month.
     *
     * @param from   last month of the first range
     * @param until  the month behind the last month of the last range
     * @param length months of each range: 1 to 60
     */
    public List<Retention> retention(Actor actor, Currency currency, Definition definition, int length, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        requireRange(from, until, MOST_MONTHS);
        Check.between("months", length, 1, MOST_RANGE);
        return switch (definition) {
            case MOVEMENTS -> byMovements(currency, length, from, until);
            case ACCOUNTS -> byAccounts(currency, length, from, until);
        };
    }

    /**
     * What movements come to that are not booked.
     *
     * @param since  month since which the accounts pay without a break
     * @param cohort month of their first movement
     */
    public record Unbooked(YearMonth month, YearMonth since, YearMonth cohort, MovementKind kind, long amountMinor, long movements) {}

    /**
     * Retention by movements over one range, as it would be with what is not booked.
     *
     * @param from     first month
     * @param until    exclusive; at most 60 months later
     * @param unbooked empty for what it is
     */
    public Retention imagine(Actor actor, Currency currency, YearMonth from, YearMonth until, Collection<Unbooked> unbooked) {
        actor.requireEveryAccount(Permission.REVENUE);
        requireRange(from, until, MOST_RANGE);
        int length = (int) from.until(until, ChronoUnit.MONTHS);
        List<RangeSum> sums = new ArrayList<>(revenue.ranges(currency, until.minusMonths(1), until, length));
        unbooked.stream()
                .filter(each -> !each.month.isBefore(from) && each.month.isBefore(until) && each.cohort.isBefore(from))
                .forEach(each -> sums.add(new RangeSum(until.minusMonths(1), each.since.isBefore(from), each.kind, new Sum(each.amountMinor, 0, each.movements))));
        Sum start = unbooked.stream().filter(each -> each.month.isBefore(from)).map(each -> new Sum(each.amountMinor, 0, each.movements))
                .reduce(openings(currency, from, from.plusMonths(1)).get(from), Sum::plus);
        YearMonth last = until.minusMonths(1);
        return Retention.of(from, until, settings.current(), new Moved(start, kinds(sums, last, true), kinds(sums, last, false)), Money.zero(currency));
    }

    private List<Retention> byMovements(Currency currency, int length, YearMonth from, YearMonth until) {
        RevenueSettings counted = settings.current();
        List<RangeSum> sums = revenue.ranges(currency, from, until, length);
        Map<YearMonth, Sum> openings = openings(currency, from.minusMonths(length - 1L), until.minusMonths(length - 1L));
        return openings.entrySet().stream()
                .map(opening -> {
                    YearMonth first = opening.getKey();
                    YearMonth last = first.plusMonths(length - 1L);
                    return Retention.of(first, last.plusMonths(1), counted, new Moved(opening.getValue(), kinds(sums, last, true), kinds(sums, last, false)), Money.zero(currency));
                })
                .toList();
    }

    /** All movements before each month, in their order. */
    private SequencedMap<YearMonth, Sum> openings(Currency currency, YearMonth from, YearMonth until) {
        List<MonthSum> sums = revenue.months(currency, from, until);
        SequencedMap<YearMonth, Sum> openings = new TreeMap<>();
        Sum opening = sum(sums.stream().filter(each -> each.month() == null));
        for (YearMonth month = from; month.isBefore(until); month = month.plusMonths(1)) {
            YearMonth wanted = month;
            openings.put(month, opening);
            opening = opening.plus(sum(sums.stream().filter(each -> wanted.equals(each.month()))));
        }
        return openings;
    }

    private static Sum sum(Stream<MonthSum> of) {
        return of.map(MonthSum::sum).reduce(Sum.NOTHING, Sum::plus);
    }

    private static Map<MovementKind, Sum> kinds(List<RangeSum> sums, YearMonth last, boolean stayed) {
        Map<MovementKind, Sum> kinds = new EnumMap<>(MovementKind.class);
        sums.stream().filter(each -> each.last().equals(last) && each.stayed() == stayed).forEach(each -> kinds.merge(each.kind(), each.sum(), Sum::plus));
        return kinds;
    }

    private List<Retention> byAccounts(Currency currency, int length, YearMonth from, YearMonth until) {
        RevenueSettings counted = settings.current();
        return Stream.iterate(from, month -> month.isBefore(until), month -> month.plusMonths(1))
                .map(last -> Retention.of(
                        last.minusMonths(length - 1L), last.plusMonths(1), counted, comparisons.of(currency, last, length, counted), Money.zero(currency)))
                .toList();
    }

    /**
     * Those who paid when a range began, as long as they paid without a break.
     *
     * @param start         what they paid then
     * @param movements     theirs in the range, until they stopped
     * @param startAccounts how many they were
     * @param accounts      how many never stopped
     */
    public record Loyal(Money start, List<KindSum> movements, long startAccounts, long accounts) {
        public Loyal {
            movements = List.copyOf(movements);
        }
    }

    /**
     * One statement, of the totals.
     *
     * @param from  inclusive
     * @param until exclusive; at most 120 months later
     */
    public Loyal loyal(Actor actor, Currency currency, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        requireRange(from, until, MOST_MONTHS);
        List<KnownSum> stayed = revenue.known(currency, from, until).stream().filter(KnownSum::stayed).toList();
        List<KnownSum> before = stayed.stream().filter(each -> each.kind() == null).toList();
        Map<MovementKind, Sum> kinds = new EnumMap<>(MovementKind.class);
        stayed.stream().filter(each -> each.kind() != null).forEach(each -> kinds.put(each.kind(), each.sum()));
        Money start = new Money(before.stream().mapToLong(each -> each.sum().amount()).sum(), currency);
        return new Loyal(
                start, Retention.sums(kinds, start), before.stream().mapToLong(KnownSum::accounts).sum(), stayed.stream().mapToLong(KnownSum::accounts).sum());
    }

    /**
     * So many accounts were watched for so many days from their first payment on.
     *
     * @param days     whole ones
     * @param expanded whether they grew for the first time then; if not, they stopped to pay, or nothing more is known of them
     */
    public record Waited(int days, boolean expanded, long accounts) {}

    /**
     * How long those who first paid in a range paid until they grew, to the range's end or now. One pass over the movements.
     *
     * @param from  inclusive
     * @param until exclusive; at most 120 months later
     */
    public List<Waited> waited(Actor actor, Currency currency, YearMonth from, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        requireRange(from, until, MOST_MONTHS);
        RevenueSettings counted = settings.current();
        Instant end = until.atDay(1).atStartOfDay(counted.zone()).toInstant();
        Instant now = clock.instant();
        return journeys.waited(currency, from, until, end.isBefore(now) ? end : now, Stream.of(MovementKind.values()).filter(counted::expands).toList());
    }

    /** How many accounts pay for more than one product before a month begins. One pass over the movements. */
    public long several(Actor actor, Currency currency, YearMonth until) {
        actor.requireEveryAccount(Permission.REVENUE);
        return journeys.several(currency, until);
    }

    /** Of each month, whether it is closed at present. */
    List<Boolean> closed(List<YearMonth> of) {
        Months months = settings.current().months();
        Instant now = clock.instant();
        return of.stream().map(month -> months.closed(month, now)).toList();
    }

    static void requireRange(YearMonth from, YearMonth until, int most) {
        if (!from.isBefore(until) || from.plusMonths(most).isBefore(until)) {
            throw HeadroomException.invalid("until", "Expected a month after from, " + from + ", and at most " + most + " months later");
        }
    }
}
