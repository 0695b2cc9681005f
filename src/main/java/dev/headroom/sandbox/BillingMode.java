package dev.headroom.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** Stripe's two ways to bill: classic, and flexible, which is the default since 2025-09-30.clover. */
final class BillingMode {

    private BillingMode() {}

    static void read(Parameters mode, ObjectNode subscription) {
        String type = mode.text("type");
        String discounts = mode.hash("flexible").text("proration_discounts");
        ObjectNode shown = subscription.putObject("billing_mode");
        if (type == null || type.equals("flexible")) {
            if (discounts != null && !discounts.equals("included")) {
                throw StripeError.unsupported(mode.at("flexible") + "[proration_discounts]",
                        "The sandbox includes discounts in prorations; it does not itemize them.");
            }
            shown.put("type", "flexible").putObject("flexible").put("proration_discounts", "included");
        } else if (type.equals("classic")) {
            shown.put("type", "classic").putNull("flexible");
        } else {
            throw StripeError.invalid(null, mode.at("type"), "Invalid billing_mode[type]: must be one of classic or flexible");
        }
    }
}
