package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reduction on the items that carry it. Items that carry the same {@code ref} share one discount: an amount off is
 * split between them, never given twice.
 *
 * @param ref  the caller's name for it, equal wherever the same discount is meant
 * @param from when it began, inclusive
 * @param offerings those that it reduces, however many items carry it; absent is whatever carries it
 */
public record Discount(String ref, Reduction reduction, Term term, Instant from, @Nullable Set<String> offerings) {

    public Discount {
        offerings = offerings == null ? null : Set.copyOf(offerings);
    }

    /** On whatever carries it. */
    public Discount(String ref, Reduction reduction, Term term, Instant from) {
        this(ref, reduction, term, from, null);
    }

    /** By how much. */
    public sealed interface Reduction {

        /** More than 0 and up to 100 percent of what earlier discounts have left. */
        record PercentOff(BigDecimal percent) implements Reduction {
            public PercentOff {
                if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                    throw new IllegalArgumentException("A discount is more than 0 and at most 100 percent, not " + percent);
                }
                percent = percent.stripTrailingZeros();
            }
        }

        /** A fixed amount an invoice, never more than the items cost. */
        record AmountOff(Money amount) implements Reduction {
            public AmountOff {
                if (!amount.isPositive()) {
                    throw new IllegalArgumentException("An amount off is positive, not " + amount);
                }
            }
        }
    }

    /** For how long. */
    public sealed interface Term {

        /** On the first invoice only. */
        record Once() implements Term {}

        /** On every invoice of so many calendar months; one that falls inside covers its whole period, even a year. */
        record Repeating(int months) implements Term {
            public Repeating {
                if (months < 1) {
                    throw new IllegalArgumentException("A repeating discount lasts at least one month, not " + months);
                }
            }
        }

        /** Until it is taken away. */
        record Forever() implements Term {}
    }

    /** The same, begun at an instant at the latest. */
    public Discount begunBy(Instant at) {
        return from.isAfter(at) ? new Discount(ref, reduction, term, at, offerings) : this;
    }

    boolean reduces(Item item) {
        return offerings == null || offerings.contains(item.offering());
    }

    /** Whether an invoice of that instant falls into the term; whether a single use is spent, only the debits know. */
    boolean runsAt(Instant at) {
        return !at.isBefore(from) && switch (term) {
            case Term.Once _, Term.Forever _ -> true;
            case Term.Repeating _ -> at.isBefore(until().orElseThrow());
        };
    }

    /** Whether it runs at an instant, or is to begin after it. */
    boolean lastsPast(Instant at) {
        return at.isBefore(from) || runsAt(at);
    }

    /** Exclusive; empty for one that counts once, and for one that is not taken away. */
    public Optional<Instant> until() {
        return switch (term) {
            case Term.Once _, Term.Forever _ -> Optional.empty();
            case Term.Repeating repeating -> Optional.of(new BillingAnchor(from).period(Interval.MONTH, repeating.months()).from());
        };
    }

    /** Whether it counts towards recurring revenue: a discount on one invoice does not. */
    boolean recurs() {
        return !(term instanceof Term.Once);
    }
}
