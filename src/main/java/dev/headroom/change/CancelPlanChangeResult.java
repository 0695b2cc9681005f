package dev.headroom.change;

/** What came of giving a change up. */
public sealed interface CancelPlanChangeResult
        permits ChangePlanResult.PlanChangeCanceled, CancelPlanChangeResult.PlanChangeNotOpen, ChangePlanResult.ChangeInProgress {

    /** There is nothing to give up: it has ended, perhaps in this very moment and charged. */
    record PlanChangeNotOpen(PlanChange change) implements CancelPlanChangeResult {}
}
