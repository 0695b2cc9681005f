package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.catalog.Feature;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.usage.LiveMeters;
import dev.headroom.console.usage.MeterCard;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page of an account says of usage, features and grants. */
class AccountUsageTest extends ConsoleTest {

    private Story story;
    private String account;

    @BeforeEach
    void aCustomer() {
        story = stories.begin();
        account = story.subscribed("ada", "starter", 0);
    }

    private void look(String tab) {
        follow("accounts/" + account, "tab", tab);
        roundTrip();
    }

    private void use(String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", account, "meter", story.key("calls"), "quantity", quantity)));
    }

    @Test
    void usageSaysHowItStandsWhereItIsHeadingAndHowItWent() {
        for (int day = 0; day < 20; day++) {
            use("d" + day, 40);
            stories.pass(Duration.ofDays(1));
        }
        look("usage");
        assertThat(page())
                .contains("of 1,000", "Heading for ", "four outcomes in five", "Limit: expected on")
                .contains("API calls: 800 in all", "Show as a table", "usage-chart")
                .contains("13 recorded, 0 of them late", "Browse the events of this account");
    }

    @Test
    void marksSayWhereWarningsBeginAndWhereTheLimitIs() {
        look("usage");
        assertThat(page()).contains("mark-soft", "mark-limit", "Warns from 800 on", "0 of 1,000 · 0%. Warns from 800 on. Limit: 1,000, and nothing after it");
    }

    @Test
    void whatIsChargedBeyondTheLimitIsSaidInMoney() {
        String key = story.key("post");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", key, "key", key, "name", "Post", "features", List.of(Map.of("key", story.key("letters"), "name", "Letters", "kind", "METER", "reset", "DAY"))))
                .at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", key, "product", key, "key", key, "name", "Post", "rank", 1, "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)),
                        "entitlements", List.of(Map.of("feature", story.key("letters"), "included", 10, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", "0.5")))))).at("/createPlan/version");
        story.start(account, Map.of("plan", key)).at("/startSubscription/subscription");
        look("usage");
        assertThat(page()).doesNotContain("beyond it at");
        story.record(List.of(Map.of("id", "l", "account", account, "meter", story.key("letters"), "quantity", 1_241)));
        look("usage");
        assertThat(page()).contains("1,231 beyond it at $0.005 each: $6.16 so far");
    }

    @Test
    void metersMoveWhileTheyAreLookedAt() {
        look("usage");
        assertThat(polling()).isEqualTo(LiveMeters.MILLIS);
        String seats = card("Seats");
        use("live", 300);
        assertThat(page()).contains("0 of 1,000");
        poll();
        assertThat(page()).contains("300 of 1,000", "API calls: 300 in all").doesNotContain("0 of 1,000 ·  0%");
        assertThat(card("Seats")).as("what did not move stays where it is").isEqualTo(seats);
    }

    @Test
    void nothingIsAskedForOnceNobodyLooks() {
        look("usage");
        find(TabSheet.class).single().setSelectedIndex(2);
        assertThat(polling()).as("on another tab").isEqualTo(-1);
        find(TabSheet.class).single().setSelectedIndex(0);
        assertThat(polling()).as("on a tab that has meters too").isEqualTo(LiveMeters.MILLIS);
        UI.getCurrent().navigate("plans");
        assertThat(polling()).as("on another page").isEqualTo(-1);
    }

    @Test
    void afterAQuarterOfAnHourTheyStandStillUntilSomebodyWantsMore() {
        look("usage");
        assertThat(page()).doesNotContain("The meters have stood still");
        stories.pass(LiveMeters.LONGEST);
        use("late", 300);
        poll();
        assertThat(page()).contains("The meters have stood still", "0 of 1,000");
        assertThat(polling()).isEqualTo(-1);
        press("Let them move");
        poll();
        assertThat(page()).contains("300 of 1,000");
        assertThat(polling()).isEqualTo(LiveMeters.MILLIS);
    }

    private String card(String feature) {
        roundTrip();
        return find(MeterCard.class).all().stream().filter(each -> said(each).startsWith(feature)).map(each -> String.valueOf(each.getElement().getNode().getId()))
                .findFirst().orElseThrow();
    }

    @Test
    void withoutAPastNothingIsForetoldAndNothingIsShownOfWhatWasNotSent() {
        look("usage");
        assertThat(page()).contains("No projection: nothing was used on a complete day yet.", "nothing was used in this time", "No events received in the last 14 days");
    }

    @Test
    void lateDuplicateAndRejectedEventsAreCountedByTheDay() {
        Map<String, Object> event = Map.of("id", "e", "account", account, "meter", story.key("calls"));
        story.record(List.of(event, event, Map.of("id", "f", "account", account, "meter", "nothing")));
        look("usage");
        assertThat(page()).contains("1 recorded, 0 of them late; 1 duplicates, 1 rejected.", "meter: 1");
    }

    @Test
    void featuresSayWhyFromWhereAndUntilWhen() {
        look("features");
        assertThat(page()).contains("Not in this plan", "starter, version 1", "Valid until", "Nothing granted");
    }

    @Test
    void whatIsGrantedIsInForceAtOnceAndTakenBackWithAReason() {
        look("features");
        press("Grant a feature");
        choose("calls");
        TextField reason = field("Reason");
        reason.setValue("To try it");
        press("Grant it");
        assertThat(field("Units").getErrorMessage()).isEqualTo("This field is required");

        field("Units").setValue("5000");
        press("Grant it");
        assertThat(field("Units").isInvalid()).isFalse();
        assertThat(find(DateTimePicker.class).all()).extracting(DateTimePicker::getErrorMessage).last().asString().contains("A TRIAL ends");

        find(DateTimePicker.class).all().getLast().setValue(LocalDateTime.ofInstant(stories.clock().instant(), ZoneOffset.UTC).plusDays(14));
        press("Grant it");
        assertThat(page()).contains("To try it", "5,000 × call", "Trial", "You", "In force");
        assertThat(story.entitlement(story.backend(), account, "calls", 0).at("/entitlement/limit").asLong()).isEqualTo(5_000);
    }

    @Test
    void whatIsAskedForFollowsFromTheFeature() {
        look("features");
        press("Grant a feature");
        choose("support");
        assertThat(find(TextField.class).all()).extracting(TextField::getLabel).containsExactly("Value", "Reason");
        choose("sso");
        assertThat(find(TextField.class).all()).extracting(TextField::getLabel).containsExactly("Reason");
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(field -> field.getLabel().equals(label)).findFirst().orElseThrow();
    }

    private void choose(String name) {
        features().setValue(features().getListDataView().getItems().filter(each -> each.key().equals(story.key(name))).findFirst().orElseThrow());
    }

    @Test
    void aCourtesyForGoodIsListedWithWhoAndWhyAndCanBeTakenBack() {
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("grant"), "account", account, "feature", story.key("sso"), "kind", "COURTESY", "reason", "For their patience"))
                .at("/grantFeature/__typename");
        look("features");
        assertThat(page()).contains("For their patience", "Courtesy", "for good", "API key", "In force", "Grant");

        press("Take back");
        press("Take the grant back");
        assertThat(field("Reason").getErrorMessage()).isEqualTo("Expected one line of 1 to 200 characters");
        field("Reason").setValue("Enough of it");
        press("Take the grant back");
        assertThat(page()).contains("Taken back: Enough of it", "Not in this plan");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotGiveSeesWhatWasGivenAndNoButton() {
        look("features");
        assertThat(page()).contains("Nothing granted");
        assertThat(button("Grant a feature")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Feature> features() {
        return find(ComboBox.class).single();
    }
}
