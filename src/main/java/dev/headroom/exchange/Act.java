package dev.headroom.exchange;

import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.EndBundle;
import dev.headroom.catalog.CreateAddOn;
import dev.headroom.catalog.CreatePlan;
import dev.headroom.catalog.CreateProduct;
import dev.headroom.catalog.CreateProduct.AddFeatures;
import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.RemoveTransitionRule;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.sheet.PlanSheet;
import org.jspecify.annotations.Nullable;

/** One command that makes the catalogue more like a file; each is one that other doors have too. */
sealed interface Act {

    record MakeProduct(CreateProduct command) implements Act {}

    record CallProduct(EditProduct command) implements Act {}

    record MakeFeatures(AddFeatures command) implements Act {}

    record CallFeature(EditFeature command) implements Act {}

    record MakePlan(CreatePlan command) implements Act {}

    record MakeAddOn(CreateAddOn command) implements Act {}

    /**
     * @param command what the commands of opening and editing it are known by
     * @param open    of what the draft is to be, where there is none
     * @param seen    the draft that is open; absent where there is none
     */
    record Write(String command, Wanted open, @Nullable Draft seen, PlanSheet wanted) implements Act {}

    record MakeOffer(CreateOffer command) implements Act {}

    record EndOffer(String offer) implements Act {}

    record MakeRule(AddTransitionRule command) implements Act {}

    record DropRule(RemoveTransitionRule command) implements Act {}

    record Guard(SetCreditGuard command) implements Act {}

    record MakeBundle(CreateBundle command) implements Act {}

    record FinishBundle(EndBundle command) implements Act {}
}
