package dev.headroom.impact;

import dev.headroom.impact.ImpactSummary.BandTotal;
import dev.headroom.impact.ImpactSummary.Total;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import java.util.Currency;
import java.util.List;

/**
 * What recurring revenue would be if only some moved, and some of those left whose price rises much.
 *
 * <p>{@code S + (100 − t)/100 · B + t/100 · (A − c/100 · R)} of each currency, rounded once: {@code S} is the MRR of those that cannot move, {@code B}
 * that of those that can before and {@code A} after, {@code R} that after of those among them whose price rises by more than the threshold,
 * {@code t} the percentage that moves and {@code c} the percentage of those in {@code R} that leaves.
 *
 * @param takeUpPercent  0 to 100: of those that can, how many move; the others keep the version that they have
 * @param churnPercent   0 to 100: of those that move and whose price rises by more than the threshold, how many leave
 * @param risesOverPercent the threshold, one of the edges between bands from 0 on
 */
public record WhatIf(int takeUpPercent, int churnPercent, int risesOverPercent) {

    private static final int ALL = 100;

    /**
     * What it comes to in one currency.
     *
     * @param now      MRR as it is
     * @param all      MRR if everybody moved who can and nobody left
     * @param expected MRR
     * @param atRisk   how many rise by more than the threshold
     * @param mrrAtRisk what they would bring
     */
    public record Expectation(Currency currency, Money now, Money all, Money expected, int atRisk, Money mrrAtRisk) {

        public Money difference() {
            return expected.minus(now);
        }
    }

    /** One for each currency. */
    public List<Expectation> of(ImpactSummary summary) {
        return summary.totals().stream().map(total -> of(total, summary.histogram().stream().filter(band -> band.currency().equals(total.currency())).toList())).toList();
    }

    private Expectation of(Total total, List<BandTotal> bands) {
        List<BandTotal> risky = bands.stream().filter(band -> band.band().risesOver(risesOverPercent)).toList();
        long before = bands.stream().mapToLong(band -> band.mrrBefore().minor()).reduce(0, Math::addExact);
        long after = bands.stream().mapToLong(band -> band.mrrAfter().minor()).reduce(0, Math::addExact);
        long risk = risky.stream().mapToLong(band -> band.mrrAfter().minor()).reduce(0, Math::addExact);
        Ratio moved = Ratio.of(after, 1).plus(Ratio.of(Math.multiplyExact(-(long) churnPercent, risk), ALL));
        Ratio expected = Ratio.of(Math.subtractExact(total.mrrBefore().minor(), before), 1)
                .plus(Ratio.of(before, 1).times(Ratio.of((long) ALL - takeUpPercent, ALL)))
                .plus(moved.times(Ratio.of(takeUpPercent, ALL)));
        return new Expectation(
                total.currency(), total.mrrBefore(), total.mrrAfter(), Rounding.toMoney(expected, total.currency()),
                risky.stream().mapToInt(BandTotal::accounts).sum(), new Money(risk, total.currency()));
    }
}
