package dev.headroom.stripe;

import dev.headroom.postgres.Outages;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings Stripe's events in and works on them, every second; while they cannot be fetched, Stripe is asked ever more seldom. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class StripeJob {

    private static final Logger LOG = LoggerFactory.getLogger(StripeJob.class);

    private final StripeInbox inbox;
    private final StripeWebhooks webhooks;
    private final StripeConnection connection;
    private final StripeProperties properties;
    private final Outages outages;
    private final InstantSource clock;
    private final Retreat retreat = new Retreat();
    private final Retreat draining = new Retreat();
    private volatile @Nullable Integer port;
    private volatile @Nullable String refused;

    StripeJob(
            StripeInbox inbox, StripeWebhooks webhooks, StripeConnection connection, StripeProperties properties, Outages outages, InstantSource clock) {
        this.inbox = inbox;
        this.webhooks = webhooks;
        this.connection = connection;
        this.properties = properties;
        this.outages = outages;
        this.clock = clock;
    }

    @EventListener
    void on(WebServerInitializedEvent started) {
        port = started.getWebServer().getPort();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (retreat.over(clock.instant())) {
            fetch();
        }
        if (draining.over(clock.instant())) {
            drain();
        }
    }

    private void drain() {
        if (!inbox.drain().silent()) {
            draining.end();
        } else if (draining.lengthen(clock.instant())) {
            LOG.warn("Nobody answers at Stripe; its events are worked on again in {} s", draining.pause().toSeconds());
        }
    }

    /** Whatever is wrong with fetching keeps nobody from what is here already. */
    private void fetch() {
        try {
            if (!sent()) {
                inbox.poll();
            }
            if (retreat.end()) {
                LOG.info("Stripe's events can be fetched again");
            }
        } catch (StripeUnavailableException | StripeRefusedException failed) {
            if (retreat.lengthen(clock.instant())) {
                LOG.warn("Stripe's events could not be fetched; the next try is in {} s: {}", retreat.pause().toSeconds(), failed.getMessage());
            }
        } catch (RuntimeException unforeseen) {
            if (!outages.begins(unforeseen) && retreat.lengthen(clock.instant())) {
                LOG.error("Stripe's events could not be fetched; the next try is in {} s", retreat.pause().toSeconds(), unforeseen);
            }
        }
    }

    /** Whether Stripe sends its events to us; an address that it refuses is not offered again before the next start. */
    private boolean sent() {
        String url = webhookUrl();
        if (url == null || url.equals(refused)) {
            return false;
        }
        try {
            webhooks.register(url);
            return true;
        } catch (StripeRefusedException no) {
            refused = url;
            LOG.warn("Stripe does not send its events to {}, so they are fetched every second instead: {}", url, no.getMessage());
            return false;
        }
    }

    /** A rotation that could not be finished is taken up a minute later; a secret that has retired counts no more in any case. */
    @Scheduled(fixedDelayString = "PT1M")
    void tidy() {
        try {
            webhooks.tidy();
        } catch (StripeUnavailableException | StripeRefusedException later) {
            LOG.warn("Stripe's endpoints could not be tidied: {}", later.getMessage());
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
