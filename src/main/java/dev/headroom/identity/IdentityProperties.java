package dev.headroom.identity;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param secretKey 32 bytes in Base64 that encrypt stored secrets, the same on every node; without it one is made and kept in {@code data}
 * @param data      the data folder
 */
@ConfigurationProperties("headroom")
record IdentityProperties(@Nullable String secretKey, Path data) {}
