package dev.headroom.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data        the folder of the embedded server
 * @param databaseUrl of a server to use instead; blank is absent
 */
@ConfigurationProperties("headroom")
record PostgresProperties(@DefaultValue("data") Path data, @Nullable String databaseUrl) {}
