package dev.headroom.console.catalog;

import dev.headroom.catalog.Offer;
import java.time.Instant;

/** Where an offer stands at an instant. */
final class OfferState {

    private OfferState() {}

    enum OfferStanding {
        TO_COME,
        RUNNING,
        /** As many accounts as may have taken it. */
        EXHAUSTED,
        /** Ended before its window did. */
        ENDED,
        OVER
    }

    static OfferStanding of(Offer offer, int taken, Instant at) {
        if (offer.endedAt() != null && !at.isBefore(offer.endedAt())) {
            return OfferStanding.ENDED;
        }
        if (!at.isBefore(offer.window().until())) {
            return OfferStanding.OVER;
        }
        if (at.isBefore(offer.window().from())) {
            return OfferStanding.TO_COME;
        }
        return offer.cap() != null && taken >= offer.cap() ? OfferStanding.EXHAUSTED : OfferStanding.RUNNING;
    }

    static String word(OfferStanding standing) {
        return switch (standing) {
            case TO_COME -> "offer.is.coming";
            case RUNNING -> "offer.is.running";
            case EXHAUSTED -> "offer.is.exhausted";
            case ENDED -> "offer.is.ended";
            case OVER -> "offer.is.over";
        };
    }
}
