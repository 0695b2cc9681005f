package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item of a subscription.
 *
 * @param price  the whole price, tiers included
 * @param debits what it was billed that may still be running
 * @param discounts its own, which come before the subscription's
 */
record Item(String id, Instant created, ObjectNode metadata, ObjectNode price, long quantity, Span period, List<Debit> debits,
        List<String> discounts) {

    /** Stripe's limit of one subscription. */
    private static final int MOST = 20;

    static void requireNotTooMany(long items) {
        if (items > MOST) {
            throw StripeError.invalid(null, "items", "A subscription has at most " + MOST + " items.");
        }
    }

    static List<Item> of(ObjectNode subscription) {
        return Json.objects(subscription.path("items").path("data")).stream().map(Item::read).toList();
    }

    private static Item read(ObjectNode item) {
        return new Item(Json.required(item, "id"), Json.instant(item, "created"), (ObjectNode) item.path("metadata"),
                (ObjectNode) item.path("price"), quantity(item),
                new Span(Json.instant(item, "current_period_start"), Json.instant(item, "current_period_end")), Debit.of(item),
                Json.texts(item.path("discounts")));
    }

    private static long quantity(ObjectNode item) {
        return item.path("quantity").asLong(metered((ObjectNode) item.path("price")) ? 0 : 1);
    }

    static boolean metered(ObjectNode price) {
        return "metered".equals(Json.text(price.path("recurring"), "usage_type"));
    }

    /** How much of a price an added item has: of what is billed by use nobody says how much. */
    static long added(ObjectNode price, @Nullable Long sent, String parameter) {
        if (!metered(price)) {
            return sent == null ? 1 : sent;
        }
        if (sent != null) {
            throw StripeError.invalid(null, parameter, "Quantity should not be specified where usage_type is `metered`. Remove quantity from `items`.");
        }
        return 0;
    }

    /** Those that are billed in advance. */
    static List<Item> licensed(List<Item> items) {
        return items.stream().filter(item -> !item.metered()).toList();
    }

    /** Puts items into a subscription in place of those it has. */
    static void write(ObjectNode subscription, List<Item> items) {
        String id = Json.required(subscription, "id");
        ObjectNode list = (ObjectNode) subscription.path("items");
        list.set("data", Json.array().addAll(items.stream().map(item -> item.document(id)).toList()));
        list.put("total_count", items.size()).put("url", "/v1/subscription_items?subscription=" + id);
    }

    String priceId() {
        return Json.required(price, "id");
    }

    /** Whether it is billed by what was used of it, afterwards. */
    boolean metered() {
        return metered(price);
    }

    String product() {
        return Json.required(price, "product");
    }

    Recurrence recurrence() {
        return Recurrence.of(price);
    }

    /** What a full period costs before discounts, not rounded: a line that prorates it rounds only once. */
    BigDecimal exactAmount() {
        return Rate.of(price).exact(quantity);
    }

    /** What a full period is billed at before discounts. */
    long fullAmount() {
        return Rate.of(price).amount(quantity);
    }

    boolean billsLike(Item other) {
        return priceId().equals(other.priceId()) && quantity == other.quantity;
    }

    Item with(ObjectNode newPrice, long newQuantity) {
        return new Item(id, created, metadata, newPrice, newQuantity, period, debits, discounts);
    }

    Item with(ObjectNode newMetadata) {
        return new Item(id, created, newMetadata, price, quantity, period, debits, discounts);
    }

    Item during(Span newPeriod) {
        return new Item(id, created, metadata, price, quantity, newPeriod, debits, discounts);
    }

    Item owing(List<Debit> newDebits) {
        return new Item(id, created, metadata, price, quantity, period, newDebits, discounts);
    }

    Item discounted(List<String> newDiscounts) {
        return new Item(id, created, metadata, price, quantity, period, debits, newDiscounts);
    }

    ObjectNode document(String subscription) {
        ObjectNode item = Skeletons.of("subscription_item");
        item.put("id", id).put("subscription", subscription);
        if (!metered()) {
            item.put("quantity", quantity);
        }
        Json.put(item, "created", created);
        Json.put(item, "current_period_start", period.from());
        Json.put(item, "current_period_end", period.until());
        item.set("metadata", metadata);
        item.set("discounts", Json.strings(discounts));
        item.set("price", price);
        item.set("plan", plan(price));
        item.putObject(Rendering.INTERNAL).putArray("debits").addAll(debits.stream().map(Debit::document).toList());
        return item;
    }

    /** The price in the shape it had before prices existed, which Stripe still shows beside it. */
    private static ObjectNode plan(ObjectNode price) {
        ObjectNode plan = Skeletons.of("plan");
        for (String same : List.of("id", "active", "billing_scheme", "created", "currency", "nickname", "product", "tiers_mode")) {
            plan.set(same, price.path(same));
        }
        for (String same : List.of("interval", "interval_count", "meter", "trial_period_days", "usage_type")) {
            plan.set(same, price.path("recurring").path(same));
        }
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        return plan;
    }
}
