package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the database: remembered for a while, and kept for the time when there is none. Forgetting waits for a load that is
 * under way, so that nothing old stays.
 */
public final class LastKnown<K, V> {

    private final Outages outages;
    private final UnaryOperator<V> degraded;
    private final Cache<K, V> fresh;
    private final Cache<K, V> kept;

    LastKnown(Outages outages, Duration fresh, Duration kept, int most, UnaryOperator<V> degraded) {
        this.outages = outages;
        this.degraded = degraded;
        this.fresh = Caffeine.newBuilder().expireAfterWrite(fresh).maximumSize(most).build();
        this.kept = Caffeine.newBuilder().expireAfterWrite(kept).maximumSize(most).build();
    }

    /**
     * @param load absent for what does not exist, which is not remembered
     * @throws RuntimeException whatever loading throws, unless the database cannot be reached and something was known
     */
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> load) {
        V known = fresh.getIfPresent(key);
        return known != null ? known : outages.orElse(() -> fresh.get(key, wanted -> keep(wanted, load.apply(wanted))), () -> last(key));
    }

    private @Nullable V last(K key) {
        V known = kept.getIfPresent(key);
        return known == null ? null : degraded.apply(known);
    }

    /** The same for many: those that are not remembered are loaded together. While the database cannot be reached, those alone that were known. */
    public Map<K, V> getAll(Iterable<? extends K> keys, Function<? super Set<? extends K>, ? extends Map<? extends K, ? extends V>> load) {
        return Objects.requireNonNull(outages.orElse(() -> fresh.getAll(keys, wanted -> keep(load.apply(wanted))), () -> {
            Map<K, V> last = new HashMap<>();
            kept.getAllPresent(keys).forEach((key, known) -> last.put(key, degraded.apply(known)));
            return last;
        }));
    }

    private @Nullable V keep(K key, @Nullable V loaded) {
        if (loaded != null) {
            kept.put(key, loaded);
        }
        return loaded;
    }

    private Map<? extends K, ? extends V> keep(Map<? extends K, ? extends V> loaded) {
        kept.putAll(loaded);
        return loaded;
    }

    public void forget(K key) {
        fresh.invalidate(key);
    }

    public void forgetAll() {
        fresh.invalidateAll();
    }
}
