package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.Unlocks;

/** Two gates that open for some without being sold to them; a second time changes nothing. */
final class Rules {

    private static final String ROLLED_OUT = "audit-log";
    private static final int PERCENT = 25;
    private static final String UNLOCKED = "api-webhooks";
    private static final String METER = "api-calls";
    private static final long UNITS = 9_000;

    private final RollOuts rollOuts;
    private final Unlocks unlocks;

    Rules(RollOuts rollOuts, Unlocks unlocks) {
        this.rollOuts = rollOuts;
        this.unlocks = unlocks;
    }

    void set() {
        rollOuts.set(SELF, ROLLED_OUT, PERCENT);
        if (unlocks.all(SELF).isEmpty()) {
            unlocks.set(SELF, UNLOCKED, METER, UNITS);
        }
    }
}
