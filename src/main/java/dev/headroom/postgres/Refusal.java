package dev.headroom.postgres;

import dev.headroom.error.CannotStartException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why the embedded server did not start, each as the one sentence that is shown. */
final class Refusal {

    private static final String NO_SPACE = "No space left on device";

    private Refusal() {}

    static CannotStartException inUse(Path data, String process) {
        return new CannotStartException("The data folder " + data + " is in use by another Headroom"
                + (process.isEmpty() ? "" : " (process " + process + ")") + "; stop that one, or choose another folder with --data.");
    }

    static CannotStartException unusable(Path data, IOException problem) {
        String reason = reason(problem);
        return reason.contains(NO_SPACE)
                ? full(data, problem)
                : new CannotStartException("The data folder " + data + " cannot be used: " + reason
                        + "; make it a folder that Headroom may write to, or choose another with --data.", problem);
    }

    /** From what a program of PostgreSQL said, or the server wrote into its log. */
    static CannotStartException failed(Path data, String what, String said, Path log) {
        if (said.contains(NO_SPACE)) {
            return full(data, new IOException(said));
        }
        String last = last(said.lines().filter(Refusal::telling))
                .or(() -> last(said.lines().filter(line -> !line.isBlank()))).orElse("it gave no reason");
        return new CannotStartException(what + ": " + last.strip().replaceFirst("^.* (?=(FATAL|PANIC):)", "") + " (the whole story is in " + log + ").");
    }

    static CannotStartException root(Path data) {
        return new CannotStartException("PostgreSQL refuses to run as root, and no other user may enter " + data
                + "; start Headroom as an ordinary user, or choose a folder outside of root's home with --data.");
    }

    private static CannotStartException full(Path data, IOException problem) {
        return new CannotStartException("The disk with the data folder " + data
                + " is full; free some space, or choose another folder with --data.", problem);
    }

    private static Optional<String> last(Stream<String> lines) {
        return lines.reduce((first, second) -> second);
    }

    private static boolean telling(String line) {
        return line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:");
    }

    private static String reason(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> "permission to " + denied.getFile() + " is denied";
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case NoSuchFileException file -> file.getFile() + " is missing";
            case FileSystemException other when other.getReason() != null ->
                    other.getReason().contains(NO_SPACE) ? NO_SPACE : other.getReason().toLowerCase(Locale.ROOT) + " (" + other.getFile() + ")";
            case IOException other -> String.valueOf(other.getMessage());
        };
    }
}
