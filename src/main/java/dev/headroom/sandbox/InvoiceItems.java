package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoiceitems}: the prorations of subscriptions, and what is billed by hand with the next invoice. */
final class InvoiceItems {

    private InvoiceItems() {}

    static void addTo(Routes routes) {
        routes.post("/v1/invoiceitems", InvoiceItems::create);
        routes.get("/v1/invoiceitems", InvoiceItems::list);
        routes.get("/v1/invoiceitems/{id}", call -> call.session().load(Kind.INVOICE_ITEM, call.id(), "invoiceitem"));
        routes.delete("/v1/invoiceitems/{id}", InvoiceItems::delete);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode customer = Customers.loadToChange(session, parameters.requireText("customer"), "customer");
        ObjectNode item = Skeletons.of(Kind.INVOICE_ITEM, Tokens.id(Kind.INVOICE_ITEM), session.now());
        item.put("customer", Json.text(customer, "id")).put("description", parameters.text("description")).put("proration", false);
        Json.put(item, "date", session.now());
        amount(session, parameters, item);
        Customers.requireCurrency(customer, Json.required(item, "currency"));
        session.save(customer);
        if (Boolean.TRUE.equals(parameters.flag("discountable"))) {
            throw StripeError.unsupported("discountable", "The sandbox discounts what subscriptions bill, not what is billed by hand.");
        }
        item.putArray("discounts");
        item.putArray("tax_rates");
        item.putObject("metadata");
        Metadata.read(parameters, item);
        Parameters period = parameters.hash("period");
        Span span = period.has("start")
                ? new Span(period.require("start", period.time("start")), period.require("end", period.time("end")))
                : new Span(session.now(), session.now());
        item.set("period", span.document());
        subscription(session, parameters.text("subscription"), item);
        item.putObject(Rendering.INTERNAL).put("line", Tokens.id("il"));
        session.create(item);
        return item;
    }

    /** Either an amount, or a quantity of a price that is paid once. */
    private static void amount(Session session, Parameters parameters, ObjectNode item) {
        Long amount = parameters.integer("amount");
        Long quantity = parameters.count("quantity");
        Parameters pricing = parameters.hash("pricing");
        String priceId = pricing.text("price");
        if ((amount == null) == (priceId == null) || amount != null && quantity != null) {
            throw StripeError.invalid("parameter_missing", "amount", "Provide either `amount`, or `pricing[price]` with a `quantity`.");
        }
        long counted = quantity == null ? 1 : quantity;
        item.put("quantity", counted).put("quantity_decimal", String.valueOf(counted));
        if (amount != null) {
            item.put("amount", amount).put("currency", Currencies.parse(parameters.requireText("currency"), "currency"));
            return;
        }
        ObjectNode price = session.load(Kind.PRICE, String.valueOf(priceId), pricing.at("price"));
        if (!"one_time".equals(Json.text(price, "type"))) {
            throw StripeError.invalid(null, pricing.at("price"),
                    "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.");
        }
        item.put("amount", Rate.of(price).amount(counted)).put("currency", Json.text(price, "currency"));
        ObjectNode shown = item.putObject("pricing").put("type", "price_details");
        shown.putObject("price_details").put("price", priceId).put("product", Json.text(price, "product"));
        shown.set("unit_amount_decimal", price.path("unit_amount_decimal"));
        parameters.ignore("currency");
    }

    private static void subscription(Session session, @Nullable String id, ObjectNode item) {
        if (id == null) {
            return;
        }
        ObjectNode subscription = session.load(Kind.SUBSCRIPTION, id, "subscription");
        if (!Json.required(item, "customer").equals(Json.text(subscription, "customer")) || subscription.path("ended_at").isNumber()) {
            throw StripeError.missing(Kind.SUBSCRIPTION, id, "subscription");
        }
        item.putObject("parent").put("type", "subscription_details").putObject("subscription_details").put("subscription", id);
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> terms = new ArrayList<>();
        Boolean pending = parameters.flag("pending");
        if (pending != null) {
            terms.add(Kind.term("pending", pending.toString()));
        }
        String invoice = parameters.text("invoice");
        if (invoice != null) {
            terms.add(Kind.term("invoice", invoice));
        }
        Page page = Page.read(parameters);
        return page.list("/v1/invoiceitems", call.session().documents().page(Kind.INVOICE_ITEM, parameters.text("customer"), terms, page));
    }

    private static ObjectNode delete(Call call) {
        Session session = call.session();
        ObjectNode item = session.loadToChange(Kind.INVOICE_ITEM, call.id(), "invoiceitem");
        if (!item.path("invoice").isNull()) {
            throw StripeError.invalid("invoice_not_editable", null, "This invoice item is already attached to an invoice that can no longer be edited.");
        }
        forgetDebit(session, item);
        session.delete(item);
        return Json.object().put("id", call.id()).put("object", Kind.INVOICE_ITEM.object()).put("deleted", true);
    }

    /** What was never billed is never credited either. */
    private static void forgetDebit(Session session, ObjectNode item) {
        String subscriptionId = Json.text(item.path("parent").path("subscription_details"), "subscription");
        if (subscriptionId != null) {
            ObjectNode subscription = session.load(Kind.SUBSCRIPTION, subscriptionId);
            Item.write(subscription, Item.of(subscription).stream().map(each -> each.owing(each.debits().stream()
                    .filter(debit -> !debit.line().equals(InvoiceItem.lineOf(item))).toList())).toList());
            session.save(subscription);
        }
    }
}
