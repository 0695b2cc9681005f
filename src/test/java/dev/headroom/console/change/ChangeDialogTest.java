package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeDialogTest extends ConsoleTest {

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    private void open(String account) {
        navigate("accounts/" + account, Main.class);
        press("Change plan");
    }

    private Button pay() {
        return button("Pay").orElseThrow();
    }

    @Test
    void theNextPlanUpIsQuotedAtOnceAndPayingPutsItInForce() {
        String account = story.subscribed("ada", "team", 4);
        open(account);
        assertThat(dialog()).contains("team → pro", "Upsell", "Unused time: team, 4 seats", "Remaining time: pro, 4 seats", "Due today");
        assertThat(pay().getText()).isEqualTo("Pay $96.00 now and change");
        test(pay()).click();
        assertThat(dialog()).contains("pro is in force", "$96.00 was charged.", "Single sign-on");
        assertThat(story.entitlement(story.backend(), account, "sso", 0).at("/entitlement/allowed").asBoolean()).isTrue();
    }

    @Test
    void otherSeatsAreAnotherQuote() {
        open(story.subscribed("ada", "pro", 2));
        test(find(IntegerField.class).single()).setValue(3);
        assertThat(dialog()).contains("Seat expansion");
        assertThat(pay().getText()).isEqualTo("Pay $49.00 now and change");
    }

    @Test
    void whatIsAlreadySoHasNoQuote() {
        open(story.subscribed("ada", "pro", 2));
        assertThat(dialog()).contains("The subscription is like that already");
        assertThat(button("Pay")).isEmpty();
    }

    @Test
    void aDeclinedCardChangesNothingAndSaysWhy() {
        String account = story.subscribed("ada", "team", 4);
        story.card(account, "pm_card_chargeCustomerFail");
        open(account);
        test(pay()).click();
        assertThat(dialog()).contains("The card was declined. Nothing was charged, nothing changed.", "team → pro");
    }

    @Test
    void aQuoteThatNoLongerHoldsIsShownBesideTheFreshOne() {
        String account = story.subscribed("ada", "team", 4);
        open(account);
        story.accept(story.token(account, Map.of("seats", 6)));
        test(pay()).click();
        assertThat(dialog()).contains("The quote no longer holds. Nothing was charged.", "You saw", "It is now");
        assertThat(pay().getText()).startsWith("Pay $");
    }

    @Test
    void aQuoteWhoseTimeIsUpIsNotAcceptedEither() {
        open(story.subscribed("ada", "team", 4));
        stories.clock().advance(Duration.ofMinutes(20));
        test(pay()).click();
        assertThat(dialog()).contains("Its time was up.");
    }

    @Test
    void aChangeThatWaitsForTheBankCanBeGivenUpForAnother() {
        String account = story.subscribed("ada", "team", 4);
        story.card(account, "pm_card_authenticationRequired");
        open(account);
        test(pay()).click();
        assertThat(dialog()).contains("The bank wants to hear from the card’s holder", "must confirm the payment by");
        press("Close");

        story.card(account, "pm_card_visa");
        press("Change plan");
        test(pay()).click();
        assertThat(dialog()).contains("A change of this subscription waits for the bank", "must confirm its payment by", "(UTC)");
        test(find(Button.class).withText("Give this change up").single()).click();
        assertThat(dialog()).contains("The change that waited was given up", "Nothing was charged.", "team → pro");
        test(pay()).click();
        assertThat(dialog()).contains("pro is in force", "$96.00 was charged.");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotPaySeesTheQuoteAndTheReason() {
        open(story.subscribed("ada", "team", 4));
        assertThat(dialog()).contains("team → pro", "Your role may see quotes but not accept them.");
        assertThat(pay().isEnabled()).isFalse();
    }
}
