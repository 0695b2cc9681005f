package dev.headroom.occasion;

import dev.headroom.id.Ids;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * In the course of what something happens. Begun at the edges and known to everything that runs below them in the same thread, so that nobody hands it
 * on; what another thread does begins an occasion of its own. Lines of the log carry its number.
 *
 * @param id     the correlation id: the same for all that came of one request
 * @param reason in the words of whoever asked for it; absent where nobody gave one
 */
public record Occasion(UUID id, Origin origin, @Nullable String reason) {

    /** The name under which the log knows the number. */
    public static final String LOGGED = "correlation";

    private static final ScopedValue<Occasion> CURRENT = ScopedValue.newInstance();

    /** A new one. */
    public static Occasion from(Origin origin) {
        return new Occasion(Ids.next(), origin, null);
    }

    /** The one that is under way; empty outside of all. */
    public static Optional<Occasion> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** The same one, from somewhere else. */
    public Occasion by(Origin other) {
        return new Occasion(id, other, reason);
    }

    /** The same one, for a reason. */
    public Occasion because(String given) {
        return new Occasion(id, origin, given);
    }

    public void run(Runnable act) {
        call(() -> {
            act.run();
            return null;
        });
    }

    /** @throws X what the act throws */
    public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> act) throws X {
        String outer = MDC.get(LOGGED);
        MDC.put(LOGGED, id.toString());
        try {
            return ScopedValue.where(CURRENT, this).call(act);
        } finally {
            if (outer == null) {
                MDC.remove(LOGGED);
            } else {
                MDC.put(LOGGED, outer);
            }
        }
    }
}
