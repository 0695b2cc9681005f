package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlan;
import dev.headroom.sync.CatalogPlans.ApplyCatalogPlanResult;
import dev.headroom.sync.CatalogPlans.CatalogApply;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class CatalogSyncController {

    private static final int LARGEST_PAGE = 100;

    private final CatalogPlans plans;

    CatalogSyncController(CatalogPlans plans) {
        this.plans = plans;
    }

    @QueryMapping
    CatalogPlan catalogSyncPlan(@ContextValue Actor actor) {
        return plans.plan(actor);
    }

    @QueryMapping
    List<CatalogApply> catalogSyncApplies(@Argument int first, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        return plans.newest(actor, first);
    }

    @MutationMapping
    ApplyCatalogPlanResult applyCatalogSync(@Argument ApplyCatalogPlan input, @ContextValue Actor actor) {
        return plans.apply(actor, input);
    }
}
