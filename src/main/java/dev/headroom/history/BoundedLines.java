package dev.headroom.history;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** A text whose lines have an end: whoever reads one by one never holds more of it than a line may have. */
final class BoundedLines extends FilterReader {

    private final int longest;
    private int length;
    private int line = 1;
    private boolean endless;

    BoundedLines(Reader text, int longest) {
        super(text);
        this.longest = longest;
    }

    /** A line that goes on and on. */
    static final class TooLongException extends IOException {

        private final int line;

        private TooLongException(int line) {
            super("Line " + line + " is too long");
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** What stands before a line that is too long is read still. */
    @Override
    public int read(char[] into, int from, int most) throws IOException {
        if (endless) {
            throw new TooLongException(line);
        }
        int read = super.read(into, from, most);
        int whole = 0;
        for (int at = 0; at < read; at++) {
            if (into[from + at] == '\n') {
                line++;
                length = 0;
                whole = at + 1;
            } else if (++length > longest) {
                endless = true;
                return whole > 0 ? whole : read(into, from, most);
            }
        }
        return read;
    }
}
