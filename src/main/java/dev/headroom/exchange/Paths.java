package dev.headroom.exchange;

import org.jspecify.annotations.Nullable;

/** Paths of commands as paths of a file. */
final class Paths {

    private static final String INPUT = "input";

    private Paths() {}

    /** @param field of a command: {@code input.members[1].addOn}; absent where no single one is wrong */
    static String below(String path, @Nullable String field) {
        if (field == null || !field.startsWith(INPUT)) {
            return path;
        }
        String rest = field.substring(INPUT.length());
        // A command that speaks of a product by its key names it in a field of its own.
        return rest.isEmpty() || rest.equals(".product") ? path : path.isEmpty() ? rest.substring(1) : path + rest;
    }
}
