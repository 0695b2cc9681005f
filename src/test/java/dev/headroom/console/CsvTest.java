package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CsvTest {

    private final StringWriter out = new StringWriter();
    private final Csv csv = new Csv(out);

    private String row(Object... cells) {
        csv.row(cells);
        return out.toString();
    }

    @Test
    void cellsAreSeparatedByCommasAndLinesEndAsTheStandardSays() {
        assertThat(row("ada", 1_000_000L, null, Instant.parse("2026-01-05T10:00:00Z"), true)).isEqualTo("ada,1000000,,2026-01-05T10:00:00Z,true\r\n");
    }

    @Test
    void whatWouldEndACellIsQuoted() {
        assertThat(row("a,b", "say \"no\"", "two\nlines")).isEqualTo("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
    }

    @Test
    void noTextIsAFormulaAndANegativeNumberIsNoText() {
        assertThat(row("=1+1", "+1", "-1", "@x", "\tx", -1)).isEqualTo("'=1+1,'+1,'-1,'@x,'\tx,-1\r\n");
    }
}
