package dev.headroom.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.revenue.MovementKind;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake of a file is told with its line and column and what would be right. */
class HistoryFileTest {

    private static final String HEAD = "account,currency,from,plan,mrr\n";
    private static final Map<String, String> PLANS = Map.of("pro", "suite", "desk", "furniture");

    @Test
    void aLineSaysWhatWasPaidFromADayOn() {
        HistoryLine line = only("""
                account,name,email,country,currency,from,plan,subscription,seats,mrr,kind
                acme,"Acme, ""Ltd"" & Co",ada@example.com,de,eur,2021-03-15,pro,main,12,19.90,upsell
                """);
        assertThat(line).usingRecursiveComparison().isEqualTo(new HistoryLine(
                2, "acme", "Acme, \"Ltd\" & Co", "ada@example.com", "de", Currency.getInstance("EUR"), LocalDate.of(2021, 3, 15), "pro", "main", 12L, BigDecimal.valueOf(23880),
                MovementKind.UPSELL));
    }

    @Test
    void whatIsLeftOutIsTheUsual() {
        HistoryLine line = only("\uFEFFPlan;From;Currency;ARR;Account\r\ndesk;2021-03;JPY;1000;acme\r\n");
        assertThat(line.subscription()).as("the product, of which there is one at a time").isEqualTo("furniture");
        assertThat(line.from()).isEqualTo(LocalDate.of(2021, 3, 1));
        assertThat(line.year()).isEqualByComparingTo("1000");
        assertThat(line.seats()).isNull();
        assertThat(line.kind()).isNull();
    }

    @Test
    void aTextThatNothingEndsIsNotLookedForToTheEndOfTheFile() {
        List<HistoryMistake> mistakes = mistakes(HEAD + "acme,USD,2021-01-01,\"pro,5\n" + "bolt,USD,2021-01-01,pro,5\n".repeat(100) + "wrong,USD,2021-01-01,pro\",5\n");
        assertThat(mistakes).extracting(each -> each.line() + " " + each.problem()).containsExactly("2 CELLS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "acme,USD,2021-03-01,pro,ten         | mrr      | ten        | Expected an amount such as 1234.50",
        "acme,USD,2021-03-01,pro,-1          | mrr      | -1         | Expected an amount such as 1234.50",
        "acme,USD,2021-03-01,pro,1e3         | mrr      | 1e3        | Expected an amount such as 1234.50",
        "acme,USD,2021-03-01,pro,10.999      | mrr      | 10.999     | USD has 2 decimals",
        "acme,USD,2021-03-01,pro,999999999999 | mrr    | 999999999999 | Expected at most 1000000000",
        "acme,USD,2021-03-01,pro,99999999999999999999 | mrr | 99999999999999999999 | Expected at most 1000000000",
        "acme,JPY,2021-03-01,pro,10.5        | mrr      | 10.5       | JPY has no decimals",
        "acme,USD,2021-03-01,pro,            | mrr      | ``         | Expected mrr or arr, 0 for what has ended",
        "acme,XXX,2021-03-01,pro,10          | currency | XXX        | XXX is not supported",
        "acme,,2021-03-01,pro,10             | currency | ``         | This column is needed in every line",
        "acme,USD,01.03.2021,pro,10          | from     | 01.03.2021 | Expected a day such as 2024-03-01",
        "acme,USD,2021-02-30,pro,10          | from     | 2021-02-30 | Expected a day such as 2024-03-01",
        "acme,USD,1969-12-31,pro,10          | from     | 1969-12-31 | Expected a day such as 2024-03-01",
        "acme,USD,2021-03-01,gold,10         | plan     | gold       | One of them",
        "a c m e,USD,2021-03-01,pro,10       | account  | a c m e    | A key has 1 to 100 letters",
    })
    void aWrongValueIsToldWithItsColumn(String line, String column, String value, String expected) {
        List<HistoryMistake> mistakes = mistakes(HEAD + "acme,USD,2021-01-01,pro,5\n" + line + "\n");
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.getFirst().line()).isEqualTo(3);
        assertThat(mistakes.getFirst().column()).isEqualTo(column);
        assertThat(mistakes.getFirst().value()).isEqualTo(value);
        assertThat(mistakes.getFirst().problem()).isEqualTo(Problem.VALUE);
        assertThat(mistakes.getFirst().expected()).startsWith(expected);
    }

    @Test
    void allThatIsWrongInALineIsToldAtOnce() {
        assertThat(mistakes("account,currency,from,plan,mrr,arr,seats,kind\nacme,USD,now,gold,1,12,many,BIGGER\n")).extracting(HistoryMistake::column)
                .containsExactly("from", "plan", "seats", "arr", "kind");
        assertThat(mistakes(HEAD + ",EUR,2021-03-01,pro,10\n")).extracting(HistoryMistake::account).containsExactly((String) null);
    }

    @Test
    void aTextThatIsNotUtf8IsTold() {
        assertThat(mistakes("account,name,currency,from,plan,mrr\nacme,M\uFFFDller,USD,2021-03-01,pro,10\n")).extracting(HistoryMistake::expected).containsExactly("Expected text in UTF-8");
    }

    @Test
    void theColumnsAreToldWhole() {
        List<HistoryMistake> mistakes = mistakes("account,konto,from,from\nacme,1,2,3\n");
        assertThat(mistakes).extracting(each -> each.line() + " " + each.column() + " " + each.problem())
                .containsExactly("1 konto COLUMNS", "1 from COLUMNS", "1 currency COLUMNS", "1 plan COLUMNS", "1 mrr COLUMNS");
        assertThat(mistakes("")).extracting(HistoryMistake::problem).containsExactly(Problem.FILE);
    }

    @Test
    void aLineWithOtherCellsIsToldAndOneThatIsEmptyIsNone() {
        List<HistoryMistake> mistakes = mistakes(HEAD + "\nacme,USD,2021-03-01,pro\n\nacme,USD,2021-03-01,pro,10,11\n   \n");
        assertThat(mistakes).extracting(each -> each.line() + " " + each.problem() + " " + each.value()).containsExactly("3 CELLS 4", "5 CELLS 6");
        assertThat(read(HEAD + "\n\n")).isEmpty();
    }

    @Test
    void aQuotationMarkThatIsNeverClosedIsToldWhereItBegins() {
        List<Read> read = read(HEAD + "acme,USD,2021-03-01,pro,10\nbeta,USD,2021-03-01,\"pro,10\ngamma,USD,2021-03-01,pro,10\n");
        assertThat(read).hasSize(2);
        assertThat(read.getLast().mistakes()).extracting(each -> each.line() + " " + each.problem()).containsExactly("3 CELLS");
    }

    @Test
    void aLineIsCountedAsItStandsInTheFile() {
        List<Read> read = read("account,name,currency,from,plan,mrr\nacme,\"two\nlines\",USD,2021-03-01,pro,10\nbeta,B,USD,2021-03-01,gold,10\n");
        assertThat(read).extracting(Read::number).containsExactly(2, 4);
    }

    @Test
    void aLineThatGoesOnAndOnIsToldAndWhatStandsBeforeItIsRead() {
        List<Read> read = read(HEAD + "acme,USD,2021-03-01,pro,10\nbeta,USD,2021-03-01,pro," + "1".repeat(20_000) + "\n");
        assertThat(read).hasSize(2);
        assertThat(read.getFirst().line()).isNotNull();
        assertThat(read.getLast().mistakes()).extracting(each -> each.line() + " " + each.problem() + " " + each.expected()).containsExactly("3 CELLS Expected a line of at most 10000 characters");
        Endless endless = new Endless();
        assertThat(mistakes(endless)).extracting(each -> each.line() + " " + each.problem()).containsExactly("1 CELLS");
        assertThat(endless.read).as("the first line is not read to the end of the file").isLessThan(50_000);
    }

    /** One line, however far one reads. */
    private static final class Endless extends Reader {

        private long read;

        @Override
        public int read(char[] into, int from, int most) {
            Arrays.fill(into, from, from + most, 'a');
            read += most;
            return most;
        }

        @Override
        public void close() {}
    }

    @Test
    void thereIsAnEnd() {
        String many = IntStream.rangeClosed(0, HistoryFile.MOST_LINES).mapToObj(number -> "a" + number + ",USD,2021-03-01,pro,10").collect(Collectors.joining("\n", HEAD, "\n"));
        List<Read> read = read(many);
        assertThat(read).hasSize(HistoryFile.MOST_LINES + 1);
        assertThat(read.getLast().mistakes()).extracting(HistoryMistake::problem).containsExactly(Problem.FILE);
    }

    private static HistoryLine only(String file) {
        List<Read> read = read(file);
        assertThat(read).as(file).hasSize(1);
        assertThat(read.getFirst().mistakes()).isEmpty();
        return Objects.requireNonNull(read.getFirst().line());
    }

    private static List<HistoryMistake> mistakes(Reader file) {
        List<Read> read = new ArrayList<>();
        new HistoryFile(PLANS::get, "One of them", read::add).read(file);
        return read.stream().flatMap(each -> each.mistakes().stream()).toList();
    }

    private static List<HistoryMistake> mistakes(String file) {
        return read(file).stream().flatMap(each -> each.mistakes().stream()).toList();
    }

    private static List<Read> read(String file) {
        List<Read> read = new ArrayList<>();
        new HistoryFile(PLANS::get, "One of them", read::add).read(new StringReader(file));
        return read;
    }
}
