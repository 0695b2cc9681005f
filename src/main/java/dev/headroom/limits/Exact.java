package dev.headroom.limits;

import java.math.BigInteger;

/** Whole numbers that stop at the largest long instead of wrapping: a limit that large never binds. */
final class Exact {

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Exact() {}

    static BigInteger times(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    static long sum(long a, long b) {
        return saturated(BigInteger.valueOf(a).add(BigInteger.valueOf(b)));
    }

    static long saturated(BigInteger value) {
        return value.min(LARGEST).longValueExact();
    }
}
