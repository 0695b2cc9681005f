package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.Quotation;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a quote's token says, and its signature vouches for.
 *
 * @param version   of the subscription that was quoted
 * @param change    what was asked for
 * @param when      decided, whether or not it was asked for
 * @param terms     to move to
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 * @param promised  to be taken
 * @param reckoned  what our own arithmetic came to; other amounts than were promised where Stripe would bill something else
 * @param told      what Stripe said, which nobody could reckon again; absent where it was not asked
 */
public record QuoteClaims(
        UUID quote, AccountId account, SubscriptionId subscription, long version, RequestedChange change, When when,
        SubscriptionTerms terms, Instant quotedAt, Instant expiresAt, Amounts promised, Amounts reckoned, @Nullable Told told) {

    /** The second for which it was priced. */
    public Instant pricedAt() {
        return when == When.AT_DATE ? Objects.requireNonNull(change.at()) : quotedAt;
    }

    /**
     * What an invoice takes from its customer.
     *
     * @param due   charged
     * @param total charged or taken from the balance, or, where negative, given to it
     */
    public record Amounts(Money due, Money total) {

        static Amounts of(Quotation quotation) {
            return new Amounts(quotation.now().due(), quotation.now().total());
        }
    }

    /**
     * What was shown on Stripe's word.
     *
     * @param now      whether it would have billed at once exactly what was said
     * @param next     whether the next invoice was as it had it
     * @param billed   the invoice of now; absent where that is what we reckon
     * @param followed the one after that; likewise
     */
    public record Told(boolean now, boolean next, @Nullable Billed billed, @Nullable Billed followed) {

        /** What was shown, over what we reckon. */
        Quotation over(Quotation reckoned) {
            Invoice next = reckoned.next();
            return reckoned.billing(
                    billed == null ? reckoned.now() : billed.over(reckoned.now()), next == null || followed == null ? next : followed.over(next));
        }
    }

    /**
     * An invoice in what only Stripe could say of it.
     *
     * @param lines   absent where ours come to as much and were shown
     * @param balance the customer's before
     */
    public record Billed(@Nullable List<InvoiceLine> lines, List<Tax> taxes, Money balance, Money due) {

        static @Nullable Billed of(@Nullable Invoice shown, @Nullable Invoice reckoned) {
            if (shown == null || shown.equals(reckoned)) {
                return null;
            }
            boolean ours = reckoned != null && shown.lines().equals(reckoned.lines());
            return new Billed(ours ? null : shown.lines(), shown.taxes(), shown.balance(), shown.due());
        }

        Invoice over(Invoice reckoned) {
            return Invoice.of(reckoned.at(), lines == null ? reckoned.lines() : lines, taxes, balance).charging(due);
        }
    }
}
