package dev.headroom.history;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnsupportedCurrencyException;
import dev.headroom.revenue.MovementKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cells of one line, read one by one; what is wrong with each is gathered, so that a file is mended in one go. */
final class Cells {

    static final String ACCOUNT = "account";
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String COUNTRY = "country";
    static final String CURRENCY = "currency";
    static final String FROM = "from";
    static final String PLAN = "plan";
    static final String SUBSCRIPTION = "subscription";
    static final String SEATS = "seats";
    static final String MRR = "mrr";
    static final String ARR = "arr";
    static final String KIND = "kind";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,30}(\\.\\d{1,12})?");
    /** So that no sum of a file is too large for an amount of money. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final int EARLIEST = 1970;
    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);
    private static final String UNREADABLE = "\uFFFD";

    private final int number;
    private final Map<String, String> cells;
    private final List<HistoryMistake> mistakes = new ArrayList<>();
    private final String account;

    /** @param cells stripped, by column */
    Cells(int number, Map<String, String> cells) {
        this.number = number;
        this.cells = cells;
        cells.forEach((column, cell) -> {
            if (cell.contains(UNREADABLE) || !Check.storable(cell)) {
                wrong(column, "Expected text in UTF-8");
            }
        });
        this.account = checked(ACCOUNT, Check::key);
    }

    String account() {
        return account;
    }

    List<HistoryMistake> mistakes() {
        return mistakes.stream().map(each -> HistoryMistake.found(number, each.column(), account.isEmpty() ? null : account, each.problem(), each.value(), each.expected())).toList();
    }

    String text(String column) {
        return cells.getOrDefault(column, "");
    }

    String required(String column) {
        if (text(column).isEmpty()) {
            wrong(column, "This column is needed in every line");
        }
        return text(column);
    }

    private String checked(String column, BiFunction<String, String, String> check) {
        String text = required(column);
        if (text.isEmpty()) {
            return text;
        }
        try {
            return check.apply(column, text);
        } catch (HeadroomException refused) {
            wrong(column, String.valueOf(refused.getMessage()));
            return "";
        }
    }

    @Nullable Currency currency() {
        String code = required(CURRENCY);
        try {
            return code.isEmpty() ? null : Currencies.parse(code);
        } catch (UnsupportedCurrencyException refused) {
            wrong(CURRENCY, String.valueOf(refused.getMessage()));
            return null;
        }
    }

    /** A month is its first day. */
    @Nullable LocalDate from() {
        String text = required(FROM);
        try {
            LocalDate day = DAY.matcher(text).matches() ? LocalDate.parse(text) : MONTH.matcher(text).matches() ? YearMonth.parse(text).atDay(1) : null;
            if (day != null && day.getYear() >= EARLIEST) {
                return day;
            }
        } catch (DateTimeException noSuchDay) {
            // Said below, as of what is no date at all.
        }
        if (!text.isEmpty()) {
            wrong(FROM, "Expected a day such as 2024-03-01, or a month such as 2024-03");
        }
        return null;
    }

    @Nullable Long seats() {
        String text = text(SEATS);
        if (text.isEmpty() || COUNT.matcher(text).matches()) {
            return text.isEmpty() ? null : Long.valueOf(text);
        }
        wrong(SEATS, "Expected a whole number such as 12, or nothing");
        return null;
    }

    /** Twelve months of what mrr or arr says, in minor units. */
    @Nullable BigDecimal year(@Nullable Currency currency) {
        boolean monthly = !text(MRR).isEmpty();
        if (monthly != text(ARR).isEmpty()) {
            wrong(monthly ? ARR : MRR, monthly ? "Expected mrr or arr, not both" : "Expected mrr or arr, 0 for what has ended");
            return null;
        }
        String column = monthly ? MRR : ARR;
        if (!AMOUNT.matcher(text(column)).matches()) {
            wrong(column, "Expected an amount such as 1234.50, without currency and without grouping; 0 for what has ended");
            return null;
        }
        BigDecimal amount = new BigDecimal(text(column)).stripTrailingZeros();
        if (amount.compareTo(LARGEST) > 0) {
            wrong(column, "Expected at most " + LARGEST.toPlainString());
            return null;
        }
        if (currency == null) {
            return null;
        }
        int decimals = currency.getDefaultFractionDigits();
        if (amount.scale() > decimals) {
            wrong(column, decimals == 0 ? currency + " has no decimals" : currency + " has " + decimals + " decimals");
            return null;
        }
        BigDecimal minor = amount.movePointRight(decimals);
        return monthly ? minor.multiply(MONTHS) : minor;
    }

    @Nullable MovementKind kind() {
        String text = text(KIND).toUpperCase(Locale.ROOT);
        return text.isEmpty() ? null : Arrays.stream(MovementKind.values()).filter(kind -> kind.name().equals(text)).findFirst().orElseGet(() -> {
            wrong(KIND, "Expected nothing, or one of " + Arrays.stream(MovementKind.values()).map(Enum::name).collect(Collectors.joining(", ")));
            return null;
        });
    }

    void wrong(String column, String expected) {
        mistakes.add(HistoryMistake.found(number, column, null, Problem.VALUE, text(column), expected));
    }
}
