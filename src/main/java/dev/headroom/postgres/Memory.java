package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the database, remembered for a while. Whoever asks for what somebody is reading waits for that, for as long as for a
 * connection and not longer. What is forgotten while it is being read is not remembered: whoever asks after {@link #forget} gets nothing
 * older.
 */
public final class Memory<K, V> {

    /** As long as anybody waits for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AsyncCache<K, V> known;
    private final Duration patience;

    Memory(Ticker ticker, Duration remembered, int most) {
        this(ticker, remembered, most, PATIENCE);
    }

    /** @param patience how long to wait for what somebody else is reading */
    Memory(Ticker ticker, Duration remembered, int most, Duration patience) {
        this.known = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(remembered).maximumSize(most).buildAsync();
        this.patience = patience;
    }

    @Nullable V getIfPresent(K key) {
        return known.synchronous().getIfPresent(key);
    }

    /** @param load absent for what does not exist, which is not remembered; asked once, however many wait for it */
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> load) {
        return persistently(() -> getOnce(key, load));
    }

    /** @throws CancellationException when somebody else read it in vain */
    @Nullable V getOnce(K key, Function<? super K, ? extends @Nullable V> load) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> other = known.asMap().putIfAbsent(key, own);
        return other == null ? read(own, key, load) : await(key, other);
    }

    /** Read anew, whatever is remembered; whoever waits for the key gets this. */
    public @Nullable V renew(K key, Function<? super K, ? extends @Nullable V> load) {
        CompletableFuture<V> own = new CompletableFuture<>();
        known.put(key, own);
        return read(own, key, load);
    }

    private @Nullable V read(CompletableFuture<V> own, K key, Function<? super K, ? extends @Nullable V> load) {
        try {
            V loaded = load.apply(key);
            own.complete(loaded);
            return loaded;
        } catch (RuntimeException failed) {
            own.completeExceptionally(inVain(failed));
            throw failed;
        } finally {
            own.cancel(false);
        }
    }

    /** Nothing that the cache would have to say something about. */
    private static CancellationException inVain(RuntimeException failed) {
        CancellationException inVain = new CancellationException("It was read in vain");
        inVain.initCause(failed);
        return inVain;
    }

    /**
     * Who has waited long enough makes room for those who come next. Where the database cannot be reached, nobody who waited tries in turn.
     */
    private @Nullable V await(K key, CompletableFuture<V> other) {
        try {
            return other.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            known.asMap().remove(key, other);
            throw Outages.unreachable("Nothing came of what somebody reads within " + patience);
        } catch (CancellationException inVain) {
            throw Outages.isUnreachable(inVain) ? Outages.unreachable("Somebody else did not reach it") : inVain;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Who reads in vain cancels", impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for what somebody reads", interrupted);
        }
    }

    /** What is not remembered is read together. */
    public Map<K, V> getAll(Set<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        return orElse(keys, missing -> persistently(() -> getAllOnce(missing, load)));
    }

    /** @param other answers those that are not remembered, if there are any */
    Map<K, V> orElse(Set<? extends K> keys, Function<? super Set<K>, ? extends Map<K, V>> other) {
        Map<K, V> all = new HashMap<>(known.synchronous().getAllPresent(keys));
        Set<K> missing = new HashSet<>(keys);
        missing.removeAll(all.keySet());
        if (!missing.isEmpty()) {
            all.putAll(other.apply(missing));
        }
        return all;
    }

    /** @throws CancellationException when somebody else read one of them in vain */
    Map<K, V> getAllOnce(Set<K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        Map<K, CompletableFuture<V>> own = new HashMap<>();
        Map<K, CompletableFuture<V>> others = new HashMap<>();
        for (K key : keys) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> other = known.asMap().putIfAbsent(key, mine);
            (other == null ? own : others).put(key, other == null ? mine : other);
        }
        Map<K, V> all = own.isEmpty() ? new HashMap<>() : new HashMap<>(readAll(own, load));
        others.forEach((key, other) -> {
            V value = await(key, other);
            if (value != null) {
                all.put(key, value);
            }
        });
        return all;
    }

    /** All of them read anew, together. */
    public Map<K, V> renewAll(Set<K> keys, Function<? super Set<K>, ? extends Map<K, V>> load) {
        Map<K, CompletableFuture<V>> own = new HashMap<>();
        keys.forEach(key -> own.put(key, new CompletableFuture<>()));
        own.forEach(known::put);
        return readAll(own, load);
    }

    private Map<K, V> readAll(Map<K, CompletableFuture<V>> own, Function<? super Set<K>, ? extends Map<K, V>> load) {
        try {
            Map<K, V> loaded = load.apply(own.keySet());
            own.forEach((key, future) -> future.complete(loaded.get(key)));
            return loaded;
        } catch (RuntimeException failed) {
            own.values().forEach(future -> future.completeExceptionally(inVain(failed)));
            throw failed;
        } finally {
            own.values().forEach(future -> future.cancel(false));
        }
    }

    /**
     * Tells what is remembered of a key that something about it has changed; what is being read may be from before that, and is not
     * remembered.
     */
    public void tell(K key, Consumer<V> change) {
        CompletableFuture<V> now = known.getIfPresent(key);
        if (now == null) {
            return;
        }
        if (now.state() == State.SUCCESS) {
            V value = now.resultNow();
            if (value != null) {
                change.accept(value);
            }
        } else {
            known.asMap().remove(key, now);
        }
    }

    public void forget(K key) {
        known.asMap().remove(key);
    }

    public void forgetAll() {
        known.synchronous().invalidateAll();
    }

    /** Who waited for somebody who read in vain, for a reason that may be only theirs, asks as if there had been nobody. */
    static <T extends @Nullable Object> T persistently(Supplier<T> asking) {
        while (true) {
            try {
                return asking.get();
            } catch (CancellationException inVain) {
                continue;
            }
        }
    }
}
