package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.Check;
import dev.headroom.money.Money;
import dev.headroom.revenue.CohortRepository.CohortMonth;
import dev.headroom.revenue.CohortRepository.StartMonth;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What customers who began to pay in the same month pay as they grow older; for whoever may see REVENUE. */
@Service
public class Cohorts {

    private static final int MOST = 60;
    private static final BigDecimal POINTS = BigDecimal.valueOf(10_000);

    private final CohortRepository cohorts;
    private final SettingsRepository settings;
    private final InstantSource clock;

    Cohorts(CohortRepository cohorts, SettingsRepository settings, InstantSource clock) {
        this.cohorts = cohorts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Customers by the month of their first payment: its end is where they are measured from.
     *
     * @param joined   how many accounts paid for the first time in it, also those who stopped before its end
     * @param start    what they paid at its end
     * @param accounts how many of them paid then
     * @param cells    by age, from 0 on; of months to come there are none
     */
    public record Cohort(YearMonth month, long joined, Money start, long accounts, List<Cell> cells) {
        public Cohort {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Where a cohort stands at the end of a month.
     *
     * @param age           months since the one of its first payment
     * @param mrr           what it pays then, those who came back included
     * @param net           what of it net retention counts, by the definition and the settings
     * @param lost          what contraction and churn took in the month from those who paid when it began: none or negative
     * @param kept          what of its start is left without any growth, rounded once
     * @param accounts      how many pay
     * @param mrrPoints     {@code mrr / start} in hundredths of a percent, rounded once; absent where nobody paid at the start
     * @param netPoints     {@code net / start}, likewise
     * @param grossPoints   {@code kept / start}, likewise; of the exact value
     * @param accountPoints {@code accounts} of those at the start, likewise
     * @param mature        whether the month is closed, so that the cell never changes
     */
    public record Cell(
            int age, YearMonth month, Money mrr, Money net, Money lost, Money kept, long accounts, @Nullable Long mrrPoints, @Nullable Long netPoints, @Nullable Long grossPoints,
            @Nullable Long accountPoints, boolean mature) {}

    /**
     * Cohorts one after the other, those included that nobody joined; months to come are left out.
     *
     * @param definition of net retention as of a range that begins with the second month; of gross retention: MOVEMENTS multiplies what was kept of each
     *                   month's opening, ACCOUNTS takes of each account what it pays, at most what it paid at the start
     * @param from       inclusive
     * @param until      exclusive; at most 60 months later
     * @param oldest     age of the last cell: 0 to 60
     */
    public List<Cohort> cohorts(Actor actor, Currency currency, Definition definition, YearMonth from, YearMonth until, int oldest) {
        actor.requireEveryAccount(Permission.REVENUE);
        Revenues.requireRange(from, until, MOST);
        Check.between("months", oldest, 0, MOST);
        Instant now = clock.instant();
        RevenueSettings counted = settings.current();
        Months months = counted.months();
        YearMonth end = months.holding(now).plusMonths(1);
        Map<YearMonth, Map<YearMonth, CohortMonth>> moved = cohorts.moved(currency, from, until, counted);
        Map<YearMonth, Map<YearMonth, StartMonth>> started = switch (definition) {
            case MOVEMENTS -> Map.of();
            case ACCOUNTS -> cohorts.started(currency, from, until, counted);
        };
        return Stream.iterate(from, month -> month.isBefore(until) && month.isBefore(end), month -> month.plusMonths(1))
                .map(month -> new Walk(
                        month, currency, moved.getOrDefault(month, Map.of()), definition == Definition.ACCOUNTS ? started.getOrDefault(month, Map.of()) : null)
                        .cohort(Math.min(oldest, (int) month.until(end, ChronoUnit.MONTHS) - 1), each -> months.closed(each, now)))
                .toList();
    }

    /** The share that is left of what a month opened with; never less than nothing, though one account rises and falls in a month. */
    public static BigDecimal left(BigDecimal opening, BigDecimal lost) {
        BigDecimal left = opening.add(lost);
        return left.signum() <= 0 ? BigDecimal.ZERO : left.divide(opening, MathContext.DECIMAL128);
    }

    /** A cohort month by month, from what moved in each. */
    record Walk(YearMonth month, Currency currency, Map<YearMonth, CohortMonth> moved, @Nullable Map<YearMonth, StartMonth> started) {

        Cohort cohort(int oldest, Predicate<YearMonth> closed) {
            CohortMonth first = at(0);
            List<Cell> cells = new ArrayList<>();
            long mrr = 0;
            long accounts = 0;
            Kept kept = new Kept(BigDecimal.ONE, 0, 0);
            for (int age = 0; age <= oldest; age++) {
                CohortMonth now = at(age);
                kept = kept.then(age, mrr, now.lost(), started == null ? new StartMonth(now.net(), 0) : started.getOrDefault(month.plusMonths(age), StartMonth.NOTHING));
                mrr = Math.addExact(mrr, now.amount());
                accounts += now.accounts();
                BigDecimal left = started == null ? kept.share.multiply(BigDecimal.valueOf(first.amount())) : BigDecimal.valueOf(kept.capped);
                cells.add(new Cell(
                        age, month.plusMonths(age), new Money(mrr, currency), new Money(kept.net, currency), new Money(now.lost(), currency), new Money(left.setScale(0, RoundingMode.HALF_UP).longValueExact(), currency), accounts,
                        Retention.points(mrr, first.amount()), Retention.points(kept.net, first.amount()), points(left, first.amount()), Retention.points(accounts, first.accounts()),
                        closed.test(month.plusMonths(age))));
            }
            return new Cohort(month, first.joined(), new Money(first.amount(), currency), first.accounts(), cells);
        }

        private CohortMonth at(int age) {
            return moved.getOrDefault(month.plusMonths(age), CohortMonth.NOTHING);
        }

        private static @Nullable Long points(BigDecimal part, long whole) {
            return whole == 0 ? null : Long.valueOf(part.multiply(POINTS).divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP).longValueExact());
        }
    }

    /**
     * What is left without growth.
     *
     * @param share  by movements: of each month's opening what was kept, multiplied; never less than nothing, though one account rises and falls in a month
     * @param capped account by account
     * @param net    with growth, as net retention counts it
     */
    private record Kept(BigDecimal share, long capped, long net) {

        Kept then(int age, long opening, long lost, StartMonth moved) {
            return new Kept(
                    age == 0 ? BigDecimal.ONE : share.multiply(left(BigDecimal.valueOf(opening), BigDecimal.valueOf(lost)), MathContext.DECIMAL128),
                    Math.addExact(capped, moved.kept()), Math.addExact(net, moved.pays()));
        }
    }
}
