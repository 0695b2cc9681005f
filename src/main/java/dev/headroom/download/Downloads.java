package dev.headroom.download;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/** Answers that are files of lines. */
public final class Downloads {

    private Downloads() {}

    /**
     * Takes the lines of comma-separated values of which an answer is made, one after the other. What refuses it does so before the first line: until then
     * the answer can still be an error.
     *
     * @param name of the file, with its ending
     */
    public static Consumer<String> csv(HttpServletResponse response, String name) {
        return line -> {
            try {
                if (!response.isCommitted() && response.getContentType() == null) {
                    response.setContentType("text/csv;charset=utf-8");
                    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
                    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
                }
                response.getWriter().write(line);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        };
    }
}
