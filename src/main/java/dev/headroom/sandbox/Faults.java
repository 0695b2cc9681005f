package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /_sandbox/faults}: what shall go wrong, which Stripe has nothing like. They are this process's and gone when it ends; any
 * test key may ask for them.
 */
final class Faults {

    static final String PATH = "/_sandbox/";
    private static final String COLLECTION = PATH + "faults";
    private static final long MOST = 1_000;

    private final List<Fault> faults = new ArrayList<>();

    void addTo(Routes routes) {
        routes.post(COLLECTION, this::create);
        routes.get(COLLECTION, _ -> list());
        routes.delete(COLLECTION, _ -> clear());
    }

    /** The fault that strikes a request, of several the one that was asked for first; it has struck once more then. */
    synchronized Optional<Fault> strike(String verb, String path) {
        Optional<Fault> found = path.startsWith(PATH) ? Optional.empty() : faults.stream().filter(fault -> fault.strikes(verb + " " + path)).findFirst();
        found.ifPresent(fault -> {
            if (fault.times() == 1) {
                faults.remove(fault);
            } else {
                faults.set(faults.indexOf(fault), fault.struck());
            }
        });
        return found;
    }

    private ObjectNode create(Call call) {
        Parameters parameters = call.parameters();
        Fault.Kind kind = parameters.require("kind", parameters.choice("kind", Fault.Kind.class));
        Fault.When when = Objects.requireNonNullElse(parameters.choice("when", Fault.When.class), Fault.When.BEFORE);
        if (kind.isRefusal() && when == Fault.When.AFTER) {
            throw StripeError.invalid(null, "when", "Who is refused with a 429 has done nothing: it comes before.");
        }
        long times = Objects.requireNonNullElse(parameters.count("times"), 1L);
        if (times < 1 || times > MOST) {
            throw StripeError.invalid("parameter_invalid_integer", "times", "This value must be between 1 and " + MOST + ".");
        }
        Fault fault = new Fault(Tokens.id("fault"), parameters.requireText("operation"), kind, when, times);
        parameters.refuseUnread();
        synchronized (this) {
            faults.add(fault);
        }
        return fault.document();
    }

    private synchronized ObjectNode list() {
        return Page.list(COLLECTION, faults.stream().map(Fault::document).toList(), false);
    }

    private synchronized ObjectNode clear() {
        faults.clear();
        return list();
    }
}
