package dev.headroom.console.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Plan;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.id.Ids;
import dev.headroom.impact.Impacts;
import dev.headroom.impact.LookedAtWhole;
import dev.headroom.rollout.Publications;
import dev.headroom.rollout.Publications.PublishDraft;
import dev.headroom.rollout.PublishDraftResult.DraftPublished;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.sheet.PriceLine;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** A colleague who puts another price of a plan on sale. */
public final class Publishing {

    private static final Actor COLLEAGUE = new Actor.System("colleague");

    private Publishing() {}

    /** @param minor a month */
    public static Rollout by(ApplicationContext context, String plan, long minor, RolloutChoice choice) {
        Drafts drafts = context.getBean(Drafts.class);
        Draft draft = prepared(context, plan, minor);
        Candidate candidate = (Candidate) drafts.candidate(COLLEAGUE, draft.id());
        UUID impact = context.getBean(Impacts.class).start(COLLEAGUE, Ids.next().toString(), candidate.version()).id();
        LookedAtWhole.by(context);
        return ((DraftPublished) context.getBean(Publications.class).publish(COLLEAGUE, new PublishDraft(
                Ids.next().toString(), draft.id(), candidate.revision(), impact, choice, plan, "Decided in the review of prices"))).rollout();
    }

    /** The same before anybody has looked at it. */
    public static Draft prepared(ApplicationContext context, String plan, long minor) {
        Draft draft = ((DraftOpened) context.getBean(Drafts.class).open(COLLEAGUE, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, plan))).draft();
        PriceLine month = draft.sheet().prices().stream().filter(line -> line.interval() == Interval.MONTH).findFirst().orElseThrow();
        context.getBean(DraftEdits.class).edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), 0, List.of(
                DraftEdit.price(new PriceLine(month.id(), month.interval(), month.currency(), PriceLine.Model.FLAT, minor, null, null, null, null)))));
        return draft;
    }
}
