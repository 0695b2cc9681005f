package dev.headroom.console.overview;

import dev.headroom.money.Money;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.time.Instant;
import java.util.List;

/**
 * How recurring revenue stands, and how it came there since the month began.
 *
 * @param since   when the month began
 * @param months  the running one in each currency in which there is revenue or was this month; none for whoever may not see revenue
 * @param running subscriptions
 */
record Standing(Instant since, List<RevenueMonth> months, int running) {

    /** What came in a month, without what went. */
    static Money gained(RevenueMonth month) {
        return month.movements().stream().map(KindSum::amount).filter(Money::isPositive).reduce(Money.zero(month.opening().currency()), Money::plus);
    }

    static Money difference(RevenueMonth month) {
        return month.closing().minus(month.opening());
    }
}
