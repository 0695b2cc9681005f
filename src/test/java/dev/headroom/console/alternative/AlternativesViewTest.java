package dev.headroom.console.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.Story;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.DataTable;
import dev.headroom.console.NotFound;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlternativesViewTest extends ConsoleTest {

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    private String path(String account) {
        return "accounts/" + account + "/alternatives/" + story.key("suite");
    }

    private void open(String account) {
        navigate(path(account), Main.class);
    }

    private void compare(String account, String... candidates) {
        follow(path(account), "candidates", String.join(",", candidates));
    }

    private String table() {
        return said(find(DataTable.class).single());
    }

    private Button of(String label) {
        return find(Button.class).all().stream().filter(button -> label.equals(button.getAriaLabel().orElse(""))).findFirst().orElseThrow();
    }

    @Test
    void theNeighboursAreLaidBesideWhatItIsByBothIntervals() {
        open(story.subscribed("ada", "team", 4));
        assertThat(heading()).isEqualTo("Alternatives to team");
        assertThat(table())
                .contains("As it is", "team by the month, 4 seats", "starter by the month", "starter by the year", "team by the year", "pro by the month", "pro by the year")
                .contains("$196.00 a month", "MRR +$96.00", "$1,000.00 a year", "Gained", "Lost", "Single sign-on")
                .doesNotContain("free by the month");
        assertThat(page()).contains("Valid until", "Ask again");
    }

    @Test
    void oneIsRecommendedWithItsReason() {
        compare(story.subscribed("ada", "team", 4), story.key("team") + "~year", story.key("pro") + "~month");
        assertThat(page()).contains("Change to team by the year", "It holds what is expected and costs $1,000.00 in twelve months instead of $1,200.00: $200.00 less.");
        assertThat(table()).containsOnlyOnce(">Recommended<");
    }

    @Test
    void whatDoesNotHoldWhatIsExpectedSaysWhatAndHowMuch() {
        String account = story.subscribed("ada", "starter", 0);
        Instant today = stories.clock().instant().truncatedTo(ChronoUnit.DAYS);
        story.record(IntStream.range(1, 35).<Map<String, Object>>mapToObj(day -> Map.of(
                "id", UUID.randomUUID().toString(), "account", account, "meter", story.key("calls"), "quantity", 60, "at",
                today.minus(day, ChronoUnit.DAYS).toString())).toList());
        open(account);
        assertThat(page()).contains("What it has now does not hold it:").containsPattern("API calls: [0-9,]+ expected by ");
        assertThat(table()).contains(">No<", ">Yes<");
    }

    @Test
    void theVeryQuoteThatIsShownIsAccepted() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("pro") + "~month");
        assertThat(table()).contains("$96.00");
        test(of("See the quote of pro by the month")).click();
        assertThat(dialog()).contains("team → pro", "Unused time: team, 4 seats");
        press("Pay $96.00 now and change");
        assertThat(dialog()).contains("pro is in force", "$96.00 was charged.");
        assertThat(heading()).isEqualTo("Alternatives to pro");
        assertThat(page()).contains("The subscription is like that already.");
    }

    @Test
    void afterItsTimeAFreshOneIsShownInstead() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("pro") + "~month");
        stories.clock().advance(Duration.ofMinutes(20));
        test(of("See the quote of pro by the month")).click();
        assertThat(dialog()).contains("team → pro");
        test(button("Pay $").orElseThrow()).click();
        assertThat(dialog()).contains("pro is in force").doesNotContain("Its time was up.");
    }

    @Test
    void whichOnesStandInTheAddressAndWhatNobodyKnowsIsLeftOutAndTold() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("pro") + "~year~6", story.key("team") + "~month~5", "nothing~month", story.key("pro") + "~week", story.key("pro") + "~month~0", "~");
        assertThat(table()).contains("pro by the year, 6 seats", "team by the month, 5 seats", "$125.00 a month").doesNotContain("starter");
        assertThat(page()).contains("4 alternatives were left out");
    }

    @Test
    void oneIsAddedChangedAndRemovedAndThenNothingIsLeft() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("pro") + "~month");
        press("Add one");
        choose("team", Interval.MONTH, 1_000_001);
        press("Add");
        assertThat(find(IntegerField.class).single().isInvalid()).isTrue();
        find(IntegerField.class).single().setValue(7);
        press("Add");
        assertThat(table()).contains("team by the month, 7 seats", "pro by the month");

        test(of("Edit pro by the month")).click();
        choose("pro", Interval.YEAR, 9);
        press("Compare");
        assertThat(table()).contains("pro by the year, 9 seats").doesNotContain("pro by the month");
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath()).isEqualTo(path(account));

        test(of("Remove pro by the year, 9 seats")).click();
        test(of("Remove team by the month, 7 seats")).click();
        assertThat(page()).contains("Nothing is compared");
        press("Every plan");
        assertThat(table()).contains("free by the month", "pro by the year");
    }

    @SuppressWarnings("unchecked")
    private void choose(String plan, Interval interval, int seats) {
        Select<PlanVersion> plans = find(Select.class).all().getLast();
        plans.setValue(plans.getListDataView().getItems().filter(version -> version.plan().name().equals(plan)).findFirst().orElseThrow());
        find(RadioButtonGroup.class).single().setValue(interval);
        find(IntegerField.class).single().setValue(seats);
    }

    @Test
    void whatCannotBeChangedSaysWhyInItsColumn() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("starter") + "~month~3");
        assertThat(table()).contains("This plan has one price whatever the number of seats.");
        assertThat(find(Button.class).all()).noneMatch(button -> button.getAriaLabel().orElse("").startsWith("See the quote"));
    }

    @Test
    void whereNothingOfTheProductRunsThereIsAWayBack() {
        open(story.account("ada"));
        assertThat(page()).contains("ada has no running subscription of Suite.", "To the account ada");
    }

    @Test
    void whatNobodyKnowsIsNotFound() {
        String account = story.account("ada");
        assertThat(NotFound.at(() -> navigate("accounts/" + account + "/alternatives/nothing", AlternativesView.class))).isTrue();
        assertThat(NotFound.at(() -> navigate("accounts/nobody/alternatives/" + story.key("suite"), AlternativesView.class))).isTrue();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotChangeSeesItAllAndCannotAccept() {
        String account = story.subscribed("ada", "team", 4);
        compare(account, story.key("pro") + "~month");
        test(of("See the quote of pro by the month")).click();
        assertThat(dialog()).contains("Your role may see quotes but not accept them.");
        assertThat(button("Pay $").orElseThrow().isEnabled()).isFalse();
    }

    @Test
    void itSpeaksGermanToo() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        open(story.subscribed("ada", "team", 4));
        assertThat(page()).contains("Alternativen zu team", "Empfohlen", "Wie es ist", "in zwölf Monaten", "Gewonnen");
    }
}
