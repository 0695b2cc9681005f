package dev.headroom.console.account;

import dev.headroom.console.account.Timelines.Bulk;
import dev.headroom.console.account.Timelines.Happening;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds what may be told in one line: what somebody did many times, with nothing of another kind in between. */
final class Runs {

    private static final int MANY = 3;

    private Runs() {}

    /** In the order they came; a run of one is told as it is. */
    static List<List<Happening>> of(List<Happening> happenings) {
        List<List<Happening>> runs = new ArrayList<>();
        int from = 0;
        while (from < happenings.size()) {
            int until = from + 1;
            while (until < happenings.size() && together(happenings.get(from), happenings.get(until))) {
                until++;
            }
            runs.addAll(folded(happenings.subList(from, until)));
            from = until;
        }
        return runs;
    }

    private static boolean together(Happening first, Happening other) {
        return first.bulk() != null && other.bulk() != null && first.actor().equals(other.actor());
    }

    /** A member is usually added and seated in one go, so the two alternate and each is gathered on its own. */
    private static List<List<Happening>> folded(List<Happening> stretch) {
        Map<Bulk, List<Happening>> many = new EnumMap<>(Bulk.class);
        for (Bulk bulk : Bulk.values()) {
            List<Happening> kind = stretch.stream().filter(each -> each.bulk() == bulk).toList();
            if (kind.size() >= MANY) {
                many.put(bulk, kind);
            }
        }
        List<List<Happening>> runs = new ArrayList<>();
        for (Happening each : stretch) {
            List<Happening> run = each.bulk() == null ? List.of(each) : many.getOrDefault(each.bulk(), List.of(each));
            if (!runs.contains(run) || run.size() == 1) {
                runs.add(run);
            }
        }
        return runs;
    }
}
