package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.PLAN_CHANGE;
import static dev.headroom.change.jooq.Tables.SUBSCRIPTION_START;
import static org.jooq.impl.DSL.row;

import dev.headroom.account.AccountId;
import dev.headroom.change.PlanChange.Asked;
import dev.headroom.change.PlanChange.State;
import dev.headroom.subscription.SubscriptionId;
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
     * Whether all that some requests did is recorded: a change is applied, and a start has started, in the transaction that records the
     * subscription as Stripe answered with it, or as it was read after that.
     *
     * @param requests their idempotency keys; of none it is not known what was done
     */
    boolean recorded(AccountId account, Set<String> requests) {
        List<Asked> changes = requests.stream().map(PlanChange::asked).flatMap(Optional::stream).distinct().toList();
        List<SubscriptionId> starts = requests.stream().map(Start::asked).flatMap(Optional::stream).distinct().toList();
        return !requests.isEmpty() && changes.size() + starts.size() == requests.size() && applied(account, changes) && started(account, starts);
    }

    private boolean applied(AccountId account, List<Asked> changes) {
        return changes.isEmpty() || changes.size() == db.fetchCount(PLAN_CHANGE,
                PLAN_CHANGE.ACCOUNT_ID.eq(account.value()), PLAN_CHANGE.STATE.eq(State.APPLIED.name()),
                row(PLAN_CHANGE.ID, PLAN_CHANGE.ATTEMPT).in(changes.stream().map(each -> row(each.change(), each.attempt())).toList()));
    }

    private boolean started(AccountId account, List<SubscriptionId> starts) {
        return starts.isEmpty() || starts.size() == db.fetchCount(SUBSCRIPTION_START,
                SUBSCRIPTION_START.ACCOUNT_ID.eq(account.value()), SUBSCRIPTION_START.STATE.eq(Start.State.STARTED.name()),
                SUBSCRIPTION_START.ID.in(starts.stream().map(SubscriptionId::value).toList()));
    }
}
