package dev.headroom.guard.samples.catalog.jooq;

/** Stands for a generated table. */
public record PlanTable(String name) {}
