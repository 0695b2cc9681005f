package dev.headroom.subscription;

import dev.headroom.money.Money;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A discount as its row has it: a percentage or an amount, for one invoice, some months or ever, off all plans or some. */
record StoredDiscount(
        @Nullable BigDecimal percent, @Nullable Long amountMinor, @Nullable Integer months, boolean once, String @Nullable [] plans) {

    static StoredDiscount of(Discount discount) {
        return new StoredDiscount(
                discount.reduction() instanceof PercentOff(BigDecimal percent) ? percent : null,
                discount.reduction() instanceof AmountOff(Money amount) ? amount.minor() : null,
                discount.term() instanceof Term.Repeating(int months) ? months : null,
                discount.term() instanceof Term.Once,
                discount.offerings() == null ? null : discount.offerings().stream().sorted().toArray(String[]::new));
    }

    static Discount read(
            String ref, @Nullable BigDecimal percent, @Nullable Long amountMinor, Currency currency, @Nullable Integer months, boolean once,
            Instant since, String @Nullable [] plans) {
        return new Discount(
                ref, reduction(percent, amountMinor, currency), term(months, once), since, plans == null ? null : Set.of(plans));
    }

    private static Reduction reduction(@Nullable BigDecimal percent, @Nullable Long amountMinor, Currency currency) {
        if (percent != null) {
            return new PercentOff(percent);
        }
        if (amountMinor == null) {
            throw new IllegalStateException("A stored discount has neither a percentage nor an amount");
        }
        return new AmountOff(new Money(amountMinor, currency));
    }

    private static Term term(@Nullable Integer months, boolean once) {
        if (once) {
            return new Term.Once();
        }
        return months == null ? new Term.Forever() : new Term.Repeating(months);
    }
}
