package dev.headroom.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * How a sandbox runs.
 *
 * @param port      where to listen on 127.0.0.1; 0 for any free port
 * @param secretKey the {@code sk_test_} key that callers must send; null to use the one stored, which the first start makes
 */
public record SandboxOptions(int port, @Nullable String secretKey) {

    public SandboxOptions {
        if (secretKey != null && !secretKey.startsWith("sk_test_")) {
            throw new IllegalArgumentException("The sandbox takes sk_test_ keys only");
        }
    }

    /** Any free port, and the key that is stored. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(0, null);
    }
}
