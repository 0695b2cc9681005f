package dev.headroom.welcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** {@code credentials.txt} in the data folder, which only the user who runs Headroom can read. */
record CredentialsFile(Path path) {

    static CredentialsFile in(Path data) {
        return new CredentialsFile(data.resolve("credentials.txt").toAbsolutePath().normalize());
    }

    void write(Credentials credentials) {
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, credentials.text());
        } catch (IOException failed) {
            throw new UncheckedIOException("The first owner's password cannot be kept in " + path, failed);
        }
    }

    /** Empty when there is no such file. */
    Optional<Credentials> read() {
        try {
            return Files.isReadable(path) ? Credentials.parse(Files.readString(path)) : Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("The credentials cannot be read from " + path, failed);
        }
    }
}
