package dev.headroom.value;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Money;
import dev.headroom.value.ValueCase.Line;
import dev.headroom.value.ValueCase.Line.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payback and return of twelve months. */
class ValueCaseTest {

    private static final Instant FROM = Instant.parse("2026-01-31T10:00:00Z");

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "600000, 6120000, 500000, 2, 2026-03-31T10:00:00Z, 45636", "120000, 240000, 0, 0, 2026-01-31T10:00:00Z, 10000",
            "120000, 120000, 5000, -, -, -400", "120000, 119999, 0, -, -, 0", "-120000, 0, 0, 0, 2026-01-31T10:00:00Z, -",
            "-120000, 0, 60000, 6, 2026-07-31T10:00:00Z, -", "0, 12, 100, 100, 2034-05-31T10:00:00Z, -8800", "0, 12, 1200, 1200, 2126-01-31T10:00:00Z, -9900",
            "0, 12, 1201, -, -, -9900", "0, 0, 0, -, -, -"})
    void whatIsPaidBackWhenAndWhatComesBack(long cost, long value, long implementation, Integer months, Instant at, Long points) {
        ValueCase found = of(cost, value, implementation);

        assertThat(found.breakEvenMonths()).isEqualTo(months);
        assertThat(found.breakEvenAt()).isEqualTo(at);
        assertThat(found.returnPoints()).isEqualTo(points);
    }

    @Test
    void afterThatManyMonthsAndNotBeforeItHasBroughtWhatItCost() {
        forAll(random -> List.of(random.nextLong(-10_000, 10_000), random.nextLong(0, 10_000), random.nextLong(0, 20_000)), amounts -> {
            ValueCase found = of(amounts.get(0), amounts.get(1), amounts.get(2));
            long net = amounts.get(1) - amounts.get(0);
            if (found.breakEvenMonths() == null) {
                assertThat(1_200 * net).isLessThan(12 * amounts.get(2) + (net <= 0 ? 1 : 0));
            } else {
                assertThat(found.breakEvenMonths() * net).isGreaterThanOrEqualTo(12 * amounts.get(2));
                assertThat((found.breakEvenMonths() - 1) * net).isLessThan(12 * Math.max(1, amounts.get(2)));
            }
        });
    }

    private static ValueCase of(long cost, long value, long implementation) {
        return ValueCase.of(1, List.of(line(Kind.RECURRING, cost), line(Kind.VALUE, value)), Money.of(implementation, "USD"), FROM);
    }

    private static Line line(Kind kind, long minor) {
        return new Line(kind, null, Money.of(minor, "USD"), "");
    }
}
