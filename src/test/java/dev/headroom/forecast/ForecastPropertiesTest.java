package dev.headroom.forecast;

import static dev.headroom.ForAll.forAll;
import static dev.headroom.forecast.Samples.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.forecast.Forecast.NotEnoughData;
import dev.headroom.forecast.Forecast.Projected;
import dev.headroom.forecast.ForecastFacts.Quantity;
import dev.headroom.forecast.LimitReach.NotReached;
import dev.headroom.forecast.LimitReach.Reached;
import dev.headroom.forecast.LimitReach.ReachedAt;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Reset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForecastPropertiesTest {

    private static final Instant ANCHOR = Instant.parse("2025-01-31T15:20:00Z");

    @Test
    void theBandHoldsWhatIsExpectedAndTheDatesComeInOrder() {
        forAll(ForecastPropertiesTest::facts, whenProjected(projected -> {
            assertThat(projected.low()).isNotNegative();
            assertThat(projected.expected()).isBetween(projected.low(), projected.high());
            assertInOrder(projected.soft());
            assertInOrder(projected.hard());
        }));
    }

    @Test
    void whatIsConsumedStaysConsumed() {
        forAll(ForecastPropertiesTest::facts, facts -> {
            if (facts.quantity() == Quantity.CONSUMED && Forecast.of(facts) instanceof Projected projected) {
                assertThat(projected.low()).isGreaterThanOrEqualTo(facts.used());
            }
        });
    }

    /** In whole units both may be right: up to one is lost by rounding. */
    @Test
    void theProjectionAndTheDateOfTheLimitTellTheSameStory() {
        forAll(ForecastPropertiesTest::facts, facts -> {
            if (Forecast.of(facts) instanceof Projected projected && projected.hard() instanceof ReachedAt hard && hard.expected() != null) {
                if (projected.expected() > facts.hardLimit()) {
                    assertThat(hard.expected()).isBeforeOrEqualTo(projected.until());
                }
                if (facts.quantity() == Quantity.CONSUMED && hard.expected().isBefore(projected.until())) {
                    assertThat(projected.expected()).isGreaterThanOrEqualTo(facts.hardLimit());
                }
            }
        });
    }

    @Test
    void aHigherLimitIsNeverReachedSooner() {
        forAll(ForecastPropertiesTest::facts, whenProjected(projected -> {
            Instant soft = earliest(projected.soft());
            assertThat(soft).isBeforeOrEqualTo(earliest(projected.hard()));
        }));
    }

    @Test
    void limitsDoNotMoveTheProjectionAndTheSameFactsGiveTheSameForecast() {
        forAll(ForecastPropertiesTest::facts, facts -> {
            assertThat(Forecast.of(facts)).isEqualTo(Forecast.of(facts));
            ForecastFacts unlimited = new ForecastFacts(
                    facts.quantity(), facts.history(), facts.used(), facts.windows(), facts.zone(), facts.at(), null, null);
            if (Forecast.of(facts) instanceof Projected with && Forecast.of(unlimited) instanceof Projected without) {
                assertThat(without.expected()).isEqualTo(with.expected());
                assertThat(without.hard()).isNull();
            }
        });
    }

    private static Consumer<ForecastFacts> whenProjected(Consumer<Projected> property) {
        return facts -> {
            switch (Forecast.of(facts)) {
                case Projected projected -> property.accept(projected);
                case NotEnoughData missing -> assertThat(missing.days()).isBetween(0, missing.needed() - 1);
            }
        };
    }

    private static void assertInOrder(LimitReach reach) {
        if (reach instanceof ReachedAt dates && dates.expected() != null) {
            assertThat(dates.earliest()).isBeforeOrEqualTo(dates.expected());
            assertThat(dates.expected()).isBeforeOrEqualTo(dates.latest() == null ? Instant.MAX : dates.latest());
        } else if (reach instanceof ReachedAt dates) {
            assertThat(dates.latest()).isNull();
        }
    }

    private static Instant earliest(LimitReach reach) {
        return switch (reach) {
            case Reached _ -> Instant.MIN;
            case ReachedAt dates -> dates.earliest();
            case NotReached _ -> Instant.MAX;
        };
    }

    private static ForecastFacts facts(SplittableRandom random) {
        Quantity quantity = Quantity.values()[random.nextInt(2)];
        Reset reset = Reset.values()[random.nextInt(4)];
        Instant at = ANCHOR.plusSeconds(random.nextLong(600L * 24 * 3600));
        LocalDate today = LocalDate.ofInstant(at, BERLIN);
        List<Long> days = days(random);
        long size = 1 + days.stream().mapToLong(Long::longValue).max().orElse(0);
        long soft = random.nextLong(size);
        BillingAnchor anchor = new BillingAnchor(ANCHOR);
        return new ForecastFacts(
                quantity,
                new DailyUsage(today.minusDays(days.size()), days),
                random.nextLong(size),
                ForecastFacts.windows(at, instant -> reset.window(instant, BERLIN, anchor.periodContaining(Interval.MONTH, instant))),
                BERLIN,
                at,
                soft,
                soft + random.nextLong(size));
    }

    /** Up to ten weeks of anything: empty, sparse, even, wild, enormous. */
    private static List<Long> days(SplittableRandom random) {
        long bound = 1L << random.nextInt(1, 62);
        double used = random.nextDouble();
        return LongStream.generate(() -> random.nextDouble() < used ? random.nextLong(bound) : 0).limit(random.nextInt(0, 70)).boxed().toList();
    }
}
