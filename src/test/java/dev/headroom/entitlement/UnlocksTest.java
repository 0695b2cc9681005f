package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.catalog.Catalog;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounted.Total;
import dev.headroom.usage.UsageCounter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionTemplate;

/** What counting pays for gates that may open by it. */
@HeadroomTest
class UnlocksTest {

    private static final Actor.System SOMEBODY = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    @Autowired
    Unlocks unlocks;

    @Autowired
    RememberedTerms terms;

    @Autowired
    Accounts accounts;

    @Autowired
    Catalog catalog;

    @Autowired
    TransactionTemplate transaction;

    private Story story;
    private AccountId acme;

    @Autowired
    Broadcasts broadcasts;

    @Autowired
    ApplicationEventMulticaster listeners;

    @BeforeEach
    void aGateThatOpensWithTheFiftiethCall() throws Exception {
        story = stories.beginWithCatalogOfItsOwn();
        acme = accounts.meant(SOMEBODY, story.subscribed("acme", "free", 0)).id();
        unlocks.set(SOMEBODY, story.key("sso"), story.key("calls"), 50);
        everythingIsHeard();
        assertThat(terms.of(acme).others().unlocked()).isEmpty();
    }

    @Test
    void whatOpensNothingCostsNoStatement() {
        assertThat(statements.during(() -> assertThat(count(49)).isFalse())).isZero();
        assertThat(statements.during(() -> assertThat(count(50)).isTrue())).isEqualTo(1);
    }

    @Test
    void whatIsOpenOpensNoSecondTime() {
        assertThat(count(50)).isTrue();
        assertThat(count(51)).as("nobody here knows yet, the table does").isFalse();
    }

    @Test
    void whatARolledBackTransactionOpenedStaysShut() {
        transaction.executeWithoutResult(status -> {
            count(50);
            status.setRollbackOnly();
        });

        assertThat(count(50)).isTrue();
    }

    /** Messages arrive one after the other: what was told before may make this node forget, and shall have done so. */
    private void everythingIsHeard() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        ApplicationListener<PayloadApplicationEvent<BroadcastReceived>> ear = ApplicationListener.forPayload(message -> {
            if (message.topic().equals("test") && message.payload().equals(acme.toString())) {
                heard.countDown();
            }
        });
        listeners.addApplicationListener(ear);
        transaction.executeWithoutResult(_ -> broadcasts.send("test", acme.toString()));
        heard.await();
        listeners.removeApplicationListener(ear);
    }

    private boolean count(long used) {
        UsageCounter counter = new UsageCounter(acme, catalog.snapshot().feature(story.key("calls")).orElseThrow().id(), Reset.EVER, used, 0, null, 0);
        return unlocks.consider(List.of(new Total(counter, used - 1, 0, null))).contains(acme);
    }
}
