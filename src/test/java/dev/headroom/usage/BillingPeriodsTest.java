package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.postgres.Outages;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** What a second node remembers of subscriptions, while another one changes them. */
@HeadroomTest
class BillingPeriodsTest {

    @Autowired
    Stories stories;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Broadcasts broadcasts;

    @Autowired
    Outages outages;

    @Autowired
    Accounts accounts;

    @Autowired
    ConfigurableApplicationContext context;

    private final BlockingQueue<BroadcastReceived> heard = new LinkedBlockingQueue<>();
    private final ApplicationListener<PayloadApplicationEvent<BroadcastReceived>> ear = ApplicationListener.forPayload(heard::add);
    private Story story;
    private String acme;
    private AccountId account;
    private BillingPeriods node;

    @BeforeEach
    void aNodeThatKnowsAMonthlySubscription() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 2);
        account = accounts.meant(new Actor.System("test"), acme).id();
        node = new BillingPeriods(subscriptions, broadcasts, outages, stories.clock());
        assertThat(interval()).isEqualTo(Interval.MONTH);
        context.addApplicationListener(ear);
    }

    @AfterEach
    void listenNoMore() {
        context.removeApplicationListener(ear);
    }

    @Test
    void aChangeElsewhereIsKnownWhenItsMessageArrives() throws Exception {
        change();
        assertThat(interval()).as("until then").isEqualTo(Interval.MONTH);

        BroadcastReceived message = heard.take();
        while (!message.topic().equals("usage") || !message.payload().equals(account.toString())) {
            message = heard.take();
        }
        node.on(message);
        assertThat(interval()).isEqualTo(Interval.YEAR);
    }

    @Test
    void wherePossiblyAMessageWasLostEverythingIsReadAnew() {
        change();

        node.on(new BroadcastInterrupted());
        assertThat(interval()).isEqualTo(Interval.YEAR);
    }

    private void change() {
        assertThat(story.accept(story.token(acme, Map.of("interval", "YEAR"))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    private Interval interval() {
        return node.of(List.of(account)).get(account).getFirst().interval();
    }
}
