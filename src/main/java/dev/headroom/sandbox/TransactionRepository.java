package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.DOCUMENT;
import static dev.headroom.sandbox.jooq.Tables.SETTING;

import dev.headroom.sandbox.IdempotencyRepository.StoredAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.InsertResultStep;
import org.jooq.Query;
import org.jooq.Results;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Opens the transactions and takes the locks within which everything else reads and writes. */
final class TransactionRepository {

    /** The namespaces of PostgreSQL's two-part advisory locks that the sandbox uses. */
    private static final int OWNER_LOCKS = 0x5354_4331;
    private static final int KEY_LOCKS = 0x5354_4932;

    private final DataSource dataSource;
    private final DSLContext jooq;

    TransactionRepository(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jooq = DSL.using(dataSource, SQLDialect.POSTGRES);
    }

    /**
     * Commits what the work did when it returns, nothing when it throws. jOOQ's own transactions ask PostgreSQL for its isolation first and
     * begin with a savepoint, which is three questions more than most requests have.
     */
    <T> T run(Function<Transaction, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Transaction transaction = new Transaction(connection, jooq.configuration().derive(new DefaultConnectionProvider(connection)).dsl());
                T result = work.apply(transaction);
                transaction.write();
                connection.commit();
                return result;
            } catch (RuntimeException | Error undone) {
                rollback(connection, undone);
                throw undone;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new DataAccessException("The transaction failed", failed);
        }
    }

    /** Reads what is committed, statement by statement, as a transaction would; there is nothing to commit then. */
    <T> T look(Function<Transaction, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            Transaction looking = new Transaction(connection, jooq.configuration().derive(new DefaultConnectionProvider(connection)).dsl());
            T result = work.apply(looking);
            looking.requireUnchanged();
            return result;
        } catch (SQLException failed) {
            throw new DataAccessException("The database cannot be looked at", failed);
        }
    }

    /** A connection that cannot even roll back takes with it what it had not committed. */
    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException dead) {
            cause.addSuppressed(dead);
        }
    }

    /** The value stored under a name; the given one is stored when there is none yet. */
    String setting(String name, Supplier<String> initial) {
        jooq.insertInto(SETTING, SETTING.NAME, SETTING.VALUE).values(name, initial.get()).onConflictDoNothing().execute();
        return jooq.select(SETTING.VALUE).from(SETTING).where(SETTING.NAME.eq(name)).fetchSingle(SETTING.VALUE);
    }

    /** Stores a setting in place of what it was. */
    void set(String name, String value) {
        jooq.insertInto(SETTING, SETTING.NAME, SETTING.VALUE).values(name, value).onConflict(SETTING.NAME).doUpdate().set(SETTING.VALUE, value).execute();
    }

    /** Takes a lock that lasts until it is closed or its connection dies; empty while somebody else has it. */
    Optional<AutoCloseable> hold(long lock) {
        try {
            Connection connection = dataSource.getConnection();
            if (!execute(connection, "select pg_try_advisory_lock(?)", lock)) {
                connection.close();
                return Optional.empty();
            }
            return Optional.of(() -> {
                try (connection) {
                    execute(connection, "select pg_advisory_unlock(?)", lock);
                }
            });
        } catch (SQLException unreachable) {
            throw new IllegalStateException("Cannot take the advisory lock " + lock, unreachable);
        }
    }

    private static boolean execute(Connection connection, String sql, long lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lock);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** @param overdue whether time should have acted upon something of the customer's by now */
    record Owner(String customer, boolean overdue) {}

    /**
     * An idempotency key that a request came with.
     *
     * @param free   false while another request with it is still running
     * @param before what was answered to it
     */
    record LockedKey(boolean free, Optional<StoredAnswer> before) {}

    /** What may be done inside one transaction. What it changes is written when somebody asks for it, or at its end. */
    static final class Transaction {

        private final Connection connection;
        private final DSLContext jooq;
        private final DocumentRepository documents;
        private final OccurrenceRepository occurrences;
        private final IdempotencyRepository idempotency;
        private boolean undoable;
        private @Nullable Savepoint savepoint;

        private Transaction(Connection connection, DSLContext jooq) {
            this.connection = connection;
            this.jooq = jooq;
            this.documents = new DocumentRepository(jooq, this::aboutToWrite);
            this.occurrences = new OccurrenceRepository(jooq);
            this.idempotency = new IdempotencyRepository(jooq);
        }

        DocumentRepository documents() {
            return documents;
        }

        OccurrenceRepository occurrences() {
            return occurrences;
        }

        MeterEventRepository meterEvents() {
            return new MeterEventRepository(jooq, this::aboutToWrite);
        }

        IdempotencyRepository idempotency() {
            return idempotency;
        }

        /** Undoes the work, and only the work, when it throws. Most work writes nothing before the transaction ends, and needs no savepoint then. */
        <T> T undoable(Supplier<T> work) {
            write();
            undoable = true;
            try {
                return work.get();
            } catch (RuntimeException | Error undone) {
                documents.forget();
                occurrences.forget();
                undo();
                throw undone;
            } finally {
                undoable = false;
                savepoint = null;
            }
        }

        private void aboutToWrite() {
            try {
                if (undoable && savepoint == null) {
                    savepoint = connection.setSavepoint();
                }
            } catch (SQLException failed) {
                throw new DataAccessException("No savepoint", failed);
            }
        }

        private void undo() {
            try {
                if (savepoint != null) {
                    connection.rollback(savepoint);
                }
            } catch (SQLException failed) {
                throw new DataAccessException("Back to no savepoint", failed);
            }
        }

        private void requireUnchanged() {
            if (documents.isChanged() || occurrences.isChanged()) {
                throw new IllegalStateException("Whoever only looks has changed something");
            }
        }

        /** Writes what was changed so far, all of it in one statement. */
        void write() {
            List<InsertResultStep<?>> inserts = Stream.of(documents.inserts(), occurrences.inserts(), idempotency.inserts()).flatMap(List::stream).toList();
            if (!inserts.isEmpty()) {
                aboutToWrite();
                jooq.with(IntStream.range(0, inserts.size()).mapToObj(place -> DSL.name("part_" + place).as(inserts.get(place))).toList()).selectOne().execute();
            }
        }

        /** Whoever changes the same owner's objects waits here for the one before. */
        void lock(String owner) {
            jooq.fetch("select pg_advisory_xact_lock({0}, hashtext({1}))", DSL.val(OWNER_LOCKS), DSL.val(owner));
        }

        /**
         * The same for the customer that an object belongs to, if there is such an object, of which all is read at once that most requests ask: after the lock
         * was waited for, and sent with it.
         */
        Optional<Owner> lockOwnerOf(Kind kind, String id, Instant now) {
            write();
            Results both = together(
                    jooq.select(DOCUMENT.CUSTOMER, DSL.field("pg_advisory_xact_lock({0}, hashtext({1}))", String.class, DSL.val(OWNER_LOCKS), DOCUMENT.CUSTOMER))
                            .from(DOCUMENT)
                            .where(DOCUMENT.KIND.eq(kind.object()), DOCUMENT.ID.eq(id)),
                    documents.ofCustomerOf(kind, id, now));
            return both.getFirst().stream().map(row -> row.get(0, String.class)).filter(Objects::nonNull).findFirst()
                    .map(customer -> new Owner(customer, documents.foreseen(customer, both.getLast())));
        }

        /**
         * Locks an idempotency key, and says what was answered to it before. The commit need not have reached the disk when this request is answered: what this
         * process has answered survives it all the same, and whoever commits something of theirs after that takes it to the disk along.
         */
        LockedKey tryLockKey(String key, Instant now) {
            Results both = together(
                    jooq.resultQuery("select pg_try_advisory_xact_lock({0}, hashtext({1})), set_config('synchronous_commit', 'off', true)", DSL.val(KEY_LOCKS), DSL.val(key)),
                    idempotency.answered(key, now));
            return new LockedKey(both.getFirst().getFirst().get(0, Boolean.class), IdempotencyRepository.answer(both.getLast()));
        }

        /** In one round trip, the second after the first: it sees what was committed until then. */
        private Results together(Query first, Query second) {
            return jooq.resultQuery("{0}; {1}", first, second).fetchMany();
        }

        /** Shares a lock that somebody may hold for longer; false when somebody does. */
        boolean tryLock(long lock) {
            return jooq.fetchSingle("select pg_try_advisory_xact_lock_shared({0})", DSL.val(lock)).into(Boolean.class);
        }
    }
}
