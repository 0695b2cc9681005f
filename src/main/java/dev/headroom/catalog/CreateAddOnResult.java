package dev.headroom.catalog;

/** What came of {@link CreateAddOn}. */
public sealed interface CreateAddOnResult permits CreateAddOnResult.AddOnCreated, CreatePlanResult.KeyTaken {

    record AddOnCreated(PlanVersion version) implements CreateAddOnResult {}
}
