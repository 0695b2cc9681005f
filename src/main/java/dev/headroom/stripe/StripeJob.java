package dev.headroom.stripe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings Stripe's events in and works on them, every second. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class StripeJob {

    private static final Logger LOG = LoggerFactory.getLogger(StripeJob.class);

    private final StripeInbox inbox;
    private final StripeConnection connection;
    private final StripeProperties properties;
    private volatile @Nullable Integer port;

    StripeJob(StripeInbox inbox, StripeConnection connection, StripeProperties properties) {
        this.inbox = inbox;
        this.connection = connection;
        this.properties = properties;
    }

    @EventListener
    void on(WebServerInitializedEvent started) {
        port = started.getWebServer().getPort();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        try {
            String url = webhookUrl();
            if (url == null) {
                inbox.poll();
            } else {
                inbox.register(url);
            }
            inbox.drain();
        } catch (StripeUnavailableException unavailable) {
            LOG.warn("Stripe's events could not be fetched: {}", unavailable.getMessage());
        }
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        inbox.forget();
    }

    /** The configured address, or our own where Stripe's stand-in runs on this machine; otherwise nobody can reach us. */
    private @Nullable String webhookUrl() {
        if (properties.webhookUrl() != null && !properties.webhookUrl().isBlank()) {
            return properties.webhookUrl();
        }
        return connection.base() != null && port != null ? "http://127.0.0.1:" + port + StripeWebhookController.PATH : null;
    }
}
