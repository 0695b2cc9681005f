package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntries.Part;
import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.draft.Drafts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is done to roll-outs, written into the log so that it is found among what was done to their plan or add-on. */
@Service
class RolloutEntries {

    static final String SUBJECT = "rollout";

    private static final Actor.System SELF = new Actor.System("rollout");

    private final AuditEntries entries;
    private final Drafts drafts;
    private final Catalog catalog;

    RolloutEntries(AuditEntries entries, Drafts drafts, Catalog catalog) {
        this.entries = entries;
        this.drafts = drafts;
        this.catalog = catalog;
    }

    /** @param account whose alone the plan or add-on is; absent where it is everybody's */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(Actor actor, String operation, @Nullable UUID account, Rollout rollout, Object decision) {
        entries.changed(actor, operation, account, part(rollout), null, decision, rollout.reason());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(Actor actor, String operation, Rollout rollout, Object before, Object after) {
        entries.changed(actor, operation, null, part(rollout), before, after, null);
    }

    private Part part(Rollout rollout) {
        return new Part(SUBJECT, rollout.id(), new Thing(kind(rollout).subject(), rollout.planId().toString()));
    }

    /** What is to be published is in no catalogue until then. */
    private Plan.Kind kind(Rollout rollout) {
        return rollout.draft() == null ? catalog.snapshot().version(rollout.version()).plan().kind() : drafts.byId(SELF, rollout.draft()).subject().kind();
    }
}
