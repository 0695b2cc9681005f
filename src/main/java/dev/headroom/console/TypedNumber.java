package dev.headroom.console;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as people type them in their language, grouped or not; what can be meant in two ways is meant as the language has it. */
public final class TypedNumber {

    private static final int LONGEST = 60;
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]");

    private TypedNumber() {}

    /** Empty for whatever is no number. */
    public static Optional<BigDecimal> parse(String typed) {
        return parse(typed, ConsoleTexts.language());
    }

    static Optional<BigDecimal> parse(String typed, Locale language) {
        String text = SPACES.matcher(typed).replaceAll("");
        boolean comma = DecimalFormatSymbols.getInstance(language).getDecimalSeparator() == ',';
        String point = comma ? "," : ".";
        String group = comma ? "." : ",";
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return plain(text, point).or(() -> grouped(text, group, point)).or(() -> plain(text, group)).or(() -> grouped(text, point, group));
    }

    private static Optional<BigDecimal> plain(String text, String point) {
        return text.matches("-?[0-9]+(" + Pattern.quote(point) + "[0-9]+)?") ? Optional.of(new BigDecimal(text.replace(point, "."))) : Optional.empty();
    }

    private static Optional<BigDecimal> grouped(String text, String group, String point) {
        return text.matches("-?[1-9][0-9]{0,2}(" + Pattern.quote(group) + "[0-9]{3})+(" + Pattern.quote(point) + "[0-9]+)?")
                ? Optional.of(new BigDecimal(text.replace(group, "").replace(point, ".")))
                : Optional.empty();
    }

    /** As it can be typed again: not grouped, with all the decimals that it has and no fewer than those. */
    public static String text(BigDecimal number, int leastDecimals) {
        NumberFormat format = NumberFormat.getNumberInstance(ConsoleTexts.language());
        format.setGroupingUsed(false);
        format.setMinimumFractionDigits(leastDecimals);
        format.setMaximumFractionDigits(Math.max(leastDecimals, number.scale()));
        return format.format(number);
    }
}
