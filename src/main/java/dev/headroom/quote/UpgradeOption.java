package dev.headroom.quote;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way up.
 *
 * @param recommended whether it is the lowest plan that what is used now fits into
 * @param reason      why it is recommended, or what would not fit
 */
record UpgradeOption(boolean recommended, String reason, QuoteResult quote) {

    /** @param quotes lowest plan first */
    static List<UpgradeOption> rank(List<QuoteResult> quotes) {
        Optional<QuoteResult> first = quotes.stream().filter(UpgradeOption::fits).findFirst();
        return quotes.stream().map(quote -> new UpgradeOption(first.filter(quote::equals).isPresent(), reason(quote), quote)).toList();
    }

    private static boolean fits(QuoteResult result) {
        return result instanceof Quote quote && quote.violations().isEmpty();
    }

    private static String reason(QuoteResult result) {
        if (!(result instanceof Quote quote)) {
            return "It cannot be bought now";
        }
        return quote.violations().isEmpty()
                ? "Everything that is used now fits into " + quote.target().version().plan().name()
                : quote.violations().stream()
                        .map(violation -> violation.used() + " " + violation.feature().name() + " are used, " + violation.included() + " included")
                        .collect(Collectors.joining("; "));
    }
}
