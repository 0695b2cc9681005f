package dev.headroom.change;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Gives each command a {@link DyingProcess} of its own. Starting one takes longer than everything else: so the next one starts while the one before
 * dies and what it left is looked at, and classes that the JVM has read once it does not read again, for which they must come from a jar.
 */
final class DyingProcesses implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "dying").toAbsolutePath();

    private final List<String> arguments;
    private @Nullable Prepared prepared;
    private @Nullable Process next;

    /** @param arguments that every one is started with */
    DyingProcesses(List<String> arguments) {
        this.arguments = arguments;
    }

    /** @return what the process ended with */
    int die(List<String> command) throws IOException, InterruptedException {
        Process dying = next == null ? start() : next;
        tell(dying, String.join("\n", command));
        next = start();
        return dying.waitFor();
    }

    @Override
    public void close() {
        if (next != null) {
            next.destroyForcibly();
        }
    }

    private Process start() throws IOException, InterruptedException {
        if (prepared == null) {
            prepared = prepare();
        }
        return java(prepared, "-XX:SharedArchiveFile=" + prepared.archive());
    }

    /** Whoever comes first packs and rehearses, also for those who wait for it in another process. */
    private Prepared prepare() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (FileChannel channel = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock alone = channel.lock()) {
            List<Path> entries = entries();
            Path jar = FOLDER.resolve("classes-" + Integer.toHexString(List.of(entries, changed(entries)).hashCode()) + ".jar");
            Prepared made = new Prepared(
                    Stream.concat(Stream.of(jar), entries.stream().filter(entry -> !Files.isDirectory(entry))).map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                    Path.of(jar + ".jsa"));
            if (!Files.exists(made.archive())) {
                pack(entries, jar);
                Process rehearsal = java(made, "-XX:ArchiveClassesAtExit=" + made.archive());
                tell(rehearsal, "");
                rehearsal.waitFor();
            }
            return made;
        }
    }

    /** @param archive what the JVM has read of the class path already */
    private record Prepared(String classPath, Path archive) {}

    /** Without leave for native access: an archive is of use only to a JVM with the options of the one that the JDK brings, on which it builds. */
    private Process java(Prepared from, String archive) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--sun-misc-unsafe-memory-access=allow", "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=error:stderr", archive,
                "-Dheadroom.data=" + Path.of(System.getProperty("headroom.test-data", "target/test-data")).toAbsolutePath(), "-cp", from.classPath(), DyingProcess.class.getName()));
        line.addAll(arguments);
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/dying-process.log")))
                .start();
    }

    private static void tell(Process process, String lines) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of the class path, without empty entries, which would mean the folder that the process starts in. */
    private static List<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(entry -> !entry.isEmpty()).map(Path::of).toList();
    }

    /** When anything was changed last in the folders among them. */
    private static long changed(List<Path> entries) throws IOException {
        long last = 0;
        for (Path folder : entries.stream().filter(Files::isDirectory).toList()) {
            try (Stream<Path> files = Files.walk(folder)) {
                last = Math.max(last, files.mapToLong(file -> file.toFile().lastModified()).max().orElse(0));
            }
        }
        return last;
    }

    /** All folders in one jar, with an entry for each folder, where Spring looks for beans. */
    private static void pack(List<Path> entries, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(0);
            for (Path folder : entries.stream().filter(Files::isDirectory).toList()) {
                pack(folder, out);
            }
        }
    }

    private static void pack(Path folder, JarOutputStream out) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !file.equals(folder)).forEach(file -> {
                try {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, out);
                    }
                } catch (ZipException twice) {
                    // The folder that comes first on the class path is the one that counts.
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
