package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What was read from the database: remembered for a while, and kept for the time when there is none. */
public final class LastKnown<K, V> {

    private final Outages outages;
    private final UnaryOperator<V> degraded;
    private final Memory<K, V> fresh;
    private final Cache<K, V> kept;

    /** @param kept how long it may be answered once an outage has begun, and how much older it may be then */
    LastKnown(Outages outages, Ticker ticker, Duration fresh, Duration kept, int most, UnaryOperator<V> degraded) {
        this.outages = outages;
        this.degraded = degraded;
        this.fresh = new Memory<>(ticker, fresh, most);
        this.kept = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(kept.multipliedBy(2)).maximumSize(most).build();
    }

    /**
     * @param load absent for what does not exist, which is not remembered
     * @throws RuntimeException whatever loading throws, unless the database cannot be reached and something was known
     */
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> load) {
        V known = fresh.getIfPresent(key);
        return known != null ? known : Memory.persistently(
                () -> outages.orElse(() -> fresh.getOnce(key, wanted -> keep(wanted, load.apply(wanted))), () -> last(key)));
    }

    private @Nullable V last(K key) {
        V known = kept.getIfPresent(key);
        return known == null ? null : degraded.apply(known);
    }

    /**
     * The same for many: those that are not remembered are loaded together. While the database cannot be reached, of those the ones alone
     * that were known.
     */
    public Map<K, V> getAll(Set<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        return fresh.orElse(keys, missing -> Objects.requireNonNull(Memory.persistently(
                () -> outages.orElse(() -> fresh.getAllOnce(missing, wanted -> keep(load.apply(wanted))), () -> last(missing)))));
    }

    private Map<K, V> last(Set<K> keys) {
        Map<K, V> last = new HashMap<>();
        kept.getAllPresent(keys).forEach((key, known) -> last.put(key, degraded.apply(known)));
        return last;
    }

    /** The database has answered, and only now is that known. */
    private @Nullable V keep(K key, @Nullable V loaded) {
        outages.end();
        if (loaded != null) {
            kept.put(key, loaded);
        }
        return loaded;
    }

    private Map<K, V> keep(Map<K, V> loaded) {
        outages.end();
        kept.putAll(loaded);
        return loaded;
    }

    /** Tells of a change what is remembered and what is kept; what is being read may be from before it, and is not remembered. */
    public void tell(K key, Consumer<V> change) {
        fresh.tell(key, change);
        V last = kept.getIfPresent(key);
        if (last != null) {
            change.accept(last);
        }
    }

    /** It has changed; until it can be read again, what was known last is better than nothing. */
    public void forget(K key) {
        fresh.forget(key);
    }

    public void forgetAll() {
        fresh.forgetAll();
    }

    /** Nothing of it is true any more, also while there is no database to say so. */
    public void dropAll() {
        fresh.forgetAll();
        kept.invalidateAll();
    }
}
