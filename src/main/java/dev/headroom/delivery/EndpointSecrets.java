package dev.headroom.delivery;

import dev.headroom.identity.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Service;

/** What events are signed with: made here, sealed before it is stored. */
@Service
class EndpointSecrets {

    private static final int BYTES = 32;
    private static final String SEALED_AS = "webhook-endpoint";

    private final SecretBox box;
    private final SecureRandom random = new SecureRandom();

    EndpointSecrets(SecretBox box) {
        this.box = box;
    }

    String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return WebhookSignature.PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    byte[] sealed(String secret) {
        return box.seal(SEALED_AS, secret.getBytes(StandardCharsets.UTF_8));
    }

    String opened(byte[] sealed) {
        return new String(box.open(SEALED_AS, sealed), StandardCharsets.UTF_8);
    }
}
