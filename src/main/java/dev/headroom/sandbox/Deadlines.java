package dev.headroom.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** When time next acts upon an object. */
final class Deadlines {

    /** An incomplete subscription and a pending update both wait this long for their payment. */
    static final Duration PAYMENT_WINDOW = Duration.ofHours(23);

    private Deadlines() {}

    static @Nullable Instant of(Kind kind, ObjectNode document) {
        return switch (kind) {
            case SUBSCRIPTION -> subscription(document);
            case INVOICE -> invoice(document);
            case CUSTOMER, CUSTOMER_BALANCE_TRANSACTION, PAYMENT_METHOD, PRODUCT, PRICE, METER, COUPON, PROMOTION_CODE, DISCOUNT, INVOICE_PREVIEW,
                    INVOICE_ITEM, INVOICE_PAYMENT, PAYMENT_INTENT, CHARGE, REFUND, DISPUTE, TAX_ID, SETUP_INTENT, SUBSCRIPTION_SCHEDULE, TEST_CLOCK,
                    WEBHOOK_ENDPOINT -> null;
        };
    }

    private static @Nullable Instant invoice(ObjectNode invoice) {
        return switch (Json.required(invoice, "status")) {
            case "draft" -> Json.instantOrNull(invoice, "automatically_finalizes_at");
            case "open" -> Terms.sends(invoice) ? Terms.falls(invoice) : Json.instantOrNull(invoice, "next_payment_attempt");
            case String ended -> null;
        };
    }

    private static @Nullable Instant subscription(ObjectNode subscription) {
        return switch (Json.required(subscription, "status")) {
            case "canceled", "incomplete_expired" -> null;
            case "incomplete" -> Json.instant(subscription, "created").plus(PAYMENT_WINDOW);
            case String running -> Stream.of(earliestPeriodEnd(subscription), Json.instantOrNull(subscription, "cancel_at"),
                            Json.instantOrNull(subscription.path("pending_update"), "expires_at"), Scheduling.phaseEnd(subscription), Pause.ends(subscription))
                    .filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
        };
    }

    static Instant earliestPeriodEnd(ObjectNode subscription) {
        return Item.of(subscription).stream().map(item -> item.period().until()).min(Comparator.naturalOrder()).orElseThrow();
    }
}
