package dev.headroom.broadcast;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.function.Supplier;

/** Something that a node reads once and has in memory, whole, until it or another node changes it; made by {@link Broadcasts#remembered}. */
public final class Remembered<V> {

    private static final String WHOLE = "whole";
    /** A message may be lost with a connection that nobody noticed was dead. */
    private static final Duration LONGEST_UNHEARD = Duration.ofMinutes(1);

    private final Broadcasts broadcasts;
    private final String topic;
    /** A change waits for a load that began before it, and then forgets what that loaded. */
    private final LoadingCache<String, V> memory;

    Remembered(Broadcasts broadcasts, String topic, Supplier<V> load) {
        this.broadcasts = broadcasts;
        this.topic = topic;
        this.memory = Caffeine.newBuilder().refreshAfterWrite(LONGEST_UNHEARD).build(_ -> load.get());
    }

    /** As it was committed before the last change that this node heard of; costs no statement unless there was one. */
    public V get() {
        return memory.get(WHOLE);
    }

    /** In the transaction that changes it: this node forgets with the commit, the others when they hear of it. */
    public void changed() {
        broadcasts.changed(this);
    }

    void forget() {
        memory.invalidate(WHOLE);
    }

    String topic() {
        return topic;
    }
}
