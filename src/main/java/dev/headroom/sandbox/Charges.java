package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The lines that items make: for full periods, for trials, for parts of periods given back or charged. */
final class Charges {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Catalogue catalogue;

    Charges(Session session) {
        this.catalogue = new Catalogue(session);
    }

    /** One line for every item's period, discounted together. */
    List<Line> recurring(List<Item> items, Reductions reductions) {
        List<List<Reduction.Share>> shares = reductions.shares(items);
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
    List<Line> truncated(ObjectNode subscription, List<Item> items, Reductions reductions, Instant at) {
        Map<String, Priced> priced = reductions.allocated(items);
        return items.stream().map(item -> debit(subscription, item, priced.get(item.id()), at, reductions)).toList();
    }

    /** What is given back when an item ends or changes. */
    List<Line> credits(ObjectNode subscription, Item item, Reductions reductions, Instant at) {
        String description = catalogue.unused(item, DAY.format(at), reductions.describe(subscription, item));
        if (Planner.isFlexible(subscription)) {
            return item.debits().stream().filter(debit -> debit.period().contains(at) && debit.gross() != 0)
                    .filter(debit -> debit.net() != 0 || BillingMode.itemizes(subscription))
                    .map(debit -> credit(subscription, item, debit, description, at)).toList();
        }
        long credit = -cycle(subscription, item, at).share(reductions.whole(item).net(), item.period().startingAt(at));
        return List.of(Line.proration(item, item.period().startingAt(at), description, credit, List.of(), null));
    }

    private static Line credit(ObjectNode subscription, Item item, Debit debit, String description, Instant at) {
        Span rest = debit.period().startingAt(at);
        long net = debit.period().remaining(BigDecimal.valueOf(debit.net()), at);
        if (!BillingMode.itemizes(subscription)) {
            return Line.proration(item, rest, description, -net, List.of(), debit);
        }
        long gross = debit.period().remaining(BigDecimal.valueOf(debit.gross()), at);
        List<Reduction.Share> given = itemized(gross - net, debit.discounts()).stream()
                .map(share -> new Reduction.Share(share.discount(), -share.amount())).toList();
        return Line.proration(item, rest, description, -gross, given, debit);
    }

    /** What the rest of an item's period costs. */
    Line debit(ObjectNode subscription, Item item, Priced priced, Instant at, Reductions reductions) {
        String description = catalogue.remaining(item, DAY.format(at), reductions.describe(subscription, item));
        Span cycle = cycle(subscription, item, at);
        Span rest = item.period().startingAt(at);
        long net = cycle.share(priced.net(), rest);
        if (!BillingMode.itemizes(subscription)) {
            return Line.proration(item, rest, description, net, List.of(), null);
        }
        long gross = cycle.share(priced.gross(), rest);
        return Line.proration(item, rest, description, gross, itemized(gross - net, priced.shares()), null);
    }

    /** Both ways to show discounts charge the same: what lies between gross and net is what they took off, in proportion. */
    private static List<Reduction.Share> itemized(long discounted, List<Reduction.Share> shares) {
        long[] parts = Reduction.allocate(discounted, shares.stream().mapToLong(Reduction.Share::amount).toArray());
        return IntStream.range(0, parts.length).mapToObj(i -> new Reduction.Share(shares.get(i).discount(), parts[i])).toList();
    }

    /** The whole cycle that an item's period lies in: longer than the period only where the first one, or the last, was cut short. */
    private static Span cycle(ObjectNode subscription, Item item, Instant at) {
        Span cycle = item.recurrence().around(Json.instant(subscription, "billing_cycle_anchor"), at);
        boolean within = !item.period().from().isBefore(cycle.from()) && !item.period().until().isAfter(cycle.until());
        return within ? cycle : item.period();
    }
}
