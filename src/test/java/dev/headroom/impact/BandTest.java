package dev.headroom.impact;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.impact.ImpactSummary.Cell;
import dev.headroom.impact.WhatIf.Expectation;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes fall into bands by exact percentages, and what may become of them is reckoned from the bands. */
class BandTest {

    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest
    @CsvSource({
        "100, 100, SAME", "0, 0, SAME", "0, 1, RISES_FROM_NOTHING", "100, 105, RISES_UP_TO_5", "10000, 10501, RISES_5_TO_10", "100, 125, RISES_10_TO_25",
        "100, 150, RISES_25_TO_50", "100, 151, RISES_50_TO_100", "100, 200, RISES_50_TO_100", "100, 201, RISES_OVER_100", "100, 95, FALLS_UP_TO_5",
        "10000, 9499, FALLS_5_TO_10", "100, 90, FALLS_5_TO_10", "100, 89, FALLS_10_TO_25", "100, 75, FALLS_10_TO_25", "100, 50, FALLS_25_TO_50", "100, 49, FALLS_OVER_50",
        "100, 0, FALLS_OVER_50", "9223372036854775807, 9223372036854775806, FALLS_UP_TO_5"})
    void anEdgeBelongsToTheSmallerChange(long before, long after, Band band) {
        assertThat(Band.of(before, after)).isEqualTo(band);
    }

    @Test
    void everyChangeIsInOneBandAndItsSignIsTheBands() {
        forAll(random -> new long[] {random.nextLong(10_000), random.nextLong(10_000)}, pair -> {
            Band band = Band.of(pair[0], pair[1]);
            assertThat(band.rises()).isEqualTo(pair[1] > pair[0]);
            assertThat(band == Band.SAME).isEqualTo(pair[1] == pair[0]);
        });
    }

    @Test
    void theEdgesThatCanBeAskedForAreThoseOfRises() {
        assertThat(Band.edgesOfRises()).containsExactly(0, 5, 10, 25, 50, 100);
    }

    @Test
    void onlySomeMoveAndOfTheDearestSomeLeave() {
        ImpactSummary summary = new ImpactSummary(List.of(
                new Cell(USD, Standing.ACTIVE, Band.RISES_25_TO_50, null, 2, 1_000, 1_400, 1_000, 1_400),
                new Cell(USD, Standing.PAST_DUE, Band.RISES_UP_TO_5, null, 1, 1_000, 1_010, 1_000, 1_010),
                new Cell(USD, Standing.ACTIVE, Band.SAME, ImpactLine.Hindrance.COMMITTED, 1, 555, 555, 555, 555),
                new Cell(USD, Standing.TRIALING, Band.RISES_OVER_100, null, 9, 10, 9_999, 10, 9_999)), List.of());

        // 555 + 40 % of 2000 + 60 % of (2410 − 25 % of 1400) = 555 + 800 + 1236
        Expectation expected = new WhatIf(60, 25, 25).of(summary).getFirst();
        assertThat(expected.expected().minor()).isEqualTo(2_591);
        assertThat(expected.now().minor()).isEqualTo(2_555);
        assertThat(expected.all().minor()).isEqualTo(2_965);
        assertThat(expected.atRisk()).isEqualTo(2);
        assertThat(new WhatIf(0, 100, 0).of(summary).getFirst().expected()).isEqualTo(expected.now());
        assertThat(new WhatIf(100, 0, 0).of(summary).getFirst().expected()).isEqualTo(expected.all());
        assertThat(new WhatIf(50, 1, 25).of(summary).getFirst().expected().minor()).as("2753.0 is rounded once, not 2752.99").isEqualTo(2_753);
        assertThat(new WhatIf(100, 100, 50).of(summary).getFirst().expected()).as("nobody rises by so much").isEqualTo(expected.all());
    }
}
