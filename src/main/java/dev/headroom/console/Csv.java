package dev.headroom.console;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of comma-separated values (RFC 4180) in UTF-8, for machines: columns in English, instants in ISO 8601, numbers without grouping. A
 * text that a spreadsheet would take for a formula is preceded by an apostrophe.
 */
public final class Csv {

    private static final String FORMULAS = "=+-@\t\r";

    private final Writer out;

    Csv(Writer out) {
        this.out = out;
    }

    /** A link to a file that is written while it is downloaded. */
    public static Anchor link(String text, String name, List<String> columns, Consumer<Csv> rows) {
        DownloadHandler handler = event -> {
            event.setFileName(name + ".csv");
            event.setContentType("text/csv;charset=utf-8");
            try (Writer out = new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8)) {
                Csv csv = new Csv(out);
                csv.row(columns.toArray());
                rows.accept(csv);
            }
        };
        Anchor link = new Anchor(handler, text);
        link.addClassName("download");
        return link;
    }

    /** @param cells numbers, or whatever is written as its text; absent ones are empty */
    public void row(@Nullable Object... cells) {
        try {
            out.write(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
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
