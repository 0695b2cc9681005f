package dev.headroom.quote;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How quotes are made.
 *
 * @param lifetime how long a quote can be accepted; it ends earlier with the billing period
 * @param horizon  how far ahead a change can be asked for; the end of the running period can be in any case
 * @param verify   when Stripe is asked before a price is promised; absent is always at the real Stripe, and in doubt at a stand-in
 */
@ConfigurationProperties("headroom.quote")
record QuoteProperties(@DefaultValue("15m") Duration lifetime, @DefaultValue("400d") Duration horizon, @Nullable Verify verify) {

    enum Verify {
        ALWAYS,
        /** Where Stripe bills something that we cannot reckon, or billed otherwise than we reckoned the last time. */
        WHEN_IN_DOUBT
    }
}
