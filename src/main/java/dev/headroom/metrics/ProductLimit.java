package dev.headroom.metrics;

import dev.headroom.revenue.Revenues.Waited;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How long it takes until half of those who are watched have done something, though some are watched for less long: the median of the product-limit estimator
 * (E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, Journal of the American Statistical Association 53, 1958). Exact: no step is rounded.
 */
public final class ProductLimit {

    private ProductLimit() {}

    /** The first day on which at most half have not; empty where it never comes to that. Who is watched until a day is still among those who could that day. */
    public static OptionalInt median(List<Waited> of) {
        NavigableMap<Integer, long[]> days = new TreeMap<>();
        of.forEach(each -> days.computeIfAbsent(each.days(), _ -> new long[2])[each.expanded() ? 0 : 1] += each.accounts());
        long watched = of.stream().mapToLong(Waited::accounts).sum();
        BigInteger left = BigInteger.ONE;
        BigInteger all = BigInteger.ONE;
        for (Map.Entry<Integer, long[]> day : days.entrySet()) {
            long did = day.getValue()[0];
            if (did > 0) {
                left = left.multiply(BigInteger.valueOf(watched - did));
                all = all.multiply(BigInteger.valueOf(watched));
                if (left.shiftLeft(1).compareTo(all) <= 0) {
                    return OptionalInt.of(day.getKey());
                }
            }
            watched -= did + day.getValue()[1];
        }
        return OptionalInt.empty();
    }
}
