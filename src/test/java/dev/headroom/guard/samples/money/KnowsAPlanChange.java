package dev.headroom.guard.samples.money;

import dev.headroom.guard.samples.change.PlanChangeRow;

/** A leaf that looks up, and closes a cycle by it. */
public record KnowsAPlanChange(PlanChangeRow change) {}
