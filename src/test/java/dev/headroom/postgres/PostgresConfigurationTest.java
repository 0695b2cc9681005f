package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.error.CannotStartException;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class PostgresConfigurationTest {

    @EnableConfigurationProperties(PostgresProperties.class)
    static class Properties {}

    private final ApplicationContextRunner headroom = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
            .withUserConfiguration(Properties.class, PostgresConfiguration.class);

    @Test
    void without_a_database_url_it_brings_its_own_and_with_one_it_uses_that(@TempDir Path data) {
        headroom.withPropertyValues("headroom.data=" + data, "headroom.database-url=").run(own -> {
            EmbeddedPostgres postgres = own.getBean(EmbeddedPostgres.class);
            assertThat(urlOf(own)).startsWith(postgres.jdbcUrl());

            String url = postgres.jdbcUrl().replaceFirst("jdbc:postgresql://", "postgres://headroom:" + postgres.password() + "@");
            headroom.withPropertyValues("headroom.database-url=" + url).run(pointed -> {
                assertThat(pointed).doesNotHaveBean(EmbeddedPostgres.class);
                assertThat(urlOf(pointed)).startsWith(postgres.jdbcUrl());
            });
        });
        assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_wrong_database_url_stops_the_start() {
        headroom.withPropertyValues("headroom.database-url=mysql://db/app").run(context ->
                assertThat(context).getFailure().hasRootCauseInstanceOf(CannotStartException.class));
    }

    private static String urlOf(ApplicationContext context) throws Exception {
        try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            return connection.getMetaData().getURL();
        }
    }
}
