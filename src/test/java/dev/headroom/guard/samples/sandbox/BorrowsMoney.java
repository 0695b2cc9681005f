package dev.headroom.guard.samples.sandbox;

import dev.headroom.guard.samples.money.KnowsAPlanChange;

/** A sandbox that borrows our arithmetic, so that its agreement proves nothing. */
public record BorrowsMoney(KnowsAPlanChange money) {}
