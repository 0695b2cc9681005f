package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.revenue.RevenueMovement;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.stereotype.Controller;

@Controller
class MovementChangeController {

    private final MovementChanges changes;

    MovementChangeController(MovementChanges changes) {
        this.changes = changes;
    }

    @BatchMapping(typeName = "RevenueMovement")
    Map<RevenueMovement, PlanChange> planChange(List<RevenueMovement> of, @ContextValue Actor actor) {
        return changes.of(actor, of);
    }
}
