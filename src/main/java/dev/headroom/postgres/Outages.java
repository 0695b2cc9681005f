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
import org.springframework.dao.DataAccessResourceFailureException;
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

    /** @throws RuntimeException whatever loading throws; at once, while the database cannot be reached and nothing was known */
    <V> @Nullable V orElse(Supplier<@Nullable V> load, Supplier<@Nullable V> lastKnown) {
        if (!going()) {
            return tryFirst(load, lastKnown);
        }
        V known = lastKnown(lastKnown);
        boolean mine = mayTry();
        if (known == null) {
            if (!mine) {
                throw unreachable("Nothing was known before it went away");
            }
            return tryFirst(load, lastKnown);
        }
        if (mine) {
            trying.execute(() -> attempt(load));
        }
        return known;
    }

    private <V> @Nullable V tryFirst(Supplier<@Nullable V> load, Supplier<@Nullable V> lastKnown) {
        try {
            return load.get();
        } catch (RuntimeException failed) {
            V last = begins(failed) ? lastKnown(lastKnown) : null;
            if (last == null) {
                throw failed;
            }
            return last;
        }
    }

    /** For as long as is configured. */
    private <V> @Nullable V lastKnown(Supplier<@Nullable V> lastKnown) {
        Outage going = current.get();
        return going == null || clock.instant().isBefore(going.since().plus(kept)) ? lastKnown.get() : null;
    }

    static RuntimeException unreachable(String why) {
        return new DataAccessResourceFailureException("The database cannot be reached", new SQLTransientConnectionException(why));
    }

    /** Whoever asks when the database is back meets any other failure. */
    private void attempt(Supplier<?> load) {
        try {
            load.get();
        } catch (RuntimeException failed) {
            begins(failed);
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
            try {
                reach.run();
                end();
            } catch (RuntimeException failed) {
                if (!begins(failed)) {
                    throw failed;
                }
            }
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
