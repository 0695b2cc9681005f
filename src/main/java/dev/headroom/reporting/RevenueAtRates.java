package dev.headroom.reporting;

/** Everything that is told of all currencies in one; by which rates, stands beside it. Modules that know more of revenue tell their figures of it as well. */
public record RevenueAtRates(RateSet rates) {}
