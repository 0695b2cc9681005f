package dev.headroom.pricing;

import static dev.headroom.pricing.Samples.APRIL;
import static dev.headroom.pricing.Samples.MID_APRIL;
import static dev.headroom.pricing.Samples.USD;
import static dev.headroom.pricing.Samples.in;
import static dev.headroom.pricing.Samples.inApril;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.plan;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.yearly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.money.CurrencyMismatchException;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.time.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotationRefusalTest {

    private static final Item TEAM = plan("Team", monthly(2500), 5);

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1_000_000_001, Long.MAX_VALUE})
    void seatsBelowNoneOrBeyondABillionAreRefused(long seats) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("Team", monthly(2500), seats))
                .withMessage("A quantity is between 0 and 1000000000, not " + seats);
    }

    @Test
    void aFlatPriceIsSoldOnce() {
        Price flat = new Price(Interval.MONTH, USD, new Flat(usd(9900)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("Starter", flat, 2))
                .withMessage("Starter has a flat price, which is sold once and not 2 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-31T23:59:59Z", "2026-05-01T00:00:00Z"})
    void aSecondOutsideThePeriodIsRefused(String at) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inApril(at).from(TEAM).to(TEAM))
                .withMessage(at + " is not in the billing period [2026-04-01T00:00:00Z, 2026-05-01T00:00:00Z)");
    }

    @Test
    void thePeriodsFirstAndLastSecondAreQuoted() {
        Item six = plan("Team", monthly(2500), 6);

        assertThat(inApril("2026-04-01T00:00:00Z").from(TEAM).to(six).dueNow()).isEqualTo(usd(2500));
        assertThat(inApril("2026-04-30T23:59:59Z").from(TEAM).to(six).dueNow()).isEqualTo(usd(0));
    }

    @Test
    void aFractionOfASecondIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(APRIL, MID_APRIL.plusMillis(1)).from(TEAM).to(TEAM))
                .withMessage("Stripe prorates by whole seconds, 2026-04-16T00:00:00.001Z is not one");
    }

    @Test
    void twoItemsOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(APRIL, MID_APRIL).from(TEAM).to(TEAM, TEAM))
                .withMessage("The target items name plan twice");
    }

    @Test
    void mixedIntervalsAreRefused() {
        Item yearly = Item.of("module", "module", "Analytics", yearly(1000), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(APRIL, MID_APRIL).from(TEAM).to(TEAM, yearly))
                .withMessage("The target items mix billing intervals, starting with Analytics");
    }

    @Test
    void mixedCurrenciesAreRefused() {
        Money euro = Money.of(2500, "EUR");
        Item euros = plan("Team", new Price(Interval.MONTH, euro.currency(), new PerSeat(UnitPrice.of(euro))), 5);

        assertThatThrownBy(() -> in(APRIL, MID_APRIL).from(TEAM).to(euros))
                .isInstanceOf(CurrencyMismatchException.class)
                .hasMessage("Cannot calculate with USD and EUR together");
        assertThatThrownBy(() -> new BilledItem(TEAM, List.of(new Debit(APRIL, 5, "Team", euro, List.of()))))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void nothingBeforeAndNothingAfterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(APRIL, MID_APRIL).to())
                .withMessage("There is nothing to quote: no item before and none after");
    }

    @Test
    void aNegativeDebitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Debit(APRIL, 1, "Team", usd(-1), List.of()))
                .withMessage("A debit cannot be negative: -0.01 USD");
    }
}
