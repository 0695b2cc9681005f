package dev.headroom.change;

import static dev.headroom.change.jooq.Tables.BUNDLE_DUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed over levelling what a bundle has left, a process leaves something that is levelled once and bills nothing. */
class KilledOverABundleTest extends KilledProcess {

    private static final Actor.System TEST = new Actor.System("test");

    /** One of two products ends at Stripe, and the sweeper dies over taking the other one's items out of their bundle. */
    @ParameterizedTest
    @EnumSource(HaltingPoint.class)
    void whatABundleHasLeftIsLevelOnceWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.beginWithCatalogOfItsOwn();
        String acme = paired(story);
        String reduced = bought(acme, true);
        stripe.v1().subscriptions().cancel(bought(acme, false));
        while (stories.inbox().poll() > 0) {
            stories.inbox().drain();
        }
        int billed = invoices(acme);

        assertThat(die(point, "level")).isEqualTo(KILLED);
        stories.pass(LEASE_OVER);
        stories.settle();

        assertThat(db.fetchCount(BUNDLE_DUE, BUNDLE_DUE.ACCOUNT_ID.eq(accounts.meant(TEST, acme).id().value()))).isZero();
        assertThat(stripe.v1().subscriptions().retrieve(reduced).getItems().getData()).allSatisfy(item -> assertThat(item.getDiscounts()).isEmpty());
        assertThat(subscriptions.live(TEST, accounts.meant(TEST, acme).id())).singleElement()
                .satisfies(left -> assertThat(left.items()).allMatch(item -> item.bundle() == null));
        assertThat(invoices(acme)).as("nothing is billed by it").isEqualTo(billed);
    }

    /** What Stripe makes of what waits is in the bundle before the subscription is: nobody comes by again before the period ends. */
    @ParameterizedTest
    @EnumSource(value = HaltingPoint.class, names = {"AFTER_STRIPE", "BEFORE_COMMIT"})
    void whatWaitsIsBilledForLessInABundleThatWasFormedSinceWhoeverDied(HaltingPoint point) throws Exception {
        Story story = stories.beginWithCatalogOfItsOwn();
        String acme = besideGuide(story, true);
        story.accept(story.token(acme, Map.of("seats", 4, "when", "PERIOD_END"))).at("/changePlan/change");
        story.start(acme, Map.of("plan", story.key("walks"))).at("/startSubscription/subscription");
        while (stories.inbox().poll() > 0) {
            stories.inbox().drain();
        }

        assertThat(die(point, "level")).isEqualTo(KILLED);
        assertThat(states(story, acme)).containsExactly("REQUESTED");
        stories.pass(Duration.ofDays(31));

        assertThat(states(story, acme)).containsExactly("APPLIED");
        assertThat(amounts(acme)).as("4 × 25.00 less a quarter").contains(7_500L).doesNotContain(10_000L);
        assertThat(db.fetchCount(BUNDLE_DUE, BUNDLE_DUE.ACCOUNT_ID.eq(accounts.meant(TEST, acme).id().value()))).isZero();
    }

    private String bought(String account, boolean reduced) throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer(account)).build()).getData().stream()
                .filter(each -> each.getItems().getData().stream().noneMatch(item -> item.getDiscounts().isEmpty()) == reduced)
                .findFirst().orElseThrow().getId();
    }

    /** With two products, of which the second costs less beside the first. */
    private static String paired(Story story) {
        String account = besideGuide(story, false);
        story.start(account, Map.of("plan", story.key("walks"))).at("");
        story.world().settle();
        return account;
    }

    /** @param both whether the first one costs less beside the second, too */
    private static String besideGuide(Story story, boolean both) {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("guide"), "key", story.key("guide"), "name", "Guide", "features", List.of(
                        Map.of("key", story.key("tours"), "name", "Tours", "kind", "GATE")))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("walks"), "product", story.key("guide"), "key", story.key("walks"), "name", "walks", "rank", 0,
                "prices", List.of(Map.of("flat", 4_000, "interval", "MONTH", "currency", "USD")),
                "entitlements", List.of(Map.of("feature", story.key("tours"))))).at("/createPlan");
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("pair"), "key", story.key("pair"), "name", "Pair", "percentOff", "25", "members", List.of(
                        Map.of("product", story.key("suite"), "reduced", both), Map.of("product", story.key("guide"))))).at("/createBundle");
        return story.subscribed("acme", "team", 5);
    }
}
