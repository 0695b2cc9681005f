package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.Story;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {-3, 0, 1_000_001, Integer.MAX_VALUE})
    void whatIsNoNumberOfSeatsHasNeitherQuoteNorButtonAndSaysSoAtTheField(@Nullable Integer none) {
        open(story.subscribed("ada", "pro", 2));
        IntegerField seats = find(IntegerField.class).single();
        seats.setValue(40);
        assertThat(pay()).isNotNull();
        seats.setValue(none);
        assertThat(seats.isInvalid()).isTrue();
        assertThat(seats.getErrorMessage()).isEqualTo("Enter 1 to 1,000,000");
        assertThat(button("Pay")).isEmpty();
        assertThat(dialog()).contains("The quote appears here").doesNotContain("Due today", "like that already");
        seats.setValue(3);
        assertThat(seats.isInvalid()).isFalse();
        assertThat(pay().getText()).isEqualTo("Pay $49.00 now and change");
    }

    @Test
    void aPlanWithOnePriceAsksForNoSeatsSoTheirNumberCannotBeWrong() {
        open(story.subscribed("ada", "pro", 2));
        IntegerField seats = find(IntegerField.class).single();
        seats.setValue(null);
        choose("starter");
        assertThat(seats.isVisible()).isFalse();
        assertThat(dialog()).contains("pro → starter", "Due today");
    }

    @Test
    void everyQuoteHasAButtonOfItsOwnSoThatALatePressReachesNothing() {
        open(story.subscribed("ada", "pro", 2));
        IntegerField seats = find(IntegerField.class).single();
        seats.setValue(3);
        Button earlier = pay();
        seats.setValue(4);
        assertThat(earlier.isAttached()).isFalse();
        assertThat(pay()).isNotSameAs(earlier);
    }

    @Test
    void aCreditIsCalculatedWithItsMinusAndKeptInWordsThatAddUp() {
        String account = story.subscribed("ada", "pro", 4);
        open(account);
        choose("team");
        assertThat(dialog())
                .contains("-$196.00 × ", "Kept as the customer’s credit, for later invoices", "+$96.00")
                .doesNotContain("The customer has");
        test(button("Change the plan now").orElseThrow()).click();
        assertThat(dialog()).contains("team is in force", "Nothing was charged.", "The customer has $96.00 of credit for later invoices.");
    }

    @Test
    void creditFromBeforeIsToldApartFromWhatIsAddedAndFromWhatIsUsed() {
        String account = story.subscribed("ada", "pro", 4);
        story.accept(story.token(account, Map.of("plan", story.key("team"))));
        open(account);
        choose("free");
        assertThat(dialog()).contains("+$100.00", "The customer has $196.00 of credit for later invoices.");
        choose("pro");
        assertThat(dialog()).contains("Paid from the customer’s credit", "-$96.00");
    }

    @Test
    void aSettingIsNeitherGainedNorLostButChanged() {
        open(story.subscribed("ada", "pro", 2));
        choose("team");
        assertThat(dialog()).contains("Support: priority, then standard");
        assertThat(find(H3.class).all()).extracting(H3::getText).contains("Changed", "Lost").doesNotContain("Gained");
    }

    @SuppressWarnings("unchecked")
    private void choose(String plan) {
        RadioButtonGroup<PlanVersion> plans = find(RadioButtonGroup.class).all().getFirst();
        plans.setValue(plans.getListDataView().getItems().filter(version -> version.plan().name().equals(plan)).findFirst().orElseThrow());
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
