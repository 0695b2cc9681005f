package dev.headroom.delivery;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Catalog.PlanPublished;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollouts.MoveAnnounced;
import dev.headroom.rollout.Rollouts.PublicationFailed;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Hears what happens where it happens, in its transaction, and writes it down as a CloudEvent for those who want to be told. */
@Component
class DeliveryListener {

    private static final Actor.System SELF = new Actor.System("delivery");

    private final WebhookDeliveries deliveries;
    private final Catalog catalog;
    private final Accounts accounts;
    private final JsonMapper json;
    private final InstantSource clock;

    DeliveryListener(WebhookDeliveries deliveries, Catalog catalog, Accounts accounts, JsonMapper json, InstantSource clock) {
        this.deliveries = deliveries;
        this.catalog = catalog;
        this.accounts = accounts;
        this.json = json;
        this.clock = clock;
    }

    @EventListener
    void on(MoveAnnounced announced) {
        if (deliveries.wanted(EventKind.MOVE_ANNOUNCED)) {
            PlanVersion version = catalog.snapshot().version(announced.version());
            Account account = accounts.byId(SELF, announced.account());
            write(EventKind.MOVE_ANNOUNCED, account, Map.of(
                    "account", account.key(), "subscription", announced.subscription().toString(), "plan", version.plan().key(), "version", version.number(),
                    "recurringBefore", amount(announced.before()), "recurringAfter", amount(announced.after()), "notBefore", announced.notBefore().toString()));
        }
    }

    @EventListener
    void on(PlanPublished published) {
        if (deliveries.wanted(EventKind.VERSION_PUBLISHED)) {
            Plan plan = published.version().plan();
            Account account = plan.own() == null ? null : accounts.byId(SELF, new AccountId(plan.own().account()));
            Map<String, Object> data = new TreeMap<>(Map.of("plan", plan.key(), "kind", plan.kind().name(), "version", published.version().number()));
            if (account != null) {
                data.put("account", account.key());
            }
            write(EventKind.VERSION_PUBLISHED, account, data);
        }
    }

    @EventListener
    void on(PublicationFailed failed) {
        if (deliveries.wanted(EventKind.PUBLICATION_FAILED)) {
            Rollout rollout = failed.rollout();
            write(EventKind.PUBLICATION_FAILED, null, Map.of(
                    "rollout", rollout.id().toString(), "plan", rollout.plan(), "version", rollout.number(), "publishAt", rollout.publishAt().toString(), "why", failed.why()));
        }
    }

    private static Map<String, Object> amount(Money money) {
        return Map.of("amountMinor", money.minor(), "currency", money.currency().getCurrencyCode());
    }

    private void write(EventKind kind, @Nullable Account account, Map<String, Object> data) {
        CloudEvent event = new CloudEvent(Ids.next(), kind, clock.instant(), account == null ? null : account.key(), data);
        deliveries.announce(event, account == null ? null : account.id().value(), json.writeValueAsString(event.fields()));
    }
}
