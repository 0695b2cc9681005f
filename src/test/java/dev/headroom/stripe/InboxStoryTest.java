package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.INBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.inline;

import com.stripe.StripeClient;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** An event that cannot be handled is tried ever more seldom, then left to people; it stops no other, and what is done with is forgotten. */
@HeadroomTest
class InboxStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeInbox inbox;

    @Autowired
    StripeClient stripe;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    Accounts accounts;

    @Autowired
    DSLContext db;

    @Test
    void whatCannotBeHandledIsGivenUpAfterAWhileAndStaysToBeSeen() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.settle();
        Subscription bought = bought(acme);
        refuse(7);
        sell(bought, 7);
        stories.settle();
        assertThat(attempts(bought)).isNotEmpty().allSatisfy(event -> assertThat(event.value1()).isEqualTo(1));

        for (int i = 0; i < 2; i++) {
            stories.clock().advance(Duration.ofSeconds(31));
            inbox.drain();
        }
        assertThat(attempts(bought)).allSatisfy(event -> assertThat(event.value1()).isEqualTo(2));
        for (int i = 0; i < 16; i++) {
            stories.clock().advance(Duration.ofHours(5));
            inbox.drain();
        }

        assertThat(attempts(bought)).allSatisfy(event -> {
            assertThat(event.value1()).isEqualTo(16);
            assertThat(event.value2()).isNotNull();
            assertThat(event.value3()).contains("refused_by_the_story");
        });
        sell(bought, 5);
        stories.settle();
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void whatWasGivenUpIsListedWithItsReasonAndWorkedOnAgainWhenSomebodySaysSo() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.settle();
        Subscription bought = bought(acme);
        refuse(7);
        sell(bought, 7);
        stories.settle();
        JsonNode failing = troubled(story, bought);
        assertThat(failing.at("/givenUpAt").isNull()).isTrue();
        assertThat(failing.at("/nextAttemptAt").isNull()).isFalse();
        for (int i = 0; i < 17; i++) {
            stories.clock().advance(Duration.ofHours(5));
            inbox.drain();
        }
        assertThat(troubled(story, bought).at("/failure").asString()).contains("refused_by_the_story");
        assertThat(troubled(story, bought).at("/givenUpAt").isNull()).isFalse();
        JsonNode state = story.backend().ask("{ stripeConnection { live backlog givenUp lagSeconds lastReceivedAt deliverySeconds account } }").at("/stripeConnection");
        assertThat(state.at("/givenUp").asInt()).isPositive();
        assertThat(state.at("/live").asBoolean()).isFalse();

        refuseNothing();
        String id = troubled(story, bought).at("/id").asString();
        assertThat(resend(story, List.of(id, "evt_unknown"))).isEqualTo(1);
        assertThat(resend(story, List.of(id))).as("twice is once").isZero();
        assertThat(seats(story, acme)).isEqualTo(5);
        inbox.drain();

        assertThat(seats(story, acme)).isEqualTo(7);
        story.backend().ask("mutation { resendStripeEvents(input: {}) { resent } }").at("/resendStripeEvents/resent");
        inbox.drain();
        assertThat(attempts(bought)).isEmpty();
    }

    @Test
    void whenNobodyAnswersTheFirstObjectTellsAndTheOthersAreNotTried() throws Exception {
        Story story = stories.begin();
        List<Subscription> bought = new ArrayList<>();
        for (String name : List.of("acme", "globex", "initech")) {
            bought.add(bought(story.subscribed(name, "team", 5)));
        }
        stories.settle();
        for (Subscription each : bought) {
            sell(each, 7);
        }
        inbox.poll();

        try (StripeWireCheck.Trouble silence = wire.silence("GET /v1/subscriptions/.*")) {
            assertThat(inbox.drain().silent()).isTrue();
            assertThat(silence.struck()).as("asked of one object alone").hasValueBetween(1, 3);
        }
        assertThat(bought.stream().flatMap(each -> attempts(each).stream()).filter(event -> event.value3() == null)).isNotEmpty();
        assertThat(bought.stream().flatMap(each -> attempts(each).stream())).as("what nobody answered counts for nobody").isNotEmpty()
                .allSatisfy(event -> assertThat(event.value1()).isZero());

        assertThat(inbox.drain().silent()).isFalse();
        stories.clock().advance(Duration.ofSeconds(31));
        assertThat(inbox.drain().handled()).isPositive();
        assertThat(bought.stream().flatMap(each -> attempts(each).stream())).isEmpty();
    }

    private static int resend(Story story, List<String> events) {
        return story.backend().ask("mutation ($input: ResendStripeEventsInput!) { resendStripeEvents(input: $input) { resent } }",
                "input", Map.of("events", events)).at("/resendStripeEvents/resent").asInt();
    }

    private static JsonNode troubled(Story story, Subscription of) {
        return story.backend().ask("{ troubledStripeEvents(first: 100) { id type object attempts nextAttemptAt failure givenUpAt resent } }")
                .at("/troubledStripeEvents").valueStream().filter(each -> each.at("/object").asString().equals(of.getId())).findFirst().orElseThrow();
    }

    @Test
    void whatAChangeDidThatCouldNotBeRecordedIsReadWhenStripeTellsOfIt() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.settle();
        String token = story.token(acme, Map.of("seats", 6));
        refuse(6);
        assertThat(story.accept(story.backend(), token, "click").errorCode()).isEqualTo("INTERNAL");
        refuseNothing();
        assertThat(seats(story, acme)).isEqualTo(5);

        stories.settle();

        assertThat(seats(story, acme)).isEqualTo(6);
    }

    @Test
    void aChangeThatCannotBeRecordedKeepsNoStartFromBeingFinished() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.settle();
        String token = story.token(acme, Map.of("seats", 6));
        refuse(6);
        assertThat(story.accept(story.backend(), token, "click").errorCode()).isEqualTo("INTERNAL");
        String globex = story.account("globex");
        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.start(globex, Map.of("plan", story.key("free"))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(Duration.ofMinutes(3));
        assertThat(seats(story, globex)).isEqualTo(2);
        assertThat(seats(story, acme)).isEqualTo(5);

        refuseNothing();
        stories.pass(Duration.ofMinutes(3));
        assertThat(seats(story, acme)).isEqualTo(6);
        assertThat(story.accept(story.backend(), token, "click").text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void invoiceItemsAreNotLookedAtAlthoughTheyNameASubscription() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "team", 5);
        stories.settle();
        Subscription bought = bought(acme);
        story.halfway(acme);
        stripe.v1().subscriptionItems().update(bought.getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .setQuantity(7L).setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.CREATE_PRORATIONS).build());
        stories.settle();

        assertThat(seats(story, acme)).isEqualTo(7);
        assertThat(db.fetchCount(INBOX, INBOX.OBJECT_ID.eq(bought.getId()).and(INBOX.TYPE.startsWith("invoiceitem")))).isZero();
    }

    private static long seats(Story story, String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", account)
                .at("/account/subscription/seats/bought").asLong();
    }

    @Test
    void whatWasHandledIsForgottenAfterFiveWeeksAndWhatWasNotIsKept() {
        Instant now = stories.clock().instant();
        List<String> kept = List.of("evt_unhandled", "evt_lately");
        event("evt_long_ago", now.minus(Duration.ofDays(36)));
        event("evt_lately", now.minus(Duration.ofDays(34)));
        event("evt_unhandled", null);

        inbox.forget();

        assertThat(db.fetchCount(INBOX, INBOX.EVENT_ID.eq("evt_long_ago"))).isZero();
        assertThat(db.fetchCount(INBOX, INBOX.EVENT_ID.in(kept))).isEqualTo(2);
        db.deleteFrom(INBOX).where(INBOX.EVENT_ID.in(kept)).execute();
    }

    private void event(String id, Instant handled) {
        Instant old = stories.clock().instant().minus(Duration.ofDays(40));
        db.insertInto(INBOX)
                .set(INBOX.EVENT_ID, id).set(INBOX.TYPE, "invoice.paid").set(INBOX.OBJECT_ID, "sub_nobodys").set(INBOX.CREATED_AT, old)
                .set(INBOX.RECEIVED_AT, old).set(INBOX.NEXT_ATTEMPT_AT, old).set(INBOX.HANDLED_AT, handled).execute();
    }

    private Subscription bought(String account) throws Exception {
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst();
    }

    /** From here on the database takes no item of that quantity: a failure of ours, whatever Stripe does. */
    private void refuse(long quantity) {
        db.execute("alter table subscription.item add constraint refused_by_the_story check (quantity <> {0}) not valid", inline(quantity));
    }

    @AfterEach
    void refuseNothing() {
        db.execute("alter table subscription.item drop constraint if exists refused_by_the_story");
    }

    /** At Stripe, by hand. */
    private void sell(Subscription subscription, long seats) throws Exception {
        stripe.v1().subscriptionItems().update(subscription.getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .setQuantity(seats).setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
    }

    private Result<Record3<Integer, Instant, String>> attempts(Subscription subscription) {
        return db.select(INBOX.ATTEMPTS, INBOX.GIVEN_UP_AT, INBOX.FAILURE).from(INBOX)
                .where(INBOX.OBJECT_ID.eq(subscription.getId()), INBOX.HANDLED_AT.isNull()).fetch();
    }
}
