package dev.headroom.catalog;

import dev.headroom.catalog.CreateAddOn.CreateAddOnResult;

/** What came of {@link CreatePlan}. */
public sealed interface CreatePlanResult permits CreatePlanResult.PlanCreated, CreatePlanResult.KeyTaken {

    record PlanCreated(PlanVersion version) implements CreatePlanResult {}

    /** Plans and add-ons share their keys. */
    sealed interface KeyTaken extends CreatePlanResult, CreateAddOnResult {

        static KeyTaken by(Plan holder) {
            return switch (holder.kind()) {
                case TIER -> new PlanKeyTaken(holder);
                case ADD_ON -> new AddOnKeyTaken(holder);
            };
        }
    }

    /** A plan with this key is there already. */
    record PlanKeyTaken(Plan plan) implements KeyTaken {}

    /** An add-on with this key is there already. */
    record AddOnKeyTaken(Plan addOn) implements KeyTaken {}
}
