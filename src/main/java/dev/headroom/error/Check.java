package dev.headroom.error;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at single values of a request and refuses wrong ones with the field's path and what would be right. */
public final class Check {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final int LONGEST_TEXT = 200;

    private Check() {}

    /** A human key: letters, digits and {@code . _ : @ -}, up to 100 characters. */
    public static String key(String field, String value) {
        if (!KEY.matcher(value).matches()) {
            throw HeadroomException.invalid(field, "A key has 1 to 100 letters, digits or . _ : @ - and begins with a letter or digit");
        }
        return value;
    }

    /** One line of text, trimmed, 1 to 200 characters. */
    public static String text(String field, String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty() || trimmed.length() > LONGEST_TEXT || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw HeadroomException.invalid(field, "Expected one line of 1 to " + LONGEST_TEXT + " characters");
        }
        return trimmed;
    }

    /** Whether PostgreSQL can keep it: no text, of a map or list neither, has a NUL. */
    public static boolean storable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(entry -> storable(entry.getKey()) && storable(entry.getValue()));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().allMatch(Check::storable);
        }
        return !(value instanceof String text) || text.indexOf(0) < 0;
    }

    public static String email(String field, String value) {
        String trimmed = text(field, value);
        if (!EMAIL.matcher(trimmed).matches()) {
            throw HeadroomException.invalid(field, "Expected an e-mail address such as ada@example.com");
        }
        return trimmed;
    }

    /** The value, or a refusal that names the missing field. */
    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw HeadroomException.invalid(field, "This field is required");
        }
        return value;
    }

    /** A count between the two ends, both inclusive. */
    public static long between(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw HeadroomException.invalid(field, "Expected " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
