package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a subscription bills when periods of its items end. */
final class NextPeriod {

    private final Session session;

    NextPeriod(Session session) {
        this.session = session;
    }

    /**
     * The subscription with every item renewed whose period ends by then, and the lines for the new periods. Where a phase of a
     * schedule begins with them, they are that phase's items.
     */
    Plan plan(ObjectNode subscription, Instant at) {
        Optional<Plan> entered = Scheduling.beginning(session, subscription, at).map(phase -> Scheduling.plan(session, subscription, phase, at));
        ObjectNode planned = entered.map(Plan::subscription).orElseGet(subscription::deepCopy);
        Discounts discounts = new Discounts(session);
        discounts.expire(planned, List.of(), at);
        Instant anchor = Json.instant(planned, "billing_cycle_anchor");
        List<Item> items = Item.of(planned);
        List<Item> renewed = items.stream().filter(item -> !item.period().until().isAfter(at))
                .map(item -> item.during(next(item, anchor))).toList();
        List<Item> billed = Stream.concat(Item.licensed(renewed).stream(), new Metering(session)
                .used(subscription, items.stream().filter(item -> !item.period().until().isAfter(at)), at).stream()).toList();
        List<Line> lines = new Cutoff(planned).begin(new Charges(session), billed, discounts.active(planned, at));
        List<Item> owing = Planner.owing(renewed, lines.stream().filter(line -> !line.item().metered()).toList());
        Item.write(planned, items.stream()
                .map(item -> owing.stream().filter(each -> each.id().equals(item.id())).findFirst().orElse(item)).toList());
        if (Planner.isTrialing(planned) && !Json.instant(planned, "trial_end").isAfter(at)) {
            planned.put("status", "active");
        }
        return new Plan(planned, Stream.concat(entered.map(Plan::lines).orElse(List.of()).stream(), lines.stream()).toList(), at, true, true);
    }

    /** From the end of the last period on; where the anchor has no boundary there, because the interval changed, from that end. */
    private static Span next(Item item, Instant anchor) {
        Instant start = item.period().until();
        Span counted = item.recurrence().around(anchor, start);
        return counted.from().equals(start) ? counted : item.recurrence().around(start, start);
    }

    /** The period whose end makes the invoice. */
    static Span ended(ObjectNode subscription, Instant at) {
        return Item.of(subscription).stream().map(Item::period).filter(period -> !period.until().isAfter(at)).findFirst().orElseThrow();
    }
}
