package dev.headroom.console.revenue;

import dev.headroom.money.Money;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of a range shows, read at once.
 *
 * @param months     of the range
 * @param before     as many before it
 * @param retention  over the range
 * @param previous   over as many months before it
 * @param gross      over the range, account by account, which gross retention is led by
 * @param grossBefore likewise, over as many months before it
 * @param byMonth    over the twelve months that end with each of the range
 * @param happenings newest first
 * @param rates      that all currencies are told by; absent where one is looked at alone
 */
record RevenueReading(
        Scope scope, RevenueSettings settings, List<RevenueMonth> months, List<RevenueMonth> before, Retention retention, Retention previous, Retention gross, Retention grossBefore, List<Retention> byMonth,
        List<Happening> happenings, @Nullable RateSet rates) {

    Money opening() {
        return months.getFirst().opening();
    }

    Money closing() {
        return months.getLast().closing();
    }

    /** Of every kind that there was any of, in the range or before it. */
    List<MovementKind> kinds() {
        return Arrays.stream(MovementKind.values()).filter(kind -> sum(months, kind).movements() + sum(before, kind).movements() > 0).toList();
    }

    KindSum sum(List<RevenueMonth> of, MovementKind kind) {
        List<KindSum> found = of.stream().flatMap(each -> sum(each, kind).stream()).toList();
        Money amount = found.stream().map(KindSum::amount).reduce(Money.zero(scope.currency()), Money::plus);
        return new KindSum(kind, amount, found.stream().mapToLong(KindSum::movements).sum());
    }

    static Optional<KindSum> sum(RevenueMonth month, MovementKind kind) {
        return month.movements().stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** Whether nothing was ever paid within it. */
    boolean empty() {
        return months.stream().allMatch(each -> each.opening().isZero() && each.movements().isEmpty());
    }
}
