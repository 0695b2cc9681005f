package dev.headroom.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One finished run of a program: its exit code and everything it said. */
record Command(int exit, String output) {

    /** The rest stays here: PG* variables would redirect the server, and secrets are none of its business. */
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "TMPDIR");

    static Command run(Path folder, List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(await(process), output.strip());
    }

    boolean succeeded() {
        return exit == 0;
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + process.info().command().orElse("a program"), interrupted);
        }
    }
}
