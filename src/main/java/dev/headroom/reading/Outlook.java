package dev.headroom.reading;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.entitlement.Meter;
import dev.headroom.forecast.DailyUsage;
import dev.headroom.forecast.Forecast;
import dev.headroom.forecast.ForecastFacts;
import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.forecast.LimitReach;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.Step;
import dev.headroom.usage.UsageHistories.UsageHistory;
import dev.headroom.usage.UsageHistories.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that decides where one meter is heading, but for its past.
 *
 * @param subscription whose billing periods count; absent when the account has none of the product
 * @param softLimit    units; absent when there is none
 */
record Outlook(Account account, Meter meter, @Nullable AccountSubscription subscription, @Nullable Long softLimit, Instant at) {

    /** Eight weeks are looked at; that usage began before them is seen in the five weeks before, in which a monthly job ran once. */
    private static final int DAYS = 13 * 7;
    private static final int DAYS_NEEDED = 14;

    /** Whether the past is known: not of seats, nor which values a rolling window held. */
    boolean pastIsKept() {
        MeterRule rule = feature().meter();
        return rule != null && !(rule.aggregation() == Aggregation.UNIQUE && feature().reset() == Reset.ROLLING);
    }

    /** The complete days that are looked at. */
    Span span() {
        Instant today = LocalDate.ofInstant(at, account.zone()).atStartOfDay(account.zone()).toInstant();
        return Span.last(account.id(), account.zone(), Step.DAY, DAYS + rollingDays(), today);
    }

    @Nullable Long growthPercent(UsageHistory history) {
        return pastIsKept() ? days(history).growthPercent() : null;
    }

    ProjectionResult projection(UsageHistory history) {
        if (!pastIsKept()) {
            return new NotEnoughData(NotEnoughData.Reason.PAST_NOT_KEPT, 0, DAYS_NEEDED);
        }
        if (aggregation() == Aggregation.UNIQUE && quantity() == Quantity.CONSUMED) {
            return new NotEnoughData(NotEnoughData.Reason.UNIQUE_VALUES, 0, 0);
        }
        DailyUsage past = days(history);
        ForecastFacts facts = new ForecastFacts(
                quantity(), past, standing(past), ForecastFacts.windows(at, this::windowAt), account.zone(), at, softLimit, meter.limit());
        return switch (Forecast.of(facts)) {
            case Forecast.NotEnoughData(Forecast.NotEnoughData.Reason reason, int days, int needed) ->
                    new NotEnoughData(NotEnoughData.Reason.of(reason), days, needed);
            case Forecast.Projected found -> new Projection(
                    found.until(), atLeast(found.low()), atLeast(found.expected()), atLeast(found.high()), date(found.soft(), softLimit),
                    date(found.hard(), meter.limit()));
        };
    }

    /** A window that has just begun has not seen its largest or latest value yet: what was usual goes on. */
    private long standing(DailyUsage past) {
        long last = past.totals().getLast();
        return switch (aggregation()) {
            case SUM, COUNT, UNIQUE -> meter.used();
            case MAX -> Math.max(meter.used(), last);
            case LATEST -> meter.used() > 0 ? meter.used() : last;
        };
    }

    private @Nullable LimitDate date(@Nullable LimitReach reach, @Nullable Long limit) {
        return reach instanceof LimitReach.Reached && limit != null && meter.used() < limit ? LimitDate.any(at) : LimitDate.of(reach);
    }

    private Feature feature() {
        return meter.feature();
    }

    private Aggregation aggregation() {
        return Objects.requireNonNull(feature().meter()).aggregation();
    }

    private int rollingDays() {
        return Objects.requireNonNullElse(feature().rollingDays(), 0);
    }

    /** What adds up until it starts again is consumed; everything else is a level, also what a rolling window shows. */
    private Quantity quantity() {
        return switch (aggregation()) {
            case SUM, COUNT, UNIQUE -> feature().reset() == Reset.NEVER || feature().reset() == Reset.ROLLING ? Quantity.HELD : Quantity.CONSUMED;
            case MAX, LATEST -> Quantity.HELD;
        };
    }

    /** Only a latest value and a window that rolls show less before they start again. */
    private long atLeast(long units) {
        return aggregation() == Aggregation.LATEST || feature().reset() == Reset.ROLLING ? units : Math.max(units, meter.used());
    }

    /** Of what never starts again all at once, the billing period; a window that would not begin where the one before ended is cut. */
    private Period windowAt(Instant instant) {
        Period billing = subscription == null ? Reset.calendarMonth(instant, account.zone()) : subscription.periodHolding(instant);
        Period own = feature().reset().window(instant, account.zone(), billing);
        Period window = own.equals(Reset.EVER) ? billing : own;
        return instant.equals(at) ? window : new Period(instant, window.until());
    }

    /** The window in which it is counted now. */
    Period window() {
        Period billing = subscription == null ? Reset.calendarMonth(at, account.zone()) : subscription.periodHolding(at);
        return feature().reset().window(at, account.zone(), billing);
    }

    /** The same; of one that rolls, from where it looks back to. */
    Period looked() {
        return feature().reset() == Reset.ROLLING ? new Period(at.minus(rollingDays(), ChronoUnit.DAYS), Reset.EVER.until()) : window();
    }

    /** The window before, where there is one that was counted like this: what never starts again has none. */
    Optional<Window> before() {
        Instant last = window().from().minus(1, ChronoUnit.MICROS);
        Optional<Period> billing = subscription == null ? Optional.of(Reset.calendarMonth(last, account.zone())) : subscription.periodThatHeld(last);
        return switch (feature().reset()) {
            case NEVER, ROLLING -> Optional.empty();
            case BILLING_PERIOD -> billing.map(this::window);
            case CALENDAR_MONTH, DAY -> Optional.of(window(feature().reset().window(last, account.zone(), Reset.EVER)));
        };
    }

    private Window window(Period period) {
        return new Window(account.id(), feature().id(), period);
    }

    /**
     * What to reckon with where no pace says it: as much as in the window before, or what this one has already. A latest value stands until
     * there is another.
     *
     * @param before what the window before held
     */
    long unprojected(long before) {
        boolean stands = feature().meter() != null && aggregation() == Aggregation.LATEST && meter.used() > 0;
        return stands ? meter.used() : Math.max(meter.used(), before);
    }

    private DailyUsage days(UsageHistory history) {
        List<Long> days = history.of(feature());
        List<Long> totals = switch (aggregation()) {
            case SUM, COUNT, UNIQUE -> feature().reset() == Reset.ROLLING ? trailing(days, Math::addExact) : days;
            case MAX -> carried(feature().reset() == Reset.ROLLING ? trailing(days, Math::max) : days);
            case LATEST -> days.subList(rollingDays(), days.size());
        };
        return new DailyUsage(LocalDate.ofInstant(at, account.zone()).minusDays(totals.size()), totals);
    }

    /** What the window that rolls showed when each day ended. */
    private List<Long> trailing(List<Long> days, LongBinaryOperator together) {
        List<Long> levels = new ArrayList<>();
        for (int day = rollingDays(); day < days.size(); day++) {
            levels.add(days.subList(day + 1 - rollingDays(), day + 1).stream().mapToLong(Long::longValue).reduce(0, together));
        }
        return levels;
    }

    /** A day without an event had no largest value; the one before it stands. */
    private static List<Long> carried(List<Long> days) {
        List<Long> levels = new ArrayList<>();
        for (long day : days) {
            levels.add(day == 0 && !levels.isEmpty() ? levels.getLast() : Long.valueOf(day));
        }
        return levels;
    }
}
