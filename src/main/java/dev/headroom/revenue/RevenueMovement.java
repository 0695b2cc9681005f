package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One signed change of an account's monthly recurring revenue in one currency: opening and amount are the closing, which is the next one's opening.
 *
 * @param number      counts the account's movements in the currency from 1, without a gap
 * @param use         what of the amount is use past limits: with what no longer recurs it goes as well
 * @param effectiveAt when it became so at Stripe
 * @param month       that it is booked in, in the vendor's zone; later than {@code effectiveAt} where that month was closed
 * @param cohort      month of the account's first movement
 * @param since       month since which the account paid without a break; of its end, that of what ended
 * @param source      id of the recorded change that it was made of
 * @param cause       what led to it, opaque: {@code plan-change:…}, {@code start:…}, {@code stripe:…}, {@code invoice:…}, {@code correction:…}
 */
public record RevenueMovement(
        UUID id, AccountId account, int number, SubscriptionId subscription, ProductId product, MovementKind kind, Money opening, Money amount, Money closing,
        Money use, Instant effectiveAt, Instant recordedAt, YearMonth month, YearMonth cohort, YearMonth since, UUID source, String cause,
        @Nullable PlanVersionId planBefore, PlanVersionId planAfter) {

    private static final String PLAN_CHANGE = "plan-change:";
    private static final String INVOICE = "invoice:";

    /** Of what use brings: by an invoice, or by what became of its subscription. */
    static String cause(@Nullable UUID invoice) {
        return invoice == null ? "usage" : INVOICE + invoice;
    }

    /** Of what somebody corrected. */
    static String correction(UUID id) {
        return "correction:" + id;
    }

    /** The same by another name. */
    RevenueMovement named(MovementKind other) {
        return new RevenueMovement(
                id, account, number, subscription, product, other, opening, amount, closing, use, effectiveAt, recordedAt, month, cohort, since, source, cause, planBefore,
                planAfter);
    }

    /** Of the plan change that led to it; absent where none did. */
    public @Nullable UUID planChangeId() {
        return named(PLAN_CHANGE);
    }

    /** Of the invoice that bills the use that led to it; absent where none did. */
    public @Nullable UUID invoiceId() {
        return named(INVOICE);
    }

    private @Nullable UUID named(String prefix) {
        return cause.startsWith(prefix) ? Ids.parse(cause.substring(prefix.length())).orElse(null) : null;
    }
}
