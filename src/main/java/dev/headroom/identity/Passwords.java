package dev.headroom.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.headroom.error.HeadroomException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/**
 * Which passwords are taken, and how they are kept. Long enough, far down in the order in which somebody would try (tens of thousands of common ones, words, names, dates
 * and keys that lie side by side, also as they are usually disguised), and not made of what everybody knows of the person; no rules about sorts of characters, which only
 * make passwords alike (NIST SP 800-63B). Nobody outside is asked.
 */
@Service
class Passwords {

    static final int SHORTEST = 12;
    /** All that bcrypt looks at. */
    private static final int MOST_BYTES = 72;
    private static final int FEWEST_DIFFERENT = 5;
    private static final int TELLING = 4;
    /** Of 0 to 4: nobody would come to it within a hundred million guesses. */
    private static final int SAFE = 3;

    private final PasswordEncoder encoder;
    private final Zxcvbn guessing = new Zxcvbn();

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
        List<String> known = Stream.concat(Stream.of(email, email.split("@")[0], "password", "headroom"), Stream.of(name.split("\\s+")))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= TELLING)
                .toList();
        if (madeOf(known, password.toLowerCase(Locale.ROOT)) || guessing.measure(password, known).getScore() < SAFE) {
            throw HeadroomException.invalid(field, "This password is too easy to guess; a few words that do not belong together make a good one");
        }
        return encoder.encode(password);
    }

    /** False of whom is erased, who has none. */
    boolean matches(String password, String hash) {
        return !hash.isEmpty() && encoder.matches(password, hash);
    }

    private static boolean madeOf(List<String> known, String password) {
        return password.chars().distinct().count() < FEWEST_DIFFERENT || known.stream().reduce(password, (left, word) -> left.replace(word, "")).length() < SHORTEST / 2;
    }
}
