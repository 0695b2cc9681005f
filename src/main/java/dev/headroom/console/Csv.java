package dev.headroom.console;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.headroom.csv.CsvLine;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values in UTF-8, for machines: columns in English, instants in ISO 8601, numbers without grouping. */
public final class Csv {

    private final Writer out;

    Csv(Writer out) {
        this.out = out;
    }

    /** A link to a file that is written while it is downloaded. */
    public static Anchor link(String text, String name, List<String> columns, Consumer<Csv> rows) {
        return written(text, name, csv -> {
            csv.row(columns.toArray());
            rows.accept(csv);
        });
    }

    /** The same of a file that somebody else makes, line by line with their ends. */
    public static Anchor lines(String text, String name, Consumer<Consumer<String>> lines) {
        return written(text, name, csv -> lines.accept(csv::line));
    }

    private static Anchor written(String text, String name, Consumer<Csv> content) {
        DownloadHandler handler = event -> {
            event.setFileName(name + ".csv");
            event.setContentType("text/csv;charset=utf-8");
            try (Writer out = new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8)) {
                content.accept(new Csv(out));
            }
        };
        Anchor link = new Anchor(handler, text);
        link.addClassName("download");
        return link;
    }

    /** @param cells numbers, or whatever is written as its text; absent ones are empty */
    public void row(@Nullable Object... cells) {
        line(CsvLine.of(cells));
    }

    private void line(String line) {
        try {
            out.write(line);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
