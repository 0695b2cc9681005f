package dev.headroom.stripe;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Stripe is and how we prove who we are.
 *
 * @param base absent for the real Stripe
 */
public record StripeConnection(String key, @Nullable URI base) {

    /** Whether charges move real money. */
    public boolean live() {
        return key.startsWith("sk_live_") || key.startsWith("rk_live_");
    }

    @Override
    public String toString() {
        return "StripeConnection[" + (base == null ? "Stripe" : base) + "]";
    }
}
