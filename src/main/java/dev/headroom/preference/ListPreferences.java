package dev.headroom.preference;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What everybody remembers for themselves of each list; nobody reads or writes another's. */
@Service
public class ListPreferences {

    /** Of one list; whoever wants more wants another page. */
    static final int MOST_FILTERS = 50;

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_QUERY = 2_000;

    private final ListPreferenceRepository remembered;

    ListPreferences(ListPreferenceRepository remembered) {
        this.remembered = remembered;
    }

    /** @param query as it stands in the address, without the question mark */
    public record SavedFilter(String name, String query) {}

    /**
     * By their keys.
     *
     * @param placed in the order that was chosen; those that it does not name come last
     */
    public record Columns(List<String> placed, Set<String> hidden) {

        public static final Columns AS_THEY_COME = new Columns(List.of(), Set.of());

        public Columns {
            placed = List.copyOf(placed);
            hidden = Set.copyOf(hidden);
        }
    }

    /** In the order of their names. */
    public List<SavedFilter> filters(Actor.ConsoleUser actor, String list) {
        return remembered.filters(actor.id(), list);
    }

    /** A name that is there already means this from now on. @throws HeadroomException INVALID_INPUT for no or too long a name, nothing to save, or too many of them */
    @Transactional
    public void save(Actor.ConsoleUser actor, String list, SavedFilter filter) {
        String name = filter.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw HeadroomException.invalid("input.name", "A name has 1 to " + LONGEST_NAME + " characters");
        }
        if (filter.query().isEmpty() || filter.query().length() > LONGEST_QUERY) {
            throw HeadroomException.invalid("input.query", "What is chosen has 1 to " + LONGEST_QUERY + " characters");
        }
        remembered.save(actor.id(), list, new SavedFilter(name, filter.query()));
        if (remembered.filters(actor.id(), list).size() > MOST_FILTERS) {
            throw HeadroomException.invalid("input.name", "There are " + MOST_FILTERS + " saved filters of this list; delete one first");
        }
    }

    /** Twice changes nothing. */
    @Transactional
    public void delete(Actor.ConsoleUser actor, String list, String name) {
        remembered.delete(actor.id(), list, name);
    }

    /** {@link Columns#AS_THEY_COME} where nothing was chosen. */
    public Columns columns(Actor.ConsoleUser actor, String list) {
        return remembered.columns(actor.id(), list).orElse(Columns.AS_THEY_COME);
    }

    @Transactional
    public void arrange(Actor.ConsoleUser actor, String list, Columns columns) {
        remembered.arrange(actor.id(), list, columns);
    }

    void forget(UUID user) {
        remembered.forget(user);
    }
}
