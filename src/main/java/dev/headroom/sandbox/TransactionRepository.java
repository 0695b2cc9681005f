package dev.headroom.sandbox;

import static dev.headroom.sandbox.jooq.Tables.SETTING;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

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

    /** Commits what the work did when it returns, nothing when it throws. */
    <T> T run(Function<Transaction, T> work) {
        return jooq.transactionResult(configuration -> {
            Transaction transaction = new Transaction(configuration.dsl());
            T result = work.apply(transaction);
            transaction.write();
            return result;
        });
    }

    /** The value stored under a name; the given one is stored when there is none yet. */
    String setting(String name, Supplier<String> initial) {
        jooq.insertInto(SETTING, SETTING.NAME, SETTING.VALUE).values(name, initial.get()).onConflictDoNothing().execute();
        return jooq.select(SETTING.VALUE).from(SETTING).where(SETTING.NAME.eq(name)).fetchSingle(SETTING.VALUE);
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

    /** What may be done inside one transaction. What it changes is written when somebody asks for it, or at its end. */
    static final class Transaction {

        private final DSLContext jooq;
        private final DocumentRepository documents;
        private final OccurrenceRepository occurrences;

        private Transaction(DSLContext jooq) {
            this.jooq = jooq;
            this.documents = new DocumentRepository(jooq);
            this.occurrences = new OccurrenceRepository(jooq);
        }

        DocumentRepository documents() {
            return documents;
        }

        OccurrenceRepository occurrences() {
            return occurrences;
        }

        MeterEventRepository meterEvents() {
            return new MeterEventRepository(jooq);
        }

        IdempotencyRepository idempotency() {
            return new IdempotencyRepository(jooq);
        }

        /** Undoes the work, and only the work, when it throws. */
        <T> T savepoint(Supplier<T> work) {
            write();
            try {
                return jooq.transactionResult(_ -> {
                    T result = work.get();
                    write();
                    return result;
                });
            } catch (RuntimeException | Error undone) {
                documents.forget();
                occurrences.forget();
                throw undone;
            }
        }

        private void write() {
            documents.write();
            occurrences.write();
        }

        /** Whoever changes the same owner's objects waits here for the one before. */
        void lock(String owner) {
            jooq.fetch("select pg_advisory_xact_lock({0}, hashtext({1}))", DSL.val(OWNER_LOCKS), DSL.val(owner));
        }

        /** False when another request with this key is still running. */
        boolean tryLockKey(String key) {
            return jooq.fetchSingle("select pg_try_advisory_xact_lock({0}, hashtext({1}))", DSL.val(KEY_LOCKS), DSL.val(key)).into(Boolean.class);
        }

        /** Shares a lock that somebody may hold for longer; false when somebody does. */
        boolean tryLock(long lock) {
            return jooq.fetchSingle("select pg_try_advisory_xact_lock_shared({0})", DSL.val(lock)).into(Boolean.class);
        }
    }
}
