package dev.headroom.account;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.UUID;

/**
 * A card saved at Stripe, as far as a person may see it.
 *
 * @param preferred charged unless another is named; at most one of an account's cards is
 */
public record PaymentMethod(
        AccountId account, UUID id, String stripeId, String brand, String last4, int expiresMonth, int expiresYear, boolean preferred,
        Instant createdAt) {

    /** Months ahead in which somebody should think of another card. */
    private static final int SOON = 2;

    /** Whether a card can still be charged. */
    public enum Expiry {
        VALID,
        /** It ends with this month or one of the next two. */
        SOON,
        /** Its last month is over; banks refuse it. */
        EXPIRED
    }

    /** @param zone in which its last month ends */
    public Expiry expiry(Instant at, ZoneId zone) {
        YearMonth last = YearMonth.of(expiresYear, expiresMonth);
        YearMonth now = YearMonth.from(at.atZone(zone));
        if (now.isAfter(last)) {
            return Expiry.EXPIRED;
        }
        return now.plusMonths(SOON).isBefore(last) ? Expiry.VALID : Expiry.SOON;
    }
}
