package dev.headroom.change;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private @Nullable String classPath;
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
        if (classPath == null) {
            Files.createDirectories(FOLDER);
            classPath = classPath(FOLDER.resolve("classes.jar"));
            Process rehearsal = java("-XX:ArchiveClassesAtExit=" + archive());
            tell(rehearsal, "");
            rehearsal.waitFor();
        }
        return java("-XX:SharedArchiveFile=" + archive());
    }

    private static Path archive() {
        return FOLDER.resolve("classes.jsa");
    }

    /** Without leave for native access: an archive is of use only to a JVM with the options of the one that the JDK brings, on which it builds. */
    private Process java(String archive) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--sun-misc-unsafe-memory-access=allow", "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=error:stderr", archive,
                "-Dheadroom.data=" + Path.of(System.getProperty("headroom.test-data", "target/test-data")).toAbsolutePath(), "-cp", String.valueOf(classPath), DyingProcess.class.getName()));
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

    /** Without empty entries, which would mean the folder that the process starts in; all folders in one jar, with an entry for each folder, where Spring looks for beans. */
    private static String classPath(Path jar) throws IOException {
        List<Path> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(0);
            for (Path folder : entries.stream().filter(Files::isDirectory).toList()) {
                pack(folder, out);
            }
        }
        return Stream.concat(Stream.of(jar), entries.stream().filter(entry -> !Files.isDirectory(entry)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
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
