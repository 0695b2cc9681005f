package dev.headroom.revenue;

import dev.headroom.invoice.UsageBilled;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes movements of what was recorded of a subscription, and of what use past its limits was billed. What is counted is exact, twelve months of it; an account's MRR is the twelfth of the sum, rounded
 * once, and a movement is the difference that it makes. So four yearly subscriptions of 500.00 are 166.67 a month, whatever the roundings of each.
 */
final class Ledger {

    /** Of the rules for kinds that everything is booked by. */
    static final short EDITION = 2;

    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    private Ledger() {}

    /**
     * Where an account stands in one currency.
     *
     * @param number of its last movement; 0 where there is none
     * @param year   exact sum of what its subscriptions bring in twelve months, in minor units
     * @param use    what of its MRR is use past limits, as its movements tell it
     * @param month  of its last movement
     * @param since  month since which it pays without a break; absent for one who pays nothing
     */
    record Standing(int number, BigDecimal year, long mrr, long use, @Nullable YearMonth month, @Nullable YearMonth cohort, @Nullable YearMonth since) {
        static final Standing NOTHING = new Standing(0, BigDecimal.ZERO, 0, 0, null, null, null);

        Standing using(long more) {
            return new Standing(number, year, mrr, use + more, month, cohort, since);
        }
    }

    /**
     * What is counted of one subscription.
     *
     * @param year  twelve months of what recurs
     * @param usage twelve months like the last closed period of use past limits
     * @param told  what of use the movements have told, in minor units a month
     * @param ever  whether anything ever was
     */
    record Counted(BigDecimal year, BigDecimal usage, long told, boolean paused, boolean ever) {
        static final Counted NOTHING = new Counted(BigDecimal.ZERO, false, false);

        Counted(BigDecimal year, boolean paused, boolean ever) {
            this(year, BigDecimal.ZERO, 0, paused, ever);
        }

        /** What of use is not told yet, or was told and is gone. */
        long untold() {
            return month(usage) - told;
        }

        private Counted telling(long more) {
            return new Counted(year, usage, told + more, paused, ever);
        }

        /** The same, of which the movements have told as much as of another. */
        Counted toldAs(Counted other) {
            return new Counted(year, usage, other.told, paused, ever);
        }

        BigDecimal whole() {
            return year.add(usage);
        }

        /** What is to be counted from then on: what no longer recurs takes along what use brought. */
        Counted then(Fact fact) {
            BigDecimal next = fact.paused() ? BigDecimal.ZERO : fact.yearAfter();
            boolean gone = fact.paused() || fact.yearAfter().signum() == 0 && fact.yearBefore().signum() > 0;
            return new Counted(next, gone ? BigDecimal.ZERO : usage, told, fact.paused(), ever || next.signum() > 0);
        }

        Counted then(UsageBilled billed) {
            return new Counted(year, billed.year(), told, paused, ever || billed.year().signum() > 0);
        }

        /** Whether there is anything to write: of what never counted, nothing is. */
        boolean leads(Counted next) {
            return year.compareTo(next.year) != 0 || usage.compareTo(next.usage) != 0 || ever && paused != next.paused;
        }
    }

    /** What came of a fact. */
    record Booked(Standing standing, Counted counted, List<RevenueMovement> movements) {}

    private record Step(MovementKind kind, BigDecimal year, UUID id) {}

    /** Whether a subscription begins beside what the account pays for; what it is then is for {@link Beside} to say. */
    static boolean begins(Standing standing, Counted counted, Fact fact) {
        return standing.mrr > 0 && !counted.ever && counted.usage.signum() == 0 && counted.then(fact).year.signum() > 0;
    }

    /**
     * @param beside told where it {@link #begins}
     * @param wanted the month to book in; a later one where something is booked there already
     */
    static Booked book(Standing standing, Counted counted, Fact fact, Beside beside, YearMonth wanted) {
        Counted next = counted.then(fact);
        return book(standing, next, steps(standing, counted, next, fact, beside.kind(later(standing, wanted).equals(standing.since))), fact, wanted);
    }

    /** What use past limits comes to bring: more of the same, or what comes back with its subscription. */
    static Booked book(Standing standing, Counted counted, UsageBilled billed, YearMonth wanted) {
        return book(standing, counted, counted.then(billed), fact(billed, counted.year), billed.invoice() == null ? MovementKind.REACTIVATION : MovementKind.USAGE_EXPANSION, wanted);
    }

    /** What use past limits comes to bring where it takes over what was brought: nobody knows why more is paid, and it is no expansion. */
    static Booked book(Standing standing, Handover over, UsageBilled billed, YearMonth wanted) {
        return book(standing, over.counted(), over.counted().then(billed), over.fact(), MovementKind.PRICE_INCREASE, wanted);
    }

    private static Booked book(Standing standing, Counted counted, Counted next, Fact fact, MovementKind more, YearMonth wanted) {
        BigDecimal difference = next.usage.subtract(counted.usage);
        Step step = new Step(difference.signum() < 0 ? MovementKind.CONTRACTION : more, difference, fact.id());
        return book(standing, next, List.of(step), fact, wanted);
    }

    /**
     * What lies between what is counted of a subscription and what should be. Nobody knows why more is paid than was booked, and it is no expansion.
     *
     * @param fact of the correction
     * @param id   that a movement gets
     */
    static Booked correct(Standing standing, Counted next, BigDecimal difference, Fact fact, YearMonth wanted, UUID id) {
        return book(standing, next, List.of(new Step(difference.signum() < 0 ? MovementKind.CONTRACTION : MovementKind.PRICE_INCREASE, difference, id)), fact, wanted);
    }

    /** As what is recorded of a subscription: what recurs stays as it is. */
    static Fact fact(UsageBilled billed, BigDecimal year) {
        return new Fact(
                billed.id(), billed.account(), billed.subscription(), billed.product(), billed.currency(), year, year, GrowthKind.USAGE_EXPANSION, false, false,
                billed.plan(), billed.plan(), RevenueMovement.cause(billed.invoice()), billed.effectiveAt(), billed.at());
    }

    private static Booked book(Standing standing, Counted next, List<Step> steps, Fact fact, YearMonth wanted) {
        List<RevenueMovement> movements = new ArrayList<>();
        Standing now = standing;
        long told = 0;
        for (Step step : steps) {
            BigDecimal year = now.year.add(step.year);
            long mrr = month(year);
            Standing moved = mrr == now.mrr
                    ? new Standing(now.number, year, mrr, now.use, now.month, now.cohort, now.since)
                    : moved(now, year, mrr, wanted).using(step == steps.getLast() ? next.untold() : 0);
            if (moved.number > now.number) {
                movements.add(movement(now, moved, step, fact));
                told += moved.use - now.use;
            }
            now = moved;
        }
        return new Booked(now, next.telling(told), movements);
    }

    static long month(BigDecimal year) {
        return year.divide(MONTHS, 0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Nothing is booked before what is there: an account's movements stand in the order in which they were recorded. */
    private static Standing moved(Standing from, BigDecimal year, long mrr, YearMonth wanted) {
        YearMonth month = later(from, wanted);
        YearMonth began = from.since == null ? month : from.since;
        return new Standing(from.number + 1, year, mrr, from.use, month, from.cohort == null ? month : from.cohort, mrr == 0 ? null : began);
    }

    private static YearMonth later(Standing from, YearMonth wanted) {
        return from.month == null ? wanted : Months.later(wanted, from.month);
    }

    /** What came by itself since the subscription was recorded last stands before what was changed: a discount that ran out. */
    private static List<Step> steps(Standing standing, Counted counted, Counted next, Fact fact, MovementKind beside) {
        BigDecimal whole = next.whole().subtract(counted.whole());
        if (whole.signum() == 0) {
            return List.of();
        }
        BigDecimal byItself = fact.yearBefore().subtract(counted.year);
        BigDecimal rest = whole.subtract(byItself);
        boolean runs = standing.mrr > 0 && counted.year.signum() > 0 && next.year.signum() > 0;
        if (runs && byItself.signum() > 0 && rest.signum() != 0) {
            return List.of(
                    new Step(MovementKind.DISCOUNT_END, byItself, UUID.nameUUIDFromBytes(fact.id().toString().getBytes(StandardCharsets.US_ASCII))),
                    new Step(changed(fact, rest), rest, fact.id()));
        }
        boolean goesOn = counted.year.signum() > 0 || whole.signum() < 0;
        return List.of(new Step(goesOn ? changed(fact, whole) : begun(counted, beside), whole, fact.id()));
    }

    /** The first price of a plan that was free but for what is used past its limits is more for another plan. */
    private static MovementKind begun(Counted counted, MovementKind beside) {
        if (counted.usage.signum() > 0) {
            return MovementKind.UPSELL;
        }
        return counted.ever ? MovementKind.REACTIVATION : beside;
    }

    private static MovementKind changed(Fact fact, BigDecimal difference) {
        return difference.signum() < 0 ? MovementKind.CONTRACTION : switch (fact.growth()) {
            case UPSELL -> MovementKind.UPSELL;
            case CROSS_SELL -> MovementKind.CROSS_SELL;
            case SEAT_EXPANSION -> MovementKind.SEAT_EXPANSION;
            case USAGE_EXPANSION -> MovementKind.USAGE_EXPANSION;
            case PRICE_INCREASE -> fact.dearer() ? MovementKind.PRICE_INCREASE : MovementKind.DISCOUNT_END;
            // Nothing was changed that would explain more: it came by itself.
            case NONE, CONTRACTION, NEW, CHURN -> MovementKind.DISCOUNT_END;
        };
    }

    private static RevenueMovement movement(Standing before, Standing after, Step step, Fact fact) {
        return new RevenueMovement(
                step.id, fact.account(), after.number, fact.subscription(), fact.product(), judged(before, after, step.kind, fact.paused()),
                new Money(before.mrr, fact.currency()), new Money(after.mrr - before.mrr, fact.currency()), new Money(after.mrr, fact.currency()),
                new Money(after.use - before.use, fact.currency()),
                fact.effectiveAt(), fact.at(), present(after.month), present(after.cohort), present(before.since == null ? after.since : before.since),
                fact.id(), fact.cause(), fact.planBefore(), fact.planAfter());
    }

    /** The account decides where it pays nothing before or after. */
    private static MovementKind judged(Standing before, Standing after, MovementKind kind, boolean paused) {
        if (before.mrr == 0) {
            return before.number == 0 ? MovementKind.NEW : MovementKind.REACTIVATION;
        }
        return after.mrr == 0 && !paused ? MovementKind.CHURN : kind;
    }

    private static YearMonth present(@Nullable YearMonth month) {
        return Objects.requireNonNull(month);
    }
}
