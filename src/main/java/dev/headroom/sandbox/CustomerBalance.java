package dev.headroom.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a customer owes (positive) or is owed (negative) beside their invoices, and every movement of it. */
final class CustomerBalance {

    private final Session session;

    CustomerBalance(Session session) {
        this.session = session;
    }

    /** Moves the balance and records why; the customer is changed and not yet saved. */
    void move(ObjectNode customer, long amount, String type, @Nullable String invoice) {
        if (amount != 0) {
            session.insert(transaction(customer, amount, type, invoice));
        }
    }

    private ObjectNode transaction(ObjectNode customer, long amount, String type, @Nullable String invoice) {
        long ending = Math.addExact(Json.number(customer, "balance"), amount);
        customer.put("balance", ending);
        String id = Tokens.id(Kind.CUSTOMER_BALANCE_TRANSACTION);
        ObjectNode transaction = Skeletons.of(Kind.CUSTOMER_BALANCE_TRANSACTION, id, session.now());
        transaction.put("amount", amount).put("ending_balance", ending).put("type", type).put("invoice", invoice);
        transaction.put("currency", Json.text(customer, "currency")).put("customer", Json.text(customer, "id"));
        transaction.putObject("metadata");
        return transaction;
    }

    static void addTo(Routes routes) {
        routes.get("/v1/customers/{id}/balance_transactions", CustomerBalance::list);
        routes.post("/v1/customers/{id}/balance_transactions", call -> new CustomerBalance(call.session()).adjust(call));
    }

    private static ObjectNode list(Call call) {
        Page page = Page.read(call.parameters());
        return page.list("/v1/customers/" + call.id() + "/balance_transactions",
                call.session().documents().page(Kind.CUSTOMER_BALANCE_TRANSACTION, call.id(), List.of(), page));
    }

    private ObjectNode adjust(Call call) {
        Parameters parameters = call.parameters();
        ObjectNode customer = session.loadToChange(Kind.CUSTOMER, call.id(), "customer");
        Customers.requireCurrency(customer, Currencies.parse(parameters.requireText("currency"), "currency"));
        ObjectNode transaction = transaction(customer, parameters.requireInteger("amount"), "adjustment", null);
        transaction.put("description", parameters.text("description"));
        Metadata.read(parameters, transaction);
        session.insert(transaction);
        session.update(customer);
        return transaction;
    }
}
