package dev.headroom.sandbox;

import org.jspecify.annotations.Nullable;

/** Why a payment did not go through. */
enum Decline {
    GENERIC("card_declined", "generic_decline", "Your card was declined."),
    INSUFFICIENT_FUNDS("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    EXPIRED_CARD("expired_card", "expired_card", "Your card has expired."),
    AUTHENTICATION_REQUIRED("subscription_payment_intent_requires_action", null,
            "Payment for this subscription requires additional user action before it can be completed successfully."),
    NO_PAYMENT_METHOD("resource_missing", null,
            "This customer has no attached payment source or default payment method.");

    private final String code;
    private final @Nullable String declineCode;
    private final String message;

    Decline(String code, @Nullable String declineCode, String message) {
        this.code = code;
        this.declineCode = declineCode;
        this.message = message;
    }

    String code() {
        return code;
    }

    @Nullable String declineCode() {
        return declineCode;
    }

    String message() {
        return message;
    }
}
