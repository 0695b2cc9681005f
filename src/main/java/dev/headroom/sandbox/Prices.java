package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/prices}. What a price asks never changes; its lookup key may move to another price. */
final class Prices {

    private static final int MOST_DECIMALS = 12;

    private Prices() {}

    static void addTo(Routes routes) {
        routes.post("/v1/prices", Prices::create);
        routes.get("/v1/prices", Prices::list);
        routes.get("/v1/prices/{id}", call -> call.session().load(Kind.PRICE, call.id(), "price"));
        routes.post("/v1/prices/{id}", Prices::update);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode price = Skeletons.of(Kind.PRICE, Tokens.id(Kind.PRICE), session.now());
        price.put("currency", Currencies.parse(parameters.requireText("currency"), "currency"));
        price.put("product", product(session, parameters));
        recurring(session, parameters, price);
        if ("tiered".equals(parameters.text("billing_scheme"))) {
            tiers(parameters, price);
        } else {
            unitAmount(parameters, price, "unit_amount");
            if (price.path("unit_amount_decimal").isNull()) {
                throw StripeError.invalid("parameter_missing", "unit_amount", "Missing required param: unit_amount.");
            }
            transform(parameters.hash("transform_quantity"), price);
        }
        read(session, parameters, price);
        session.create(price);
        return price;
    }

    private static ObjectNode update(Call call) {
        ObjectNode price = call.session().load(Kind.PRICE, call.id(), "price");
        read(call.session(), call.parameters(), price);
        call.session().update(price);
        return price;
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        Session session = call.session();
        List<String> terms = new ArrayList<>();
        for (String filter : List.of("product", "currency", "type")) {
            String value = parameters.text(filter);
            if (value != null) {
                terms.add(Kind.term(filter, value));
            }
        }
        Boolean active = parameters.flag("active");
        if (active != null) {
            terms.add(Kind.term("active", active.toString()));
        }
        Page page = Page.read(parameters);
        List<String> keys = parameters.texts("lookup_keys");
        if (!keys.isEmpty()) {
            return Page.list("/v1/prices", keys.stream().flatMap(key -> {
                List<String> withKey = new ArrayList<>(terms);
                withKey.add(Kind.term("lookup_key", key));
                return session.documents().all(Kind.PRICE, null, withKey).stream();
            }).toList(), false);
        }
        return page.list("/v1/prices", session.documents().page(Kind.PRICE, null, terms, page));
    }

    private static String product(Session session, Parameters parameters) {
        String id = parameters.text("product");
        if (id != null) {
            return Json.required(session.load(Kind.PRODUCT, id, "product"), "id");
        }
        if (!parameters.has("product_data")) {
            throw StripeError.invalid("parameter_missing", "product", "Missing required param: product.");
        }
        return Json.required(Products.create(session, parameters.hash("product_data")), "id");
    }

    private static void recurring(Session session, Parameters parameters, ObjectNode price) {
        if (!parameters.has("recurring")) {
            price.put("type", "one_time").putNull("recurring");
            return;
        }
        Parameters sent = parameters.hash("recurring");
        Recurrence.Unit unit = sent.require("interval", sent.choice("interval", Recurrence.Unit.class));
        Long count = sent.count("interval_count");
        String usage = Objects.requireNonNullElse(sent.text("usage_type"), "licensed");
        ObjectNode recurring = price.putObject("recurring").put("interval", Parameters.spelling(unit));
        recurring.put("interval_count", count == null ? 1 : count).put("meter", meter(session, sent, usage)).putNull("trial_period_days");
        recurring.put("usage_type", usage);
    }

    /** What is billed by use needs a meter that counts it, and nothing else has one. */
    private static @Nullable String meter(Session session, Parameters sent, String usage) {
        String id = sent.text("meter");
        if (!usage.equals("metered") && !usage.equals("licensed")) {
            throw StripeError.invalid(null, sent.at("usage_type"), "Invalid usage_type: must be one of licensed or metered");
        }
        if (usage.equals("metered") != (id != null)) {
            throw StripeError.invalid("parameter_missing", sent.at("meter"), "Prices with `usage_type=metered` must have a `meter`, and no others.");
        }
        if (id != null && !"active".equals(Json.text(session.load(Kind.METER, id, sent.at("meter")), "status"))) {
            throw StripeError.invalid("archived_meter", sent.at("meter"), "The meter is inactive.");
        }
        return id;
    }

    private static void tiers(Parameters parameters, ObjectNode price) {
        String mode = parameters.requireText("tiers_mode");
        if (!mode.equals("volume") && !mode.equals("graduated")) {
            throw StripeError.invalid(null, "tiers_mode", "Invalid tiers_mode: must be one of graduated or volume");
        }
        price.put("billing_scheme", "tiered").put("tiers_mode", mode);
        List<ObjectNode> tiers = parameters.hashes("tiers").stream().map(Prices::tier).toList();
        if (tiers.isEmpty() || !tiers.getLast().path("up_to").isNull()) {
            throw StripeError.invalid(null, "tiers", "The last tier must have `up_to` set to `inf`.");
        }
        price.set("tiers", Json.array().addAll(tiers));
    }

    private static ObjectNode tier(Parameters sent) {
        ObjectNode tier = Json.object();
        tier.putNull("flat_amount").putNull("flat_amount_decimal").putNull("unit_amount").putNull("unit_amount_decimal").putNull("up_to");
        if (!"inf".equals(sent.requireText("up_to"))) {
            tier.put("up_to", sent.requireInteger("up_to"));
        }
        unitAmount(sent, tier, "unit_amount");
        unitAmount(sent, tier, "flat_amount");
        return tier;
    }

    /** Stripe shows both forms: the decimal always, the integer only when it is whole. */
    private static void unitAmount(Parameters sent, ObjectNode document, String name) {
        Long whole = sent.count(name);
        BigDecimal decimal = sent.decimal(name + "_decimal");
        if (whole != null && decimal != null) {
            throw StripeError.invalid(null, sent.at(name), "You may only specify one of these parameters: " + name + ", " + name + "_decimal.");
        }
        BigDecimal exact = whole == null ? decimal : BigDecimal.valueOf(whole);
        if (exact == null) {
            return;
        }
        BigDecimal plain = plain(exact);
        if (plain.signum() < 0 || plain.scale() > MOST_DECIMALS) {
            throw StripeError.invalid(null, sent.at(name + "_decimal"), "Invalid decimal: not negative, at most 12 decimal places.");
        }
        document.put(name + "_decimal", plain.toPlainString());
        document.put(name, plain.scale() == 0 ? Long.valueOf(plain.longValueExact()) : null);
    }

    private static BigDecimal plain(BigDecimal exact) {
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void transform(Parameters sent, ObjectNode price) {
        Long size = sent.count("divide_by");
        if (size != null) {
            price.putObject("transform_quantity").put("divide_by", size).put("round", sent.requireText("round"));
        }
    }

    private static void read(Session session, Parameters parameters, ObjectNode price) {
        for (String field : List.of("nickname", "tax_behavior")) {
            if (parameters.has(field)) {
                price.put(field, parameters.text(field));
            }
        }
        Boolean active = parameters.flag("active");
        if (active != null) {
            price.put("active", active);
        }
        boolean transfer = Boolean.TRUE.equals(parameters.flag("transfer_lookup_key"));
        if (parameters.has("lookup_key")) {
            lookupKey(session, price, parameters.text("lookup_key"), transfer);
        }
        Metadata.read(parameters, price);
    }

    private static void lookupKey(Session session, ObjectNode price, @Nullable String key, boolean transfer) {
        if (key != null) {
            session.documents().all(Kind.PRICE, null, List.of(Kind.term("lookup_key", key))).stream()
                    .filter(holder -> !Objects.equals(Json.text(holder, "id"), Json.text(price, "id"))).forEach(holder -> {
                        if (!transfer) {
                            throw StripeError.invalid(null, "lookup_key", "A price (`" + Json.text(holder, "id") + "`) already uses that lookup key.");
                        }
                        ObjectNode former = session.load(Kind.PRICE, Json.required(holder, "id"));
                        session.update(former.putNull("lookup_key"));
                    });
        }
        price.put("lookup_key", key);
    }
}
