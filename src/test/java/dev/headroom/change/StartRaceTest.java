package dev.headroom.change;

import static dev.headroom.idempotency.jooq.Tables.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.StartSubscriptionResult.AlreadySubscribed;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Two people start the same thing at once: one subscription, however their steps fall between each other's. */
@HeadroomTest
class StartRaceTest {

    private static final Actor SELF = new Actor.System("race");

    @Autowired
    Stories stories;

    @Autowired
    SubscriptionStarts starts;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeClient stripe;

    @Autowired
    DSLContext db;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aStartThatWasOvertakenByAWholeOtherOneFindsItsSubscription() throws Exception {
        Story story = stories.begin();
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        String late = story.key("late");

        StartSubscriptionResult overtaken;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StartSubscriptionResult> waiting = transaction.execute(held -> {
                held(late);
                Future<StartSubscriptionResult> behind = threads.submit(() -> starts.start(SELF, starter(story, acme, late)));
                untilSomebodyWaitsForIt();
                assertThat(threads.submit(() -> starts.start(SELF, starter(story, acme, story.key("first")))))
                        .succeedsWithin(Duration.ofMinutes(1)).isInstanceOf(SubscriptionStarted.class);
                held.setRollbackOnly();
                return behind;
            });
            overtaken = waiting.get();
        }

        assertThat(overtaken).isInstanceOf(AlreadySubscribed.class);
        String customer = accounts.meant(SELF, acme).stripeCustomer();
        assertThat(stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData()).hasSize(1);
        assertThat(starts.start(SELF, starter(story, acme, late))).isInstanceOf(AlreadySubscribed.class);
    }

    private static StartSubscription starter(Story story, String account, String key) {
        return new StartSubscription(key, account, null, story.key("starter"), null, null, null);
    }

    /** Whoever brings the key from now on has looked at what runs, and waits. */
    private void held(String key) {
        db.insertInto(REQUEST)
                .set(REQUEST.ACTOR, SELF.name())
                .set(REQUEST.OPERATION, "startSubscription")
                .set(REQUEST.KEY, key)
                .set(REQUEST.INPUT_HASH, new byte[0])
                .set(REQUEST.RESULT, UUID.randomUUID())
                .set(REQUEST.AT, stories.clock().instant())
                .execute();
    }

    private void untilSomebodyWaitsForIt() {
        while (db.fetchCount(db.selectOne().from("pg_locks").where("not granted and transactionid = pg_current_xact_id()::xid")) == 0) {
            Thread.onSpinWait();
        }
    }
}
