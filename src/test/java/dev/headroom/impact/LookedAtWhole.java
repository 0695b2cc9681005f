package dev.headroom.impact;

import org.springframework.context.ApplicationContext;

/** Looks to the end of every impact that is under way, for stories of what comes after. */
public final class LookedAtWhole {

    private LookedAtWhole() {}

    public static void by(ApplicationContext headroom) {
        ImpactRuns runs = headroom.getBean(ImpactRuns.class);
        while (runs.step(ImpactRuns.PAGE)) { }
    }
}
