package dev.headroom.postgres;

import java.security.SecureRandom;
import java.util.Base64;

/** A password that nobody chose. */
final class Secret {

    private Secret() {}

    /** 192 bits, as letters, digits, {@code -} and {@code _}. */
    static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
