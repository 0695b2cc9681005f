package dev.headroom.quote;

import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.quote.QuoteClaims.Billed;
import dev.headroom.quote.QuoteClaims.Told;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe said of an invoice, in a token's short words: minor units, and instants in whole seconds.
 *
 * @param l   lines; absent where ours were shown
 * @param had the customer's balance before
 */
record TokenBill(@Nullable List<Line> l, List<Rate> t, long had, long due) {

    /** @param g signed, before discounts of {@code o} */
    record Line(InvoiceLine.Kind k, String i, String d, long n, long from, long until, long g, long o) {

        static Line of(InvoiceLine line) {
            return new Line(
                    line.kind(), line.item(), line.description(), line.quantity(), line.period().from().getEpochSecond(), line.period().until().getEpochSecond(),
                    line.amount().plus(line.discount()).minor(), line.discount().minor());
        }

        InvoiceLine line(Currency each) {
            return InvoiceLine.told(
                    k, i, d, n, new Period(Instant.ofEpochSecond(from), Instant.ofEpochSecond(until)), new Money(g, each), new Money(o, each));
        }
    }

    /** @param of what it is a part of */
    record Rate(long a, long of, boolean in, String r) {}

    /**
     * Both invoices of a quote.
     *
     * @param f the one that follows
     */
    record Both(boolean now, boolean next, @Nullable TokenBill b, @Nullable TokenBill f) {

        static @Nullable Both of(@Nullable Told told) {
            return told == null ? null : new Both(told.now(), told.next(), TokenBill.of(told.billed()), TokenBill.of(told.followed()));
        }

        Told told(Currency each) {
            return new Told(
                    now, next, Optional.ofNullable(b).map(bill -> bill.billed(each)).orElse(null), Optional.ofNullable(f).map(bill -> bill.billed(each)).orElse(null));
        }
    }

    private static @Nullable TokenBill of(@Nullable Billed billed) {
        return billed == null ? null : new TokenBill(
                Optional.ofNullable(billed.lines()).map(lines -> lines.stream().map(Line::of).toList()).orElse(null),
                billed.taxes().stream().map(tax -> new Rate(tax.amount().minor(), tax.taxable().minor(), tax.inclusive(), tax.rate())).toList(),
                billed.balance().minor(), billed.due().minor());
    }

    private Billed billed(Currency each) {
        return new Billed(
                Optional.ofNullable(l).map(lines -> lines.stream().map(line -> line.line(each)).toList()).orElse(null),
                t.stream().map(rate -> new Tax(new Money(rate.a, each), new Money(rate.of, each), rate.in, rate.r)).toList(), new Money(had, each),
                new Money(due, each));
    }
}
