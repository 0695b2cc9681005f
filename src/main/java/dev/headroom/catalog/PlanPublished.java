package dev.headroom.catalog;

/** A version of a plan went on sale: published in the transaction that put it there. */
public record PlanPublished(PlanVersion version) {}
