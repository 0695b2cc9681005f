package dev.headroom.revenue;

import java.util.List;
import org.jooq.DSLContext;

/** As if nobody had ever paid: for tests that tell of the whole ledger, in which every story before them has booked. Whatever was recorded in these goes with it. */
public final class EmptyLedger {

    /** What is never changed otherwise. */
    private static final List<String> KEPT = List.of("revenue.movement", "revenue.past", "revenue.past_ended", "revenue.correction");
    private static final List<String> REST = List.of(
            "revenue.account", "revenue.counted", "revenue.balance", "revenue.delta", "revenue.total", "revenue.account_month", "revenue.retained", "revenue.past_closed", "revenue.brought",
            "subscription.movement", "invoice.usage");

    private EmptyLedger() {}

    public static void make(DSLContext db) {
        db.transaction(within -> {
            KEPT.forEach(table -> within.dsl().execute("alter table " + table + " disable trigger user"));
            within.dsl().execute("truncate " + String.join(", ", KEPT) + ", " + String.join(", ", REST));
            KEPT.forEach(table -> within.dsl().execute("alter table " + table + " enable trigger user"));
        });
    }
}
