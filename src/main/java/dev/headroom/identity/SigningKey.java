package dev.headroom.identity;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret that signatures are made with. Its name travels with each signature, so that a new key can take over while old signatures live. */
public record SigningKey(UUID id, Purpose purpose, byte[] secret, @Nullable Instant retiredAt) {

    /** What a key may sign; a signature made for one purpose is worth nothing for another. */
    public enum Purpose {
        ACCOUNT_TOKEN,
        QUOTE
    }

    /** HMAC-SHA256. */
    public byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean validAt(Instant at) {
        return retiredAt == null || at.isBefore(retiredAt);
    }

    @Override
    public String toString() {
        return "SigningKey[" + purpose + " " + id + "]";
    }
}
