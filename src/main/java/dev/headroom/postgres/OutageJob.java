package dev.headroom.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices the end of an outage though nobody asks anything. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class OutageJob {

    private static final int SECONDS = 5;

    private final Outages outages;
    private final DataSource database;

    OutageJob(Outages outages, DataSource database) {
        this.outages = outages;
        this.database = database;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void look() {
        outages.look(this::reach);
    }

    private void reach() {
        try (Connection connection = database.getConnection()) {
            if (!connection.isValid(SECONDS)) {
                throw new SQLTransientConnectionException("It does not answer within " + SECONDS + " s");
            }
        } catch (SQLException failed) {
            throw new CannotGetJdbcConnectionException("No connection", failed);
        }
    }
}
