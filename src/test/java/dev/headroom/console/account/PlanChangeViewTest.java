package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.When;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One plan change on a page of its own: what was promised, where it stands, and the way out of it. */
class PlanChangeViewTest extends ConsoleTest {

    @Autowired
    DSLContext db;

    @Autowired
    StripeClient stripe;

    private Story story;
    private String ada;

    @BeforeEach
    void aCustomer() {
        story = stories.begin();
        ada = story.subscribed("ada", "team", 5);
        stories.settle();
        story.halfway(ada);
    }

    @Test
    void aChangeIsShownAsItWasQuotedWithWhatBecameOfIt() {
        String change = made(Map.of("plan", story.key("pro")));
        stories.settle();
        navigate("accounts/" + ada, AccountView.class);
        assertThat(links("Details")).contains("accounts/" + ada + "/changes/" + change);

        open(change);

        assertThat(heading()).isEqualTo("Plan: team → pro");
        assertThat(page())
                .contains("Carried out", "The change was made", "$60.00 was charged, as promised", "API key: ", "sub_", "in_", "cus_", change + ":update:1")
                .containsSubsequence("The quote as it was shown", "Unused time: team, 5 seats", "-$62.50", "Remaining time: pro, 5 seats", "+$122.50", "Due today", "$60.00")
                .containsSubsequence("Gained", "Single sign-on")
                .containsSubsequence("Quoted", "Accepted and stored", "Stripe asked", "Ended: carried out")
                .doesNotContain("valid until");
        String invoice = links("Its invoice").findFirst().orElseThrow();
        UI.getCurrent().navigate(invoice.substring(0, invoice.indexOf('?')), QueryParameters.fromString(invoice.substring(invoice.indexOf('?') + 1)));
        assertThat(links("pro by the month, 5 seats")).contains("accounts/" + ada + "/changes/" + change);
    }

    @Test
    void oneThatWaitsForTheBankIsGivenUpThere() {
        story.card(ada, "pm_card_authenticationRequired");
        open(made(Map.of("seats", 9)));
        assertThat(page()).contains("Waiting for the bank", "If the payment is confirmed by", "Seats: 5 → 9");

        assertThat(links("Page on which the payment is confirmed").findFirst().orElseThrow()).contains("/in_");

        press("Give this change up");

        assertThat(page()).contains("The change was taken back", "The change was given up", "Given up", "You");
        assertThat(button("Give this change up")).isEmpty();
    }

    @Test
    void thePageSaysByItselfWhenTheBankHasAnswered() throws StripeException {
        story.card(ada, "pm_card_authenticationRequired");
        Api.Answer waits = story.accept(story.token(ada, Map.of("seats", 9)));
        open(waits.text("/changePlan/change/id"));
        assertThat(page()).contains("Waiting for the bank");

        stripe.v1().paymentIntents().confirm(waits.text("/changePlan/clientSecret").replaceFirst("_secret.*", ""));
        stories.settle();
        poll();
        assertThat(page()).contains("The change was made").doesNotContain("Waiting for the bank");
        assertThat(polling()).as("it is over").isEqualTo(-1);
    }

    @Test
    void oneThatWaitsForThePeriodIsTakenBackThere() {
        String change = made(Map.of("seats", 3));
        navigate("accounts/" + ada, AccountView.class);
        assertThat(links("Seats: 5 → 3")).contains("accounts/" + ada + "/changes/" + change);
        open(change);
        assertThat(page()).contains("Stripe makes it on", "it can be taken back");
        press("Take back");
        assertThat(page()).contains("Nothing was charged, nothing changed").doesNotContain("Stripe makes it on");
    }

    @Test
    void oneThatWaitsForADateTellsWhatIsChargedThenAndWhyItWasNotMade() {
        Instant date = stories.clock().instant().plus(Duration.ofDays(2));
        String change = made(Map.of("seats", 9, "at", date.toString()));
        open(change);
        assertThat(page()).contains("The change waits for its date", "is charged then", "Due on " + When.dayText(date, ZoneOffset.UTC)).doesNotContain("Stripe makes it on");
        stories.pass(Duration.ofDays(4));
        open(change);
        assertThat(page()).contains("The change was not made at its date", "Headroom was not running when the date came");
    }

    @Test
    void whatTheBankSaidIsSaidWithWhatToDoAboutIt() {
        story.card(ada, "pm_card_chargeDeclined");
        made(Map.of("seats", 9));
        String change = story.backend().ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { id } } }", "key", ada).text("/account/planChanges/0/id");
        open(change);
        assertThat(page()).contains("The card was declined", "Save another card, then ask for a new quote", "+$112.50");
    }

    @Test
    void oneOfBeforeQuotesWereKeptSaysSo() {
        String change = made(Map.of("seats", 6));
        db.execute("delete from change.quoted where change_id = ?", UUID.fromString(change));
        open(change);
        assertThat(page()).contains("The quote was not kept", "This change is from before quotes were kept");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookCanTakeNothingBack() {
        open(made(Map.of("seats", 3)));
        assertThat(page()).contains("Stripe makes it on");
        assertThat(button("Take back")).isEmpty();
    }

    @Test
    void anotherAccountsChangeIsNotFound() {
        String change = made(Map.of("seats", 6));
        String other = story.subscribed("other", "team", 2);
        assertThat(NotFound.at(() -> navigate("accounts/" + other + "/changes/" + change, PlanChangeView.class))).isTrue();
        assertThat(NotFound.at(() -> navigate("accounts/" + ada + "/changes/nonsense", PlanChangeView.class))).isTrue();
    }

    private String made(Map<String, Object> change) {
        return story.accept(story.token(ada, change)).body().at("/data/changePlan/change/id").asString("");
    }

    private void open(String change) {
        UI.getCurrent().navigate("accounts/" + ada + "/changes/" + change);
    }

    private Stream<String> links(String text) {
        roundTrip();
        return find(Anchor.class).all().stream().filter(each -> each.getText().equals(text)).map(Anchor::getHref);
    }
}
