package dev.headroom.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks does: with the id, the second and the text, so that none of them can be exchanged, and what was recorded cannot be sent again much later. */
final class WebhookSignature {

    static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** The header: one signature by each secret, with a blank between them. */
    static String header(String id, Instant at, String body, List<String> secrets) {
        return secrets.stream().map(secret -> "v1," + signature(id, at, body, secret)).collect(Collectors.joining(" "));
    }

    private static String signature(String id, Instant at, String body, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal((id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
