package dev.headroom.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The discounts of a subscription: coupons that it redeemed, each with the terms it had then. */
final class Discounts {

    private final Session session;

    Discounts(Session session) {
        this.session = session;
    }

    /** What takes effect at an instant, in the order given. */
    List<Reduction> active(ObjectNode subscription, Instant at) {
        return documents(subscription).stream().filter(discount -> isActive(discount, at))
                .map(discount -> Reduction.of(discount, (ObjectNode) discount.path(Rendering.INTERNAL).path("coupon"))).toList();
    }

    /** Replaces the subscription's discounts; those already there may be kept by naming them. */
    void replace(ObjectNode subscription, List<Change.DiscountRequest> requests) {
        List<String> ids = new ArrayList<>();
        for (Change.DiscountRequest request : requests) {
            if (request.discount() != null) {
                ids.add(Json.required(session.load(Kind.DISCOUNT, request.discount(), "discounts[0][discount]"), "id"));
            } else if (request.coupon() != null) {
                ids.add(Json.required(redeem(subscription, request.coupon()), "id"));
            } else {
                throw StripeError.unsupported("discounts", "The sandbox discounts by coupon or discount only.");
            }
        }
        subscription.set("discounts", Json.strings(ids));
    }

    /** Takes the discounts away whose time is over and, once they were used, those that count only once. */
    void expire(ObjectNode subscription, List<String> used, Instant at) {
        List<String> kept = documents(subscription).stream()
                .filter(discount -> isActive(discount, at))
                .filter(discount -> !isOnce(discount) || !used.contains(Json.text(discount, "id")))
                .map(discount -> Json.required(discount, "id")).toList();
        subscription.set("discounts", Json.strings(kept));
    }

    private ObjectNode redeem(ObjectNode subscription, String couponId) {
        ObjectNode coupon = Coupons.load(session, couponId, "discounts[0][coupon]");
        if (!Json.flag(coupon, "valid")) {
            throw StripeError.invalid("coupon_expired", "discounts[0][coupon]", "Coupon expired: " + couponId);
        }
        String currency = Json.text(coupon, "currency");
        if (currency != null && !currency.equals(Json.text(subscription, "currency"))) {
            throw StripeError.invalid(null, "discounts[0][coupon]", "The coupon " + couponId + " is in " + currency + ".");
        }
        ObjectNode discount = Skeletons.of("discount");
        discount.put("id", Tokens.id(Kind.DISCOUNT)).put("customer", Json.text(subscription, "customer"));
        discount.put("subscription", Json.text(subscription, "id"));
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

    /** Stores the discounts that were redeemed since, and counts the redemptions. */
    void commit(ObjectNode subscription) {
        documents(subscription).stream().filter(session::isOnlyRemembered).forEach(discount -> {
            session.insert(discount);
            String couponId = Json.required(discount.path("source"), "coupon");
            session.lock(couponId);
            session.find(Kind.COUPON, couponId).ifPresent(coupon -> {
                long times = Json.number(coupon, "times_redeemed") + 1;
                coupon.put("times_redeemed", times);
                coupon.put("valid", coupon.path("max_redemptions").isNull() || times < Json.number(coupon, "max_redemptions"));
                session.save(coupon);
            });
        });
    }

    private List<ObjectNode> documents(ObjectNode subscription) {
        return Json.texts(subscription.path("discounts")).stream().map(id -> session.load(Kind.DISCOUNT, id)).toList();
    }

    private static boolean isActive(ObjectNode discount, Instant at) {
        Instant end = Json.instantOrNull(discount, "end");
        return end == null || at.isBefore(end);
    }

    static boolean isOnce(ObjectNode discount) {
        return Objects.equals("once", Json.text(discount.path(Rendering.INTERNAL).path("coupon"), "duration"));
    }
}
