package dev.headroom.quote;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.policy.ChangeKind;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.quote.Target.Sold;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change is, as policies speak of it. */
final class Kinds {

    private Kinds() {}

    static Set<ChangeKind> between(Target from, Target to, Circumstances now) {
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        Plan before = from.version().plan();
        Plan after = to.version().plan();
        if (!before.equals(after)) {
            // Of plans that rank alike, the dearer one is the higher.
            boolean up = before.rank() == after.rank() ? now.growth(to) != GrowthKind.CONTRACTION : before.rank() < after.rank();
            kinds.add(up ? ChangeKind.UPGRADE : ChangeKind.DOWNGRADE);
        }
        if (!Targets.isFlat(from.plan().price()) && !Targets.isFlat(to.plan().price())) {
            add(kinds, Long.compare(to.plan().quantity(), from.plan().quantity()), ChangeKind.SEATS_UP, ChangeKind.SEATS_DOWN);
        }
        add(kinds, Integer.compare(to.interval().months(), from.interval().months()), ChangeKind.INTERVAL_LONGER, ChangeKind.INTERVAL_SHORTER);
        Map<PlanId, Long> had = addOns(from);
        Map<PlanId, Long> has = addOns(to);
        Stream.concat(had.keySet().stream(), has.keySet().stream()).distinct().forEach(addOn ->
                add(kinds, Long.compare(has.getOrDefault(addOn, 0L), had.getOrDefault(addOn, 0L)), ChangeKind.ADD_ON_IN, ChangeKind.ADD_ON_OUT));
        return kinds;
    }

    private static void add(Set<ChangeKind> kinds, int more, ChangeKind up, ChangeKind down) {
        if (more != 0) {
            kinds.add(more > 0 ? up : down);
        }
    }

    private static Map<PlanId, Long> addOns(Target target) {
        return target.addOns().stream().collect(Collectors.toMap(item -> item.version().plan().id(), Sold::quantity, Long::sum));
    }
}
