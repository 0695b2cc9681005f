package dev.headroom.history;

import static dev.headroom.history.jooq.Tables.BILLED;
import static dev.headroom.history.jooq.Tables.SOLD;

import dev.headroom.stripe.StripeHistoryGateway.Billed;
import dev.headroom.stripe.StripeHistoryGateway.Sold;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What was read at Stripe, as it was said there, until lines are made of it. */
@Repository
class StripeFetchRepository {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext db;

    StripeFetchRepository(DSLContext db) {
        this.db = db;
    }

    /** What is there stays. */
    void sold(UUID run, Collection<Sold> subscriptions) {
        db.batch(subscriptions.stream().map(each -> db.insertInto(SOLD)
                .set(SOLD.RUN_ID, run)
                .set(SOLD.SUBSCRIPTION, each.id())
                .set(SOLD.CUSTOMER, each.customer())
                .set(SOLD.CONTENT, JSONB.valueOf(JSON.writeValueAsString(each)))
                .onConflictDoNothing()).toList()).execute();
    }

    /** Likewise. */
    void billed(UUID run, Collection<Billed> invoices) {
        db.batch(invoices.stream().map(each -> db.insertInto(BILLED)
                .set(BILLED.RUN_ID, run)
                .set(BILLED.INVOICE, each.invoice())
                .set(BILLED.CUSTOMER, each.customer())
                .set(BILLED.CONTENT, JSONB.valueOf(JSON.writeValueAsString(each)))
                .onConflictDoNothing()).toList()).execute();
    }

    /** The next customers behind one who ever subscribed. */
    List<String> customers(UUID run, String after, int most) {
        return db.selectDistinct(SOLD.CUSTOMER).from(SOLD).where(SOLD.RUN_ID.eq(run), SOLD.CUSTOMER.gt(after)).orderBy(SOLD.CUSTOMER).limit(most).fetch(SOLD.CUSTOMER);
    }

    Map<String, List<Sold>> sold(UUID run, List<String> customers) {
        return db.select(SOLD.CUSTOMER, SOLD.CONTENT).from(SOLD).where(SOLD.RUN_ID.eq(run), SOLD.CUSTOMER.in(customers)).orderBy(SOLD.SUBSCRIPTION)
                .fetchGroups(SOLD.CUSTOMER, row -> JSON.readValue(row.value2().data(), Sold.class));
    }

    Map<String, List<Billed>> billed(UUID run, List<String> customers) {
        return db.select(BILLED.CUSTOMER, BILLED.CONTENT).from(BILLED).where(BILLED.RUN_ID.eq(run), BILLED.CUSTOMER.in(customers)).orderBy(BILLED.INVOICE)
                .fetchGroups(BILLED.CUSTOMER, row -> JSON.readValue(row.value2().data(), Billed.class));
    }

    void forget(UUID run) {
        db.deleteFrom(SOLD).where(SOLD.RUN_ID.eq(run)).execute();
        db.deleteFrom(BILLED).where(BILLED.RUN_ID.eq(run)).execute();
    }
}
