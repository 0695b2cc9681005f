package dev.headroom.sandbox;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox runs.
 *
 * @param port       where to listen on 127.0.0.1; 0 for any free port
 * @param secretKey  the {@code sk_test_} key that callers must send; null to use the one stored, which the first start makes
 * @param taxPercent what {@code automatic_tax} adds to everything, such as 19; null for none, and then asking for it is refused
 */
public record SandboxOptions(int port, @Nullable String secretKey, @Nullable BigDecimal taxPercent) {

    private static final BigDecimal MOST = BigDecimal.valueOf(100);

    public SandboxOptions {
        if (secretKey != null && !secretKey.startsWith("sk_test_")) {
            throw new IllegalArgumentException("The sandbox takes sk_test_ keys only");
        }
        requirePercentage(taxPercent);
    }

    static void requirePercentage(@Nullable BigDecimal taxPercent) {
        if (taxPercent != null && (taxPercent.signum() < 0 || taxPercent.compareTo(MOST) > 0)) {
            throw new IllegalArgumentException("The sandbox's tax is a percentage between 0 and 100");
        }
    }

    /** Any free port, and the key that is stored. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(0, null, null);
    }

    /** The same, with automatic tax at a rate. */
    public SandboxOptions taxedAt(BigDecimal percent) {
        return new SandboxOptions(port, secretKey, percent);
    }
}
