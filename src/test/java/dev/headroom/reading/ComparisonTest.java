package dev.headroom.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.reading.BenchmarkResult.Benchmark;
import dev.headroom.reading.BenchmarkResult.Benchmark.Band;
import dev.headroom.reading.BenchmarkResult.NotEnoughPeers;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static final List<Long> TWENTY = LongStream.rangeClosed(1, 20).map(n -> n * 100).boxed().toList();

    @Test
    void nineOthersAreTooFewAndTenAreEnough() {
        assertThat(Comparison.of(1, TWENTY.subList(0, 9))).isEqualTo(new NotEnoughPeers(10));
        assertThat(Comparison.of(1, TWENTY.subList(0, 10))).isEqualTo(new Benchmark(Band.LOWEST_QUARTER, 1, 550, 10));
    }

    @ParameterizedTest
    @CsvSource({"0, LOWEST_QUARTER", "501, BELOW_MEDIAN", "499, LOWEST_QUARTER", "1001, ABOVE_MEDIAN", "999, BELOW_MEDIAN", "1501, HIGHEST_QUARTER", "1499, ABOVE_MEDIAN",
            "9000, HIGHEST_QUARTER"})
    void aQuarterOfTheOthersIsAQuarter(long used, Band band) {
        assertThat(((Benchmark) Comparison.of(used, TWENTY)).band()).isEqualTo(band);
    }

    @Test
    void amongEqualsNobodyIsHighOrLow() {
        assertThat(((Benchmark) Comparison.of(7, LongStream.range(0, 30).mapToObj(_ -> 7L).toList())).band()).isEqualTo(Band.ABOVE_MEDIAN);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "1234, 1200", "1250, 1300", "987654, 990000", "9223372036854775807, 9200000000000000000"})
    void theMedianHasTwoDigits(long each, long median) {
        assertThat(((Benchmark) Comparison.of(0, LongStream.range(0, 11).mapToObj(_ -> each).toList())).median()).isEqualTo(median);
    }

    @Test
    void howManyTheyAreIsRoundedDown() {
        assertThat(((Benchmark) Comparison.of(0, TWENTY.subList(0, 19))).peers()).isEqualTo(10);
    }
}
