package dev.headroom.rollout;

import org.springframework.context.ApplicationContext;

/** Moves whoever is due, for tests of what stands above. */
public final class Moving {

    private Moving() {}

    /** Until nobody is due, of other roll-outs neither. */
    public static void all(ApplicationContext context) {
        RolloutRuns runs = context.getBean(RolloutRuns.class);
        while (runs.sweep(100) > 0) { }
    }

    /** At most so many steps. */
    public static void on(ApplicationContext context, int most) {
        context.getBean(RolloutRuns.class).sweep(most);
    }
}
