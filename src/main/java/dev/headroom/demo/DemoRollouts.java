package dev.headroom.demo;

import dev.headroom.catalog.Plan;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Impacts;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.Publications;
import dev.headroom.rollout.Publications.PublishDraft;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.rollout.Rollouts;
import dev.headroom.sheet.PriceLine;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * Puts another version of one plan on sale and has those moved who have the one before: cheaper in dollars, and so much dearer in all other currencies that
 * nobody who pays in one is. Each step is made once, whoever died after the one before.
 */
@Service
class DemoRollouts {

    private static final String DOLLARS = "USD";
    private static final int HIGHEST_RISE = 10;
    private static final int CHEAPER = 95;
    private static final int DEARER = 125;
    private static final int WHOLE = 100;

    private final Drafts drafts;
    private final DraftEdits edits;
    private final Impacts impacts;
    private final Publications publications;
    private final Rollouts rollouts;

    DemoRollouts(Drafts drafts, DraftEdits edits, Impacts impacts, Publications publications, Rollouts rollouts) {
        this.drafts = drafts;
        this.edits = edits;
        this.impacts = impacts;
        this.publications = publications;
        this.rollouts = rollouts;
    }

    /** @return whether there is nothing left to be done */
    boolean goOn(String plan) {
        String key = "demo:rollout:" + plan;
        return !rollouts.page(DemoCatalogs.SELF, null, plan, null, 1).isEmpty() || !(drafts.open(DemoCatalogs.SELF, key, new Wanted.Next(Plan.Kind.TIER, plan)) instanceof DraftOpened(var draft)) || !draft.open() || goOn(key, draft);
    }

    private boolean goOn(String key, Draft draft) {
        if (draft.revision() == 0) {
            edits.edit(DemoCatalogs.SELF, new EditDraft(key + ":prices", draft.id(), 0, draft.sheet().prices().stream()
                    .map(DemoRollouts::levelled).map(DraftEdit::price).toList()));
            return false;
        }
        if (!(drafts.candidate(DemoCatalogs.SELF, draft.id()) instanceof Candidate candidate)) {
            return true;
        }
        ImpactRun seen = impacts.start(DemoCatalogs.SELF, key + ":impact", candidate.version());
        if (seen.state() == ImpactRun.State.DONE) {
            RolloutChoice choice = new RolloutChoice(Timing.NOW, Segment.EVERYBODY, HIGHEST_RISE, null, null, null);
            publications.publish(DemoCatalogs.SELF, new PublishDraft(
                    key + ":publish", draft.id(), candidate.revision(), seen.id(), choice, candidate.version().plan().key(), "Prices closer to what each market pays"));
        }
        return seen.state() != ImpactRun.State.RUNNING;
    }

    /** To a whole amount. */
    private static PriceLine levelled(PriceLine line) {
        int percent = DOLLARS.equals(line.currency()) ? CHEAPER : DEARER;
        long minor = Math.floorDiv(Objects.requireNonNull(line.flat()) * percent, WHOLE * WHOLE) * WHOLE;
        return new PriceLine(line.id(), line.interval(), line.currency(), line.model(), minor, null, null, null, null);
    }
}
