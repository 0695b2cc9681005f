package dev.headroom.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wrong with one request: the first of it is thrown, or all of it is gathered and shown, or refused, at once. */
public final class Refusals {

    private final @Nullable List<HeadroomException> gathered;

    private Refusals(@Nullable List<HeadroomException> gathered) {
        this.gathered = gathered;
    }

    /** For a command that is carried out or refused. */
    public static Refusals thrown() {
        return new Refusals(null);
    }

    /** For what is looked at only, or refused with all that is wrong: {@link #refuse}. */
    public static Refusals gathered() {
        return new Refusals(new ArrayList<>());
    }

    /** In the order in which they were found; none where they are thrown. */
    public List<HeadroomException> all() {
        return gathered == null ? List.of() : List.copyOf(gathered);
    }

    /** @throws HeadroomException that tells all that was gathered, where anything was */
    public void refuse() {
        if (gathered != null && !gathered.isEmpty()) {
            throw HeadroomException.together(gathered);
        }
    }

    /** What was made; where it was refused and is gathered, something else to go on with. */
    public <T extends @Nullable Object> T made(Supplier<T> making, T otherwise) {
        try {
            return making.get();
        } catch (HeadroomException refused) {
            if (gathered == null) {
                throw refused;
            }
            gathered.add(refused);
            return otherwise;
        }
    }

    public void look(Runnable check) {
        this.<@Nullable Object>made(() -> {
            check.run();
            return null;
        }, null);
    }
}
