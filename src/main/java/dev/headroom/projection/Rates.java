package dev.headroom.projection;

import dev.headroom.projection.Assumptions.PriceRise;
import dev.headroom.revenue.RevenueMonth;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each flow of a month as a share of what the month opens with; what is lost is negative. */
record Rates(Map<Flow, BigDecimal> shares) {

    /** Decimals of a share; after that nothing is rounded until an amount is shown. */
    private static final int DECIMALS = 18;

    Rates {
        shares = Map.copyOf(shares);
    }

    private static Rates each(Function<Flow, BigDecimal> share) {
        return new Rates(Stream.of(Flow.values()).collect(Collectors.toMap(Function.identity(), share)));
    }

    /** @param month that opens with something */
    static Rates of(RevenueMonth month) {
        BigDecimal opening = BigDecimal.valueOf(month.opening().minor());
        return each(flow -> month.movements().stream()
                .filter(sum -> Flow.of(sum.kind()) == flow)
                .map(sum -> BigDecimal.valueOf(sum.amount().minor()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(opening, DECIMALS, RoundingMode.HALF_UP));
    }

    /** Every month counts as much as any other. */
    static Rates mean(Collection<Rates> months) {
        return each(flow -> months.stream().map(month -> month.of(flow)).reduce(BigDecimal.ZERO, BigDecimal::add).divide(BigDecimal.valueOf(months.size()), DECIMALS, RoundingMode.HALF_UP));
    }

    BigDecimal of(Flow flow) {
        return shares.getOrDefault(flow, BigDecimal.ZERO);
    }

    /** As it is assumed that months will be on the average, where this is what they were. */
    Rates assumed(Assumptions by) {
        return each(flow -> switch (flow) {
            case CHURN -> of(flow).subtract(points(by.churnPoints())).max(BigDecimal.ONE.negate()).min(BigDecimal.ZERO);
            case CONTRACTION -> of(flow).multiply(percent(by.contractionPercent()));
            case EXPANSION -> of(flow).multiply(percent(by.expansionPercent()));
            case NEW_BUSINESS -> of(flow).multiply(percent(by.newBusinessPercent()));
            case PRICE_INCREASE, REACTIVATION -> of(flow);
        });
    }

    /** One month of several, changed in proportion, so that their mean becomes what is assumed; where there was none of a flow, every month has what is assumed of it. */
    Rates shifted(Rates mean, Rates assumed) {
        return each(flow -> mean.of(flow).signum() == 0
                ? assumed.of(flow)
                : of(flow).multiply(assumed.of(flow)).divide(mean.of(flow), MathContext.DECIMAL128));
    }

    /** The month in which prices rise: some leave because of it, and who stays pays more. */
    Rates with(PriceRise rise) {
        BigDecimal loss = points(rise.lossPoints());
        return each(flow -> switch (flow) {
            case CHURN -> of(flow).subtract(loss);
            case PRICE_INCREASE -> of(flow).add(points(rise.points()).multiply(BigDecimal.ONE.subtract(loss)));
            case CONTRACTION, EXPANSION, REACTIVATION, NEW_BUSINESS -> of(flow);
        });
    }

    private static BigDecimal points(int hundredths) {
        return BigDecimal.valueOf(hundredths, 4);
    }

    private static BigDecimal percent(int percent) {
        return BigDecimal.valueOf(percent, 2).stripTrailingZeros();
    }
}
