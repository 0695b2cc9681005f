package dev.headroom.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved, for stories that live through months: the demo vendor's and the tests'. */
public final class TravellingClock implements InstantSource {

    private volatile Instant now;

    public TravellingClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void travelTo(Instant instant) {
        now = instant;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
