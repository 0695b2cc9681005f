package dev.headroom.sandbox;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets time pass in the sandbox, every second. */
@Component
@Conditional(SandboxConfiguration.NoStripeKey.class)
@ConditionalOnProperty(name = {"headroom.jobs", "headroom.sandbox.jobs"}, havingValue = "true", matchIfMissing = true)
class SandboxJob {

    private final Sandbox sandbox;

    SandboxJob(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        sandbox.catchUp();
        sandbox.deliverWebhooks();
    }
}
