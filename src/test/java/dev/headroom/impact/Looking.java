package dev.headroom.impact;

import org.springframework.context.ApplicationContext;

/** Goes on with what is under way, for tests of what stands above. */
public final class Looking {

    private Looking() {}

    /** One page of it. */
    public static void on(ApplicationContext context) {
        context.getBean(ImpactRuns.class).step(ImpactRuns.PAGE);
    }
}
