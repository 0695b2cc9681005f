package dev.headroom.revenue;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How the vendor wants its revenue told.
 *
 * @param version       0 where nothing was ever said
 * @param zone          in which months begin
 * @param closingDays   how many days after its end a month is closed; 0 to 27
 * @param reactivation  whether net retention counts what those bring who come back
 * @param priceIncrease whether net retention counts what rose in price alone
 * @param setAt         absent where nothing was ever said
 */
public record RevenueSettings(int version, ZoneId zone, int closingDays, boolean reactivation, boolean priceIncrease, String setBy, @Nullable Instant setAt) {

    static final RevenueSettings USUAL = new RevenueSettings(0, ZoneId.of("UTC"), 5, false, false, "", null);

    /** Whether what a movement brings is expansion: the kinds that are, and a price increase where it is to be counted. */
    public boolean expands(MovementKind kind) {
        return kind.expands() || kind == MovementKind.PRICE_INCREASE && priceIncrease;
    }

    /** Whether a month is closed: what is heard of it later is booked in another one. */
    public boolean closed(YearMonth month, Instant at) {
        return months().closed(month, at);
    }

    Months months() {
        return new Months(zone, closingDays);
    }
}
