package dev.headroom.revenue;

import static dev.headroom.revenue.MovementKind.CHURN;
import static dev.headroom.revenue.MovementKind.CONTRACTION;
import static dev.headroom.revenue.MovementKind.PRICE_INCREASE;
import static dev.headroom.revenue.MovementKind.REACTIVATION;
import static dev.headroom.revenue.MovementKind.SEAT_EXPANSION;
import static dev.headroom.revenue.MovementKind.UPSELL;
import static dev.headroom.revenue.MovementKind.USAGE_EXPANSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Money;
import dev.headroom.revenue.Retention.Compared;
import dev.headroom.revenue.Retention.Moved;
import dev.headroom.revenue.Retention.Sum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formulas of docs/metrics.md, by worked examples. */
class RetentionTest {

    private static final YearMonth FROM = YearMonth.of(2026, 1);
    private static final YearMonth UNTIL = YearMonth.of(2027, 1);
    private static final Money ZERO = Money.of(0, "USD");

    @Test
    void ofAHundredWithTenOfEachNinetyAreLeft() {
        Retention found = moved(settings(false, false), 100_00, Map.of(CHURN, sum(-10_00), CONTRACTION, sum(-10_00), UPSELL, sum(10_00)), Map.of());

        assertThat(found.netPoints()).as("net churn is 10 %").isEqualTo(9_000);
        assertThat(found.grossPoints()).isEqualTo(8_000);
        assertThat(found.end()).isEqualTo(Money.of(90_00, "USD"));
        assertThat(found.kept()).isEqualTo(Money.of(80_00, "USD"));
        assertThat(found.movements()).extracting(each -> each.kind()).containsExactly(UPSELL, CONTRACTION, CHURN);
    }

    @Test
    void whatRoseInPriceCountsOnlyWhereItIsAskedFor() {
        Map<MovementKind, Sum> stayed = Map.of(PRICE_INCREASE, sum(5_00), SEAT_EXPANSION, sum(10_00));

        assertThat(moved(settings(false, false), 100_00, stayed, Map.of()).netPoints()).isEqualTo(11_000);
        assertThat(moved(settings(false, true), 100_00, stayed, Map.of()).netPoints()).isEqualTo(11_500);
        assertThat(moved(settings(false, true), 100_00, stayed, Map.of()).grossPoints()).isEqualTo(10_000);
    }

    @Test
    void whoCameBackCountsOnlyWhereItIsAskedForAndNeverAsKept() {
        Map<MovementKind, Sum> returned = Map.of(REACTIVATION, sum(8_00), CONTRACTION, sum(-1_00));

        assertThat(moved(settings(false, false), 100_00, Map.of(CHURN, sum(-10_00)), returned).netPoints()).isEqualTo(9_000);
        assertThat(moved(settings(true, false), 100_00, Map.of(CHURN, sum(-10_00)), returned).netPoints()).isEqualTo(9_700);
        assertThat(moved(settings(true, false), 100_00, Map.of(CHURN, sum(-10_00)), returned).grossPoints()).isEqualTo(9_000);
    }

    @Test
    void withoutUsePastLimitsItIsInNoPartOfRetention() {
        Moved moved = new Moved(new Sum(130_00, 30_00, 2), Map.of(USAGE_EXPANSION, new Sum(20_00, 20_00, 1), CHURN, new Sum(-60_00, -10_00, 1)), Map.of());
        RevenueSettings without = new RevenueSettings(1, ZoneOffset.UTC, 5, false, false, false, "test", null, null);

        assertThat(Retention.of(FROM, UNTIL, settings(false, false), moved, ZERO)).returns(6_923L, Retention::netPoints).returns(5_385L, Retention::grossPoints).returns(true, Retention::use);
        Retention told = Retention.of(FROM, UNTIL, without, moved, ZERO);
        assertThat(told).returns(5_000L, Retention::netPoints).returns(5_000L, Retention::grossPoints).returns(false, Retention::use);
        assertThat(told.start().minor()).isEqualTo(100_00);
        assertThat(told.movements()).as("what is nothing but use is no movement").extracting(each -> each.kind() + " " + each.amount().minor()).containsExactly("CHURN -5000");
    }

    @Test
    void accountByAccountOneThatRoseAndFellKeepsWhatItPaid() {
        Compared compared = new Compared(100_00, 95_00, 5_00, 85_00, 3_00);

        Retention without = Retention.of(FROM, UNTIL, settings(false, false), compared, ZERO);
        Retention with = Retention.of(FROM, UNTIL, settings(true, false), compared, ZERO);
        assertThat(without.netPoints()).isEqualTo(9_500);
        assertThat(without.grossPoints()).isEqualTo(8_500);
        assertThat(with.netPoints()).isEqualTo(10_000);
        assertThat(with.grossPoints()).isEqualTo(8_800);
        assertThat(without.priceIncrease()).as("what is paid does not tell why").isTrue();
    }

    @Test
    void pointsAreRoundedOnceAndOfNothingThereAreNone() {
        assertThat(Retention.points(2, 3)).isEqualTo(6_667);
        assertThat(Retention.points(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(10_000);
        assertThat(Retention.points(5, 0)).isNull();
    }

    private static Retention moved(RevenueSettings settings, long start, Map<MovementKind, Sum> stayed, Map<MovementKind, Sum> returned) {
        return Retention.of(FROM, UNTIL, settings, new Moved(new Sum(start, 0, 1), stayed, returned), ZERO);
    }

    private static Sum sum(long amount) {
        return new Sum(amount, 0, 1);
    }

    private static RevenueSettings settings(boolean reactivation, boolean priceIncrease) {
        return new RevenueSettings(1, ZoneOffset.UTC, 5, reactivation, priceIncrease, true, "test", null, null);
    }
}
