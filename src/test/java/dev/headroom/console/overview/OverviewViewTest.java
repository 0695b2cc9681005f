package dev.headroom.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.money.Money;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.RevenueMonth;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where one arrives; everybody else's revenue is there too, so it is asked what became of it. */
class OverviewViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private Standings standings;

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
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotEditIsNotToldOfDrafts() {
        UI.getCurrent().navigate("overview");
        assertThat(page()).doesNotContain("waiting for their publication", "events of Stripe");
    }
}
