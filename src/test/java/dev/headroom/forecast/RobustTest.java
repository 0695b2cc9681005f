package dev.headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustTest {

    @Test
    void aMedianIsTheMiddleOrBetweenTheTwoMiddleOnes() {
        assertThat(Robust.median(9, 1, 2)).isEqualTo(2);
        assertThat(Robust.median(4, 1, 2, 1000)).isEqualTo(3);
    }

    @Test
    void theDeviationDoesNotNoticeOneOddValue() {
        assertThat(Robust.deviation(1, 2, 3, 4, 5)).isCloseTo(1.4826, within(1e-9));
        assertThat(Robust.deviation(1, 2, 3, 4, 5000)).isCloseTo(1.4826, within(1e-9));
    }

    @Test
    void theTrimmedMeanLeavesOutTheEndsIfSomethingIsLeft() {
        assertThat(Robust.trimmedMean(1, 2, 4, 900)).isEqualTo(3);
        assertThat(Robust.trimmedMean(1, 3)).isEqualTo(2);
    }

    @Test
    void theSlopeIsThatOfMostPairs() {
        double[] x = {0, 1, 2, 3, 4, 5};

        assertThat(Robust.slope(x, new double[] {0, 2, 4, 6, 8, 10}, 1)).isEqualTo(2);
        assertThat(Robust.slope(x, new double[] {0, 2, 400, 6, 8, 10}, 1)).isEqualTo(2);
        assertThat(Robust.slope(x, new double[] {0, 2, 4, 6, 8, 10}, 6)).as("no pair is so far apart").isZero();
    }
}
