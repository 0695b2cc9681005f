package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where a cancellation in the middle of a period ends it early: an item is billed up to there and not further. */
final class Cutoff {

    private final ObjectNode subscription;
    private final Instant anchor;
    private final @Nullable Instant cancelAt;

    /** @param subscription with the {@code cancel_at} that is to hold */
    Cutoff(ObjectNode subscription) {
        this.subscription = subscription;
        this.anchor = Json.instant(subscription, "billing_cycle_anchor");
        this.cancelAt = Json.instantOrNull(subscription, "cancel_at");
    }

    /** When an item's period ends if nothing cuts it short. */
    Instant naturalEnd(Item item) {
        Span counted = item.recurrence().around(anchor, item.period().from());
        boolean cut = counted.from().equals(item.period().from()) && item.period().until().isBefore(counted.until()) && !Planner.isTrialing(subscription);
        return cut ? counted.until() : item.period().until();
    }

    /** The item with its period as long as the cancellation lets it be. */
    Item of(Item item) {
        Instant end = naturalEnd(item);
        boolean within = cancelAt != null && cancelAt.isAfter(item.period().from()) && cancelAt.isBefore(end);
        return item.during(new Span(item.period().from(), within ? Objects.requireNonNull(cancelAt) : end));
    }

    /** Whether a period is longer or shorter than it should be. */
    boolean changesAnything() {
        return Item.of(subscription).stream().anyMatch(item -> !of(item).period().equals(item.period()));
    }

    /** The lines of periods that begin: in full, but for those that are cut short. */
    List<Line> begin(Charges charges, List<Item> items, Reductions reductions) {
        List<Item> whole = items.stream().filter(item -> of(item).period().equals(item.period())).toList();
        Map<String, Priced> nets = reductions.allocated(items);
        Map<String, Line> recurring = new HashMap<>();
        charges.recurring(whole, reductions).forEach(line -> recurring.put(line.item().id(), line));
        List<Line> lines = new ArrayList<>();
        for (Item item : items) {
            lines.add(Optional.ofNullable(recurring.get(item.id())).orElseGet(() -> charges.debit(
                    subscription, of(item), Objects.requireNonNull(nets.get(item.id())), item.period().from(), reductions)));
        }
        return lines;
    }
}
