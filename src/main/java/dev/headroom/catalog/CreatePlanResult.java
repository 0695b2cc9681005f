package dev.headroom.catalog;

/** What came of {@link CreatePlan}. */
public sealed interface CreatePlanResult {

    record PlanCreated(PlanVersion version) implements CreatePlanResult {}

    /** A plan with this key is there already. */
    record PlanKeyTaken(Plan plan) implements CreatePlanResult {}
}
