package dev.headroom.pricing;

import dev.headroom.pricing.Discounting.Net;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a change bills at once, by
 * <a href="https://docs.stripe.com/billing/subscriptions/prorations">Stripe's rule</a>: the whole old quantity is credited and
 * the whole new one charged, in two lines, each full-period net amount × seconds remaining / seconds of the period.
 */
final class ChangeBilling {

    private final QuotationFacts facts;
    private final Set<String> used;
    private final Map<String, BilledItem> before;
    private final Map<String, Item> after;

    ChangeBilling(QuotationFacts facts) {
        this.facts = facts;
        this.used = BilledItem.usedDiscounts(facts.current());
        this.before = byKey(facts.current(), billed -> billed.item().ref());
        this.after = byKey(facts.target(), Item::ref);
    }

    List<BilledLine> lines() {
        if (!facts.billsNow()) {
            return List.of();
        }
        return facts.startsPeriod() ? newPeriod() : restOfPeriod();
    }

    /** The period that runs after the change. */
    Period period() {
        return facts.startsPeriod() ? firstPeriod() : facts.period();
    }

    /** The target items with the debits that now stand for them. */
    List<BilledItem> items(List<BilledLine> lines) {
        Map<String, Debit> debits = lines.stream()
                .filter(line -> line.debit() != null)
                .collect(Collectors.toMap(line -> line.line().item(), line -> Objects.requireNonNull(line.debit())));
        return facts.target().stream().map(item -> billed(item, debits)).toList();
    }

    private BilledItem billed(Item item, Map<String, Debit> debits) {
        Debit debit = debits.get(item.ref());
        if (debit != null) {
            return new BilledItem(item.keeping(this::isUnspent), List.of(debit));
        }
        BilledItem old = before.get(item.ref());
        return new BilledItem(item, old == null ? List.of() : old.debits());
    }

    private List<BilledLine> newPeriod() {
        List<Item> fresh = facts.target().stream().map(item -> item.keeping(this::applies)).toList();
        if (facts.beginsWithin()) {
            return Discounting.exact(fresh, facts.mode()).stream().map(net -> BilledLine.upTo(net, rest())).toList();
        }
        Stream<BilledLine> credits = before.keySet().stream().flatMap(this::credits);
        return Stream.concat(credits, BilledLine.fullPeriods(fresh, firstPeriod()).stream()).toList();
    }

    private List<BilledLine> restOfPeriod() {
        Stream<String> refs = Stream.concat(before.keySet().stream(), after.keySet().stream()).distinct();
        return refs.filter(this::changes).flatMap(ref -> Stream.concat(credits(ref), charges(ref))).toList();
    }

    private boolean changes(String ref) {
        BilledItem old = before.get(ref);
        Item fresh = after.get(ref);
        return old == null || fresh == null || !fresh.isSoldLike(old.item());
    }

    private Stream<BilledLine> credits(String ref) {
        BilledItem old = before.get(ref);
        if (old == null) {
            return Stream.empty();
        }
        return switch (facts.mode()) {
            case CLASSIC -> netOf(facts.held(), ref).map(net -> BilledLine.creditOf(net, rest()));
            case FLEXIBLE -> old.debits().stream()
                    .filter(debit -> debit.runsAt(facts.at()) && debit.net().isPositive())
                    .map(debit -> BilledLine.creditOf(ref, debit, facts.at()));
        };
    }

    private Stream<BilledLine> charges(String ref) {
        List<Item> fresh = facts.target().stream().map(item -> item.keeping(this::applies)).toList();
        return netOf(fresh, ref).map(net -> BilledLine.chargeFor(net, rest()));
    }

    /** What is left of the period, as a part of its cycle. */
    private Portion rest() {
        Period cycle = facts.cycle();
        return new Portion(new Period(facts.at(), facts.beginsWithin() ? cycle.until() : facts.period().until()), cycle);
    }

    private Stream<Net> netOf(List<Item> items, String ref) {
        return Discounting.exact(items, facts.mode()).stream().filter(net -> net.item().ref().equals(ref));
    }

    private boolean applies(Discount discount) {
        return discount.runsAt(facts.at()) && isUnspent(discount);
    }

    private boolean isUnspent(Discount discount) {
        return discount.recurs() || !used.contains(discount.ref());
    }

    private Period firstPeriod() {
        return facts.beginsWithin() ? new Period(facts.at(), facts.anchor().at()) : new BillingAnchor(facts.at()).period(QuotationFacts.interval(facts.target()), 0);
    }

    private static <T> Map<String, T> byKey(List<T> values, Function<T, String> key) {
        return values.stream().collect(Collectors.toMap(key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
