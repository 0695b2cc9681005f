package dev.headroom.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who runs the server: whoever runs Headroom, except that PostgreSQL refuses root.
 *
 * @param prefix the words that go before a command to run it as that user
 * @param owner  the user id that the server's files belong to
 */
record ServerUser(List<String> prefix, int owner) {

    private static final int ROOT = 0;
    /** In a user namespace without a mapping nobody is root, while the files still belong to the user outside. */
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final int NOBODY = 65534;

    /**
     * The owner of {@code folder} if that is an ordinary user; for root's folders root in a user namespace, or where those are closed
     * the user {@code nobody}.
     *
     * @throws dev.headroom.error.CannotStartException when root is all there is
     */
    static ServerUser of(Path folder, Path data) throws IOException {
        int self = (int) new UnixSystem().getUid();
        if (self != ROOT) {
            return new ServerUser(List.of(), self);
        }
        int owner = owner(folder);
        ServerUser inNamespace = new ServerUser(NAMESPACE, ROOT);
        if (owner == ROOT && inNamespace.may("-w", folder)) {
            return inNamespace;
        }
        int other = owner == ROOT ? NOBODY : owner;
        ServerUser ordinary = new ServerUser(becoming(other), other);
        if (!ordinary.may("-x", data)) {
            throw Refusal.root(data);
        }
        ordinary.give(folder);
        return ordinary;
    }

    List<String> command(Path program, String... arguments) {
        return Stream.of(prefix, List.of(program.toString()), List.of(arguments)).flatMap(List::stream).toList();
    }

    /** Makes the server's user the owner of everything in {@code folder} that belongs to somebody else. */
    void give(Path folder) throws IOException {
        for (Path path : Folders.tree(folder)) {
            if (owner(path) != owner) {
                Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private boolean may(String access, Path folder) {
        try {
            return Command.run(Path.of("/"), command(Path.of("test"), access, folder.toString())).succeeded();
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static List<String> becoming(int user) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + NOBODY, "--clear-groups", "--inh-caps=-all");
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
