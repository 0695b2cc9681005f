package dev.headroom.pricing;

import static dev.headroom.ForAll.forAll;
import static dev.headroom.pricing.Samples.APRIL;
import static dev.headroom.pricing.Samples.amountOff;
import static dev.headroom.pricing.Samples.billed;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.percentOff;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.money.CurrencyMismatchException;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term.Forever;
import dev.headroom.pricing.Discount.Term.Once;
import dev.headroom.pricing.Discount.Term.Repeating;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscountTest {

    private static final Item SMALL = Item.of("small", "small", "Small", monthly(1000), 1);
    private static final Item LARGE = Item.of("large", "large", "Large", monthly(2000), 1);

    @Test
    void anAmountOffIsSharedInProportionAndGivenOnce() {
        Discount off = amountOff("off", 500, new Forever());
        Invoice invoice = renewal(with(SMALL, off), with(LARGE, off));

        assertThat(discounts(invoice)).containsExactly(166L, 334L);
        assertThat(invoice.subtotal()).isEqualTo(usd(3000));
        assertThat(invoice.total()).isEqualTo(usd(2500));
    }

    @Test
    void anAmountOffOneItemLeavesTheOtherAlone() {
        Invoice invoice = renewal(with(SMALL, amountOff("off", 500, new Forever())), LARGE);

        assertThat(discounts(invoice)).containsExactly(500L, 0L);
    }

    @Test
    void anAmountOffNeverTakesMoreThanThereIs() {
        Discount off = amountOff("off", 5000, new Forever());
        Invoice invoice = renewal(with(SMALL, off), with(LARGE, off));

        assertThat(discounts(invoice)).containsExactly(1000L, 2000L);
        assertThat(invoice.total()).isEqualTo(usd(0));
    }

    @Test
    void oneThatFindsNothingLeftIsUsedLater() {
        Discount all = percentOff("all", "100", new Once());
        Discount off = amountOff("off", 500, new Once());
        Renewal first = Renewal.of(List.of(new BilledItem(with(SMALL, all, off), List.of())), APRIL, usd(0));
        Renewal second = Renewal.of(first.items(), APRIL, usd(0));
        Renewal third = Renewal.of(second.items(), APRIL, usd(0));

        assertThat(List.of(first.invoice().total(), second.invoice().total(), third.invoice().total())).containsExactly(usd(0), usd(500), usd(1000));
    }

    @Test
    void oneIsNotUsedByWhatIsFree() {
        Item free = Item.of("item", "free", "Free", monthly(0), 1);
        Renewal first = Renewal.of(List.of(new BilledItem(with(free, amountOff("off", 500, new Once())), List.of())), APRIL, usd(0));

        assertThat(first.items().getFirst().debits().getFirst().discounts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 999, 200, 799", "50, 999, 500, 499", "12.5, 1000, 125, 875", "33.333, 1000, 333, 667", "100, 999, 999, 0"})
    void aPercentageOfAFullPeriodIsAnAmountRoundedOnItsOwn(String percent, long price, long off, long total) {
        Item item = Item.of("item", "item", "Item", monthly(price), 1);
        Invoice invoice = renewal(with(item, percentOff("off", percent, new Forever())));

        assertThat(discounts(invoice)).containsExactly(off);
        assertThat(invoice.total()).isEqualTo(usd(total));
    }

    @Test
    void aPercentageOfSeveralItemsIsRoundedOnceAndShared() {
        Discount half = percentOff("half", "50", new Forever());
        Item odd = Item.of("odd", "odd", "Odd", monthly(333), 1);
        Item other = Item.of("other", "other", "Other", monthly(333), 1);

        assertThat(discounts(renewal(with(odd, half), with(other, half)))).containsExactly(166L, 167L);
    }

    @Test
    void stackedDiscountsApplyInTheirOrder() {
        Discount half = percentOff("half", "50", new Forever());
        Discount two = amountOff("two", 200, new Forever());

        assertThat(renewal(with(SMALL, half, two)).total()).isEqualTo(usd(300));
        assertThat(renewal(with(SMALL, two, half)).total()).isEqualTo(usd(400));
    }

    @Test
    void aSingleUseIsSpentByTheFirstInvoice() {
        assertThat(totals(percentOff("once", "20", new Once()), 3)).containsExactly(800L, 1000L, 1000L);
    }

    @Test
    void aRepeatingDiscountEndsAfterItsMonths() {
        Discount two = new Discount(
                "two months", new PercentOff(new BigDecimal("20")), new Repeating(2), APRIL.from());

        assertThat(totals(two, 4)).containsExactly(800L, 800L, 1000L, 1000L);
    }

    @Test
    void aForeverDiscountStays() {
        assertThat(totals(percentOff("always", "20", new Forever()), 3)).containsExactly(800L, 800L, 800L);
    }

    @Test
    void aDiscountThatHasNotBegunTakesNothing() {
        Discount later = new Discount("later", new PercentOff(BigDecimal.TEN), new Forever(), APRIL.until());

        assertThat(renewal(with(SMALL, later)).total()).isEqualTo(usd(1000));
    }

    @Test
    void discountsOfFullPeriodsSumToTheAmountOffWhateverTheItems() {
        forAll(
                random -> IntStream.range(0, random.nextInt(1, 6))
                        .mapToObj(i -> Item.of("i" + i, "o" + i, "Item " + i, monthly(random.nextLong(0, 9999)), random.nextLong(1, 50)))
                        .toList(),
                items -> {
                    Discount off = amountOff("off", 777, new Forever());
                    Invoice invoice = renewal(items.stream().map(item -> with(item, off)).toArray(Item[]::new));
                    long expected = Math.min(777, invoice.subtotal().minor());
                    assertThat(discounts(invoice).stream().mapToLong(Long::longValue).sum()).isEqualTo(expected);
                    assertThat(invoice.lines()).noneMatch(line -> line.amount().isNegative());
                });
    }

    @Test
    void whatIsNoReductionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PercentOff(BigDecimal.ZERO))
                .withMessage("A discount is more than 0 and at most 100 percent, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PercentOff(new BigDecimal("100.1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new AmountOff(usd(0))).withMessage("An amount off is positive, not 0.00 USD");
        assertThatIllegalArgumentException().isThrownBy(() -> new Repeating(0));
    }

    @Test
    void anAmountOffInAnotherCurrencyIsRefused() {
        Discount euros = new Discount("eur", new AmountOff(Money.of(100, "EUR")), new Forever(), Instant.EPOCH);

        assertThatThrownBy(() -> with(SMALL, euros)).isInstanceOf(CurrencyMismatchException.class);
    }

    private static Invoice renewal(Item... items) {
        return Renewal.of(List.of(items).stream().map(item -> new BilledItem(item, List.of())).toList(), APRIL, usd(0)).invoice();
    }

    private static List<Long> discounts(Invoice invoice) {
        return invoice.lines().stream().map(line -> line.discount().minor()).toList();
    }

    /** Renews the small item month by month, each from what the last one left. */
    private static List<Long> totals(Discount discount, int months) {
        BillingAnchor anchor = new BillingAnchor(APRIL.from());
        List<BilledItem> items = billed(APRIL, with(SMALL, discount));
        List<Long> totals = new ArrayList<>(List.of(items.getFirst().debits().getFirst().net().minor()));
        for (int n = 1; n < months; n++) {
            Period period = anchor.period(Interval.MONTH, n);
            Renewal renewal = Renewal.of(items, period, usd(0));
            totals.add(renewal.invoice().total().minor());
            items = renewal.items();
        }
        return totals;
    }
}
