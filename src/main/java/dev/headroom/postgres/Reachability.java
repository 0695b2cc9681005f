package dev.headroom.postgres;

import dev.headroom.error.CannotStartException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** One connection before the pool is built, because a pool says in a hundred lines what is one sentence. */
final class Reachability {

    private static final String SECONDS = "10";

    private Reachability() {}

    /** @throws CannotStartException when the server does not answer, or answers no */
    static void require(DatabaseUrl database) {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("loginTimeout", SECONDS);
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties)) {
            connection.setReadOnly(true);
        } catch (SQLException refused) {
            throw new CannotStartException(sentence(database, refused), refused);
        }
    }

    private static String sentence(DatabaseUrl database, SQLException refused) {
        return switch (String.valueOf(refused.getSQLState())) {
            case "28P01", "28000" -> "The database at " + database.place() + " refuses the user " + database.user()
                    + "; correct the user or the password in the database URL.";
            case "3D000" -> "The server at " + database.place() + " has no such database; create it, or name another in the database URL.";
            case String other -> "The database at " + database.place() + " cannot be reached: " + reason(refused)
                    + "; start it, or correct the database URL.";
        };
    }

    private static String reason(SQLException refused) {
        Throwable root = refused;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return switch (root) {
            case UnknownHostException host -> "there is no host of that name";
            case ConnectException connect -> "the connection is refused";
            case SocketTimeoutException timeout -> "it does not answer within " + SECONDS + " seconds";
            case Throwable other -> String.valueOf(other.getMessage()).lines().findFirst().orElse("no reason given");
        };
    }
}
