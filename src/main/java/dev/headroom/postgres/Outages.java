package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Whether the database can be reached. While it cannot, somebody tries once a second beside it, and all who ask are answered at once from what was
 * known last, so that a vendor's product goes on.
 */
@Service
public class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Ticker ticker;
    private final Duration kept;
    private final Executor trying;
    /** Absent while the database is there. */
    private final AtomicReference<@Nullable Outage> current = new AtomicReference<>();

    /** @param nextTry when somebody may try again */
    private record Outage(Instant since, Instant nextTry) {}

    @Autowired
    Outages(InstantSource clock, Ticker ticker, PostgresProperties properties) {
        this(clock, ticker, properties, Thread::startVirtualThread);
    }

    /** @param trying runs what finds out whether the database is back */
    Outages(InstantSource clock, Ticker ticker, PostgresProperties properties, Executor trying) {
        this.clock = clock;
        this.ticker = ticker;
        this.kept = properties.answersWithoutDatabase();
        this.trying = trying;
    }

    /** Memory that is read again after a time, and no help while there is no database. */
    public <K, V> Memory<K, V> shortMemory(Duration remembered, int most) {
        return new Memory<>(ticker, remembered, most);
    }

    /** Memory that is read again after a time, and that outlives the database for as long as is configured. */
    public <K, V> LastKnown<K, V> memory(Duration fresh, int most) {
        return memory(fresh, most, known -> known);
    }

    /** @param degraded makes of what was known last what is answered while there is no database */
    public <K, V> LastKnown<K, V> memory(Duration fresh, int most, UnaryOperator<V> degraded) {
        return new LastKnown<>(this, ticker, fresh, kept, most, degraded);
    }

    /** Whether the last one who tried did not reach it. */
    public boolean going() {
        return current.get() != null;
    }

    <V> @Nullable V orElse(Supplier<@Nullable V> load, Supplier<@Nullable V> lastKnown) {
        V known = going() ? lastKnown.get() : null;
        if (known == null) {
            return tryFirst(load, lastKnown);
        }
        if (mayTry()) {
            trying.execute(() -> tryFirst(load, lastKnown));
        }
        return known;
    }

    private <V> @Nullable V tryFirst(Supplier<@Nullable V> load, Supplier<@Nullable V> lastKnown) {
        try {
            return load.get();
        } catch (RuntimeException failed) {
            V last = begins(failed) ? lastKnown.get() : null;
            if (last == null) {
                throw failed;
            }
            return last;
        }
    }

    /**
     * Whether something failed because the database cannot be reached. That it begins is said once, whoever notices, and that it is over once.
     */
    public boolean begins(Throwable failed) {
        if (!isUnreachable(failed)) {
            return false;
        }
        Instant now = clock.instant();
        Outage before = current.getAndUpdate(going -> new Outage(going == null ? now : going.since(), now.plus(BETWEEN_TRIES)));
        if (before == null) {
            LOG.warn("The database cannot be reached; answering from what was known last: {}", failed.getMessage());
        }
        return true;
    }

    /** The database has answered. */
    void end() {
        Outage ended = current.getAndSet(null);
        if (ended != null) {
            LOG.info("The database is back after {} s", Duration.between(ended.since(), clock.instant()).toSeconds());
        }
    }

    /** Ends an outage of which nobody asks anything, if it is over. */
    void look(Runnable reach) {
        if (mayTry()) {
            tryFirst(() -> {
                reach.run();
                end();
                return Boolean.TRUE;
            }, () -> Boolean.FALSE);
        }
    }

    private boolean mayTry() {
        Outage going = current.get();
        Instant now = clock.instant();
        return going != null && !now.isBefore(going.nextTry()) && current.compareAndSet(going, new Outage(going.since(), now.plus(BETWEEN_TRIES)));
    }

    /** No connection, a broken one (class 08), or a server that shuts down or starts (57P0x). */
    public static boolean isUnreachable(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).anyMatch(cause ->
                cause instanceof SQLTransientConnectionException || cause instanceof SQLNonTransientConnectionException
                        || cause instanceof SQLException sql && sql.getSQLState() != null
                                && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P")));
    }
}
