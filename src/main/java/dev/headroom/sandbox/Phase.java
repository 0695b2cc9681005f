package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.ProrationBehavior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stretch of a schedule, and what the subscription shall be during it.
 *
 * @param discounts   as Stripe shows them: coupons to redeem, or discounts to keep
 * @param proration   how entering it prorates
 * @param startsCycle whether entering it begins a new billing cycle
 * @param trialEnd    until when it is free; null for no trial
 * @param metadata    what entering it changes about the subscription's metadata; an empty value takes a key away
 */
record Phase(Span span, List<Part> parts, List<ObjectNode> discounts, ProrationBehavior proration, boolean startsCycle,
        @Nullable Instant trialEnd, ObjectNode metadata) {

    /**
     * What the subscription bills during the phase; items are told apart by their prices.
     *
     * @param discounts of its own, as Stripe shows them; an item that names none has none
     */
    record Part(String price, @Nullable Long quantity, ObjectNode metadata, List<ObjectNode> discounts) {

        static Part of(Item item) {
            return new Part(item.priceId(), item.metered() ? null : item.quantity(), item.metadata(), kept(item.discounts()));
        }

        static Part of(ObjectNode price, @Nullable Long sent, String parameter, ObjectNode metadata, List<ObjectNode> discounts) {
            long quantity = Item.added(price, sent, parameter);
            return new Part(Json.required(price, "id"), Item.metered(price) ? null : quantity, metadata, discounts);
        }

        private static Part read(ObjectNode item) {
            return new Part(Json.required(item, "price"), item.path("quantity").isNumber() ? Json.number(item, "quantity") : null,
                    (ObjectNode) item.path("metadata"), Json.objects(item.path("discounts")));
        }

        private boolean asksOther(Item present) {
            return quantity != null && quantity != present.quantity();
        }
    }

    /** The phase that a running subscription is in, when nothing has been scheduled for it yet. */
    static Phase of(ObjectNode subscription, Instant until) {
        List<Item> items = Item.of(subscription);
        Instant end = Deadlines.earliestPeriodEnd(subscription);
        Instant start = items.stream().filter(item -> item.period().until().equals(end)).findFirst().orElseThrow().period().from();
        return new Phase(new Span(start, until), items.stream().map(Part::of).toList(),
                kept(Json.texts(subscription.path("discounts"))), ProrationBehavior.CREATE_PRORATIONS, false,
                Planner.isTrialing(subscription) ? Json.instantOrNull(subscription, "trial_end") : null, Json.object());
    }

    private static List<ObjectNode> kept(List<String> discounts) {
        return discounts.stream().map(id -> Json.object().putNull("coupon").put("discount", id).putNull("promotion_code")).toList();
    }

    static List<Phase> all(ObjectNode schedule) {
        return Json.objects(schedule.path("phases")).stream().map(Phase::read).toList();
    }

    private static Phase read(ObjectNode phase) {
        List<Part> parts = Json.objects(phase.path("items")).stream()
                .map(Part::read).toList();
        return new Phase(new Span(Json.instant(phase, "start_date"), Json.instant(phase, "end_date")), parts, Json.objects(phase.path("discounts")),
                ProrationBehavior.of(Json.required(phase, "proration_behavior")), "phase_start".equals(Json.text(phase, "billing_cycle_anchor")),
                Json.instantOrNull(phase, "trial_end"), (ObjectNode) phase.path("metadata"));
    }

    ObjectNode document(String currency) {
        ObjectNode phase = Skeletons.of("subscription_schedule_phase");
        phase.put("currency", currency).put("proration_behavior", Parameters.spelling(proration));
        phase.put("billing_cycle_anchor", startsCycle ? "phase_start" : null);
        phase.set("discounts", Json.array().addAll(discounts));
        phase.set("metadata", metadata);
        Json.put(phase, "start_date", span.from());
        Json.put(phase, "end_date", span.until());
        Json.put(phase, "trial_end", trialEnd);
        parts.forEach(part -> {
            ObjectNode item = phase.withArray("/items").addObject();
            item.put("price", part.price).put("plan", part.price).putNull("billing_thresholds");
            if (part.quantity != null) {
                item.put("quantity", part.quantity);
            }
            item.set("discounts", Json.array().addAll(part.discounts));
            item.putArray("tax_rates");
            item.set("metadata", part.metadata);
        });
        return phase;
    }

    /**
     * What has to change about a subscription for it to be as the phase says: an item stays the same one while its price does.
     *
     * @param entering whether the phase begins now, and with it, if it says so, a billing cycle
     */
    Change change(Session session, ObjectNode subscription, ProrationBehavior how, boolean entering) {
        ObjectNode tree = Json.object().put("proration_behavior", Parameters.spelling(how));
        ObjectNode items = tree.putObject("items");
        List<Item> present = Item.of(subscription);
        present.stream().filter(item -> parts.stream().noneMatch(part -> part.price.equals(item.priceId())))
                .forEach(gone -> items.putObject(String.valueOf(items.size())).put("id", gone.id()).put("deleted", "true"));
        for (Part part : parts) {
            Optional<Item> same = present.stream().filter(item -> item.priceId().equals(part.price)).findFirst();
            List<String> own = same.map(Item::discounts).orElse(List.of());
            List<ObjectNode> wanted = wanted(session, own, part.discounts);
            boolean rediscounted = !named(wanted).equals(own);
            boolean differs = rediscounted || same.isEmpty() || part.asksOther(same.get())
                    || !Metadata.merged(same.get().metadata(), pairs(part.metadata)).equals(same.get().metadata());
            if (differs) {
                ObjectNode item = items.putObject(String.valueOf(items.size()));
                same.ifPresentOrElse(old -> item.put("id", old.id()), () -> item.put("price", part.price));
                if (part.quantity != null) {
                    item.put("quantity", String.valueOf(part.quantity));
                }
                item.set("metadata", part.metadata);
                if (rediscounted) {
                    ask(item, wanted);
                }
            }
        }
        if (entering && startsCycle) {
            tree.put("billing_cycle_anchor", "now");
        }
        if (trialEnd != null && trialEnd.isAfter(session.now()) && !trialEnd.equals(Json.instantOrNull(subscription, "trial_end"))) {
            tree.put("trial_end", String.valueOf(trialEnd.getEpochSecond()));
        }
        List<String> shared = Json.texts(subscription.path("discounts"));
        List<ObjectNode> wanted = wanted(session, shared, discounts);
        if (!named(wanted).equals(shared)) {
            ask(tree, wanted);
        }
        return Change.read(Parameters.of(tree));
    }

    /** A coupon that was redeemed is not redeemed again, and one that counted once does not count twice. */
    private static List<ObjectNode> wanted(Session session, List<String> there, List<ObjectNode> discounts) {
        List<ObjectNode> present = there.stream().map(id -> session.load(Kind.DISCOUNT, id)).toList();
        List<ObjectNode> wanted = new ArrayList<>();
        for (ObjectNode each : discounts) {
            String coupon = Json.text(each, "coupon");
            String discount = coupon == null ? Json.text(each, "discount") : present.stream()
                    .filter(one -> coupon.equals(Json.text(one.path("source"), "coupon"))).map(one -> Json.required(one, "id")).findFirst().orElse(null);
            if (discount == null) {
                wanted.add(Json.object().put("coupon", coupon));
            } else if (there.contains(discount) || !Discounts.isOnce(session.load(Kind.DISCOUNT, discount))) {
                wanted.add(Json.object().put("discount", discount));
            }
        }
        return wanted;
    }

    private static List<@Nullable String> named(List<ObjectNode> wanted) {
        return wanted.stream().<@Nullable String>map(each -> Json.text(each, "discount")).toList();
    }

    /** Of a subscription or of an item: an empty text takes all of them away. */
    private static void ask(ObjectNode tree, List<ObjectNode> wanted) {
        if (wanted.isEmpty()) {
            tree.put("discounts", "");
        } else {
            wanted.forEach(each -> tree.withObject("/discounts").set(String.valueOf(tree.path("discounts").size()), each));
        }
    }

    static Map<String, String> pairs(JsonNode metadata) {
        return metadata.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asString("")));
    }
}
