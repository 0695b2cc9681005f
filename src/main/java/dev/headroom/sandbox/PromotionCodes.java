package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/promotion_codes}: what a customer types in to get a coupon. */
final class PromotionCodes {

    private PromotionCodes() {}

    static void addTo(Routes routes) {
        routes.post("/v1/promotion_codes", PromotionCodes::create);
        routes.get("/v1/promotion_codes", PromotionCodes::list);
        routes.get("/v1/promotion_codes/{id}", call -> call.session().load(Kind.PROMOTION_CODE, call.id(), "promotion_code"));
        routes.post("/v1/promotion_codes/{id}", PromotionCodes::update);
    }

    /** Whether it can be redeemed: it may be switched off, over, used up, or its coupon may. */
    static boolean isActive(Session session, ObjectNode code) {
        Instant expires = Json.instantOrNull(code, "expires_at");
        boolean usedUp = code.path("max_redemptions").isNumber() && Json.number(code, "times_redeemed") >= Json.number(code, "max_redemptions");
        return Json.flag(code, "active") && !usedUp && (expires == null || session.now().isBefore(expires))
                && session.find(Kind.COUPON, Json.required(code.path("promotion"), "coupon")).filter(coupon -> Coupons.isValid(coupon, session.now())).isPresent();
    }

    /**
     * Looks whether a customer may redeem it, and says for which coupon. Its minimum is looked at now and never again.
     *
     * @param amount what is to be discounted, before discounts
     */
    static String coupon(Session session, ObjectNode code, String customer, String currency, long amount, String parameter) {
        requireActive(session, code, parameter);
        String only = Json.text(code, "customer");
        if (only != null && !only.equals(customer)) {
            throw refused(parameter, "it belongs to another customer");
        }
        ObjectNode restrictions = (ObjectNode) code.path("restrictions");
        boolean tooLittle = restrictions.path("minimum_amount").isNumber()
                && (amount < Json.number(restrictions, "minimum_amount") || !currency.equals(Json.text(restrictions, "minimum_amount_currency")));
        if (tooLittle) {
            throw refused(parameter, "the minimum amount is not reached");
        }
        boolean again = Json.flag(restrictions, "first_time_transaction") && session.documents().all(Kind.INVOICE, customer, List.of()).stream()
                .anyMatch(invoice -> !"void".equals(Json.text(invoice, "status")));
        if (again) {
            throw refused(parameter, "the associated customer has prior transactions");
        }
        return Json.required(code.path("promotion"), "coupon");
    }

    static void requireActive(Session session, ObjectNode code, String parameter) {
        if (!isActive(session, code)) {
            throw StripeError.invalid(null, parameter, "Promotion code " + Json.text(code, "code") + " is not active.");
        }
    }

    private static StripeError refused(String parameter, String why) {
        return StripeError.invalid(null, parameter, "This promotion code cannot be redeemed because " + why + ".");
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        Parameters promotion = parameters.hash("promotion");
        promotion.requireText("type");
        ObjectNode coupon = Coupons.load(session, promotion.requireText("coupon"), promotion.at("coupon"));
        ObjectNode code = Skeletons.of(Kind.PROMOTION_CODE, Tokens.id(Kind.PROMOTION_CODE), session.now());
        String own = parameters.text("code");
        code.put("code", own == null ? Tokens.couponCode().toUpperCase(Locale.ROOT) : own);
        code.putObject("promotion").put("type", "coupon").put("coupon", Json.required(coupon, "id"));
        String customer = parameters.text("customer");
        code.put("customer", customer == null ? null : Json.required(session.load(Kind.CUSTOMER, customer, "customer"), "id"));
        Json.put(code, "expires_at", parameters.time("expires_at"));
        code.put("max_redemptions", parameters.count("max_redemptions"));
        restrictions(parameters.hash("restrictions"), (ObjectNode) code.path("restrictions"));
        read(parameters, code);
        requireFree(session, code);
        session.create(code);
        return code;
    }

    private static void restrictions(Parameters sent, ObjectNode restrictions) {
        restrictions.put("first_time_transaction", Boolean.TRUE.equals(sent.flag("first_time_transaction")));
        Long minimum = sent.count("minimum_amount");
        if (minimum != null) {
            restrictions.put("minimum_amount", minimum)
                    .put("minimum_amount_currency", Currencies.parse(sent.requireText("minimum_amount_currency"), sent.at("minimum_amount_currency")));
        }
    }

    /** No two active ones are typed alike, unless each is another customer's. */
    private static void requireFree(Session session, ObjectNode code) {
        String typed = Json.required(code, "code");
        session.lock("promotion code " + typed.toLowerCase(Locale.ROOT));
        boolean taken = Json.flag(code, "active") && session.documents().all(Kind.PROMOTION_CODE, null, List.of()).stream()
                .filter(other -> !Json.required(other, "id").equals(Json.text(code, "id")))
                .filter(other -> typed.equalsIgnoreCase(Json.text(other, "code")) && isActive(session, other))
                .anyMatch(other -> Objects.equals(Json.text(other, "customer"), Json.text(code, "customer")));
        if (taken) {
            throw StripeError.invalid(null, "code", "An active promotion code with `code: " + typed + "` already exists.");
        }
    }

    private static ObjectNode update(Call call) {
        Session session = call.session();
        // Whoever redeems it counts under the coupon's lock.
        session.lock(Json.required(session.load(Kind.PROMOTION_CODE, call.id(), "promotion_code").path("promotion"), "coupon"));
        ObjectNode code = session.load(Kind.PROMOTION_CODE, call.id(), "promotion_code");
        read(call.parameters(), code);
        requireFree(session, code);
        session.update(code);
        return code;
    }

    private static void read(Parameters parameters, ObjectNode code) {
        Boolean active = parameters.flag("active");
        if (active != null) {
            code.put("active", active);
        }
        Metadata.read(parameters, code);
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> terms = new ArrayList<>();
        for (String filter : List.of("code", "coupon")) {
            String value = parameters.text(filter);
            if (value != null) {
                terms.add(Kind.term(filter, value));
            }
        }
        Boolean active = parameters.flag("active");
        List<ObjectNode> found = call.session().documents().all(Kind.PROMOTION_CODE, parameters.text("customer"), terms).stream()
                .filter(code -> active == null || active == isActive(call.session(), code)).toList();
        return Page.read(parameters).within("/v1/promotion_codes", found);
    }
}
