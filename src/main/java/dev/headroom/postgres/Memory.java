package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the database, remembered for a while. What is forgotten while it is being read, alone or with others, is not
 * remembered: whoever asks after {@link #forget} gets nothing older.
 */
public final class Memory<K, V> {

    /** Longer than anybody reads. */
    private static final Duration READING = Duration.ofMinutes(5);

    private final Cache<K, V> known;
    private final Cache<K, Long> forgotten;
    private final AtomicLong moments = new AtomicLong();
    private volatile long allForgotten;

    Memory(Ticker ticker, Duration remembered, int most) {
        this.known = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(remembered).maximumSize(most).build();
        this.forgotten = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(READING).build();
    }

    @Nullable V getIfPresent(K key) {
        return known.getIfPresent(key);
    }

    /** @param load absent for what does not exist, which is not remembered; asked once, however many wait for it */
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> load) {
        return known.get(key, load);
    }

    /** Read anew, whatever is remembered; whoever waits for the key gets this. */
    public @Nullable V renew(K key, Function<? super K, ? extends @Nullable V> load) {
        return known.asMap().compute(key, (wanted, _) -> load.apply(wanted));
    }

    /** What is not remembered is read together. */
    public Map<K, V> getAll(Set<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        return orElse(keys, missing -> renewAll(missing, load));
    }

    /** @param other answers those that are not remembered, if there are any */
    Map<K, V> orElse(Set<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> other) {
        Map<K, V> all = new HashMap<>(known.getAllPresent(keys));
        Set<K> missing = new HashSet<>(keys);
        missing.removeAll(all.keySet());
        if (!missing.isEmpty()) {
            all.putAll(other.apply(missing));
        }
        return all;
    }

    /** All of them read anew, together. */
    public Map<K, V> renewAll(Set<K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        long begun = moments.get();
        Map<K, V> loaded = load.apply(keys);
        loaded.forEach((key, value) -> known.asMap().compute(key, (_, before) -> isForgottenSince(begun, key) ? before : value));
        return loaded;
    }

    private boolean isForgottenSince(long begun, K key) {
        Long moment = forgotten.getIfPresent(key);
        return allForgotten > begun || moment != null && moment > begun;
    }

    public void forget(K key) {
        forgotten.put(key, moments.incrementAndGet());
        known.invalidate(key);
    }

    public void forgetAll() {
        allForgotten = moments.incrementAndGet();
        known.invalidateAll();
    }
}
