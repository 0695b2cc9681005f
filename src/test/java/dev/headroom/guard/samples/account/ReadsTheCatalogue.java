package dev.headroom.guard.samples.account;

import dev.headroom.guard.samples.catalog.jooq.PlanTable;

/** A module that reads another one's table. */
public record ReadsTheCatalogue(PlanTable table) {}
