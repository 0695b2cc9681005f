package dev.headroom.delivery;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sends events that are due. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class DeliveryJob {

    private final WebhookDeliveries deliveries;

    DeliveryJob(WebhookDeliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        while (deliveries.work() > 0) { }
    }
}
