package dev.headroom.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param quiet how long nobody asks for other seats before those that were gathered are bought */
@ConfigurationProperties("headroom.seats")
record SeatProperties(@DefaultValue("10m") Duration quiet) {}
