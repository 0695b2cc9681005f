package dev.headroom.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path file = data.resolve("secret.key");
        try {
            Files.createDirectories(data);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.writeString(file, Base64.getEncoder().encodeToString(key));
        } catch (FileAlreadyExistsException kept) {
            // The key of an earlier start.
        } catch (IOException failed) {
            throw new UncheckedIOException("The secret key cannot be kept in " + file, failed);
        }
        return read(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException("The secret key cannot be read from " + file, failed);
        }
    }
}
