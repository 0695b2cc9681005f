package dev.headroom.usage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream without end, none of which takes more memory than it may; the end of the stream ends the last one. */
final class Lines {

    static final int LONGEST = 64 * 1024;

    private final InputStream in;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, LONGEST);
    }

    /** @param bytes without the line's end; of a line that is too long, its beginning */
    record Line(byte[] bytes, boolean tooLong) {}

    /**
     * Whether nothing is here of the next line. Of one that has begun the rest is under way: the container shows what comes in pieces of some
     * kilobytes, and who sends without a pause is not to be recorded by the piece.
     */
    boolean pauses() throws IOException {
        return in.available() <= 0;
    }

    /** Absent at the end. */
    @Nullable Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() < LONGEST) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
        return new Line(line.toByteArray(), tooLong);
    }
}
