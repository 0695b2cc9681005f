package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}. */
final class Customers {

    private static final List<String> TEXTS = List.of("name", "email", "phone", "description", "tax_exempt", "invoice_prefix");

    private Customers() {}

    static void addTo(Routes routes) {
        routes.post("/v1/customers", Customers::create);
        routes.get("/v1/customers", Customers::list);
        routes.get("/v1/customers/{id}", call -> call.session().load(Kind.CUSTOMER, call.id(), "id"));
        routes.post("/v1/customers/{id}", Customers::update);
        routes.delete("/v1/customers/{id}", Customers::delete);
    }

    /** Locks and loads a customer that is still there. */
    static ObjectNode loadToChange(Session session, String id, String parameter) {
        ObjectNode customer = session.loadToChange(Kind.CUSTOMER, id, parameter);
        if (Json.flag(customer, "deleted")) {
            throw StripeError.missing(Kind.CUSTOMER, id, parameter);
        }
        return customer;
    }

    /** Empty where there is none, or none any more. */
    static Optional<ObjectNode> findToChange(Session session, String id) {
        return session.find(Kind.CUSTOMER, id).filter(customer -> !Json.flag(customer, "deleted")).map(_ -> loadToChange(session, id, "id"));
    }

    /** A customer has one currency: the first in which anything is billed. */
    static void requireCurrency(ObjectNode customer, String currency) {
        String own = Json.text(customer, "currency");
        if (own != null && !own.equals(currency)) {
            throw StripeError.invalid(null, "currency", "You cannot combine currencies on a single customer. This customer has had a subscription, "
                    + "coupon, or invoice item with currency " + own);
        }
        customer.put("currency", currency);
    }

    private static ObjectNode create(Call call) {
        String clock = call.parameters().text("test_clock");
        if (clock != null) {
            call.session().follow(clock, Json.instant(call.session().load(Kind.TEST_CLOCK, clock, "test_clock"), "frozen_time"));
        }
        ObjectNode customer = Skeletons.of(Kind.CUSTOMER, Tokens.id(Kind.CUSTOMER), call.session().now());
        customer.put("invoice_prefix", Tokens.invoicePrefix());
        Long balance = call.parameters().integer("balance");
        customer.put("balance", balance == null ? 0 : balance);
        read(call.parameters(), customer);
        String paymentMethod = call.parameters().text("payment_method");
        String attached = paymentMethod == null ? null : PaymentMethods.attach(call.session(), paymentMethod, Json.required(customer, "id"));
        defaultPaymentMethod(call, customer, paymentMethod, attached);
        call.session().create(customer);
        return customer;
    }

    private static ObjectNode update(Call call) {
        ObjectNode customer = loadToChange(call.session(), call.id(), "id");
        Long balance = call.parameters().integer("balance");
        if (balance != null) {
            new CustomerBalance(call.session()).move(customer, balance - Json.number(customer, "balance"), "adjustment", null);
        }
        read(call.parameters(), customer);
        defaultPaymentMethod(call, customer, null, null);
        call.session().update(customer);
        return customer;
    }

    private static ObjectNode delete(Call call) {
        return delete(call.session(), call.id());
    }

    static ObjectNode delete(Session session, String id) {
        ObjectNode customer = loadToChange(session, id, "id");
        session.documents().all(Kind.SUBSCRIPTION, id, List.of(Kind.term("ended", "false")))
                .forEach(subscription -> new Ending(session).cancelNow(subscription, false, false));
        session.announce("customer.deleted", customer);
        ObjectNode stub = Json.object().put("id", id).put("object", "customer").put("deleted", true);
        session.save(stub);
        return stub;
    }

    private static ObjectNode list(Call call) {
        String email = call.parameters().text("email");
        String clock = call.parameters().text("test_clock");
        Page page = Page.read(call.parameters());
        List<String> terms = new ArrayList<>(email == null ? List.of(Kind.term("deleted", "false")) : List.of(Kind.term("email", email)));
        if (clock != null) {
            terms.add(Kind.term("test_clock", clock));
        }
        return page.list("/v1/customers", call.session().documents().page(Kind.CUSTOMER, null, terms, page));
    }

    private static void read(Parameters parameters, ObjectNode customer) {
        for (String field : TEXTS) {
            if (parameters.has(field)) {
                customer.put(field, parameters.text(field));
            }
        }
        if (parameters.has("address")) {
            ObjectNode address = customer.putObject("address");
            Parameters sent = parameters.hash("address");
            List.of("city", "country", "line1", "line2", "postal_code", "state").forEach(field -> address.put(field, sent.text(field)));
        }
        if (parameters.has("preferred_locales")) {
            customer.set("preferred_locales", Json.strings(parameters.texts("preferred_locales")));
        }
        Metadata.read(parameters, customer);
    }

    private static void defaultPaymentMethod(Call call, ObjectNode customer, @Nullable String sent, @Nullable String attached) {
        Parameters settings = call.parameters().hash("invoice_settings");
        String id = settings.text("default_payment_method");
        if (id == null) {
            return;
        }
        // A test card's id stands for the payment method that attaching it has just made.
        if (!id.equals(sent)) {
            PaymentMethods.requireOf(call.session(), id, Json.required(customer, "id"), settings.at("default_payment_method"));
        }
        ((ObjectNode) customer.path("invoice_settings")).put("default_payment_method", id.equals(sent) ? attached : id);
    }
}
