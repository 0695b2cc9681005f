package dev.headroom.postgres;

import dev.headroom.error.CannotStartException;
import java.util.Locale;

/** The names under which PostgreSQL's binaries are packed, one archive for an operating system and processor. */
final class Platform {

    private Platform() {}

    static String archive() {
        return archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** @throws CannotStartException on an operating system or processor that PostgreSQL is not packed for */
    static String archive(String osName, String osArch) {
        return "postgres-" + system(osName, osArch) + "-" + processor(osName, osArch) + ".txz";
    }

    private static String system(String osName, String osArch) {
        String lower = osName.toLowerCase(Locale.ROOT);
        if (lower.startsWith("linux")) {
            return "linux";
        }
        if (lower.startsWith("mac")) {
            return "darwin";
        }
        throw unsupported(osName, osArch);
    }

    private static String processor(String osName, String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> throw unsupported(osName, other);
        };
    }

    static CannotStartException unsupported(String osName, String osArch) {
        return new CannotStartException("Headroom brings no PostgreSQL for " + osName + " on " + osArch
                + "; point it at a PostgreSQL 18 of your own with --database-url.");
    }
}
