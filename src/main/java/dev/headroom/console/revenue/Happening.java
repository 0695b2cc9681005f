package dev.headroom.console.revenue;

import java.time.Instant;
import java.time.YearMonth;

/**
 * Something of the vendor's own that may have moved revenue: a version that went on sale, an offer that began.
 *
 * @param month   in the vendor's zone
 * @param address of the page that tells more
 */
record Happening(Instant at, YearMonth month, String what, String address) {}
