package dev.headroom.exchange;

import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle.BundleKeyTaken;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CreatePlanResult.KeyTaken;
import dev.headroom.catalog.CreateProduct.ProductKeyTaken;
import dev.headroom.catalog.Offer.OfferKeyTaken;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.DraftEdited;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftAlreadyOpen;
import dev.headroom.draft.Drafts.DraftKeyTaken;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.policy.AddTransitionRule.TransitionRuleExists;
import dev.headroom.policy.Policies;
import java.util.List;
import org.springframework.stereotype.Service;

/** Carries out what a file asks for, by the commands that every other door has, in the transaction of the caller: all of it or nothing. */
@Service
class Acts {

    /** As many as a draft takes at once. */
    private static final int AT_ONCE = 100;

    private final Catalog catalog;
    private final Policies policies;
    private final Bundles bundles;
    private final Drafts drafts;
    private final DraftEdits edits;

    Acts(Catalog catalog, Policies policies, Bundles bundles, Drafts drafts, DraftEdits edits) {
        this.catalog = catalog;
        this.policies = policies;
        this.bundles = bundles;
        this.drafts = drafts;
        this.edits = edits;
    }

    /** @throws HeadroomException CONFLICT where somebody else was faster */
    void carryOut(Actor actor, List<Act> acts) {
        acts.forEach(act -> carryOut(actor, act));
    }

    private void carryOut(Actor actor, Act act) {
        switch (act) {
            case Act.MakeProduct(var command) -> unless(catalog.create(actor, command) instanceof ProductKeyTaken);
            case Act.CallProduct(var command) -> catalog.edit(actor, command);
            case Act.MakeFeatures(var command) -> catalog.add(actor, command);
            case Act.CallFeature(var command) -> catalog.edit(actor, command);
            case Act.MakePlan(var command) -> unless(catalog.create(actor, command) instanceof KeyTaken);
            case Act.MakeAddOn(var command) -> unless(catalog.create(actor, command) instanceof KeyTaken);
            case Act.Write write -> write(actor, write);
            case Act.MakeOffer(var command) -> unless(catalog.create(actor, command) instanceof OfferKeyTaken);
            case Act.EndOffer(String offer) -> catalog.end(actor, offer);
            case Act.MakeRule(var command) -> unless(policies.add(actor, command) instanceof TransitionRuleExists);
            case Act.DropRule(var command) -> policies.remove(actor, command);
            case Act.Guard(var command) -> policies.set(actor, command);
            case Act.MakeBundle(var command) -> unless(bundles.create(actor, command) instanceof BundleKeyTaken);
            case Act.FinishBundle(var command) -> bundles.end(actor, command);
        }
    }

    private static void unless(boolean outrun) {
        if (outrun) {
            throw outrun();
        }
    }

    private static HeadroomException outrun() {
        return HeadroomException.of(ErrorCode.CONFLICT, null, "Somebody changed the catalogue at the same moment; nothing was written: look at the differences again");
    }

    /** What somebody else wrote into the draft since it was looked at is not overwritten unseen. */
    private void write(Actor actor, Act.Write write) {
        Draft draft = write.seen() != null ? write.seen() : switch (drafts.open(actor, write.command() + ".draft", write.open())) {
            case DraftOpened(Draft opened) -> opened;
            case DraftAlreadyOpen _, DraftKeyTaken _ -> throw outrun();
        };
        List<DraftEdit> wanted = SheetEdits.between(draft.sheet(), write.wanted());
        int revision = draft.revision();
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            List<DraftEdit> some = wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE));
            var result = edits.edit(actor, new EditDraft(write.command() + ".edit" + from, draft.id(), revision, some));
            unless(!(result instanceof DraftEdited(Draft edited)) || edited.revision() != revision + 1);
            revision++;
        }
    }
}
