package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a discount takes off.
 *
 * @param discount the discount's id
 * @param percent  null for an amount
 * @param amount   minor units off all lines together, when there is no percentage
 * @param products the products it applies to; empty for all
 */
record Reduction(String discount, @Nullable BigDecimal percent, long amount, Set<String> products) {

    static Reduction of(ObjectNode discount, ObjectNode coupon) {
        return new Reduction(Json.required(discount, "id"),
                coupon.path("percent_off").isNumber() ? coupon.path("percent_off").decimalValue() : null,
                Json.number(coupon, "amount_off"), Set.copyOf(Json.texts(coupon.path("applies_to").path("products"))));
    }

    /**
     * One line that discounts may apply to.
     *
     * @param own the discounts of this line alone, which come first
     */
    record Base(String product, long amount, List<Reduction> own) {}

    /** What one discount takes off one line. */
    record Share(String discount, long amount) {

        static List<Share> of(JsonNode shares) {
            return Json.objects(shares).stream().map(share -> new Share(Json.required(share, "discount"), Json.number(share, "amount"))).toList();
        }

        ObjectNode document() {
            return Json.object().put("amount", amount).put("discount", discount);
        }
    }

    /** "(with 60.0% off)", as Stripe describes a line that is net of its discounts; empty for none. */
    static String describe(List<Reduction> reductions) {
        return reductions.stream().filter(reduction -> reduction.percent != null)
                .map(reduction -> " (with " + String.valueOf(reduction.percent.setScale(1, RoundingMode.HALF_UP)) + "% off)")
                .reduce("", String::concat);
    }

    /**
     * What each discount takes off each line, stacked in their order, a line's own first: every discount works on what the one before left.
     */
    static List<List<Share>> shares(List<Base> lines, List<Reduction> reductions) {
        long[] left = lines.stream().mapToLong(Base::amount).toArray();
        List<List<Share>> shares = new ArrayList<>();
        lines.forEach(line -> shares.add(new ArrayList<>()));
        for (int i = 0; i < left.length; i++) {
            for (Reduction reduction : lines.get(i).own()) {
                reduction.take(lines, i, i + 1, left, shares);
            }
        }
        reductions.forEach(reduction -> reduction.take(lines, 0, left.length, left, shares));
        return shares;
    }

    /** Takes its part off the lines from one up to another, as far as it applies to them and anything is left. */
    private void take(List<Base> lines, int from, int until, long[] left, List<List<Share>> shares) {
        long[] weights = new long[left.length];
        for (int i = from; i < until; i++) {
            boolean applies = products.isEmpty() || products.contains(lines.get(i).product());
            weights[i] = applies ? Math.max(0, left[i]) : 0;
        }
        long[] taken = allocate(of(Arrays.stream(weights).sum()), weights);
        for (int i = 0; i < left.length; i++) {
            left[i] -= taken[i];
            if (taken[i] != 0) {
                shares.get(i).add(new Share(discount, taken[i]));
            }
        }
    }

    static long sum(List<Share> shares) {
        return shares.stream().mapToLong(Share::amount).sum();
    }

    private long of(long base) {
        return percent == null
                ? Math.min(amount, base)
                : percent.multiply(BigDecimal.valueOf(base)).movePointLeft(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /**
     * In proportion, rounded down; the last line that takes part gets the rest: 500 over 1000 and 2000 is 166 and 334. Of a few cents it may not have as many
     * itself, and the line before it gets what is left then.
     */
    static long[] allocate(long total, long[] weights) {
        long[] parts = new long[weights.length];
        BigInteger sum = BigInteger.valueOf(Arrays.stream(weights).sum());
        long rest = total;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                parts[i] = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i])).divide(sum).longValueExact();
                rest -= parts[i];
            }
        }
        for (int i = weights.length - 1; i >= 0; i--) {
            long more = Math.min(rest, Math.max(0, weights[i] - parts[i]));
            parts[i] += more;
            rest -= more;
        }
        return parts;
    }
}
