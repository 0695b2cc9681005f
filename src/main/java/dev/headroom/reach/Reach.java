package dev.headroom.reach;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.headroom.money.Money;
import dev.headroom.reach.ReachLine.How;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.TreeMap;

/**
 * Everybody whom an offer or a bundle concerns, as they were at one moment of the database.
 *
 * @param at    the second for which discounts and bundles are looked at: now, or when it begins
 * @param taken how many accounts have taken an offer by now, and keep it
 */
public record Reach(Instant at, int taken, List<ReachLine> lines) {

    public Reach {
        lines = List.copyOf(lines);
    }

    /**
     * The sums of lines of one currency that come to it in one way.
     *
     * @param mrrBefore of those that count as revenue
     */
    public record Total(How how, Currency currency, int accounts, int subscriptions, Money mrrBefore, Money mrrAfter) {

        private static Total of(How how, Currency currency, List<ReachLine> lines) {
            Money none = Money.zero(currency);
            return new Total(
                    how, currency, (int) lines.stream().map(ReachLine::account).distinct().count(), (int) lines.stream().filter(line -> line.subscription() != null).count(),
                    lines.stream().filter(ReachLine::revenue).map(ReachLine::mrrBefore).reduce(none, Money::plus),
                    lines.stream().filter(ReachLine::revenue).map(ReachLine::mrrAfter).reduce(none, Money::plus));
        }

        public Money difference() {
            return mrrAfter.minus(mrrBefore);
        }
    }

    /** By the way, then by currency; nothing is in them that is in no line. */
    public List<Total> totals() {
        record Group(How how, String currency) {}
        return lines.stream()
                .collect(groupingBy(
                        line -> new Group(line.how(), line.mrrBefore().currency().getCurrencyCode()),
                        () -> new TreeMap<>(Comparator.comparing(Group::how).thenComparing(Group::currency)), collectingAndThen(toList(), List::copyOf)))
                .entrySet().stream()
                .map(group -> Total.of(group.getKey().how(), Currency.getInstance(group.getKey().currency()), group.getValue()))
                .toList();
    }

    /** How many accounts it concerns. */
    public int accounts() {
        return (int) lines.stream().map(ReachLine::account).distinct().count();
    }

    /** Those first of which it takes most. */
    public List<ReachLine> largest(int most) {
        return lines.stream().sorted(Comparator.comparingLong(line -> line.difference().minor())).limit(most).toList();
    }
}
