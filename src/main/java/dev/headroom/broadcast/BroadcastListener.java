package dev.headroom.broadcast;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Listens on a connection of its own, outside the pool, for as long as the node runs. */
@Component
class BroadcastListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BroadcastListener.class);
    private static final int WAIT_MILLIS = 500;
    /** Whoever only listens never notices that the other end is gone. */
    private static final int WAITS_BETWEEN_SIGNS = 20;
    private static final int SIGN_SECONDS = 5;
    private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);

    private final JdbcConnectionDetails database;
    private final ApplicationEventPublisher events;
    private volatile boolean running;
    /** That the connection is lost is said once, not with every try to have another. */
    private volatile boolean connected = true;
    private Optional<Thread> thread = Optional.empty();

    BroadcastListener(JdbcConnectionDetails database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public void start() {
        running = true;
        thread = Optional.of(Thread.ofVirtual().name("broadcast").start(this::listenForGood));
    }

    private void listenForGood() {
        while (running) {
            try {
                listen();
            } catch (SQLException lost) {
                LOG.atLevel(running && connected ? Level.WARN : Level.DEBUG).log("Lost the connection that listens to the other nodes: {}", lost.getMessage());
                connected = false;
                LockSupport.parkNanos(running ? BEFORE_RECONNECT.toNanos() : 0);
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + Broadcasts.CHANNEL);
            }
            if (!connected) {
                LOG.info("Listening to the other nodes again");
            }
            connected = true;
            events.publishEvent(new BroadcastInterrupted());
            PGConnection notices = connection.unwrap(PGConnection.class);
            for (int waits = 1; running; waits++) {
                for (PGNotification notice : notices.getNotifications(WAIT_MILLIS)) {
                    receive(notice.getParameter());
                }
                if (waits % WAITS_BETWEEN_SIGNS == 0 && !connection.isValid(SIGN_SECONDS)) {
                    throw new SQLException("no sign of life");
                }
            }
        }
    }

    /** A listener that fails must not stop the others from hearing the next message. */
    private void receive(String message) {
        String[] parts = message.split(Broadcasts.SEPARATOR, 2);
        try {
            events.publishEvent(new BroadcastReceived(parts[0], parts[1]));
        } catch (RuntimeException failed) {
            LOG.error("A message of topic {} could not be handled", parts[0], failed);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.ifPresent(BroadcastListener::await);
    }

    private static void await(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
