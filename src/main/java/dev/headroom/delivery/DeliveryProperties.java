package dev.headroom.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are sent.
 *
 * @param toPrivateAddresses whether endpoints may be on this machine or in its network, and without TLS; otherwise whoever registers one could have Headroom call
 *                           what only Headroom can reach
 * @param timeout            how long an endpoint may take to answer; at most half a minute, so that whoever sends is done before the next one begins
 */
@ConfigurationProperties("headroom.delivery")
record DeliveryProperties(@DefaultValue("false") boolean toPrivateAddresses, @DefaultValue("10s") Duration timeout) {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    DeliveryProperties {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("headroom.delivery.timeout must be more than nothing and at most " + LONGEST.toSeconds() + " s, not " + timeout);
        }
    }
}
