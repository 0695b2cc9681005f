package dev.headroom.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that a webhook comes from Stripe: Stripe's client checks the signature, we the age, by our own clock. */
final class StripeSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern TIMESTAMP = Pattern.compile("(?:^|,)t=(\\d{1,12})(?:,|$)");
    /** Stripe's own way to say: do not look at the age. */
    private static final long ANY_AGE = 0;

    private StripeSignature() {}

    static boolean holds(String payload, String header, String secret, Instant now) {
        Matcher timestamp = TIMESTAMP.matcher(header);
        if (!timestamp.find()) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp.group(1))), now).abs();
        return age.compareTo(TOLERANCE) <= 0 && signed(payload, header, secret);
    }

    private static boolean signed(String payload, String header, String secret) {
        try {
            return Webhook.Signature.verifyHeader(payload, header, secret, ANY_AGE);
        } catch (SignatureVerificationException forged) {
            return false;
        }
    }
}
