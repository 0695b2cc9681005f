package dev.headroom.postgres;

import java.nio.file.Path;
import java.sql.DriverManager;

/** A process of its own that starts the server, says its number, and lives until it is killed. */
class OtherHeadroom {

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, Durability.DISK);
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("create table committed_before_the_kill as select 42 as answer");
            System.out.println(EmbeddedPostgresTest.serverProcess(data));
            statement.execute("begin; create table never_committed (answer int)");
            System.in.read();
        }
    }
}
