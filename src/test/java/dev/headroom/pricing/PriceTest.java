package dev.headroom.pricing;

import static dev.headroom.ForAll.forAll;
import static dev.headroom.pricing.Samples.USD;
import static dev.headroom.pricing.Samples.cents;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.yearly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.money.CurrencyMismatchException;
import dev.headroom.money.Money;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Packaged;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.ChargeModel.Volume;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    /** 1–10 at 30, 11–50 at 25, then 20 dollars. */
    private static final List<Tier> TIERS =
            List.of(Tier.of(10L, cents("3000")), Tier.of(50L, cents("2500")), Tier.of(null, cents("2000")));

    private static final List<Tier> WITH_FEES =
            List.of(new Tier(10L, cents("0"), usd(29900)), new Tier(null, cents("1996"), usd(5000)));

    private static final Map<String, Price> PRICES = Map.of(
            "flat", price(new Flat(usd(29900))),
            "seat", price(new PerSeat(cents("2500"))),
            "call", price(new PerSeat(cents("0.0400"))),
            "volume", price(new Volume(TIERS)),
            "volume with fees", price(new Volume(WITH_FEES)),
            "graduated", price(new Graduated(TIERS)),
            "graduated with fees", price(new Graduated(WITH_FEES)),
            "package", price(new Packaged(5, cents("9900"))));

    @ParameterizedTest
    @CsvSource({
        "flat,                 0,       0,       0",
        "flat,                 1,   29900,   29900",
        "seat,                 0,       0,       0",
        "seat,                 5,   12500,   12500",
        "call,                 1,    0.04,       0",
        "call,                12,    0.48,       0",
        "call,                13,    0.52,       1",
        "call,             10001,  400.04,     400",
        "volume,               0,       0,       0",
        "volume,              10,   30000,   30000",
        "volume,              11,   27500,   27500",
        "volume,              51,  102000,  102000",
        "volume with fees,    10,   29900,   29900",
        "volume with fees,    11,   26956,   26956",
        "graduated,            0,       0,       0",
        "graduated,           10,   30000,   30000",
        "graduated,           11,   32500,   32500",
        "graduated,           51,  132000,  132000",
        "graduated with fees,  0,   29900,   29900",
        "graduated with fees, 12,   38892,   38892",
        "package,              0,       0,       0",
        "package,              1,    9900,    9900",
        "package,              5,    9900,    9900",
        "package,              6,   19800,   19800",
    })
    void aQuantityIsRatedByTheChargeModel(String model, long quantity, BigDecimal exact, long amount) {
        Rating rating = PRICES.get(model).rate(quantity);

        assertThat(rating.exact()).isEqualByComparingTo(exact);
        assertThat(rating.amount()).isEqualTo(usd(amount));
        assertThat(rating.steps().stream().map(Rating.Step::exact).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(exact);
    }

    @Test
    void theStepsExplainThemselves() {
        assertThat(PRICES.get("graduated with fees").rate(12).steps().stream().map(Rating.Step::explanation))
                .containsExactly(
                        "Units 1 to 10: 10 × 0.00 USD",
                        "Tier fee 299.00 USD",
                        "Units 11 to 12: 2 × 19.96 USD",
                        "Tier fee 50.00 USD");
        assertThat(PRICES.get("package").rate(6).steps().getFirst().explanation())
                .isEqualTo("6 in packages of 5: 2 × 99.00 USD");
        assertThat(PRICES.get("call").rate(13).steps().getFirst().explanation()).isEqualTo("13 × 0.0004 USD");
    }

    @ParameterizedTest
    @CsvSource({"12000, 1, 1000", "10000, 1, 833", "10000, 5, 4167", "6, 1, 1", "5, 1, 0"})
    void aYearIsATwelfthOfItAMonthRoundedOnce(long year, long quantity, long mrr) {
        assertThat(yearly(year).mrr(quantity)).isEqualTo(usd(mrr));
    }

    @Test
    void aMonthIsItsOwnRecurringRevenue() {
        assertThat(monthly(2500).mrr(5)).isEqualTo(usd(12500));
    }

    @Test
    void anotherGraduatedUnitCostsExactlyItsTiersPrice() {
        Price graduated = PRICES.get("graduated");
        forAll(random -> random.nextLong(1, 100), quantity -> {
            long next = graduated.rate(quantity + 1).amount().minus(graduated.rate(quantity).amount()).minor();
            assertThat(next).isEqualTo(quantity < 10 ? 3000 : quantity < 50 ? 2500 : 2000);
        });
    }

    @Test
    void volumeAndGraduatedAgreeInTheFirstTierAndVolumeIsNeverDearer() {
        forAll(random -> random.nextLong(1, 200), quantity -> {
            Money volume = PRICES.get("volume").rate(quantity).amount();
            Money graduated = PRICES.get("graduated").rate(quantity).amount();
            assertThat(quantity <= 10 ? volume.equals(graduated) : volume.compareTo(graduated) < 0).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"-1", "1000000001", "9223372036854775807"})
    void aQuantityOutOfRangeIsRefused(long quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monthly(100).rate(quantity))
                .withMessage("A quantity is between 0 and 1000000000, not " + quantity);
    }

    @Test
    void anAmountThatCannotBeBilledIsRefused() {
        Price absurd = price(new PerSeat(cents("99999999999999")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> absurd.rate(1_000_000_000))
                .withMessageContaining("cost more than can be billed");
    }

    @Test
    void tiersThatLeaveAGapOrAnEndAreRefused() {
        assertRefused(List.of(), "A tiered price needs at least one tier");
        assertRefused(List.of(Tier.of(10L, cents("1"))), "The last tier must be open, but it ends at 10");
        assertRefused(List.of(Tier.of(null, cents("1")), Tier.of(null, cents("1"))), "Only the last tier may be open");
        assertRefused(
                List.of(Tier.of(10L, cents("1")), Tier.of(10L, cents("1")), Tier.of(null, cents("1"))),
                "Tiers must ascend: 10 does not come after 10");
    }

    @Test
    void moneyOfAnotherCurrencyIsRefused() {
        Money euro = Money.of(100, "EUR");

        assertThatThrownBy(() -> price(new Flat(euro)))
                .isInstanceOf(CurrencyMismatchException.class)
                .hasMessage("Cannot calculate with USD and EUR together");
        assertThatThrownBy(() -> new Tier(null, cents("1"), euro)).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void negativeFeesAndEmptyPackagesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Flat(usd(-1)))
                .withMessage("A flat fee cannot be negative: -0.01 USD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Packaged(0, cents("1")))
                .withMessage("A package holds at least one unit, not 0");
    }

    private static void assertRefused(List<Tier> tiers, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Volume(tiers)).withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> new Graduated(tiers)).withMessage(message);
    }

    private static Price price(ChargeModel model) {
        return new Price(Interval.MONTH, USD, model);
    }
}
