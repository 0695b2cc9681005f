package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.revenue.RevenueMovement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Which plan change led to a movement of revenue. */
@Service
class MovementChanges {

    private final PlanChangeRecords changes;

    MovementChanges(PlanChangeRecords changes) {
        this.changes = changes;
    }

    /** Movements that no plan change led to are left out; one statement. */
    Map<RevenueMovement, PlanChange> of(Actor actor, Collection<RevenueMovement> movements) {
        List<RevenueMovement> changed = movements.stream().filter(each -> each.planChangeId() != null).toList();
        Map<UUID, AccountId> owners = new HashMap<>();
        changed.forEach(each -> owners.put(each.planChangeId(), each.account()));
        Map<UUID, PlanChange> known = changes.byIds(actor, owners);
        Map<RevenueMovement, PlanChange> found = new HashMap<>();
        changed.stream().filter(each -> known.containsKey(each.planChangeId())).forEach(each -> found.put(each, known.get(each.planChangeId())));
        return found;
    }
}
