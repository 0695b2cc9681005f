package dev.headroom.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.rollout.Publishing;
import dev.headroom.identity.Role;
import dev.headroom.impact.Segment;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.rollout.Moving;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.rollout.RolloutTurns;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Where one arrives; everybody else's revenue is there too, so it is asked what became of it. */
class OverviewViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private Standings standings;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private DSLContext db;

    private RevenueMonth dollars() {
        Currency dollar = Currency.getInstance("USD");
        return standings.withRevenue(SELF).months().stream().filter(each -> each.opening().currency().equals(dollar)).findFirst()
                .orElseGet(() -> new RevenueMonth(YearMonth.of(2026, 1), Money.zero(dollar), List.of(), Money.zero(dollar), 0, 0, false));
    }

    private int running() {
        return standings.withRevenue(SELF).running();
    }

    @Test
    void whatASubscriptionBringsIsAmongTheMovementsOfTheMonthAndInWhatThereIs() {
        RevenueMonth before = dollars();
        int ran = running();
        Story story = stories.begin();
        story.subscribed("arriving", "team", 2);
        RevenueMonth after = dollars();
        assertThat(running()).isEqualTo(ran + 1);
        assertThat(after.closing().minus(before.closing())).isEqualTo(fresh(after).minus(fresh(before))).matches(Money::isPositive);
        assertThat(after.opening()).isEqualTo(before.opening());
        assertThat(Standing.difference(after)).isEqualTo(after.movements().stream().map(KindSum::amount).reduce(Money.of(0, "USD"), Money::plus));
    }

    private static Money fresh(RevenueMonth month) {
        return month.movements().stream().filter(each -> each.kind() == MovementKind.NEW).map(KindSum::amount).findFirst().orElse(Money.of(0, "USD"));
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotSeeRevenueSeesHowManyRun() {
        stories.begin().subscribed("counted", "team", 2);
        UI.getCurrent().navigate("overview");
        assertThat(page()).contains("Subscriptions that run").doesNotContain("MRR");
    }

    @Test
    void theNumbersTheMovementsAndTheLastActsAreOnThePage() {
        Story story = stories.begin();
        story.subscribed("seen", "team", 2);
        UI.getCurrent().navigate("overview");
        assertThat(heading()).isEqualTo("Overview");
        assertThat(page()).contains("MRR in USD", "since the month began", "Recurring revenue this month, in USD", "Now", "What happened last", "All of it in the audit log");
        assertThat(page()).doesNotContain("NRR");
    }

    @Test
    void whatWaitsForSomebodyIsThereForWhoeverMayDoIt() {
        Story story = stories.begin();
        story.backend().ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("old"), "newPlan", Map.of("product", story.key("suite"), "key", story.key("old"))));
        stories.pass(Duration.ofDays(15));
        UI.getCurrent().navigate("overview");
        assertThat(page()).contains("waiting for their publication", "Nobody has changed it for 14 days");
    }

    @Test
    void whatCouldNotGoOnSaleAtItsDateAndWhatIsHeldUpIsThere() {
        Story story = stories.beginWithCatalogOfItsOwn();
        story.subscribed("acme", "starter", 0);
        Instant date = stories.clock().instant().plusSeconds(600);
        Rollout failed = Publishing.by(context, story.key("starter"), 8_900, new RolloutChoice(Timing.NEW_ONLY, Segment.EVERYBODY, null, null, date, "UTC"));
        db.execute("update draft.draft set sheet = jsonb_set(sheet, '{prices}', '[]') where id = ?", Objects.requireNonNull(failed.draft()).value());
        stories.pass(Duration.ofMinutes(11));
        Moving.all(context);
        Story other = stories.beginWithCatalogOfItsOwn();
        other.subscribed("bolt", "starter", 0);
        Rollout held = Publishing.by(context, other.key("starter"), 8_900, new RolloutChoice(Timing.AT_RENEWAL, Segment.EVERYBODY, null, null, null, null));
        context.getBean(RolloutTurns.class).pause(SELF, held.id());

        UI.getCurrent().navigate("overview");
        assertThat(page()).contains(
                "Version 2 of starter could not go on sale at its date", "There must be at least one price", "rollouts/" + failed.id(),
                "The roll-out of version 2 of starter is held up", "1 subscription waits until somebody resumes or stops it.", "rollouts/" + held.id());
        context.getBean(RolloutTurns.class).stop(SELF, held.id());
        UI.getCurrent().navigate("plans");
        UI.getCurrent().navigate("overview");
        assertThat(page()).doesNotContain("rollouts/" + held.id());
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotEditIsNotToldOfDrafts() {
        UI.getCurrent().navigate("overview");
        assertThat(page()).doesNotContain("waiting for their publication", "events of Stripe");
    }
}
