package dev.headroom.metrics;

import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.money.Ratio;
import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.Revenues.Waited;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is made of, before it is divided: in one currency, or of several told in one.
 *
 * @param denominator absent where there is no such figure
 * @param waited      of the time to first expansion, which is no quotient; else empty
 */
record Halves(Kind kind, Part numerator, @Nullable Part denominator, List<Waited> waited) {

    private static final int POINTS = 10_000;
    private static final int HUNDREDTHS = 100;

    Halves {
        waited = List.copyOf(waited);
    }

    Halves(Kind kind, Part numerator, @Nullable Part denominator) {
        this(kind, numerator, denominator, List.of());
    }

    /** The same figure of several currencies: what is watched is watched together, and the months of a range are the same months. */
    static Halves told(List<Halves> of, RateSet rates) {
        Kind kind = of.getFirst().kind;
        List<Part> wholes = of.stream().map(Halves::denominator).filter(Objects::nonNull).toList();
        Part whole = wholes.isEmpty() ? null : kind == Kind.EXPANSION_VELOCITY ? wholes.getFirst() : Part.told(wholes, rates);
        return new Halves(kind, Part.told(of.stream().map(Halves::numerator).toList(), rates), whole, of.stream().flatMap(each -> each.waited.stream()).toList());
    }

    Metric metric() {
        return new Metric(kind, kind == Kind.TIME_TO_EXPANSION ? median() : denominator == null ? null : quotient(denominator), numerator, denominator);
    }

    private @Nullable Long median() {
        OptionalInt days = ProductLimit.median(waited);
        return days.isEmpty() ? null : Long.valueOf(days.getAsInt());
    }

    /** Of what is lost the amount is negative, and what is gained is divided by how much it is. */
    private @Nullable Long quotient(Part whole) {
        return switch (kind.unit()) {
            case POINTS -> quotient(numerator.size(), POINTS, whole.size());
            case MINOR -> quotient(numerator.size(), 1, whole.size());
            case HUNDREDTHS -> quotient(numerator.size(), HUNDREDTHS, Math.negateExact(whole.size()));
            case DAYS -> null;
        };
    }

    static @Nullable Long quotient(long part, long unit, long whole) {
        return whole == 0 ? null : Long.valueOf(Ratio.of(part, whole).times(Ratio.of(unit, 1)).decimal(0).longValueExact());
    }
}
