package dev.headroom.postgres;

import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseConnectionDetails;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** The database that everything uses: the one that {@code headroom.database-url} names, else the embedded one. */
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

    @Bean
    @Conditional(NoDatabaseUrl.class)
    EmbeddedPostgres embeddedPostgres(PostgresProperties properties) {
        return EmbeddedPostgres.start(properties.data(), Durability.DISK);
    }

    @Bean
    Transactions transactionManager(DataSource pool, ObjectProvider<TransactionManagerCustomizers> customizers) {
        Transactions transactions = new Transactions(pool);
        customizers.ifAvailable(each -> each.customize(transactions));
        return transactions;
    }

    /** Of the running transaction, as Spring's own, which hands out another proxy for each statement and asks the transaction at each call of it. */
    @Bean
    ConnectionProvider connectionProvider(DataSource pool) {
        return new ConnectionProvider() {
            @Override
            public Connection acquire() {
                return DataSourceUtils.getConnection(pool);
            }

            @Override
            public void release(Connection connection) {
                DataSourceUtils.releaseConnection(connection, pool);
            }
        };
    }

    /** By which memory ages. */
    @Bean
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    /**
     * Depends on the embedded server, so that the pool on top of it closes first. The schema is brought up to date over a connection beside the
     * pool, whose statements may take as long as they need.
     */
    @Bean
    Details database(ObjectProvider<EmbeddedPostgres> embedded, PostgresProperties properties) {
        EmbeddedPostgres own = embedded.getIfAvailable();
        if (own != null) {
            return new Details(own.jdbcUrl(), own.user(), own.password());
        }
        DatabaseUrl url = DatabaseUrl.parse(String.valueOf(properties.databaseUrl()));
        Reachability.require(url);
        return new Details(url.jdbcUrl(), url.user(), url.password());
    }

    record Details(String getJdbcUrl, String getUsername, String getPassword) implements JdbcConnectionDetails, LiquibaseConnectionDetails {

        @Override
        public String getDriverClassName() {
            return JdbcConnectionDetails.super.getDriverClassName();
        }


        @Override
        public String toString() {
            return getJdbcUrl;
        }
    }

    static class NoDatabaseUrl implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("headroom.database-url", "").isBlank();
        }
    }
}
