package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.ScheduledChanges.PlanChangesReordered;
import dev.headroom.change.ScheduledChanges.ReorderPlanChanges;
import dev.headroom.change.ScheduledChanges.ReorderPlanChangesResult;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class QueueController {

    private final ScheduledChanges scheduled;
    private final Accounts accounts;

    QueueController(ScheduledChanges scheduled, Accounts accounts) {
        this.scheduled = scheduled;
        this.accounts = accounts;
    }

    @MutationMapping
    ReorderPlanChangesResult reorderPlanChanges(@Argument ReorderPlanChanges input, @ContextValue Actor actor) {
        return scheduled.reorder(actor, accounts.meant(actor, input.account()).id(), input);
    }

    @SchemaMapping(typeName = "PlanChangesReordered")
    Account account(PlanChangesReordered reordered, @ContextValue Actor actor) {
        return accounts.byId(actor, reordered.account());
    }
}
