package dev.headroom.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are sent.
 *
 * @param toPrivateAddresses whether endpoints may be on this machine or in its network, and without TLS; otherwise whoever registers one could have Headroom call
 *                           what only Headroom can reach
 * @param timeout            how long an endpoint may take to answer
 */
@ConfigurationProperties("headroom.delivery")
record DeliveryProperties(@DefaultValue("false") boolean toPrivateAddresses, @DefaultValue("10s") Duration timeout) {}
