package dev.headroom.history;

import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.ICSVParser;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvMultilineLimitBrokenException;
import com.opencsv.exceptions.CsvValidationException;
import dev.headroom.history.HistoryLine.Read;
import dev.headroom.history.HistoryMistake.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A file of history, read line by line, however long it is: comma-separated values (RFC 4180), or separated by semicolons, with the names of columns in the first line. */
final class HistoryFile {

    static final int MOST_LINES = 250_000;
    /** Lines that one text may go over: what is never ended is not read to the end of the file. */
    private static final int LONGEST_TEXT = 20;
    private static final List<String> NEEDED = List.of(Cells.ACCOUNT, Cells.CURRENCY, Cells.FROM, Cells.PLAN);
    private static final List<String> KNOWN = List.of(
            Cells.ACCOUNT, Cells.NAME, Cells.EMAIL, Cells.COUNTRY, Cells.CURRENCY, Cells.FROM, Cells.PLAN, Cells.SUBSCRIPTION, Cells.SEATS, Cells.MRR, Cells.ARR, Cells.KIND);
    private static final int LONGEST_LINE = 10_000;
    private static final String MARK = "\uFEFF";

    private final Function<String, @Nullable String> subscriptions;
    private final String plans;
    private final Consumer<Read> each;
    private List<String> columns = List.of();

    /**
     * @param subscriptions what a subscription of a plan is called where nobody names it; absent where there is no such plan
     * @param plans         what would be right instead, in words
     */
    HistoryFile(Function<String, @Nullable String> subscriptions, String plans, Consumer<Read> each) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.each = each;
    }

    /** With the parser that knows escapes, and none given: the library's own of RFC 4180 ends at an empty line, without a word. */
    void read(Reader text) {
        try (BufferedReader buffered = new BufferedReader(new BoundedLines(text, LONGEST_LINE), LONGEST_LINE)) {
            CSVReader lines = new CSVReaderBuilder(buffered).withMultilineLimit(LONGEST_TEXT)
                    .withCSVParser(new CSVParserBuilder().withSeparator(separator(buffered)).withEscapeChar(ICSVParser.NULL_CHARACTER).build()).build();
            read(lines);
        } catch (BoundedLines.TooLongException endless) {
            refuse(endless.line(), Problem.CELLS, null, "Expected a line of at most " + LONGEST_LINE + " characters");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What the first line has more of: spreadsheets of some countries write semicolons. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(LONGEST_LINE);
        char[] head = new char[LONGEST_LINE - 1];
        int length = Math.max(text.read(head), 0);
        text.reset();
        String first = new String(head, 0, length).lines().findFirst().orElse("");
        return first.chars().filter(each -> each == ';').count() > first.chars().filter(each -> each == ',').count() ? ';' : ',';
    }

    private void read(CSVReader lines) throws IOException {
        int number = 1;
        try {
            String[] head = lines.readNext();
            if (head == null) {
                refuse(1, Problem.FILE, null, "Expected a first line with the columns " + String.join(", ", KNOWN));
                return;
            }
            if (!columns(head)) {
                return;
            }
            number = (int) lines.getLinesRead() + 1;
            for (String[] cells = lines.readNext(); cells != null; cells = lines.readNext()) {
                if (number > MOST_LINES + 1) {
                    refuse(number, Problem.FILE, null, "Expected at most " + MOST_LINES + " lines; bring the rest with another file");
                    return;
                }
                if (cells.length > 1 || !cells[0].isBlank()) {
                    each.accept(line(number, cells));
                }
                number = (int) lines.getLinesRead() + 1;
            }
        } catch (CsvMalformedLineException | CsvMultilineLimitBrokenException torn) {
            refuse(number, Problem.CELLS, null, "Expected a quotation mark that ends the text which begins here");
        } catch (CsvValidationException unused) {
            throw new IllegalStateException("No rule is given that a line could break", unused);
        }
    }

    private boolean columns(String[] head) {
        columns = Arrays.stream(head).map(name -> name.replace(MARK, "").strip().toLowerCase(Locale.ROOT)).toList();
        Set<String> seen = new HashSet<>();
        List<HistoryMistake> wrong = new ArrayList<>();
        columns.forEach(name -> {
            if (!KNOWN.contains(name)) {
                wrong.add(HistoryMistake.found(1, name, null, Problem.COLUMNS, name, "Expected only the columns " + String.join(", ", KNOWN)));
            } else if (!seen.add(name)) {
                wrong.add(HistoryMistake.found(1, name, null, Problem.COLUMNS, name, "Expected each column once"));
            }
        });
        NEEDED.stream().filter(name -> !seen.contains(name)).forEach(name ->
                wrong.add(HistoryMistake.found(1, name, null, Problem.COLUMNS, null, "Expected the columns " + String.join(", ", NEEDED) + ", and mrr or arr")));
        if (!seen.contains(Cells.MRR) && !seen.contains(Cells.ARR)) {
            wrong.add(HistoryMistake.found(1, Cells.MRR, null, Problem.COLUMNS, null, "Expected a column mrr, for a month, or arr, for a year"));
        }
        if (!wrong.isEmpty()) {
            each.accept(new Read(1, "", null, wrong));
        }
        return wrong.isEmpty();
    }

    private void refuse(int line, Problem problem, @Nullable String value, String expected) {
        each.accept(new Read(line, "", null, List.of(HistoryMistake.found(line, null, null, problem, value, expected))));
    }

    private Read line(int number, String[] cells) {
        Map<String, String> named = new HashMap<>();
        for (int at = 0; at < Math.min(cells.length, columns.size()); at++) {
            named.put(columns.get(at), cells[at].strip());
        }
        Cells of = new Cells(number, named);
        if (cells.length != columns.size()) {
            return new Read(number, of.account(), null, List.of(HistoryMistake.found(
                    number, null, of.account().isEmpty() ? null : of.account(), Problem.CELLS, String.valueOf(cells.length), "Expected " + columns.size() + " cells, as in the first line")));
        }
        return line(number, of);
    }

    private Read line(int number, Cells of) {
        Currency currency = of.currency();
        LocalDate from = of.from();
        String plan = of.required(Cells.PLAN);
        String subscription = plan.isEmpty() ? null : subscriptions.apply(plan);
        if (!plan.isEmpty() && subscription == null) {
            of.wrong(Cells.PLAN, plans);
        }
        Long seats = of.seats();
        BigDecimal year = of.year(currency);
        var kind = of.kind();
        String named = of.text(Cells.SUBSCRIPTION);
        if (named.length() > 200) {
            of.wrong(Cells.SUBSCRIPTION, "Expected at most 200 characters");
        }
        if (!of.mistakes().isEmpty() || currency == null || from == null || subscription == null || year == null) {
            return new Read(number, of.account(), null, of.mistakes());
        }
        return new Read(number, of.account(), new HistoryLine(
                number, of.account(), of.text(Cells.NAME), of.text(Cells.EMAIL), of.text(Cells.COUNTRY), currency, from, plan, named.isEmpty() ? subscription : named, seats, year, kind),
                List.of());
    }
}
