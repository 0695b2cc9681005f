package dev.headroom.csv;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of comma-separated values (RFC 4180), with its end. A text that a spreadsheet would take for a formula is preceded by an apostrophe.
 */
public final class CsvLine {

    private static final String FORMULAS = "=+-@\t\r";

    private CsvLine() {}

    /** @param cells numbers, or whatever is written as its text; absent ones are empty */
    public static String of(@Nullable Object... cells) {
        return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof Number || text.isEmpty()) {
            return text;
        }
        String safe = FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
