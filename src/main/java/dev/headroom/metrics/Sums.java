package dev.headroom.metrics;

import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues.Loyal;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the figures of a range are made of, each with the filter that lists it. */
record Sums(Currency currency, YearMonth from, YearMonth until, RevenueSettings counted, List<RevenueMonth> months, Loyal stayed) {

    /** All that moved in the range. */
    Part moved(Predicate<MovementKind> kinds) {
        return part(months.stream().flatMap(month -> month.movements().stream()).toList(), kinds, null);
    }

    /** What moved those who paid when the range began, until they stopped. */
    Part loyal(Predicate<MovementKind> kinds) {
        return part(stayed.movements(), kinds, from);
    }

    private Part part(Collection<KindSum> of, Predicate<MovementKind> kinds, @Nullable YearMonth paying) {
        List<KindSum> found = of.stream().filter(each -> kinds.test(each.kind())).toList();
        Set<MovementKind> wanted = Stream.of(MovementKind.values()).filter(kinds).collect(Collectors.toSet());
        return new Part(
                found.stream().map(KindSum::amount).reduce(Money.zero(currency), Money::plus), found.stream().mapToLong(KindSum::movements).sum(),
                new MovementFilter(currency, from, until, wanted, null, null, paying, null), null);
    }

    Part start() {
        return new Part(stayed.start(), stayed.startAccounts(), null, from.minusMonths(1));
    }

    Part paidBefore(long accounts) {
        return new Part(null, accounts, null, from.minusMonths(1));
    }

    Part payAtTheEnd() {
        return new Part(null, months.getLast().closingAccounts(), null, until.minusMonths(1));
    }

    long length() {
        return months.size();
    }

    static boolean loses(MovementKind kind) {
        return kind == MovementKind.CONTRACTION || kind == MovementKind.CHURN;
    }
}
