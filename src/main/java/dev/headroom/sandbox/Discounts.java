package dev.headroom.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The discounts of subscriptions, their items and customers: coupons that were redeemed, each with the terms it had then. */
final class Discounts {

    private static final String DISCOUNTS = "discounts";

    private final Session session;

    Discounts(Session session) {
        this.session = session;
    }

    /** What takes effect at an instant, in the order given. */
    Reductions active(ObjectNode subscription, Instant at) {
        return active(subscription, Item.of(subscription), at);
    }

    /** @param items the subscription's, as they shall be */
    Reductions active(ObjectNode subscription, List<Item> items, Instant at) {
        List<ObjectNode> shared = Json.texts(subscription.path(DISCOUNTS)).stream().map(id -> session.load(Kind.DISCOUNT, id)).toList();
        Map<String, List<Reduction>> own = new LinkedHashMap<>();
        items.forEach(item -> own.put(item.id(), reductions(item.discounts().stream().map(id -> session.load(Kind.DISCOUNT, id)).toList(), at)));
        return new Reductions(reductions(shared.isEmpty() ? ofCustomer(subscription) : shared, at), own);
    }

    private List<ObjectNode> ofCustomer(ObjectNode subscription) {
        JsonNode discount = session.load(Kind.CUSTOMER, Json.required(subscription, "customer")).path("discount");
        return discount instanceof ObjectNode inherited ? List.of(inherited) : List.of();
    }

    private static List<Reduction> reductions(List<ObjectNode> discounts, Instant at) {
        return discounts.stream().filter(discount -> isActive(discount, at)).map(discount -> Reduction.of(discount, terms(discount))).toList();
    }

    /** Replaces the subscription's discounts; those already there may be kept by naming them. */
    void replace(ObjectNode subscription, List<Item> items, List<Change.DiscountRequest> requests) {
        long amount = items.stream().mapToLong(Item::fullAmount).sum();
        subscription.set(DISCOUNTS, Json.strings(requests.stream().map(request -> meant(subscription, null, amount, request)).toList()));
    }

    /** The item with the discounts that are asked for it, which stand before the subscription's. */
    Item replace(ObjectNode subscription, Item item, @Nullable List<Change.DiscountRequest> requests) {
        return requests == null ? item
                : item.discounted(requests.stream().map(request -> meant(subscription, item.id(), item.fullAmount(), request)).toList());
    }

    private String meant(ObjectNode subscription, @Nullable String item, long amount, Change.DiscountRequest request) {
        String customer = Json.required(subscription, "customer");
        String parameter = request.parameter();
        if (request.discount() != null) {
            ObjectNode kept = session.load(Kind.DISCOUNT, request.discount(), parameter);
            if (!customer.equals(Json.text(kept, "customer"))) {
                throw StripeError.missing(Kind.DISCOUNT, request.discount(), parameter);
            }
            return request.discount();
        }
        ObjectNode discount;
        if (request.promotionCode() != null) {
            ObjectNode code = session.load(Kind.PROMOTION_CODE, request.promotionCode(), parameter);
            String coupon = PromotionCodes.coupon(session, code, customer, Json.required(subscription, "currency"), amount, parameter);
            discount = redeem(customer, Json.text(subscription, "currency"), coupon, parameter).put("promotion_code", request.promotionCode());
        } else if (request.coupon() != null) {
            discount = redeem(customer, Json.text(subscription, "currency"), request.coupon(), parameter);
        } else {
            throw StripeError.invalid("parameter_missing", parameter, "Provide one of `coupon`, `promotion_code` and `discount`.");
        }
        discount.put("subscription", Json.text(subscription, "id")).put("subscription_item", item);
        return Json.required(discount, "id");
    }

    /** Gives a customer a coupon for all subscriptions that have no discount of their own. */
    void give(ObjectNode customer, String couponId) {
        ObjectNode discount = redeem(Json.required(customer, "id"), Json.text(customer, "currency"), couponId, "coupon");
        commit(List.of(discount));
        customer.set("discount", discount);
        session.update(customer);
    }

    private ObjectNode redeem(String customer, @Nullable String currency, String couponId, String parameter) {
        ObjectNode coupon = Coupons.load(session, couponId, parameter);
        requireValid(coupon, parameter);
        String own = Json.text(coupon, "currency");
        if (own != null && currency != null && !own.equals(currency)) {
            throw StripeError.invalid(null, parameter, "The coupon " + couponId + " is in " + own + ".");
        }
        ObjectNode discount = Skeletons.of("discount");
        discount.put("id", Tokens.id(Kind.DISCOUNT)).put("customer", customer);
        discount.putObject("source").put("type", "coupon").put("coupon", couponId);
        Json.put(discount, "start", session.now());
        if ("repeating".equals(Json.text(coupon, "duration"))) {
            long months = Json.number(coupon, "duration_in_months");
            Json.put(discount, "end", session.now().atZone(ZoneOffset.UTC).plusMonths(months).toInstant());
        }
        discount.putObject(Rendering.INTERNAL).set("coupon", coupon.deepCopy());
        session.remember(discount);
        return discount;
    }

    private void requireValid(ObjectNode coupon, String parameter) {
        if (!Coupons.isValid(coupon, session.now())) {
            throw StripeError.invalid("coupon_expired", parameter, "Coupon expired: " + Json.text(coupon, "id"));
        }
    }

    /** Stores the discounts that were redeemed since, and counts the redemptions. */
    void commit(ObjectNode subscription) {
        commit(holders(subscription).flatMap(holder -> Json.texts(holder.path(DISCOUNTS)).stream()).distinct()
                .map(id -> session.load(Kind.DISCOUNT, id)).toList());
    }

    /** Coupons are locked in the order of their ids, so that two who redeem the same ones do not wait for each other. */
    private void commit(List<ObjectNode> discounts) {
        discounts.stream().filter(session::isOnlyRemembered)
                .sorted(Comparator.comparing(discount -> Json.required(discount.path("source"), "coupon"))).forEach(this::count);
    }

    /** Somebody else may have redeemed the last one meanwhile. */
    private void count(ObjectNode discount) {
        session.insert(discount);
        String couponId = Json.required(discount.path("source"), "coupon");
        session.lock(couponId);
        String codeId = Json.text(discount, "promotion_code");
        if (codeId != null) {
            ObjectNode code = session.load(Kind.PROMOTION_CODE, codeId);
            PromotionCodes.requireActive(session, code, DISCOUNTS);
            session.save(counted(code));
        }
        ObjectNode coupon = session.load(Kind.COUPON, couponId);
        requireValid(coupon, DISCOUNTS);
        session.save(counted(coupon));
    }

    private static ObjectNode counted(ObjectNode redeemed) {
        return redeemed.put("times_redeemed", Json.number(redeemed, "times_redeemed") + 1);
    }

    /** Takes the discounts away whose time is over and, once they were used, those that count only once. */
    void expire(ObjectNode subscription, List<String> used, Instant at) {
        holders(subscription).forEach(holder -> holder.set(DISCOUNTS, Json.strings(Json.texts(holder.path(DISCOUNTS)).stream()
                .filter(id -> !isOver(session.load(Kind.DISCOUNT, id), used, at)).toList())));
        if (!used.isEmpty()) {
            ObjectNode customer = session.load(Kind.CUSTOMER, Json.required(subscription, "customer"));
            if (customer.path("discount") instanceof ObjectNode discount && isOver(discount, used, at)) {
                session.update(customer.putNull("discount"));
            }
        }
    }

    private static Stream<ObjectNode> holders(ObjectNode subscription) {
        return Stream.concat(Stream.of(subscription), Json.objects(subscription.path("items").path("data")).stream());
    }

    private static boolean isOver(ObjectNode discount, List<String> used, Instant at) {
        return !isActive(discount, at) || Objects.equals("once", Json.text(terms(discount), "duration")) && used.contains(Json.text(discount, "id"));
    }

    private static boolean isActive(ObjectNode discount, Instant at) {
        Instant end = Json.instantOrNull(discount, "end");
        return end == null || at.isBefore(end);
    }

    static boolean isOnce(ObjectNode discount) {
        return Objects.equals("once", Json.text(terms(discount), "duration"));
    }

    /** The coupon as it was redeemed. */
    private static ObjectNode terms(ObjectNode discount) {
        return (ObjectNode) discount.path(Rendering.INTERNAL).path("coupon");
    }
}
