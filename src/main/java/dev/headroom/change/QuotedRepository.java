package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.QUOTED;

import dev.headroom.account.AccountId;
import dev.headroom.postgres.Writes;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuoteJson;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.stereotype.Repository;

/** The quotes that were accepted, as they were shown. */
@Repository
class QuotedRepository {

    private final DSLContext db;
    private final Writes writes;

    QuotedRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** With the commit. */
    void insert(PlanChange of, ShownQuote shown) {
        writes.beforeCommit(db.insertInto(QUOTED)
                .set(QUOTED.ACCOUNT_ID, of.account().value())
                .set(QUOTED.CHANGE_ID, of.id())
                .set(QUOTED.SHOWN, JSONB.valueOf(ShownQuoteJson.write(shown))));
    }

    /** By change; without those from before quotes were kept. */
    Map<UUID, ShownQuote> of(AccountId account, Collection<UUID> changes) {
        return db.select(QUOTED.CHANGE_ID, QUOTED.SHOWN)
                .from(QUOTED)
                .where(QUOTED.ACCOUNT_ID.eq(account.value()), QUOTED.CHANGE_ID.in(changes))
                .fetchMap(QUOTED.CHANGE_ID, row -> ShownQuoteJson.read(row.get(QUOTED.SHOWN).data()));
    }
}
