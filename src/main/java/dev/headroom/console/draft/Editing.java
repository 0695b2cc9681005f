package dev.headroom.console.draft;

import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.DraftChanged;
import dev.headroom.draft.DraftEdits.DraftEdited;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.draft.DraftEdits.NothingToRedo;
import dev.headroom.draft.DraftEdits.NothingToUndo;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DiscardDraftResult;
import dev.headroom.draft.Drafts.DraftIsPlanned;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.draft.Drafts.RestoreDraftResult;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Somebody at work on a draft: the revision that they have read, and what comes of what they do. */
final class Editing {

    private final SignedIn signedIn;
    private final Drafts drafts;
    private final DraftEdits edits;
    private final Consumer<EditDraftResult> told;
    private Draft read;

    Editing(SignedIn signedIn, Drafts drafts, DraftEdits edits, Draft read, Consumer<EditDraftResult> told) {
        this.signedIn = signedIn;
        this.drafts = drafts;
        this.edits = edits;
        this.read = read;
        this.told = told;
    }

    Draft draft() {
        return read;
    }

    void edit(DraftEdit edit) {
        take(edits.edit(signedIn.actor(), new EditDraft(Ids.next().toString(), read.id(), read.revision(), List.of(edit))));
    }

    void undo() {
        take(edits.undo(signedIn.actor(), Ids.next().toString(), read.id()));
    }

    void redo() {
        take(edits.redo(signedIn.actor(), Ids.next().toString(), read.id()));
    }

    DiscardDraftResult discard() {
        return drafts.discard(signedIn.actor(), read.id());
    }

    RestoreDraftResult restore() {
        return drafts.restore(signedIn.actor(), read.id());
    }

    /** Whether it is not as it was read any more. */
    boolean outdated() {
        Draft now = drafts.byId(signedIn.actor(), read.id());
        return now.revision() != read.revision() || now.state() != read.state() || !Objects.equals(now.plannedAt(), read.plannedAt());
    }

    private void take(EditDraftResult result) {
        read = switch (result) {
            case DraftEdited(var draft) -> draft;
            case DraftChanged(var draft, var _) -> draft;
            case NothingToUndo(var draft) -> draft;
            case NothingToRedo(var draft) -> draft;
            case DraftIsPlanned(var draft) -> draft;
            case DraftNotOpen(var draft) -> draft;
        };
        told.accept(result);
    }
}
