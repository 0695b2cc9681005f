package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.When;
import dev.headroom.subscription.AccountSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where an account has two subscriptions, the dialog of the one offers the periods of the other. */
class PeriodsChoiceTest extends ConsoleTest {

    private Story story;
    private String account;

    @BeforeEach
    void anAccountThatBeganTheSecondProductNineDaysLater() {
        story = stories.begin();
        if (stories.clock().instant().atOffset(ZoneOffset.UTC).getDayOfMonth() > 27) {
            stories.pass(Duration.ofDays(5));
        }
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("mail"), "key", story.key("mail"), "name", "Mail", "features", List.of(
                        Map.of("key", story.key("boxes"), "name", "Boxes", "kind", "GATE")))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key("post"), "product", story.key("mail"), "key", story.key("post"), "name", "Post", "rank", 0,
                "prices", List.of(Map.of("perSeat", "100", "interval", "MONTH", "currency", "USD")),
                "entitlements", List.of(Map.of("feature", story.key("boxes"))))).at("/createPlan/version");
        account = story.subscribed("ada", "team", 4);
        stories.pass(Duration.ofDays(9));
        story.start(account, Map.of("plan", story.key("post"), "seats", 30)).at("/startSubscription/subscription/id");
    }

    /** The dialog of the first subscription. */
    private void open(String button) {
        navigate("accounts/" + account, Main.class);
        press(button);
    }

    private PeriodsChoice periods() {
        return find(PeriodsChoice.class).single();
    }

    private Instant date() {
        return Instant.parse(story.backend().ask("query ($key: String!, $product: String) { account(key: $key) { subscription(product: $product) { period { until } } } }",
                "key", account, "product", story.key("mail")).text("/account/subscription/period/until"));
    }

    @Test
    void theOthersPeriodsAreChosenAloneQuotedWithWhatIsGivenBackAndAcceptedInOneClick() {
        open("Change plan");
        AccountSubscription mail = periods().getListDataView().getItems().toList().getFirst();
        String day = When.dayText(date(), ZoneOffset.UTC);
        assertThat(periods().getItemLabelGenerator().apply(mail)).isEqualTo("Begin with those of Mail (Post), next renewed on " + day);
        periods().setValue(mail);
        assertThat(find(WhenChoice.class).all()).as("nothing else is asked with it").isEmpty();
        assertThat(dialog())
                .contains("Periods: begin with another subscription’s", "in the second in which the other subscription is renewed", "Due on " + day)
                .contains("Unused time: team, 4 seats", "-$100.00 × ", "Recurring from then on: $100.00 a month");
        Button accept = button("Change on " + day + " and pay $").orElseThrow();
        test(accept).click();
        assertThat(dialog()).contains("The change waits for its date");
        press("Close");
        assertThat(page()).containsSubsequence("Waits for its time", "Periods: begin with another subscription’s", day, "due then");
    }

    @Test
    void whoeverChoosesItsOwnAgainSeesTheRestAsItWas() {
        open("Change plan");
        periods().setValue(periods().getListDataView().getItems().toList().getFirst());
        periods().setValue(null);
        assertThat(find(WhenChoice.class).all()).hasSize(1);
        assertThat(dialog()).contains("team → pro", "Takes effect at once");
    }

    @Test
    void oneSubscriptionAloneHasNobodysPeriodsToBeginWith() {
        navigate("accounts/" + story.subscribed("alone", "team", 4), Main.class);
        press("Change plan");
        assertThat(find(PeriodsChoice.class).all()).isEmpty();
    }

    @Test
    void inGerman() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        open("Plan ändern");
        periods().setValue(periods().getListDataView().getItems().toList().getFirst());
        assertThat(dialog()).contains("Zeiträume: beginnen mit denen eines anderen Abonnements", "Vorher wird nichts berechnet");
    }
}
