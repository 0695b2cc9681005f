package dev.headroom.identity;

import dev.headroom.error.HeadroomException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/**
 * Which passwords are taken, and how they are kept. Long enough that no list of usual ones reaches it, and not made of what everybody
 * knows of the person; no rules about sorts of characters, which only make passwords alike (NIST SP 800-63B).
 */
@Service
class Passwords {

    static final int SHORTEST = 12;
    /** All that bcrypt looks at. */
    private static final int MOST_BYTES = 72;
    private static final int FEWEST_DIFFERENT = 5;
    private static final int TELLING = 4;

    private final PasswordEncoder encoder;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    /** @throws HeadroomException INVALID_INPUT, saying what would be right */
    String hash(String field, String password, String email, String name) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw HeadroomException.invalid(field, "A password has at least " + SHORTEST + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw HeadroomException.invalid(field, "A password has at most " + MOST_BYTES + " bytes");
        }
        if (guessable(password.toLowerCase(Locale.ROOT), email, name)) {
            throw HeadroomException.invalid(field, "This password is too easy to guess; a few words that do not belong together make a good one");
        }
        return encoder.encode(password);
    }

    boolean matches(String password, String hash) {
        return encoder.matches(password, hash);
    }

    private static boolean guessable(String password, String email, String name) {
        if (password.chars().distinct().count() < FEWEST_DIFFERENT || neighbours(password)) {
            return true;
        }
        String rest = Stream.concat(Stream.of(email, email.split("@")[0], "password", "headroom"), Stream.of(name.split("\\s+")))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= TELLING)
                .reduce(password, (left, word) -> left.replace(word, ""));
        return rest.length() < SHORTEST / 2;
    }

    /** {@code 123456789012}, {@code abcdefghijkl}, and back. */
    private static boolean neighbours(String password) {
        for (int i = 2; i < password.length(); i++) {
            int step = password.charAt(i) - password.charAt(i - 1);
            boolean wraps = password.charAt(i) == '0' && password.charAt(i - 1) == '9';
            if (!wraps && Math.abs(step) != 1) {
                return false;
            }
        }
        return true;
    }
}
