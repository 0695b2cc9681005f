package dev.headroom.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** Stripe's two ways to bill: classic, and flexible, which is the default since 2025-09-30.clover. */
final class BillingMode {

    private static final String ITEMIZED = "itemized";

    private BillingMode() {}

    /** Whether prorations show what discounts take off them, instead of being net of it. */
    static boolean itemizes(ObjectNode subscription) {
        return ITEMIZED.equals(Json.text(subscription.path("billing_mode").path("flexible"), "proration_discounts"));
    }

    static void read(Parameters mode, ObjectNode subscription) {
        String type = mode.text("type");
        String discounts = mode.hash("flexible").text("proration_discounts");
        ObjectNode shown = subscription.putObject("billing_mode");
        if (type == null || type.equals("flexible")) {
            if (discounts != null && !discounts.equals("included") && !discounts.equals(ITEMIZED)) {
                throw StripeError.invalid(null, mode.at("flexible") + "[proration_discounts]",
                        "Invalid proration_discounts: must be one of included or itemized");
            }
            shown.put("type", "flexible").putObject("flexible").put("proration_discounts", discounts == null ? "included" : discounts);
        } else if (type.equals("classic")) {
            shown.put("type", "classic").putNull("flexible");
        } else {
            throw StripeError.invalid(null, mode.at("type"), "Invalid billing_mode[type]: must be one of classic or flexible");
        }
    }
}
