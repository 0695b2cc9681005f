package dev.headroom.reporting;

import dev.headroom.money.Money;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What leads from one balance to the next, kind by kind. As in the ledger, balances are rounded and a step is the difference that it makes to the rounded one: steps
 * lead exactly from balance to balance, and each is less than a minor unit from what it is without rounding.
 */
final class Steps {

    /** Losses come first, so that what is left without growth is a balance as well. */
    private static final Comparator<MovementKind> ORDER = Comparator.comparing((MovementKind kind) -> !shrinks(kind)).thenComparing(Comparator.naturalOrder());

    private Steps() {}

    private static boolean shrinks(MovementKind kind) {
        return kind == MovementKind.CONTRACTION || kind == MovementKind.CHURN;
    }

    /** @param of of several currencies, each kind any number of times */
    static List<KindSum> from(Collection<Money> opening, Collection<KindSum> of, RateSet rates) {
        Map<MovementKind, List<KindSum>> kinds = of.stream().collect(Collectors.groupingBy(KindSum::kind, () -> new TreeMap<>(ORDER), Collectors.toList()));
        List<KindSum> steps = new ArrayList<>();
        BigDecimal reached = rates.exact(opening);
        for (Map.Entry<MovementKind, List<KindSum>> each : kinds.entrySet()) {
            BigDecimal next = reached.add(rates.exact(each.getValue().stream().map(KindSum::amount).toList()));
            steps.add(new KindSum(each.getKey(), rates.round(next).minus(rates.round(reached)), each.getValue().stream().mapToLong(KindSum::movements).sum()));
            reached = next;
        }
        steps.sort(Comparator.comparing(KindSum::kind));
        return steps;
    }
}
