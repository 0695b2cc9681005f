package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.time.Period;
import java.math.BigDecimal;

/**
 * One line of an invoice with everything needed to check it by hand:
 * {@code exact = ±(gross − discount) × fraction}, and {@code amount} is {@code exact} rounded.
 *
 * @param item             ref of the item that the line is for
 * @param period           what the line covers
 * @param secondsRemaining of {@code secondsTotal}, the length of the period that is split; equal for a full period
 * @param fraction         their exact quotient as {@code n/d} in lowest terms
 * @param gross            the full-period price before discounts, not negative; for a credit in flexible mode what was debited;
 *                         shown rounded where a unit price has fractions, calculated exactly
 * @param discount         taken off {@code gross}, not negative
 * @param exact            signed minor units before rounding, six decimals for reading
 * @param amount           what the line adds to the total: negative for a credit, net of discounts for every kind
 * @param rounding         the calculation in minor units, as a sentence
 */
public record InvoiceLine(
        Kind kind,
        String item,
        String description,
        long quantity,
        Period period,
        long secondsRemaining,
        long secondsTotal,
        String fraction,
        Money gross,
        Money discount,
        String exact,
        Money amount,
        String rounding) {

    /** Why the line is there. */
    public enum Kind {
        /** Gives back the unused rest of what was charged before. */
        CREDIT,
        /** Charges the rest of the running period. */
        CHARGE,
        /** Charges a whole period; not a proration. */
        FULL_PERIOD
    }

    static InvoiceLine of(
            Kind kind, String item, String description, long quantity, Portion portion, Money gross, Money discount, Ratio net) {
        Ratio share = kind == Kind.CREDIT ? portion.ratio().negated() : portion.ratio();
        Ratio exact = net.times(share);
        Money amount = Rounding.toMoney(exact, gross.currency());
        return new InvoiceLine(
                kind,
                item,
                description,
                quantity,
                portion.covered(),
                portion.covered().seconds(),
                portion.whole().seconds(),
                portion.ratio().toString(),
                gross,
                discount,
                exact.decimal(6).toPlainString(),
                amount,
                sentence(net, share, exact, amount));
    }

    /** Whether the line is for a part of a period, as Stripe marks it. */
    public boolean proration() {
        return kind != Kind.FULL_PERIOD;
    }

    private static String sentence(Ratio net, Ratio share, Ratio exact, Money amount) {
        String rounded = exact.equals(Ratio.of(amount)) ? " exactly" : ", rounded to " + amount.minor();
        return plain(net) + " × " + share + " = " + plain(exact) + rounded + " (" + amount + ")";
    }

    private static String plain(Ratio value) {
        BigDecimal decimal = value.decimal(6).stripTrailingZeros();
        return decimal.toPlainString();
    }
}
