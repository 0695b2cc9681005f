package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as somebody meets it on a machine that has nothing but the tools it names. */
class LauncherIT {

    private static final List<String> TOOLS = List.of("dirname", "readlink", "sed", "cat");

    @TempDir
    Path machine;

    private Path launcher;
    private Path programs;

    private record Outcome(int exit, String out, String err) {}

    @BeforeEach
    void an_empty_machine() throws IOException {
        programs = Files.createDirectory(machine.resolve("programs"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(programs.resolve(tool), find(tool));
        }
        Path project = Files.createDirectory(machine.resolve("a project"));
        // Whatever JDK this machine really has is out of sight.
        String text = Files.readString(Path.of("headroom")).replaceAll("(?<=\\s)/(usr|opt|Library)/[^\\s;]*", "/nowhere/*");
        launcher = Files.writeString(project.resolve("headroom"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "run --help", "run --port 9 --help"})
    void help_lists_every_command_and_option(String words) throws Exception {
        Outcome outcome = launch(Map.of(), words.split(" "));

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("run ", "test ", "build ", "bench ", "rebuild-usage", "rebuild-ledger", "catalog ", "--url", "--key-file", "HEADROOM_API_KEY", "--expect", "--reason", "help ", "--account", "--after", "--apply",
                "--port", "HEADROOM_PORT", "--data", "HEADROOM_DATA", "--database-url", "DATABASE_URL",
                "--stripe-key", "STRIPE_API_KEY", "--no-demo", "HEADROOM_DEMO");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            walk                | There is no command walk; ./headroom help lists all.
            run --prot 80       | There is no option --prot; ./headroom help lists all.
            run --prot=80       | There is no option --prot; ./headroom help lists all.
            run now             | There is no option now; ./headroom help lists all.
            run --port          | The option --port needs a value; ./headroom help shows how.
            run --stripe-key    | The option --stripe-key needs a value; ./headroom help shows how.
            run --port http     | The port must be a number up to 65535, not "http".
            run --port 65536    | The port must be a number up to 65535, not "65536".
            run --apply         | There is no option --apply; ./headroom help lists all.
            rebuild-usage --port 80    | There is no option --port; ./headroom help lists all.
            rebuild-ledger --account   | The option --account needs a value; ./headroom help shows how.
            rebuild-ledger --apply     | There is no option --apply; ./headroom help lists all.
            rebuild-usage --account    | The option --account needs a value; ./headroom help shows how.
            rebuild-usage --after      | The option --after needs a value; ./headroom help shows how.
            catalog             | Say what to do with which file: ./headroom catalog export [FILE], diff FILE, or apply FILE.
            catalog forget a    | Say what to do with which file: ./headroom catalog export [FILE], diff FILE, or apply FILE.
            run --port=-1       | The port must be a number up to 65535, not "-1".
            """)
    void a_mistake_is_one_sentence(String words, String sentence) throws Exception {
        assertThat(launch(Map.of(), words.split(" "))).isEqualTo(new Outcome(2, "", sentence + "\n"));
    }

    @Test
    void without_a_jdk_it_says_how_to_get_one() throws Exception {
        Outcome outcome = launch(Map.of(), "run");

        assertThat(outcome.exit()).isOne();
        assertThat(outcome.err()).startsWith("Headroom needs a JDK 25 or newer and found none;").contains("JAVA_HOME").hasLineCount(1);
    }

    @Test
    void an_older_jdk_is_not_taken() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", jdk("24.0.2").toString()), "run");

        assertThat(outcome.err()).startsWith("Headroom needs a JDK 25 or newer and found none;");
    }

    @Test
    void without_maven_it_says_how_to_get_it() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", jdk("25.0.1").toString()), "test");

        assertThat(outcome.exit()).isOne();
        assertThat(outcome.err()).startsWith("Headroom is built with Maven 3.8 or newer and found none on PATH;").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"3.6.3, false", "3.8.7, true", "3.10.0, true", "4.0.0, true", "2.9.9, false"})
    void an_older_maven_is_refused_and_a_newer_one_runs_the_tests(String version, boolean taken) throws Exception {
        program("mvn", "case $1 in -v) echo 'Apache Maven " + version + " (x)' ;; *) echo \"mvn $*\" ;; esac");

        Outcome outcome = launch(Map.of("JAVA_HOME", jdk("25.0.1").toString()), "test", "-Dtest=One Test");

        assertThat(outcome.exit()).isEqualTo(taken ? 0 : 1);
        assertThat(outcome.out()).matches(out -> out.contains("-Dtest=One Test verify") == taken);
        assertThat(outcome.err()).matches(err -> err.contains("newer, but the one on PATH is") != taken);
    }

    private Path jdk(String version) throws IOException {
        Path jdk = machine.resolve("a jdk");
        Files.createDirectories(jdk.resolve("bin"));
        executable(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private void program(String name, String script) throws IOException {
        executable(programs.resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, tool)).filter(Files::isExecutable)
                .findFirst().orElseThrow();
    }

    private Outcome launch(Map<String, String> environment, String... words) throws Exception {
        List<String> command = Stream.concat(Stream.of("/bin/sh", launcher.toString()), Stream.of(words)).toList();
        Path err = machine.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(machine.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", programs.toString(), "HOME", machine.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err));
    }
}
