package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.springframework.stereotype.Repository;

/** Finds changes of several accounts at once, for lists that cross accounts. */
@Repository
class ChangeLookupRepository {

    private final DSLContext db;

    ChangeLookupRepository(DSLContext db) {
        this.db = db;
    }

    /** One statement. @param owners whose each is */
    List<PlanChange> byIds(Map<UUID, AccountId> owners) {
        return db.select(PlanChangeRepository.WHOLE)
                .from(PLAN_CHANGE)
                .where(row(PLAN_CHANGE.ACCOUNT_ID, PLAN_CHANGE.ID).in(owners.entrySet().stream().map(each -> row(each.getValue().value(), each.getKey())).toList()))
                .fetch(Record1::value1);
    }
}
