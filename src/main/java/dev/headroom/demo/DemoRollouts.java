package dev.headroom.demo;

import dev.headroom.account.Accounts;
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
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Puts one account's own price on sale; and another version of one plan, and has those moved who have the one before: cheaper in dollars, and so much dearer in all other currencies that
 * nobody who pays in one is. Each step is made once, whoever died after the one before.
 */
@Service
class DemoRollouts {

    private static final String DOLLARS = "USD";
    private static final int HIGHEST_RISE = 10;
    private static final int CHEAPER = 95;
    private static final int DEARER = 125;
    private static final int WHOLE = 100;
    private static final RolloutChoice MOVE = new RolloutChoice(Timing.NOW, Segment.EVERYBODY, HIGHEST_RISE, null, null, null);

    private final Drafts drafts;
    private final DraftEdits edits;
    private final Impacts impacts;
    private final Publications publications;
    private final Rollouts rollouts;
    private final Accounts accounts;

    DemoRollouts(Drafts drafts, DraftEdits edits, Impacts impacts, Publications publications, Rollouts rollouts, Accounts accounts) {
        this.accounts = accounts;
        this.drafts = drafts;
        this.edits = edits;
        this.impacts = impacts;
        this.publications = publications;
        this.rollouts = rollouts;
    }

    /** @return whether there is nothing left to be done */
    boolean goOn(String plan) {
        String key = "demo:rollout:" + plan;
        return !rollouts.page(DemoCatalogs.SELF, null, plan, null, 1).isEmpty() || goOn(key, new Wanted.Next(Plan.Kind.TIER, plan), MOVE, DemoRollouts::levelled);
    }

    /** A sixth less than the plan for one account, if it is there. @return whether there is nothing left to be done */
    boolean agreed(String plan, String account) {
        return Stream.ofNullable(accounts.byKeys(DemoCatalogs.SELF, List.of(account)).get(account)).allMatch(owner -> goOn(
                "demo:own-price:" + plan, new Wanted.Own(Plan.Kind.TIER, plan, owner.id().value(), Wanted.Own.key(plan, account)), RolloutChoice.FOR_NEW_ONES, DemoRollouts::agreed));
    }

    private boolean goOn(String key, Wanted wanted, RolloutChoice choice, UnaryOperator<PriceLine> price) {
        return !(drafts.open(DemoCatalogs.SELF, key, wanted) instanceof DraftOpened(var draft)) || !draft.open() || goOn(key, draft, choice, price);
    }

    private boolean goOn(String key, Draft draft, RolloutChoice choice, UnaryOperator<PriceLine> price) {
        if (draft.revision() == 0) {
            edits.edit(DemoCatalogs.SELF, new EditDraft(key + ":prices", draft.id(), 0, draft.sheet().prices().stream()
                    .map(price).map(DraftEdit::price).toList()));
            return false;
        }
        if (!(drafts.candidate(DemoCatalogs.SELF, draft.id()) instanceof Candidate candidate)) {
            return true;
        }
        ImpactRun seen = impacts.start(DemoCatalogs.SELF, key + ":impact", candidate.version());
        if (seen.state() == ImpactRun.State.DONE) {
            publications.publish(DemoCatalogs.SELF, new PublishDraft(
                    key + ":publish", draft.id(), candidate.revision(), seen.id(), choice, candidate.version().plan().key(),
                    choice.moves() ? "Prices closer to what each market pays" : "Agreed with their buyer for two years"));
        }
        return seen.state() != ImpactRun.State.RUNNING;
    }

    /** To a whole amount. */
    private static PriceLine levelled(PriceLine line) {
        int percent = DOLLARS.equals(line.currency()) ? CHEAPER : DEARER;
        return flat(line, Math.floorDiv(Objects.requireNonNull(line.flat()) * percent, WHOLE * WHOLE) * WHOLE);
    }

    private static PriceLine agreed(PriceLine line) {
        return flat(line, Math.floorDiv(Objects.requireNonNull(line.flat()) * 5, 6 * WHOLE) * WHOLE);
    }

    private static PriceLine flat(PriceLine line, long minor) {
        return new PriceLine(line.id(), line.interval(), line.currency(), line.model(), minor, null, null, null, null);
    }
}
