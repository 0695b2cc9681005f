package dev.headroom.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanShapeTest {

    private static final ProductAtStripe SOLD = new ProductAtStripe("prod_1", "Team", "", true, null);

    @Test
    void whatIsActiveIsOnSaleTogetherAndWhatWasAskedBeforeIsRetiredBeneath() {
        List<PlanShape.Version> versions = PlanShape.of(SOLD, List.of(
                price("old", Interval.MONTH, 1, false), price("new", Interval.MONTH, 2, true), price("year", Interval.YEAR, 3, true)));

        assertThat(versions).extracting(PlanShape.Version::state).containsExactly(State.RETIRED, State.PUBLISHED);
        assertThat(ids(versions.get(0))).containsExactly("old");
        assertThat(ids(versions.get(1))).containsExactlyInAnyOrder("new", "year");
    }

    @Test
    void ofSeveralActiveOnesForOneIntervalTheNewestIsOnSale() {
        List<PlanShape.Version> versions = PlanShape.of(SOLD, List.of(
                price("a", Interval.MONTH, 1, true), price("b", Interval.MONTH, 2, true), price("c", Interval.MONTH, 3, true)));

        assertThat(versions.stream().map(PlanShapeTest::ids)).containsExactly(List.of("a"), List.of("b"), List.of("c"));
        assertThat(versions.getLast().state()).isEqualTo(State.PUBLISHED);
    }

    @Test
    void whatWasArchivedAfterTheActiveOneWasMadeIsNotOnSale() {
        List<PlanShape.Version> versions = PlanShape.of(SOLD, List.of(price("active", Interval.MONTH, 1, true), price("tried", Interval.MONTH, 2, false)));

        assertThat(versions.stream().map(PlanShapeTest::ids)).containsExactly(List.of("tried"), List.of("active"));
        assertThat(versions.getLast().state()).isEqualTo(State.PUBLISHED);
    }

    @Test
    void ofAnArchivedProductNothingIsOnSale() {
        assertThat(PlanShape.of(new ProductAtStripe("prod_1", "Team", "", false, null), List.of(price("a", Interval.MONTH, 1, true))))
                .extracting(PlanShape.Version::state).containsExactly(State.RETIRED);
        assertThat(PlanShape.of(SOLD, List.of())).isEmpty();
    }

    private static List<String> ids(PlanShape.Version version) {
        return version.prices().stream().map(PriceAtStripe::id).toList();
    }

    private static PriceAtStripe price(String id, Interval interval, long made, boolean active) {
        Currency usd = Currency.getInstance("USD");
        return new PriceAtStripe(id, "prod_1", null, active, Instant.ofEpochSecond(made),
                new Price(interval, usd, new ChargeModel.PerSeat(new UnitPrice(BigDecimal.valueOf(100), usd))), null, false);
    }
}
