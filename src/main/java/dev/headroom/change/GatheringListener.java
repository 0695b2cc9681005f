package dev.headroom.change;

import dev.headroom.subscription.Seats.SeatsOutgrown;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Buys seats that were assigned beyond those that were bought, together with others that are. */
@Component
class GatheringListener {

    private final SeatGatherings gatherings;

    GatheringListener(SeatGatherings gatherings) {
        this.gatherings = gatherings;
    }

    @EventListener
    void on(SeatsOutgrown event) {
        gatherings.outgrown(event);
    }
}
