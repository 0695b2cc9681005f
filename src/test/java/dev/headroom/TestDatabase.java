package dev.headroom;

import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.postgres.Durability;
import dev.headroom.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import org.springframework.util.FileSystemUtils;

/** A database of a test's own, with every changeset run: copied from a template on the one server of the test run. */
public final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "template_migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final HikariDataSource dataSource;

    private TestDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
    }

    public static TestDatabase fresh() {
        String name = "test_" + NUMBER.incrementAndGet();
        Server.execute("create database " + name + " template " + TEMPLATE);
        return new TestDatabase(Server.pool(name));
    }

    /** As {@code headroom.database-url} takes it. */
    public String url() {
        return dataSource.getJdbcUrl().replaceFirst("^jdbc:postgresql://", "postgres://" + dataSource.getUsername() + ":" + dataSource.getPassword() + "@");
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        dataSource.close();
    }

    /** Started when the first test asks for a database, stopped when the JVM ends. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("headroom-test");
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, Durability.MEMORY);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    FileSystemUtils.deleteRecursively(folder.toFile());
                }));
                execute(postgres, "create database " + TEMPLATE);
                migrate(postgres);
                return postgres;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        private static void migrate(EmbeddedPostgres postgres) throws IOException {
            try (Connection connection = DriverManager.getConnection(url(postgres, TEMPLATE), postgres.user(), postgres.password())) {
                new Liquibase("db/changelog.yaml", new DirectoryResourceAccessor(Path.of(".")), DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(new JdbcConnection(connection))).update("");
            } catch (SQLException | LiquibaseException problem) {
                throw new IllegalStateException("The changesets in db/ do not run", problem);
            }
        }

        private static void execute(String sql) {
            execute(POSTGRES, sql);
        }

        private static void execute(EmbeddedPostgres postgres, String sql) {
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
                connection.createStatement().execute(sql);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }

        private static HikariDataSource pool(String database) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(url(POSTGRES, database));
            pool.setUsername(POSTGRES.user());
            pool.setPassword(POSTGRES.password());
            pool.setMaximumPoolSize(8);
            pool.setMinimumIdle(0);
            return pool;
        }

        private static String url(EmbeddedPostgres postgres, String database) {
            return postgres.jdbcUrl().replaceFirst("/postgres$", "/" + database);
        }
    }
}
