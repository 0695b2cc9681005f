package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What was used of metered items, which is billed when it is over: in arrears, never in part, and never for a trial. */
final class Metering {

    private final Session session;

    Metering(Session session) {
        this.session = session;
    }

    /**
     * The metered items of which something was used since their period began, each with that as its quantity. An item counts from when
     * it was put on the subscription.
     *
     * @param subscription as it was while that was used
     */
    List<Item> used(ObjectNode subscription, Stream<Item> items, Instant until) {
        if (Planner.isTrialing(subscription)) {
            return List.of();
        }
        String customer = Json.required(subscription, "customer");
        return items.filter(Item::metered).map(item -> used(customer, item, until)).filter(item -> item.quantity() > 0).toList();
    }

    private Item used(String customer, Item item, Instant until) {
        ObjectNode meter = session.load(Kind.METER, Json.required(item.price().path("recurring"), "meter"));
        Instant from = item.created().isAfter(item.period().from()) ? item.created() : item.period().from();
        long total = session.meterEvents().total(Meters.metered(meter), customer, new Span(from, until));
        return item.with(item.price(), Math.max(0, total)).during(new Span(item.period().from(), until));
    }

    /** What is billed of an item that leaves, or takes another price, before its period is over: an invoice item, which may wait. */
    List<Line> parting(ObjectNode subscription, Optional<Item> item, Instant until) {
        return lines(subscription, item.stream(), until).stream()
                .map(line -> Line.proration(line.item(), line.period(), line.description(), line.amount(), line.reductions(), null)).toList();
    }

    /** The same as lines. */
    List<Line> lines(ObjectNode subscription, Stream<Item> items, Instant until) {
        return new Charges(session).recurring(used(subscription, items, until), new Discounts(session).active(subscription, until));
    }
}
