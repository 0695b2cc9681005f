package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.change.PlanChange.Asked;
import dev.headroom.change.PlanChange.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Which of the requests that events at Stripe came about by are ours, and answered. */
@Repository
class AnsweredRepository {

    private final DSLContext db;

    AnsweredRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * Whether all that some requests did is recorded: a change is applied in the transaction that records the subscription as Stripe answered
     * with it, or as it was read after that.
     *
     * @param requests their idempotency keys; of none it is not known what was done
     */
    boolean recorded(AccountId account, Set<String> requests) {
        List<Asked> ours = requests.stream().map(PlanChange::asked).flatMap(Optional::stream).distinct().toList();
        return !ours.isEmpty() && ours.size() == requests.size() && ours.size() == db.fetchCount(PLAN_CHANGE,
                PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.STATE.eq(State.APPLIED.name()),
                row(PLAN_CHANGE.ID, PLAN_CHANGE.ATTEMPT).in(ours.stream().map(each -> row(each.change(), each.attempt())).toList()));
    }
}
