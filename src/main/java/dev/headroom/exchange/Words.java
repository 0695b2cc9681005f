package dev.headroom.exchange;

import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs, for people. */
final class Words {

    private Words() {}

    /** Empty where nothing does. */
    static Optional<String> changed(String field, @Nullable Object before, @Nullable Object after) {
        return Objects.equals(before, after) ? Optional.empty() : Optional.of(field + ": " + written(before) + " → " + written(after));
    }

    static String written(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> text.isEmpty() ? "nothing" : "\"" + text + "\"";
            case PercentOff off -> Decimal.plain(off.percent()) + " %";
            case AmountOff off -> off.amount().minor() + " " + off.amount().currency().getCurrencyCode() + " in minor units";
            case Term.Once _ -> "once";
            case Term.Repeating(int months) -> "for " + months + " months";
            case Term.Forever _ -> "as long as the subscription runs";
            case MeterRule rule -> rule.aggregation() + (rule.property() == null ? "" : " of " + rule.property());
            case Object other -> other.toString();
        };
    }

    /** 10 % and 10.00 % are the same. */
    static boolean same(Reduction one, Reduction other) {
        return written(one).equals(written(other));
    }
}
