package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.entitlement.Uses.Use;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.UsageEvent;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is counted on a node is part of its next answer, and costs that answer nothing. */
@HeadroomTest
class CountedTest {

    private static final Actor.System SOMEBODY = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    @Autowired
    Entitlements entitlements;

    @Autowired
    Accounts accounts;

    @Autowired
    RememberedTerms terms;

    @Autowired
    Usages usages;

    @Autowired
    Uses uses;

    private Story story;
    private String key;
    private AccountId acme;

    @BeforeEach
    void anAccountThatTheNodeKnows() {
        story = stories.begin();
        key = story.subscribed("acme", "starter", 0);
        acme = accounts.meant(SOMEBODY, key).id();
        assertThat(calls().used()).isZero();
    }

    @Test
    void whatIsRecordedIsAnsweredFromMemory() {
        record("a", 700);

        assertThat(statements.during(() -> assertThat(calls().used()).isEqualTo(700))).isZero();
    }

    @Test
    void whatIsConsumedAndPassesALimitIsAnsweredFromMemoryWithSinceWhen() {
        uses.consume(SOMEBODY, new Use("a", key, story.key("calls"), 1_000L, null));
        record("b", 1);

        assertThat(statements.during(() -> assertThat(calls()).satisfies(now -> {
            assertThat(now.used()).isEqualTo(1_001);
            assertThat(now.allowed()).isFalse();
        }))).isZero();
        Entitlement remembered = calls();
        entitlements.forget(acme);
        assertThat(calls()).as("as the database has it").isEqualTo(remembered);
    }

    @Test
    void whatIsToldLateIsNotTakenForNewer() {
        record("a", 700);
        Entitlement now = calls();
        UsageCounter before = new UsageCounter(acme, now.feature().id(), terms.of(acme).window(now.feature(), stories.clock().instant()), 1, 0, null, 0);

        entitlements.count(before);

        assertThat(calls().used()).isEqualTo(700);
    }

    /** A memory that goes back to an older total would show here. */
    @Test
    void whoeverRacesSeesNeverLessThanWhatItRecorded() throws Exception {
        int rounds = 40;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Long>>> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String who = "w" + i + "-";
                seen.add(threads.submit(() -> {
                    List<Long> each = new ArrayList<>();
                    for (int round = 1; round <= rounds; round++) {
                        record(who + round, 1);
                        each.add(calls().used());
                    }
                    return each;
                }));
            }
            for (Future<List<Long>> one : seen) {
                List<Long> used = one.get();
                assertThat(used).isSorted();
                for (int round = 1; round <= rounds; round++) {
                    assertThat(used.get(round - 1)).isGreaterThanOrEqualTo(round);
                }
            }
        }
        assertThat(calls().used()).isEqualTo(4L * rounds);
    }

    /** What was remembered is a second old at most, however much is counted on this node. */
    @Test
    void countingDoesNotKeepTheRestFromBeingReadAgain() {
        record("a", 1);
        stories.clock().advance(Duration.ofSeconds(1));

        assertThat(statements.during(() -> assertThat(calls().used()).isEqualTo(1))).isPositive();
    }

    private void record(String id, long quantity) {
        usages.record(SOMEBODY, List.of(new UsageEvent(id, key, story.key("calls"), quantity, null, null)));
    }

    private Entitlement calls() {
        return entitlements.check(SOMEBODY, acme, List.of(story.key("calls")), 1).getFirst();
    }
}
