package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** No event counts in a billing period that never was. */
@HeadroomTest
class LateEventStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    private Story story;
    private Instant begun;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
        begun = stories.clock().instant();
    }

    @Test
    void whatHappenedBeforeASubscriptionBeganCountsInItsFirstPeriod() {
        String acme = story.subscribed("acme", "team", 2);

        record(acme, "an-hour-before", 3, begun.minus(Duration.ofHours(1)));
        record(acme, "weeks-before", 5, begun.minus(Duration.ofDays(20)));

        assertThat(used(acme)).isEqualTo(8);
        assertThat(windows(acme)).containsExactly(begun);
    }

    @Test
    void whatHappenedInATrialCountsThereUntilThatIsClosed() {
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 2, "trialDays", 14)).at("/startSubscription/subscription/id");
        record(acme, "in-time", 1, begun.plus(Duration.ofMinutes(1)));
        Instant end = begun.plus(Duration.ofDays(14));
        stories.pass(Duration.between(stories.clock().instant(), end.plus(Duration.ofDays(3)).minusSeconds(1)));

        record(acme, "late", 2, end.minus(Duration.ofHours(1)));
        assertThat(used(acme)).isZero();
        assertThat(windows(acme)).as("the trial's alone").containsExactly(begun);

        stories.pass(Duration.ofSeconds(1));
        record(acme, "too-late", 4, end.minus(Duration.ofHours(1)));
        assertThat(used(acme)).isEqualTo(4);
        assertThat(windows(acme)).containsExactly(begun, end);
    }

    @Test
    void whatHappenedBeforeAChangeOfIntervalCountsInThePeriodThatTheChangeBegan() {
        String acme = story.subscribed("acme", "team", 2);
        stories.pass(Duration.ofDays(3));
        assertThat(story.accept(story.token(acme, Map.of("interval", "YEAR"))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
        Instant changed = stories.clock().instant();

        record(acme, "before-the-change", 7, changed.minus(Duration.ofHours(1)));

        assertThat(used(acme)).isEqualTo(7);
        assertThat(windows(acme)).containsExactly(changed);
    }

    private void record(String account, String id, long quantity, Instant at) {
        assertThat(story.record(List.of(Map.of("id", id, "account", account, "meter", story.key("calls"), "quantity", quantity, "at", at.toString())))
                .at("/recordUsage/recorded").asInt()).isOne();
    }

    /** Where the billing windows begin in which something was counted. */
    private List<Instant> windows(String account) {
        return db.resultQuery("""
                select c.period_from from usage.counter c join account.account a on a.id = c.account_id
                where a.key = {0} and c.grain = 'PERIOD' order by 1""", org.jooq.impl.DSL.val(account))
                .fetch(row -> row.get(0, Instant.class).truncatedTo(ChronoUnit.SECONDS));
    }

    private long used(String account) {
        return story.entitlement(story.backend(), account, "calls", 0).at("/entitlement/used").asLong();
    }
}
