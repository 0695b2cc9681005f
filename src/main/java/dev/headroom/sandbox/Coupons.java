package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/coupons}. Deleting a coupon leaves the discounts that came of it alone, which still show it. */
final class Coupons {

    private static final String DELETED = "deleted";

    private enum Duration { FOREVER, ONCE, REPEATING }

    private Coupons() {}

    static void addTo(Routes routes) {
        routes.post("/v1/coupons", Coupons::create);
        routes.get("/v1/coupons", Coupons::list);
        routes.get("/v1/coupons/{id}", call -> load(call.session(), call.id(), "coupon"));
        routes.post("/v1/coupons/{id}", Coupons::update);
        routes.delete("/v1/coupons/{id}", Coupons::delete);
    }

    /** A coupon that can still be redeemed or edited. */
    static ObjectNode load(Session session, String id, String parameter) {
        ObjectNode coupon = session.load(Kind.COUPON, id, parameter);
        if (isDeleted(coupon)) {
            throw StripeError.missing(Kind.COUPON, id, parameter);
        }
        return coupon;
    }

    /** Whether it can be redeemed: it may be deleted, over or used up. */
    static boolean isValid(ObjectNode coupon, Instant now) {
        Instant end = Json.instantOrNull(coupon, "redeem_by");
        boolean usedUp = coupon.path("max_redemptions").isNumber() && Json.number(coupon, "times_redeemed") >= Json.number(coupon, "max_redemptions");
        return !isDeleted(coupon) && !usedUp && (end == null || now.isBefore(end));
    }

    private static boolean isDeleted(ObjectNode coupon) {
        return Json.flag(coupon.path(Rendering.INTERNAL), DELETED);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        String own = parameters.text("id");
        if (own != null) {
            requireFree(session, own);
        }
        ObjectNode coupon = Skeletons.of(Kind.COUPON, own == null ? Tokens.couponCode() : own, session.now());
        amount(parameters, coupon);
        Duration duration = parameters.choice("duration", Duration.class);
        coupon.put("duration", Parameters.spelling(duration == null ? Duration.ONCE : duration));
        coupon.put("duration_in_months", duration == Duration.REPEATING ? parameters.requireInteger("duration_in_months") : null);
        coupon.put("max_redemptions", parameters.count("max_redemptions"));
        Json.put(coupon, "redeem_by", parameters.time("redeem_by"));
        List<String> products = parameters.hash("applies_to").texts("products");
        if (!products.isEmpty()) {
            coupon.putObject("applies_to").set("products", Json.strings(products));
        }
        coupon.put("name", parameters.text("name"));
        Metadata.read(parameters, coupon);
        session.create(coupon);
        return coupon;
    }

    /** The id of a deleted coupon may be given again. */
    private static void requireFree(Session session, String id) {
        session.find(Kind.COUPON, id).ifPresent(existing -> {
            if (!isDeleted(existing)) {
                throw StripeError.invalid("resource_already_exists", "id", "Coupon already exists.");
            }
            session.remove(Kind.COUPON, id);
        });
    }

    private static void amount(Parameters parameters, ObjectNode coupon) {
        BigDecimal percent = parameters.decimal("percent_off");
        Long amount = parameters.count("amount_off");
        if ((percent == null) == (amount == null)) {
            throw StripeError.invalid("parameter_missing", "percent_off", "Must provide either percent_off or amount_off, and not both.");
        }
        if (percent != null && (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0)) {
            throw StripeError.invalid(null, "percent_off", "Invalid percent_off: must be greater than 0 and at most 100.");
        }
        coupon.put("percent_off", percent);
        coupon.put("amount_off", amount);
        if (amount != null) {
            coupon.put("currency", Currencies.parse(parameters.requireText("currency"), "currency"));
        }
    }

    private static ObjectNode update(Call call) {
        call.session().lock(call.id());
        ObjectNode coupon = load(call.session(), call.id(), "coupon");
        if (call.parameters().has("name")) {
            coupon.put("name", call.parameters().text("name"));
        }
        Metadata.read(call.parameters(), coupon);
        call.session().update(coupon);
        return coupon;
    }

    private static ObjectNode delete(Call call) {
        call.session().lock(call.id());
        ObjectNode coupon = load(call.session(), call.id(), "coupon");
        coupon.putObject(Rendering.INTERNAL).put(DELETED, true);
        call.session().save(coupon);
        call.session().announce("coupon.deleted", coupon);
        return Json.object().put("id", call.id()).put("object", "coupon").put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        Page page = Page.read(call.parameters());
        return page.list("/v1/coupons", call.session().documents().page(Kind.COUPON, null, List.of(Kind.term(DELETED, "false")), page));
    }
}
