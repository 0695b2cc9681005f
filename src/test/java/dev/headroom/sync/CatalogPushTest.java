package dev.headroom.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.catalog.Catalog;
import dev.headroom.postgres.Transactions;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes on sale is at Stripe when whoever put it there is answered, and no connection to the database waits for Stripe meanwhile. */
@HeadroomTest
class CatalogPushTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    HikariDataSource pool;

    @Autowired
    Catalog catalog;

    @Autowired
    StripeLinksRepository links;

    @Autowired
    Transactions transactions;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void noConnectionIsHeldWhileStripeIsAsked() {
        Story story = stories.begin();
        String key = story.key("offer-" + story.number());
        List<Integer> held = new CopyOnWriteArrayList<>();
        try (StripeWireCheck.Trouble _ = wire.before("POST /v1/coupons", () -> held.add(pool.getHikariPoolMXBean().getActiveConnections()))) {
            story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", key, "product", story.key("suite"), "key", key, "name", "A fifth off", "percentOff", "20", "duration", "ONCE",
                    "from", stories.clock().instant().toString(), "until", stories.clock().instant().plus(Duration.ofDays(30)).toString())).at("/createOffer");
        }

        assertThat(held).isNotEmpty().containsOnly(0);
        assertThat(links.remote(Kind.COUPON, catalog.snapshot().offer(key).orElseThrow().id().value())).isPresent();
    }

    /** A decimal with an exponent is none to Stripe. */
    @Test
    void theSmallestPriceIsWrittenAsAPlainDecimal() {
        Story story = stories.begin();
        String key = story.key("least-" + story.number());
        int findings = wire.findings().size();
        story.backend().ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "product", story.key("suite"), "key", key, "name", "Least",
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "0.000000000001")),
                "entitlements", List.of(Map.of("feature", story.key("calls"), "included", 1)))).at("/createAddOn");

        assertThat(wire.findings().stream().skip(findings)).isEmpty();
        assertThat(links.remote(Kind.PRICE, catalog.snapshot().versionsOf(catalog.snapshot().requireAddOn("key", key)).getFirst().prices().getFirst().id().value())).isPresent();
    }

    @Test
    void whatIsTakenBackIsFollowedByNothingAndWhatFailsAfterwardsTakesNothingBack() {
        List<String> happened = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            transactions.afterRelease(() -> happened.add("after a rollback"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(_ -> {
            transactions.afterRelease(() -> {
                throw new IllegalStateException("It did not work");
            });
            transactions.afterRelease(() -> happened.add("after a commit"));
            assertThat(happened).isEmpty();
        });
        transactions.afterRelease(() -> happened.add("without a transaction"));

        assertThat(happened).containsExactly("after a commit", "without a transaction");
    }
}
