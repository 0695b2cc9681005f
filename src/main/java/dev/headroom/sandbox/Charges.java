package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The lines that items make: for full periods, for trials, for parts of periods given back or charged. */
final class Charges {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Catalogue catalogue;

    Charges(Session session) {
        this.catalogue = new Catalogue(session);
    }

    /** One line for every item's period, discounted together. */
    List<Line> recurring(List<Item> items, List<Reduction> reductions) {
        List<List<Reduction.Share>> shares = Reduction.shares(items.stream().map(Item::base).toList(), reductions);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            lines.add(Line.recurring(item, item.period(), catalogue.recurring(item), item.fullAmount(), shares.get(i)));
        }
        return lines;
    }

    List<Line> trial(List<Item> items) {
        return items.stream().map(item -> Line.recurring(item, item.period(), catalogue.trial(item), 0, List.of())).toList();
    }

    /** The first period of each item where it ends early, at a billing cycle anchor in the future. */
    List<Line> truncated(List<Item> items, List<Reduction> reductions, Instant anchor, Instant at) {
        Map<String, BigDecimal> nets = allocated(items, reductions);
        return items.stream().map(item -> debit(item, nets.get(item.id()), anchor, at, reductions)).toList();
    }

    /** What is given back when an item ends or changes. */
    List<Line> credits(ObjectNode subscription, Item item, List<Reduction> reductions, Instant at) {
        String description = catalogue.unused(item, DAY.format(at), Reduction.describe(reductions));
        if (Planner.isFlexible(subscription)) {
            return item.debits().stream().filter(debit -> debit.period().contains(at) && debit.net() != 0)
                    .map(debit -> Line.proration(item, debit.period().startingAt(at), description,
                            -debit.period().remaining(BigDecimal.valueOf(debit.net()), at), debit))
                    .toList();
        }
        Span cycle = cycle(item, Json.instant(subscription, "billing_cycle_anchor"), at);
        long credit = -cycle.share(whole(item, reductions), item.period().startingAt(at));
        return List.of(Line.proration(item, item.period().startingAt(at), description, credit, null));
    }

    /** What the rest of an item's period costs. */
    Line debit(Item item, BigDecimal net, Instant anchor, Instant at, List<Reduction> reductions) {
        String description = catalogue.remaining(item, DAY.format(at), Reduction.describe(reductions));
        return Line.proration(item, item.period().startingAt(at), description, 
                cycle(item, anchor, at).share(net, item.period().startingAt(at)), null);
    }

    /**
     * What a full period of each item costs after discounts, exact but for the discounts, which are whole minor units before
     * anything is multiplied with them. Flexible billing allocates a coupon over all items.
     */
    static Map<String, BigDecimal> allocated(List<Item> items, List<Reduction> reductions) {
        List<List<Reduction.Share>> shares = Reduction.shares(items.stream().map(Item::base).toList(), reductions);
        Map<String, BigDecimal> nets = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            nets.put(items.get(i).id(), net(items.get(i), shares.get(i)));
        }
        return nets;
    }

    /** The same for one item in classic billing, which lays the whole of a coupon on it. */
    static BigDecimal whole(Item item, List<Reduction> reductions) {
        return net(item, Reduction.shares(List.of(item.base()), reductions).getFirst());
    }

    private static BigDecimal net(Item item, List<Reduction.Share> shares) {
        BigDecimal net = item.exactAmount().subtract(BigDecimal.valueOf(shares.stream().mapToLong(Reduction.Share::amount).sum()));
        return net.max(BigDecimal.ZERO);
    }

    /** The whole cycle that an item's period lies in: longer than the period only where the first one, or the last, was cut short. */
    private static Span cycle(Item item, Instant anchor, Instant at) {
        Span cycle = item.recurrence().around(anchor, at);
        boolean within = !item.period().from().isBefore(cycle.from()) && !item.period().until().isAfter(cycle.until());
        return within ? cycle : item.period();
    }
}
