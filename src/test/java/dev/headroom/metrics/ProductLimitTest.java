package dev.headroom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.revenue.Revenues.Waited;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The median of Kaplan and Meier, by published examples. */
class ProductLimitTest {

    /** Weeks of remission; those with a plus were watched no longer: E. J. Freireich and others, Blood 21, 1963. */
    private static final String TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    private static final String PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";

    @Test
    void theRemissionsOfFreireichHaveTheirPublishedMedians() {
        assertThat(ProductLimit.median(read(TREATED))).hasValue(23);
        assertThat(ProductLimit.median(read(PLACEBO))).hasValue(8);
    }

    @Test
    void exactlyHalfIsHalf() {
        assertThat(ProductLimit.median(read("1 2 3+"))).as("2/3 of 1/2 is less").hasValue(2);
        assertThat(ProductLimit.median(read("1 2+ 3+"))).as("2/3").isEmpty();
        assertThat(ProductLimit.median(read("1 2 3 4"))).hasValue(2);
        assertThat(ProductLimit.median(read("1 2 9+ 9+"))).as("3/4 of 2/3, which no decimal is").hasValue(2);
    }

    @Test
    void whoIsWatchedUntilADayIsAmongThoseWhoCouldThatDay() {
        assertThat(ProductLimit.median(read("5 5+"))).as("1 of 2").hasValue(5);
        assertThat(ProductLimit.median(read("5 5+ 5+"))).as("1 of 3").isEmpty();
    }

    @Test
    void ofNobodyAndOfThoseWhoNeverDidThereIsNone() {
        assertThat(ProductLimit.median(List.of())).isEmpty();
        assertThat(ProductLimit.median(read("3+ 4+"))).isEmpty();
    }

    @Test
    void manyAtOnceAreTheSameAsOneByOne() {
        List<Waited> oneByOne = read(TREATED);
        List<Waited> atOnce = List.of(new Waited(3, true, 2), new Waited(3, false, 1), new Waited(7, true, 4), new Waited(9, false, 9));

        assertThat(ProductLimit.median(oneByOne.reversed())).isEqualTo(ProductLimit.median(oneByOne));
        assertThat(ProductLimit.median(atOnce)).isEqualTo(ProductLimit.median(atOnce.stream()
                .flatMap(each -> IntStream.range(0, (int) each.accounts()).mapToObj(_ -> new Waited(each.days(), each.expanded(), 1))).toList()));
    }

    private static List<Waited> read(String text) {
        return Stream.of(text.split(" ")).map(each -> new Waited(Integer.parseInt(each.replace("+", "")), !each.endsWith("+"), 1)).toList();
    }
}
