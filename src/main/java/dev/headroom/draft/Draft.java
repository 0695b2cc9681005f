package dev.headroom.draft;

import dev.headroom.audit.AuditEntries.Part;
import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.sheet.PlanSheet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a plan or add-on that is being prepared: of one that is there already, or of a new one.
 *
 * @param revision  raised by every edit, from 0
 * @param sheet     as it is now, with all that is missing and wrong
 * @param changed   last by whom
 * @param closed    by whom it was discarded or published; absent while it is open
 * @param published the version that it became
 * @param plannedAt when it goes on sale, as was decided: until then nobody edits it; absent where that was not decided
 */
public record Draft(
        DraftId id, Subject subject, State state, int revision, PlanSheet sheet, Mark opened, Mark changed, @Nullable Mark closed,
        @Nullable PlanVersionId published, @Nullable Instant plannedAt) {

    /** At most one draft of a key is open; a discarded one can be taken up again. */
    public enum State {
        OPEN,
        DISCARDED,
        PUBLISHED
    }

    /**
     * What it is a draft of.
     *
     * @param plan    of a new one the id that it will have
     * @param key     of the plan or add-on; stays as it is
     * @param base    the version that it was begun on, of an account's own price one of what it is in the place of; absent of a new plan or add-on
     * @param account the only one that may have it; absent is every account
     */
    public record Subject(ProductId product, PlanId plan, String key, Plan.Kind kind, @Nullable PlanVersionId base, @Nullable UUID account) {}

    /** As entries of the audit log are about it, and found among those of its plan or add-on. */
    Part audited() {
        return new Part("draft", id, new Thing(subject.kind().subject(), subject.plan().toString()));
    }

    /** @param by {@link dev.headroom.actor.Actor#name()} */
    public record Mark(String by, Instant at) {}

    /** The plan or add-on whose next version it prepares; empty where there is none yet. */
    public Optional<Plan> plan(CatalogSnapshot known) {
        return DraftBase.version(this, known).map(PlanVersion::plan).filter(plan -> plan.id().equals(subject.plan()));
    }

    public boolean open() {
        return state == State.OPEN;
    }

    Draft edited(PlanSheet other, Mark by) {
        return new Draft(id, subject, state, revision + 1, other, opened, by, closed, published, plannedAt);
    }

    Draft discarded(Mark by) {
        return new Draft(id, subject, State.DISCARDED, revision, sheet, opened, changed, by, null, null);
    }

    Draft restored() {
        return new Draft(id, subject, State.OPEN, revision, sheet, opened, changed, null, null, null);
    }

    Draft published(PlanVersionId version, Mark by) {
        return new Draft(id, subject, State.PUBLISHED, revision, sheet, opened, changed, by, version, null);
    }

    Draft planned(@Nullable Instant at) {
        return new Draft(id, subject, state, revision, sheet, opened, changed, closed, published, at);
    }
}
