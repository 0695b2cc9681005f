package dev.headroom.impact;

import dev.headroom.catalog.FeatureId;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.money.Money;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a run's lines, small enough to be kept. Amounts of different currencies are never added up.
 *
 * @param cells  of every kind of line that there is, how many and what they come to
 * @param limits one for each feature of which a line passes a limit or that it loses
 */
public record ImpactSummary(List<Cell> cells, List<LimitTally> limits) {

    public ImpactSummary {
        cells = List.copyOf(cells);
        limits = List.copyOf(limits);
    }

    /** Lines of one kind, in minor units. */
    record Cell(
            Currency currency, Standing standing, Band band, @Nullable Hindrance hindrance, int accounts, long recurringBefore, long recurringAfter,
            long mrrBefore, long mrrAfter) {}

    /**
     * Subscriptions together, of one currency.
     *
     * @param moving how many of them can move
     */
    public record Total(Currency currency, int accounts, int moving, Money mrrBefore, Money mrrAfter) {

        public Money difference() {
            return mrrAfter.minus(mrrBefore);
        }
    }

    /** Those of one currency and standing. */
    public record StandingTotal(Standing standing, Total total) {}

    /** Those that can move, whose amounts change by so much; of those that count as revenue. */
    public record BandTotal(Band band, Currency currency, int accounts, Money mrrBefore, Money mrrAfter) {}

    /** Those that cannot move for one reason. */
    public record HindranceTotal(Hindrance hindrance, Currency currency, int accounts, Money mrr) {}

    /**
     * @param passed   accounts that use more now than would be included
     * @param expected accounts that will when their windows end, those that do now among them
     * @param losing   accounts that have it, a gate or setting, and would not
     */
    public record LimitTally(FeatureId feature, int passed, int expected, int losing) {}

    /** What counts as recurring revenue now. */
    public List<Total> totals() {
        return currencies().stream().map(currency -> total(currency, cell -> cell.standing().revenue())).filter(total -> total.accounts() > 0).toList();
    }

    /** Everything, said separately. */
    public List<StandingTotal> standings() {
        return Arrays.stream(Standing.values())
                .flatMap(standing -> currencies().stream().map(currency -> new StandingTotal(standing, total(currency, cell -> cell.standing() == standing))))
                .filter(each -> each.total().accounts() > 0)
                .toList();
    }

    /** From the greatest falls to the greatest rises, without bands that nobody is in. */
    public List<BandTotal> histogram() {
        return currencies().stream().flatMap(currency -> Arrays.stream(Band.values()).map(band -> band(band, currency))).filter(each -> each.accounts() > 0).toList();
    }

    private BandTotal band(Band band, Currency currency) {
        Total total = total(currency, cell -> cell.standing().revenue() && cell.hindrance() == null && cell.band() == band);
        return new BandTotal(band, currency, total.accounts(), total.mrrBefore(), total.mrrAfter());
    }

    public List<HindranceTotal> hindrances() {
        return Arrays.stream(Hindrance.values())
                .flatMap(hindrance -> currencies().stream().map(currency -> {
                    Total total = total(currency, cell -> cell.hindrance() == hindrance);
                    return new HindranceTotal(hindrance, currency, total.accounts(), total.mrrBefore());
                }))
                .filter(each -> each.accounts() > 0)
                .toList();
    }

    /** How many lines it is of. */
    public int accounts() {
        return cells.stream().mapToInt(Cell::accounts).sum();
    }

    List<Currency> currencies() {
        return cells.stream().map(Cell::currency).distinct().sorted(Comparator.comparing(Currency::getCurrencyCode)).toList();
    }

    private Total total(Currency currency, Predicate<Cell> which) {
        List<Cell> own = cells.stream().filter(cell -> cell.currency().equals(currency) && which.test(cell)).toList();
        return new Total(
                currency,
                own.stream().mapToInt(Cell::accounts).sum(),
                own.stream().filter(cell -> cell.hindrance() == null).mapToInt(Cell::accounts).sum(),
                new Money(own.stream().mapToLong(Cell::mrrBefore).reduce(0, Math::addExact), currency),
                new Money(own.stream().mapToLong(Cell::mrrAfter).reduce(0, Math::addExact), currency));
    }
}
