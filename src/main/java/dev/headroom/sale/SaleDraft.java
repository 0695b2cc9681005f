package dev.headroom.sale;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer or a bundle that is to be made, or to end, or to be another one: then the one ends in the moment in which the other begins.
 *
 * @param ends     key of the one that ends with it; absent where something is only made
 * @param sheet    the one that is made, with all that is missing and wrong; absent where something only ends
 * @param revision raised by every edit, from 0
 * @param changed  last by whom
 * @param closed   by whom it was discarded or published; absent while it is open
 */
public record SaleDraft(
        UUID id, Kind kind, @Nullable String ends, @Nullable SaleSheet sheet, State state, int revision, Mark opened, Mark changed, @Nullable Mark closed) {

    /** What it is about. */
    public enum Kind {
        OFFER,
        BUNDLE
    }

    /** What becomes of it. */
    public enum Act {
        /** A new one is made. */
        MAKE,
        /** One that is there ends, and another one is made in its place. */
        CHANGE,
        /** One that is there ends. */
        END
    }

    /** A discarded one can be taken up again. */
    public enum State {
        OPEN,
        DISCARDED,
        PUBLISHED
    }

    /** @param by {@link dev.headroom.actor.Actor#name()} */
    public record Mark(String by, Instant at) {}

    public Act act() {
        return ends == null ? Act.MAKE : sheet == null ? Act.END : Act.CHANGE;
    }

    public boolean open() {
        return state == State.OPEN;
    }

    SaleDraft edited(SaleSheet other, Mark by) {
        return new SaleDraft(id, kind, ends, other, state, revision + 1, opened, by, closed);
    }

    SaleDraft turned(State other, @Nullable Mark by) {
        return new SaleDraft(id, kind, ends, sheet, other, revision, opened, changed, by);
    }
}
