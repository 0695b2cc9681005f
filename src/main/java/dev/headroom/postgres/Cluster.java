package dev.headroom.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The files of one database server and the programs that work on them.
 *
 * @param folder holds everything: the data, the password, the log and the programs
 * @param data   the folder that was asked for, as sentences name it
 */
record Cluster(Path folder, Path data, Path bin, ServerUser user) {

    static final String SUPERUSER = "headroom";
    private static final String STOP_SECONDS = "20";

    private Path files() {
        return folder.resolve("data");
    }

    private Path password() {
        return folder.resolve("password");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    /** Makes the database on the first start, whole or not at all, and gives its password. */
    String initialise() throws IOException {
        if (!Files.exists(files())) {
            Path partial = folder.resolve("initialising");
            Folders.delete(partial);
            writePassword(Secret.random());
            // The builtin provider sorts and folds alike on every machine; the C library's C.UTF-8 is missing on older ones.
            Command made = run("initdb", "-D", partial.toString(), "-U", SUPERUSER, "--pwfile=" + password(), "--auth=scram-sha-256",
                    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
            if (!made.succeeded()) {
                Files.writeString(log(), made.output());
                throw Refusal.failed(data, "PostgreSQL could not create its database", made.output(), log());
            }
            Files.move(partial, files(), StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(password());
    }

    /** A Headroom that was killed leaves its server running: it is stopped, since nobody else may use it while we hold the lock. */
    void stopOrphan() throws IOException {
        stop();
        // What is still there is stale, but PostgreSQL would take any process of ours that got the same number for itself.
        Files.deleteIfExists(pidFile());
    }

    /** Whether the server accepts connections; false when the port was taken by somebody else in between. */
    boolean start(int port, Durability durability) throws IOException {
        if (Files.exists(log())) {
            Files.move(log(), folder.resolve("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        Command started = run("pg_ctl", "start", "-w", "-t", "120", "-D", files().toString(), "-l", log().toString(),
                "-o", String.join(" ", settings(port, durability)));
        if (started.succeeded()) {
            return true;
        }
        String said = started.output() + "\n" + (Files.exists(log()) ? Files.readString(log()) : "");
        if (said.contains("Address already in use") || said.contains("is still in use")) {
            return false;
        }
        throw Refusal.failed(data, "PostgreSQL did not start", said, log());
    }

    /** Disconnects everybody and ends the server, if it runs; one that does not listen is ended at once and recovers at the next start. */
    void stop() throws IOException {
        if (isRunning() && !stop("fast").succeeded()) {
            stop("immediate");
        }
    }

    private Command stop(String mode) throws IOException {
        return run("pg_ctl", "stop", "-w", "-t", STOP_SECONDS, "-m", mode, "-D", files().toString());
    }

    /** On the command line, where no file in the data folder can weaken them. None contains a space: pg_ctl hands them to a shell. */
    private static List<String> settings(int port, Durability durability) {
        return List.of("-p", Integer.toString(port),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "fsync=" + durability.setting(), "-c", "synchronous_commit=" + durability.setting(),
                "-c", "full_page_writes=" + durability.setting(),
                "-c", "shared_buffers=128MB", "-c", "max_connections=60", "-c", "max_wal_size=256MB",
                "-c", "wal_level=minimal", "-c", "max_wal_senders=0",
                // Short statements on few cores: compiling them and spreading them costs more than it brings.
                "-c", "jit=off", "-c", "max_parallel_workers_per_gather=0", "-c", "max_parallel_maintenance_workers=0",
                "-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "log_checkpoints=off");
    }

    private Command run(String program, String... arguments) throws IOException {
        return Command.run(folder, user.command(bin.resolve(program), arguments));
    }

    private void writePassword(String secret) throws IOException {
        Files.deleteIfExists(password());
        Files.createFile(password(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password(), secret);
        user.give(password());
    }

    private Path pidFile() {
        return files().resolve("postmaster.pid");
    }

    /** Whether the process in the pid file is this server: not one that died, nor another that got its number. */
    private boolean isRunning() throws IOException {
        if (!Files.exists(pidFile())) {
            return false;
        }
        String number = Files.readString(pidFile()).lines().findFirst().orElse("").strip();
        return number.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(number))
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains("postgres") && line.contains("-D " + files()))
                .isPresent();
    }
}
