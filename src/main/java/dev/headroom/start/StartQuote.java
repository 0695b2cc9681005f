package dev.headroom.start;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.InvoiceLine.Source;
import dev.headroom.pricing.Quotation;
import java.time.Instant;
import java.util.UUID;

/**
 * A priced, signed, expiring promise: starting with it charges exactly {@link #dueNow()}, or is refused with a fresh one.
 *
 * @param quotedAt  a whole second
 * @param expiresAt exclusive
 * @param growth    new, or beside what the account pays for already
 * @param verified  whether Stripe was asked and would bill exactly this; it is whenever it knows the customer
 */
public record StartQuote(
        UUID id, String token, AccountId account, StartTarget target, Instant quotedAt, Instant expiresAt, Quotation quotation, GrowthKind growth,
        boolean verified)
        implements StartQuoteResult {

    public Money dueNow() {
        return quotation.dueNow();
    }

    /** The invoice that starting makes. */
    public Invoice first() {
        return quotation.now();
    }

    /** Whose amounts the lines are: ours as long as they come to as much as Stripe's. */
    public Source source() {
        return first().lines().stream().map(InvoiceLine::source).filter(source -> source == Source.STRIPE).findFirst().orElse(Source.HEADROOM);
    }
}
