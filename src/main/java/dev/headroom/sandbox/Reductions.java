package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The discounts that reduce a subscription at an instant. An item's own come first, whatever is left is reduced by the shared ones.
 *
 * @param shared in their order: the subscription's, or its customer's where it has none
 * @param own    by item
 */
record Reductions(List<Reduction> shared, Map<String, List<Reduction>> own) {

    /** What each discount takes off each item's full period. */
    List<List<Reduction.Share>> shares(List<Item> items) {
        return Reduction.shares(items.stream().map(item -> new Reduction.Base(item.product(), item.fullAmount(), own(item))).toList(), shared);
    }

    /** What a full period of each item costs when the shared discounts are allocated over all of them. */
    Map<String, Priced> allocated(List<Item> items) {
        List<List<Reduction.Share>> shares = shares(items);
        Map<String, Priced> priced = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            priced.put(items.get(i).id(), new Priced(items.get(i).exactAmount(), shares.get(i)));
        }
        return priced;
    }

    /** The same for one item in classic billing, which lays the whole of a shared discount on it. */
    Priced whole(Item item) {
        return new Priced(item.exactAmount(), shares(List.of(item)).getFirst());
    }

    /** "(with 60.0% off)", as Stripe describes a line that is net of its discounts; empty for none. */
    String describe(ObjectNode subscription, Item item) {
        if (BillingMode.itemizes(subscription)) {
            return "";
        }
        List<Reduction> all = new ArrayList<>(own(item));
        all.addAll(shared);
        return Reduction.describe(all);
    }

    private List<Reduction> own(Item item) {
        return own.getOrDefault(item.id(), List.of());
    }
}
