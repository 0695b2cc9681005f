package dev.headroom.value;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Ratio;
import dev.headroom.value.UsageBreakEven.Line;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which unit on a dearer plan costs less. */
class UsageBreakEvenTest {

    private static final long LOOKED = 400;

    /** Of staying: 99.00 a month with 10,000 and 5 cents beyond. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "39900, 25000, true, 0, 16001", "39900, 16000, true, 0, -", "39900, 16001, true, 0, 16001", "89900, -, false, 0, 26001",
            "39900, 15000, false, 4, 20001", "39900, 15000, false, 5, -", "9901, 10000, false, 2.5, 10001", "9900, 10000, false, 5, -"})
    void theFirstUnitWithWhichTheOtherCostsLess(long monthly, Long included, boolean blocks, BigDecimal price, Long expected) {
        Line staying = new Line(12 * 9_900, Ratio.of(5, 1), 12, BigInteger.valueOf(12 * 10_000), false);
        Line changed = new Line(12 * monthly, Ratio.of(price), 12, included == null ? null : BigInteger.valueOf(12 * included), blocks);

        assertThat(UsageBreakEven.least(staying, changed)).isEqualTo(Optional.ofNullable(expected));
    }

    private record Pair(Line staying, Line changed) {}

    @Test
    void itIsWhatCountingUpwardsFinds() {
        forAll(random -> new Pair(line(random, 0, 3_000, false), line(random, 1, 6_000, random.nextInt(3) == 0)), pair ->
                assertThat(UsageBreakEven.least(pair.staying(), pair.changed()).filter(units -> units < LOOKED)).isEqualTo(counted(pair)));
    }

    private static Line line(SplittableRandom random, int base, int most, boolean blocks) {
        long times = random.nextBoolean() ? 12 : 1;
        BigInteger included = random.nextInt(5) == 0 ? null : BigInteger.valueOf(random.nextLong(times * 250));
        return new Line(base + random.nextLong(most), blocks ? Ratio.ZERO : Ratio.of(random.nextLong(1, 300), random.nextLong(1, 40)), times, included, blocks);
    }

    private static Optional<Long> counted(Pair pair) {
        return LongStream.range(0, LOOKED)
                .filter(units -> pair.changed().cost(BigInteger.valueOf(units)).compareTo(pair.staying().cost(BigInteger.valueOf(units))) < 0)
                .boxed()
                .findFirst()
                .filter(units -> !pair.changed().blocks() || pair.changed().included() == null
                        || units * pair.changed().times() <= pair.changed().included().longValueExact());
    }
}
