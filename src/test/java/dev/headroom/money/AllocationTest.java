package dev.headroom.money;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

    @ParameterizedTest
    @CsvSource({
        "500,  1000 2000,      166 334",
        "500,  2000 1000,      333 167",
        "100,  1 1 1000,       0 0 100",
        "2,    1 1 1,          0 1 1",
        "3,    1 1 1,          1 1 1",
        "0,    5 5,            0 0",
        "0,    0 0,            0 0",
        "7,    7,              7",
    })
    void thePartsAreRoundedDownAndTheRestGoesToTheLast(long whole, String weights, String parts) {
        assertThat(Allocation.inProportion(usd(whole), amounts(weights))).isEqualTo(amounts(parts));
    }

    @Test
    void thePartsSumToTheWholeAndNoneExceedsItsWeight() {
        record Split(Money whole, List<Money> weights) {}
        forAll(
                random -> {
                    List<Money> weights = weights(random);
                    long most = weights.stream().mapToLong(Money::minor).sum();
                    return new Split(usd(random.nextLong(0, most + 1)), weights);
                },
                split -> {
                    List<Money> parts = Allocation.inProportion(split.whole, split.weights);
                    assertThat(parts.stream().mapToLong(Money::minor).sum()).isEqualTo(split.whole.minor());
                    for (int i = 0; i < parts.size(); i++) {
                        assertThat(parts.get(i).minor()).isBetween(0L, split.weights.get(i).minor());
                    }
                });
    }

    @Test
    void moreThanThePartsCanHoldIsRefused() {
        assertThatThrownBy(() -> Allocation.inProportion(usd(11), amounts("5 5")))
                .hasMessage("Cannot split 0.11 USD over parts of [0.05 USD, 0.05 USD]");
        assertThatThrownBy(() -> Allocation.inProportion(usd(-1), amounts("5 5"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Money> weights(SplittableRandom random) {
        int count = random.nextInt(1, 8);
        return LongStream.generate(() -> random.nextLong(0, 100_000)).limit(count).mapToObj(AllocationTest::usd).toList();
    }

    private static List<Money> amounts(String spaced) {
        return Arrays.stream(spaced.split(" ")).map(minor -> usd(Long.parseLong(minor))).toList();
    }

    private static Money usd(long minor) {
        return Money.of(minor, "USD");
    }
}
