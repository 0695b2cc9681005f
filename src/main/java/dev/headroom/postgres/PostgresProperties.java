package dev.headroom.postgres;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data        the folder of the embedded server
 * @param databaseUrl of a server to use instead; blank is absent
 * @param answersWithoutDatabase how long checks are answered from what was known last once the database cannot be reached
 */
@ConfigurationProperties("headroom")
record PostgresProperties(@DefaultValue("data") Path data, @Nullable String databaseUrl, @DefaultValue("PT1H") Duration answersWithoutDatabase) {}
