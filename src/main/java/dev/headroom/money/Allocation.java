package dev.headroom.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits an amount over parts without losing or inventing a minor unit. */
public final class Allocation {

    private Allocation() {}

    /**
     * Splits {@code whole} in proportion to the weights as Stripe does: every part is rounded down, the rest goes to the last
     * (500 over 1000 and 2000 is 166 and 334). The parts sum to the whole and none exceeds its weight: what the last one
     * cannot take moves to those before it.
     *
     * @param weights not negative, of one currency with {@code whole}
     * @throws IllegalArgumentException when {@code whole} is negative or more than all weights together
     */
    public static List<Money> inProportion(Money whole, List<Money> weights) {
        Money sum = weights.stream().reduce(Money.zero(whole.currency()), Money::plus);
        if (whole.isNegative() || whole.compareTo(sum) > 0 || weights.stream().anyMatch(Money::isNegative)) {
            throw new IllegalArgumentException("Cannot split " + whole + " over parts of " + weights);
        }
        List<Money> parts = new ArrayList<>(weights.stream().map(weight -> share(whole, weight, sum)).toList());
        giveRestFromTheLast(whole, weights, parts);
        return Collections.unmodifiableList(parts);
    }

    private static void giveRestFromTheLast(Money whole, List<Money> weights, List<Money> parts) {
        Money rest = parts.stream().reduce(whole, Money::minus);
        for (int i = parts.size() - 1; rest.isPositive(); i--) {
            Money room = weights.get(i).minus(parts.get(i));
            Money given = rest.compareTo(room) < 0 ? rest : room;
            parts.set(i, parts.get(i).plus(given));
            rest = rest.minus(given);
        }
    }

    private static Money share(Money whole, Money weight, Money sum) {
        if (sum.isZero()) {
            return sum;
        }
        BigInteger product = BigInteger.valueOf(whole.minor()).multiply(BigInteger.valueOf(weight.minor()));
        return new Money(product.divide(BigInteger.valueOf(sum.minor())).longValueExact(), whole.currency());
    }
}
