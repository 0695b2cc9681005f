package dev.headroom.guard.samples.pricing;

import org.slf4j.LoggerFactory;

/** Arithmetic that talks. */
public final class LogsWhatItPrices {

    private LogsWhatItPrices() {}

    public static long price(long quantity) {
        LoggerFactory.getLogger(LogsWhatItPrices.class).info("Pricing");
        return quantity;
    }
}
