package dev.headroom.metrics;

import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.PayingAccounts.Filter;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
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
        return new Part(stayed.start(), stayed.startAccounts(), null, before());
    }

    Part paidBefore() {
        return new Part(null, stayed.startAccounts(), null, before());
    }

    private Filter before() {
        return new Filter(currency, from.minusMonths(1), null);
    }

    /** Of those who paid before, who never stopped. */
    Part neverStopped() {
        return new Part(null, stayed.accounts(), null, new Filter(currency, until.minusMonths(1), null, from, false));
    }

    Part payAtTheEnd() {
        return new Part(null, months.getLast().closingAccounts(), null, new Filter(currency, until.minusMonths(1), null));
    }

    /** Of those, who pay for more than one product. */
    Part payForSeveral(long accounts) {
        return new Part(null, accounts, null, new Filter(currency, until.minusMonths(1), null, null, true));
    }

    /** Each of them has one movement that is its first: what began beside it on that day is new as well. */
    Part began(long accounts) {
        return new Part(null, accounts, new MovementFilter(currency, from, until, Set.of(MovementKind.NEW), null, null, null, null, null, true), null);
    }

    long length() {
        return months.size();
    }

    static boolean loses(MovementKind kind) {
        return kind == MovementKind.CONTRACTION || kind == MovementKind.CHURN;
    }
}
