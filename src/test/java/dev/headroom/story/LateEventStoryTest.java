package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.ZoneOffset;
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
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    DSLContext db;

    private Story story;
    private Instant begun;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
        // Windows begin as Stripe tells of them, in whole seconds.
        begun = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
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

    @Test
    void whatHappenedInASubscriptionThatHasEndedCountsInItsPeriodUntilThatIsClosed() throws StripeException {
        String acme = story.subscribed("acme", "team", 2);
        stories.pass(Duration.ofDays(10));
        record(acme, "in-time", 1, stories.clock().instant());
        end(acme);
        Instant end = stories.clock().instant();
        stories.pass(Duration.ofHours(2));

        record(acme, "late", 2, end.minus(Duration.ofHours(1)));
        assertThat(usedIn(acme)).containsExactly(Map.entry(begun, 3L));

        stories.pass(Duration.between(stories.clock().instant(), end.plus(Duration.ofDays(3))));
        record(acme, "too-late", 4, end.minus(Duration.ofHours(1)));
        assertThat(usedIn(acme)).containsExactlyInAnyOrder(Map.entry(month(stories.clock().instant()), 4L), Map.entry(begun, 3L));
    }

    @Test
    void whatHappenedBeforeANewSubscriptionCountsInTheOneThatRanThen() throws StripeException {
        String acme = story.subscribed("acme", "team", 2);
        stories.pass(Duration.ofDays(10));
        end(acme);
        Instant end = stories.clock().instant();
        stories.pass(Duration.ofHours(2));
        record(acme, "between", 1, end.plus(Duration.ofHours(1)));
        assertThat(usedIn(acme)).containsExactly(Map.entry(month(end), 1L));

        story.start(acme, Map.of("plan", story.key("team"), "seats", 2)).at("/startSubscription/subscription/id");
        Instant again = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        record(acme, "of-the-first", 2, end.minus(Duration.ofHours(1)));
        record(acme, "between-again", 4, end.plus(Duration.ofHours(1)));
        record(acme, "of-the-second", 8, again);

        assertThat(usedIn(acme)).containsExactlyInAnyOrder(Map.entry(month(end), 1L), Map.entry(begun, 2L), Map.entry(again, 12L));
    }

    private void end(String account) throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        stripe.v1().subscriptions().cancel(stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build())
                .getData().getFirst().getId());
        stories.settle();
    }

    private static Instant month(Instant at) {
        return at.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
    }

    /** By where each billing window began. */
    private List<Map.Entry<Instant, Long>> usedIn(String account) {
        return db.resultQuery("""
                select c.period_from, c.used from usage.counter c join account.account a on a.id = c.account_id
                where a.key = {0} and c.grain = 'PERIOD' and c.grp = '' order by 1""", org.jooq.impl.DSL.val(account))
                .fetch(row -> Map.entry(row.get(0, Instant.class).truncatedTo(ChronoUnit.SECONDS), row.get(1, Long.class)));
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
