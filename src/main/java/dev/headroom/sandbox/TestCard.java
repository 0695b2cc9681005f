package dev.headroom.sandbox;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stripe's test payment methods: attaching one makes a payment method of the customer's that behaves as the name says. */
enum TestCard {
    VISA("pm_card_visa", "visa", "4242", null),
    MASTERCARD("pm_card_mastercard", "mastercard", "4444", null),
    AMEX("pm_card_amex", "amex", "8431", null),
    CHARGE_CUSTOMER_FAIL("pm_card_chargeCustomerFail", "visa", "0341", Decline.GENERIC),
    CHARGE_DECLINED("pm_card_chargeDeclined", "visa", "0002", Decline.GENERIC),
    INSUFFICIENT_FUNDS("pm_card_chargeDeclinedInsufficientFunds", "visa", "9995", Decline.INSUFFICIENT_FUNDS),
    EXPIRED("pm_card_chargeDeclinedExpiredCard", "visa", "0069", Decline.EXPIRED_CARD),
    CREATE_DISPUTE("pm_card_createDispute", "visa", "0259", null),
    AUTHENTICATION_REQUIRED("pm_card_authenticationRequired", "visa", "3184", Decline.AUTHENTICATION_REQUIRED);

    private final String id;
    private final String brand;
    private final String last4;
    private final @Nullable Decline decline;

    TestCard(String id, String brand, String last4, @Nullable Decline decline) {
        this.id = id;
        this.brand = brand;
        this.last4 = last4;
        this.decline = decline;
    }

    static Optional<TestCard> of(String id) {
        return Stream.of(values()).filter(card -> card.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    String brand() {
        return brand;
    }

    String last4() {
        return last4;
    }

    /** What saving this card for later answers; null when it is saved: one of them fails only when it is charged. */
    @Nullable Decline declineAtSetup() {
        return this == CHARGE_CUSTOMER_FAIL ? null : decline;
    }

    /** What charging this card answers; null when the charge goes through. */
    @Nullable Decline decline() {
        return decline;
    }
}
