package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.When;
import dev.headroom.identity.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for the end of the period, on the page of its account. */
class ScheduledPanelTest extends ConsoleTest {

    private Story story;
    private String account = "";
    private String day = "";

    @BeforeEach
    void aCustomerForWhomTwoChangesWait() {
        story = stories.begin();
        account = story.subscribed("ada", "team", 5);
        day = When.dayText(Instant.parse(story.backend()
                .ask("query ($key: String!) { account(key: $key) { subscription { period { until } } } }", "key", account)
                .text("/account/subscription/period/until")), ZoneOffset.UTC);
        story.accept(story.token(account, Map.of("seats", 3)));
        story.accept(story.token(account, Map.of(
                "addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "when", "PERIOD_END")));
    }

    private void show() {
        navigate("accounts/" + account, AccountView.class);
    }

    private List<Button> takeBack() {
        roundTrip();
        return find(Button.class).all().stream().filter(button -> button.getText().equals("Take back")).toList();
    }

    @Test
    void whatWaitsIsListedInItsOrderAndTheNextInvoiceCountsIt() {
        show();
        assertThat(page())
                .containsSubsequence("Waits for the end of the period", "Seats: 5 → 3", day, "API key", "insights: added", day)
                .contains("$104.00 on " + day);
    }

    @Test
    void ofWhatWaitsForADateTheNextInvoiceIsThatOfTheDateOnlyWithinThePeriod() {
        account = story.subscribed("bob", "team", 5);
        story.accept(story.token(account, Map.of("seats", 9, "at", inDays(40).toString()))).at("/changePlan/change");
        show();
        assertThat(page()).contains("Waits for its time", "$125.00 on " + day);

        Instant date = inDays(10);
        long due = story.quote(story.backend(), account, Map.of("seats", 7, "at", date.toString())).at("/account/quote/dueAtDate/amountMinor").asLong();
        story.accept(story.token(account, Map.of("seats", 7, "at", date.toString()))).at("/changePlan/change");
        show();
        assertThat(page()).contains("$" + BigDecimal.valueOf(due, 2) + " on " + When.dayText(date, ZoneOffset.UTC)).doesNotContain("$125.00 on ");
    }

    private Instant inDays(int days) {
        return stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
    }

    @Test
    void oneIsTakenBackAndThePageIsCurrent() {
        show();
        test(takeBack().getFirst()).click();
        assertThat(page()).contains("The change was taken back", "insights: added", "$154.00 on " + day);
        assertThat(takeBack()).hasSize(1);
        test(takeBack().getFirst()).click();
        assertThat(page()).contains("The change was taken back", "$125.00 on " + day).doesNotContain("Asked for by");
        assertThat(takeBack()).isEmpty();
    }

    @Test
    void theTimelineTellsWhatWasAskedForTakenBackAndMade() {
        show();
        assertThat(page()).contains("Waits for " + day + ": Seats: 5 → 3", "Waits for " + day + ": insights: added");
        test(takeBack().getFirst()).click();
        stories.pass(Duration.ofDays(35));
        show();
        assertThat(page())
                .contains("Taken back before it was made: Seats: 5 → 3", "Made with the new period: insights: added")
                .doesNotContain("Plan change given up", "waiting for the end of the period $0.00");
    }

    @Test
    void theTimelineTellsAnEndAskedForAndTakenBackAndWhatWasDroppedByIt() {
        end(true);
        end(false);
        show();
        assertThat(page())
                .containsSubsequence("End of team taken back: it goes on", "End of team with its period asked for")
                .contains("Dropped, because the subscription is to end: Seats: 5 → 3")
                .doesNotContain("nothing was due");
    }

    private void end(boolean ends) {
        stories.clock().advance(Duration.ofSeconds(2));
        story.accept(story.token(account, Map.of("cancelAtPeriodEnd", ends)));
    }

    @Test
    void oneIsMovedByAButtonWithAName() {
        show();
        List<Button> up = moving("Move up");
        assertThat(up).extracting(Button::isEnabled).containsExactly(false, true);
        assertThat(moving("Move down")).extracting(Button::isEnabled).containsExactly(true, false);
        assertThat(up.get(1).getAriaLabel()).contains("Move up: insights: added");
        test(up.get(1)).click();
        assertThat(page()).contains("The order was changed").containsSubsequence("Waits for the end of the period", "insights: added", "Seats: 5 → 3");
        test(takeBack().getFirst()).click();
        assertThat(moving("Move up")).as("one alone has no order").isEmpty();
    }

    @Test
    void whoeverMovesWhatSomebodyElseHasMovedSeesThatFirst() {
        show();
        Button down = moving("Move down").getFirst();
        story.accept(story.token(account, Map.of("seats", 4, "when", "PERIOD_END")));
        test(down).click();
        assertThat(page()).contains("The order had changed meanwhile").contains("Seats: 3 → 4");
    }

    private List<Button> moving(String name) {
        roundTrip();
        return find(Button.class).all().stream().filter(button -> button.getAriaLabel().filter(label -> label.startsWith(name)).isPresent()).toList();
    }

    @Test
    void oneThatWasMadeMeanwhileIsToldSo() {
        show();
        Button first = takeBack().getFirst();
        stories.pass(Duration.ofDays(35));
        test(first).click();
        assertThat(page()).contains("That change had ended already", "It was made when the period ended.").doesNotContain("Asked for by");
    }

    @Test
    void whatWaitedAndWasNotMadeIsToldUntilSomebodyGoesOn() {
        account = story.subscribed("eve", "team", 5);
        Instant date = stories.clock().instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        story.accept(story.token(account, Map.of("seats", 8, "at", date.toString()))).at("/changePlan/change");
        story.card(account, "pm_card_chargeCustomerFail");
        stories.pass(Duration.between(stories.clock().instant(), date.plusSeconds(3)));
        show();
        assertThat(page()).containsSubsequence("Subscriptions", "Save another card, then ask for a new quote.", "Seats: 5 → 8", "Usage");
        story.accept(story.token(account, Map.of("seats", 4))).at("/changePlan/change");
        show();
        assertThat(page()).doesNotContain("Save another card");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotChangeSeesThemAndTheReason() {
        show();
        assertThat(page()).contains("Seats: 5 → 3", "Your role may not move changes or take them back.");
        assertThat(takeBack()).hasSize(2).noneMatch(Button::isEnabled);
    }
}
