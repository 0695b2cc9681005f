package dev.headroom.sheet;

import dev.headroom.error.HeadroomException;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, in the order in which it is found; what a check or a constructor refuses becomes a finding in its own words. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void error(Rule rule, String path, String message) {
        found.add(new Finding(Severity.ERROR, rule, path, message));
    }

    void warning(Rule rule, String path, String message) {
        found.add(new Finding(Severity.WARNING, rule, path, message));
    }

    /** What was made, or null after noting why it could not be. */
    <T> @Nullable T made(Rule rule, String path, Supplier<T> making) {
        try {
            return making.get();
        } catch (HeadroomException | IllegalArgumentException refused) {
            error(rule, path, String.valueOf(refused.getMessage()));
            return null;
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
