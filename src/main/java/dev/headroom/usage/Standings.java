package dev.headroom.usage;

import dev.headroom.usage.Tally.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counters while several wishes are decided one after the other: what one takes, the next one finds taken. */
final class Standings {

    private final Map<Key, UsageCounter> counters = new HashMap<>();

    Standings(List<UsageCounter> locked) {
        locked.forEach(this::replace);
    }

    void replace(UsageCounter counter) {
        counters.put(Key.whole(counter), counter);
    }

    UsageCounter of(Key key) {
        return Objects.requireNonNull(counters.get(key));
    }

    UsageCounter add(Key key, long used, long reserved) {
        UsageCounter after = of(key).plus(used, reserved);
        counters.put(key, after);
        return after;
    }

    /** Those that hold something back. */
    List<Key> holding() {
        return counters.entrySet().stream().filter(entry -> entry.getValue().reserved() > 0).map(Map.Entry::getKey).toList();
    }
}
