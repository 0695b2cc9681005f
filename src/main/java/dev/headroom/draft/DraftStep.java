package dev.headroom.draft;

import dev.headroom.draft.Draft.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command made of a draft.
 *
 * @param revision the draft's after it
 * @param of       the revision of the edit that was undone or redone; absent of an edit
 * @param undone   of an edit, whether it is taken back
 * @param moved    of an edit, the revision with which it came into force last, or was taken back
 */
public record DraftStep(int revision, Act act, @Nullable Integer of, boolean undone, int moved, Mark mark, List<PartChange> changes) {

    /** What was done. */
    public enum Act {
        EDIT,
        UNDO,
        REDO
    }

    /**
     * One part, as it was and as it is.
     *
     * @param before absent where the part was not there
     * @param after  absent where it is not there any more
     */
    public record PartChange(DraftPart part, @Nullable Object before, @Nullable Object after) {

        PartChange reversed() {
            return new PartChange(part, after, before);
        }
    }
}
