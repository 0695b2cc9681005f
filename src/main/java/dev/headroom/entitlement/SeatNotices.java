package dev.headroom.entitlement;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Tells of thresholds that seats pass. Seats have no window that would end: each threshold is told of once, until fewer are held again than it
 * asks for, or another number may be held.
 */
@Service
class SeatNotices {

    private static final Actor.System SELF = new Actor.System("entitlement");

    private final Catalog catalog;
    private final Seats seats;
    private final NoticeRepository told;
    private final Notices notices;
    private final InstantSource clock;

    SeatNotices(Catalog catalog, Seats seats, NoticeRepository told, Notices notices, InstantSource clock) {
        this.catalog = catalog;
        this.seats = seats;
        this.told = told;
        this.notices = notices;
        this.clock = clock;
    }

    /** In the transaction that changed who holds a seat, or how many may, and that holds the subscription: so nobody tells the same. */
    void consider(AccountSubscription subscription) {
        CatalogSnapshot known = catalog.snapshot();
        for (Feature feature : known.featuresOf(subscription.product()).stream().filter(Feature::seats).toList()) {
            Instant at = clock.instant();
            long held = seats.held(SELF, List.of(subscription.account())).getOrDefault(subscription.id(), 0L);
            Total total = told.seats(new UsageCounter(subscription.account(), feature.id(), Reset.EVER, held, 0, null, 0));
            Standing standing = new Standing(total, feature, subscription.state().grants() ? subscription.seatsBought(known) : null, null);
            standing.note(at).ifPresent(told::seats);
            notices.tell(total.counter(), standing, at);
        }
    }
}
