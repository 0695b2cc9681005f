package dev.headroom.postgres;

import dev.headroom.error.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A PostgreSQL of our own, listening on this machine only and behind a password. It outlives neither {@link #close} nor, by more
 * than one start, a Headroom that was killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** Another program may take the free port first, and the children of a killed server take a moment to go. */
    private static final int ATTEMPTS = 20;

    private final FolderLock lock;
    private final Cluster cluster;
    private final int port;
    private final String password;

    private EmbeddedPostgres(FolderLock lock, Cluster cluster, int port, String password) {
        this.lock = lock;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server over {@code <data>/postgres}, which is made on the first start, and returns once it accepts connections. A
     * server left over by a Headroom that was killed is stopped first; after a crash nothing committed is lost.
     *
     * @throws CannotStartException when another Headroom uses the folder, the folder cannot be written or its disk is full, or the
     *     server does not come up
     */
    public static EmbeddedPostgres start(Path data, Durability durability) {
        Path asked = data.toAbsolutePath().normalize();
        try {
            Path folder = Files.createDirectories(asked.resolve("postgres")).toRealPath();
            FolderLock lock = FolderLock.take(folder, asked);
            try {
                return start(lock, folder, asked, durability);
            } catch (IOException | RuntimeException problem) {
                lock.close();
                throw problem;
            }
        } catch (IOException problem) {
            throw Refusal.unusable(asked, problem);
        }
    }

    private static EmbeddedPostgres start(FolderLock lock, Path folder, Path data, Durability durability) throws IOException {
        ServerUser user = ServerUser.of(folder, data);
        Cluster cluster = new Cluster(folder, data, Binaries.unpackInto(folder, user), user);
        cluster.stopOrphan();
        String password = cluster.initialise();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            if (cluster.start(port, durability)) {
                return new EmbeddedPostgres(lock, cluster, port, password);
            }
        }
        throw new CannotStartException("PostgreSQL found no free port on 127.0.0.1, or a killed one still holds " + data
                + "; end the processes named postgres and start again.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return Cluster.SUPERUSER;
    }

    public String password() {
        return password;
    }

    /** Stops the server, within a second or two, and lets go of the folder. */
    @Override
    public void close() {
        try (lock) {
            cluster.stop();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
