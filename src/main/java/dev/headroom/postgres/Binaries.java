package dev.headroom.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once beside the data; a folder of that name is always complete. */
final class Binaries {

    private static final String PREFIX = "bin-";
    private static final Set<PosixFilePermission> PROGRAM = Set.of(PosixFilePermission.values());

    private Binaries() {}

    /** Gives the folder that holds {@code initdb}, {@code pg_ctl} and {@code postgres}; those of other versions are removed. */
    static Path unpackInto(Path folder, ServerUser user) throws IOException {
        String archive = Platform.archive();
        Path unpacked = folder.resolve(PREFIX + fingerprint(archive));
        if (!Files.isDirectory(unpacked)) {
            removeOthers(folder);
            Path partial = folder.resolve("unpacking");
            unpack(archive, partial);
            user.give(partial);
            Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
        return unpacked.resolve("bin");
    }

    private static String fingerprint(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unpack(String archive, Path target) throws IOException {
        Folders.delete(target);
        Files.createDirectory(target);
        try (InputStream in = open(archive); TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & 0111) != 0) {
            Files.setPosixFilePermissions(file, PROGRAM);
        }
    }

    private static InputStream open(String archive) {
        @Nullable InputStream in = Binaries.class.getResourceAsStream("/" + archive);
        if (in == null) {
            throw Platform.unsupported(System.getProperty("os.name"), System.getProperty("os.arch"));
        }
        return in;
    }

    private static void removeOthers(Path folder) throws IOException {
        List<Path> others;
        try (Stream<Path> entries = Files.list(folder)) {
            others = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }
}
