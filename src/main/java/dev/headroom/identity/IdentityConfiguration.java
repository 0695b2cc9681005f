package dev.headroom.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    SecretBox secretBox(IdentityProperties properties) {
        String configured = properties.secretKey();
        return new SecretBox(Base64.getDecoder().decode(configured == null || configured.isBlank() ? kept(properties.data()) : configured));
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** Losing this file means new API tokens and quotes for everybody, so it lies beside the data, readable by its owner only. */
    private static String kept(Path data) {
        Path file = data.resolve("secret.key").toAbsolutePath();
        if (!Files.exists(file)) {
            write(file);
        }
        return read(file);
    }

    /** Whole or not at all: a file cut short by a full disk would refuse every later start. */
    private static void write(Path file) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path partial = file.resolveSibling("secret.key.partial");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(partial);
            Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(partial, Base64.getEncoder().encodeToString(key));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("The secret key cannot be kept in " + file, failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException("The secret key cannot be read from " + file, failed);
        }
    }
}
