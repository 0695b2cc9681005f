package dev.headroom.demo;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Begins the demo vendor's roll-out, and sells one account at its own price, once its history has been told, so that no start waits for it. */
@Component
@ConditionalOnProperty(name = {"headroom.jobs", "headroom.demo"}, havingValue = "true", matchIfMissing = true)
class DemoRolloutJob {

    private static final String PLAN = "launch-api-growth";
    private static final String AGREED = "launchpad-enterprise";
    /** It has looked at what that would cost. */
    private static final String ACCOUNT = "halcyon";

    private final VendorRepository vendors;
    private final DemoRollouts rollouts;
    private final AtomicBoolean done = new AtomicBoolean();

    DemoRolloutJob(VendorRepository vendors, DemoRollouts rollouts) {
        this.vendors = vendors;
        this.rollouts = rollouts;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (!done.get() && vendors.find().filter(vendor -> vendor.loadedAt() != null).isPresent()) {
            boolean agreed = rollouts.agreed(AGREED, ACCOUNT);
            done.set(rollouts.goOn(PLAN) && agreed);
        }
    }
}
