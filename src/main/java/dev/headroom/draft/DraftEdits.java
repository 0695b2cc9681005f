package dev.headroom.draft;

import static java.util.stream.Collectors.toMap;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.draft.Draft.Mark;
import dev.headroom.draft.DraftStep.Act;
import dev.headroom.draft.DraftStep.PartChange;
import dev.headroom.draft.Drafts.DraftIsPlanned;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes drafts part by part, so that whoever edits other parts at the same time is not in the way, and nobody's change of the same part is lost. */
@Service
public class DraftEdits {

    private final DraftRepository drafts;
    private final StepRepository steps;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    DraftEdits(DraftRepository drafts, StepRepository steps, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.drafts = drafts;
        this.steps = steps;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks to change parts of a draft, all of them or none.
     *
     * @param revision that the editor has read
     * @param edits    at most a hundred
     */
    public record EditDraft(String idempotencyKey, DraftId draft, int revision, List<DraftEdit> edits) {}

    /** What came of it. */
    public sealed interface EditDraftResult permits DraftEdited, DraftChanged, NothingToUndo, NothingToRedo, DraftIsPlanned, DraftNotOpen {}

    /** As it is now. */
    public record DraftEdited(Draft draft) implements EditDraftResult {}

    /** Somebody has changed the same parts; nothing was written. */
    public record DraftChanged(Draft draft, List<ChangedPart> parts) implements EditDraftResult {}

    /**
     * A part that is not what the editor took it for.
     *
     * @param read     what stood there; of an edit that is to be undone or redone, what it would have met
     * @param current  what stands there
     * @param wanted   what would have been put there
     * @param revision of the draft when it was changed last
     */
    public record ChangedPart(DraftPart part, @Nullable Object read, @Nullable Object current, @Nullable Object wanted, int revision, Mark changed) {}

    /** The actor has no edit in force. */
    public record NothingToUndo(Draft draft) implements EditDraftResult {}

    /** The actor has taken nothing back, or has edited since. */
    public record NothingToRedo(Draft draft) implements EditDraftResult {}

    /** @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the edit */
    @Transactional
    public EditDraftResult edit(Actor actor, EditDraft command) {
        actor.requireEveryAccount(Permission.CATALOG);
        EditBounds.check(command.edits());
        return once(actor, "editDraft", command.idempotencyKey(), command.draft(), command, draft -> edit(actor, draft, command));
    }

    /** Takes the actor's own last edit in force back, unless somebody has changed its parts since. */
    @Transactional
    public EditDraftResult undo(Actor actor, String idempotencyKey, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        return once(actor, "undoDraftEdit", idempotencyKey, id, id, draft -> steps.lastInForce(id, actor.name())
                .map(step -> move(actor, draft, step, Act.UNDO, step.changes().stream().map(PartChange::reversed).toList()))
                .orElseGet(() -> new NothingToUndo(draft)));
    }

    /** Makes again what the actor has taken back last, unless somebody has changed its parts since. */
    @Transactional
    public EditDraftResult redo(Actor actor, String idempotencyKey, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        return once(actor, "redoDraftEdit", idempotencyKey, id, id, draft -> steps.lastUndone(id, actor.name())
                .map(step -> move(actor, draft, step, Act.REDO, step.changes()))
                .orElseGet(() -> new NothingToRedo(draft)));
    }

    private EditDraftResult once(Actor actor, String operation, String key, DraftId id, Object input, Function<Draft, EditDraftResult> act) {
        Draft draft = drafts.locked(id).orElseThrow(Drafts::unknown);
        return switch (keys.claim(actor, operation, key, input, id.value())) {
            case Claim.Repeat _ -> new DraftEdited(draft);
            case Claim.First() -> {
                EditDraftResult result = draft.plannedAt() != null ? new DraftIsPlanned(draft) : draft.open() ? act.apply(draft) : new DraftNotOpen(draft);
                if (!(result instanceof DraftEdited)) {
                    keys.release(actor, operation, key);
                }
                yield result;
            }
        };
    }

    private EditDraftResult edit(Actor actor, Draft draft, EditDraft command) {
        Check.between("input.revision", command.revision(), 0, draft.revision());
        PlanSheet after = draft.sheet();
        Set<DraftPart> parts = new LinkedHashSet<>();
        for (int i = 0; i < command.edits().size(); i++) {
            DraftEdit edit = named("input.edits[" + i + "]", draft, command.edits().get(i));
            after = edit.part().put(after, edit.value());
            parts.add(edit.part());
        }
        EditBounds.check(after);
        List<PartChange> changes = changes(draft.sheet(), after, parts);
        List<ChangedPart> changed = conflicts(draft, changes, command.revision());
        if (!changed.isEmpty()) {
            return new DraftChanged(draft, changed);
        }
        return changes.isEmpty() ? new DraftEdited(draft) : made(actor, "editDraft", draft, Act.EDIT, null, changes);
    }

    /** New prices are given an id; others must be, or have been, there. */
    private DraftEdit named(String path, Draft draft, DraftEdit edit) {
        if (edit.part().kind() != DraftPart.Kind.PRICE) {
            return edit;
        }
        if (edit.part().line().isEmpty() && edit.value() instanceof PriceLine line) {
            return DraftEdit.price(line.named(Ids.next().toString()));
        }
        if (draft.sheet().price(edit.part().line()).isEmpty() && !steps.everHad(draft.id(), edit.part())) {
            throw HeadroomException.notFound(path + ".price.id", "The draft has no such price; leave the id out for a new one");
        }
        return edit;
    }

    private static List<PartChange> changes(PlanSheet before, PlanSheet after, Set<DraftPart> parts) {
        return parts.stream()
                .map(part -> new PartChange(part, part.in(before), part.in(after)))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
    }

    /** The parts that were something else when the editor read them; what was changed and taken back since is as it was. */
    private List<ChangedPart> conflicts(Draft draft, List<PartChange> wanted, int read) {
        List<DraftStep> since = steps.since(draft.id(), read, wanted.stream().map(PartChange::part).toList());
        return wanted.stream().map(change -> conflict(change, since)).flatMap(Optional::stream).toList();
    }

    private static Optional<ChangedPart> conflict(PartChange wanted, List<DraftStep> since) {
        List<DraftStep> touching = since.stream().filter(step -> touched(step, wanted.part()).isPresent()).toList();
        if (touching.isEmpty()) {
            return Optional.empty();
        }
        Object read = touched(touching.getFirst(), wanted.part()).map(PartChange::before).orElse(null);
        return Objects.equals(read, wanted.before()) ? Optional.empty() : Optional.of(changed(wanted, read, touching.getLast()));
    }

    private static ChangedPart changed(PartChange wanted, @Nullable Object read, DraftStep last) {
        return new ChangedPart(wanted.part(), read, wanted.before(), wanted.after(), last.revision(), last.mark());
    }

    private static Optional<PartChange> touched(DraftStep step, DraftPart part) {
        return step.changes().stream().filter(change -> change.part().equals(part)).findFirst();
    }

    /** @param wanted what was there when the edit was made, or taken back, and what is to be there */
    private EditDraftResult move(Actor actor, Draft draft, DraftStep edit, Act act, List<PartChange> wanted) {
        List<DraftStep> since = steps.since(draft.id(), edit.moved(), wanted.stream().map(PartChange::part).toList());
        List<ChangedPart> changed = new ArrayList<>();
        for (PartChange change : wanted) {
            List<DraftStep> touching = since.stream().filter(step -> touched(step, change.part()).isPresent()).toList();
            Object current = change.part().in(draft.sheet());
            boolean others = touching.stream().anyMatch(step -> step.act() == Act.EDIT && !step.undone() && !step.mark().by().equals(actor.name()));
            if (others || !Objects.equals(current, change.before())) {
                DraftStep last = touching.isEmpty() ? edit : touching.getLast();
                changed.add(new ChangedPart(change.part(), change.before(), current, change.after(), last.revision(), last.mark()));
            }
        }
        if (!changed.isEmpty()) {
            return new DraftChanged(draft, changed);
        }
        steps.move(draft.id(), edit.revision(), act == Act.UNDO, draft.revision() + 1);
        return made(actor, act == Act.UNDO ? "undoDraftEdit" : "redoDraftEdit", draft, act, edit.revision(), wanted);
    }

    private DraftEdited made(Actor actor, String operation, Draft draft, Act act, @Nullable Integer of, List<PartChange> changes) {
        PlanSheet after = draft.sheet();
        for (PartChange change : changes) {
            after = change.part().put(after, change.after());
        }
        Mark mark = new Mark(actor.name(), clock.instant());
        Draft edited = draft.edited(after, mark);
        drafts.update(edited);
        steps.insert(draft.id(), new DraftStep(edited.revision(), act, of, false, edited.revision(), mark, changes));
        audit.changed(actor, operation, draft.subject().account(), draft.audited(),
                told(draft.revision(), changes, PartChange::before), told(edited.revision(), changes, PartChange::after), null);
        return new DraftEdited(edited);
    }

    private record Told(int revision, Map<String, Object> parts) {}

    private static Told told(int revision, List<PartChange> changes, Function<PartChange, @Nullable Object> side) {
        return new Told(revision, changes.stream()
                .filter(change -> side.apply(change) != null)
                .collect(toMap(change -> change.part().path(), change -> Objects.requireNonNull(side.apply(change)))));
    }
}
