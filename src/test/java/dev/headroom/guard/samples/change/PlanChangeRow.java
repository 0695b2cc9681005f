package dev.headroom.guard.samples.change;

/** What the leaf must not know. */
public record PlanChangeRow(long id) {

    dev.headroom.guard.samples.money.KnowsAPlanChange lookedUp() {
        return new dev.headroom.guard.samples.money.KnowsAPlanChange(this);
    }
}
