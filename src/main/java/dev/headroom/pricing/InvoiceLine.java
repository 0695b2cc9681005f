package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.time.Period;
import java.math.BigDecimal;

/**
 * One line of an invoice with everything needed to check it by hand:
 * {@code exact = ±(gross − discount) × fraction}, and {@code amount} is {@code exact} rounded. Of a line that Stripe has told, that is what
 * it told: a fraction of 1, and nothing left to round.
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
 * @param source           whose amount it is
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
        String rounding,
        Source source) {

    /** Why the line is there. */
    public enum Kind {
        /** Gives back the unused rest of what was charged before. */
        CREDIT,
        /** Charges the rest of the running period. */
        CHARGE,
        /** Charges a whole period; not a proration. */
        FULL_PERIOD,
        /** Waited at Stripe for the next invoice: billed by hand, or left there by a change at Stripe. */
        WAITING
    }

    /** Who has reckoned an amount. */
    public enum Source {
        HEADROOM,
        STRIPE
    }

    /**
     * A line as Stripe has it.
     *
     * @param item  ref of the item; empty where it is for none of ours
     * @param gross signed, before the line's discounts
     * @param discount taken off it by discounts of any kind
     */
    public static InvoiceLine told(Kind kind, String item, String description, long quantity, Period period, Money gross, Money discount) {
        Money amount = gross.minus(discount);
        String sentence = discount.isZero()
                ? "Stripe's amount: " + amount.minor() + " (" + amount + ")"
                : "Stripe's amount: " + gross.minor() + " less discounts of " + discount.minor() + " = " + amount.minor() + " (" + amount + ")";
        Money positive = gross.isPositive() ? gross : gross.negated();
        return new InvoiceLine(
                kind, item, description, quantity, period, period.seconds(), period.seconds(), "1", kind == Kind.CREDIT ? positive : gross, discount,
                Ratio.of(amount).decimal(6).toPlainString(), amount, sentence, Source.STRIPE);
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
                sentence(net, share, exact, amount),
                Source.HEADROOM);
    }

    /** Whether the line is for a part of a period, as Stripe marks it. */
    public boolean proration() {
        return kind == Kind.CREDIT || kind == Kind.CHARGE;
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
