package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.Story;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.When;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
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

    private Instant periodEnd(String account) {
        return Instant.parse(story.backend()
                .ask("query ($key: String!) { account(key: $key) { subscription { period { until } } } }", "key", account)
                .text("/account/subscription/period/until"));
    }

    private String usual() {
        return find(WhenChoice.class).single().getHelperText();
    }

    private IntegerField seats() {
        return number("Seats");
    }

    private IntegerField number(String label) {
        return find(IntegerField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    private Checkbox addOn(String label) {
        return find(Checkbox.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    private void when(WhenChoice.Time time) {
        find(WhenChoice.class).single().setValue(time);
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
    void offersAreTakenWithIt() {
        story = stories.beginWithCatalogOfItsOwn();
        String account = story.subscribed("ada", "pro", 2);
        open(account);
        assertThat(find(OfferChoice.class).all()).as("there is nothing to take").isEmpty();
        find(ChangeDialog.class).single().close();

        offer("tenth", "10");
        offer("fifth", "20");
        open(account);
        test(seats()).setValue(3);
        OfferChoice offers = find(OfferChoice.class).single();
        offers.select(offers.getListDataView().getItems().toList());
        assertThat(dialog()).contains("With the offer tenth: 10%", "With the offer fifth: 20%").contains("Recurring: $105.84 a month, was $98.00 a month");
        test(pay()).click();
        assertThat(dialog()).contains("The change is in force", "$7.84 was charged.");
        press("Close");
        open(account);
        assertThat(find(OfferChoice.class).all()).as("both are taken").isEmpty();
    }

    private void offer(String key, String percentOff) {
        Instant now = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", Map.of(
                "idempotencyKey", story.key(key), "product", story.key("suite"), "key", story.key(key), "name", key, "percentOff", percentOff, "duration", "FOREVER",
                "from", now.toString(), "until", now.plus(Duration.ofDays(30)).toString())).at("/createOffer/offer/id");
    }

    @Test
    void otherSeatsAreAnotherQuote() {
        open(story.subscribed("ada", "pro", 2));
        test(seats()).setValue(3);
        assertThat(dialog()).contains("Seat expansion");
        assertThat(pay().getText()).isEqualTo("Pay $49.00 now and change");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {-3, 0, 1_000_001, Integer.MAX_VALUE})
    void whatIsNoNumberOfSeatsHasNeitherQuoteNorButtonAndSaysSoAtTheField(@Nullable Integer none) {
        open(story.subscribed("ada", "pro", 2));
        IntegerField seats = seats();
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
        IntegerField seats = seats();
        seats.setValue(null);
        choose("starter");
        assertThat(seats.isVisible()).isFalse();
        assertThat(dialog()).contains("pro → starter", "Due today");
    }

    @Test
    void everyQuoteHasAButtonOfItsOwnSoThatALatePressReachesNothing() {
        open(story.subscribed("ada", "pro", 2));
        IntegerField seats = seats();
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
        when(WhenChoice.Time.NOW);
        assertThat(dialog())
                .contains("-$196.00 × ", "Kept as the customer’s credit, for later invoices", "+$96.00")
                .doesNotContain("The customer has");
        test(button("Change the plan now").orElseThrow()).click();
        assertThat(dialog()).contains("team is in force", "Nothing was charged.", "The customer has $96.00 of credit for later invoices.");
    }

    @Test
    void whatTheTransitionRulesDoNotAllowIsToldWithWhatTheyDo() {
        story = stories.beginWithCatalogOfItsOwn();
        String account = story.subscribed("ada", "team", 4);
        rule("UPGRADE", "PERIOD_END");
        rule("SEATS_UP", "NOW_UNPRORATED");
        open(account);
        assertThat(usual()).startsWith("Usual for this change: on ");
        when(WhenChoice.Time.NOW);
        assertThat(dialog()).contains("No quote for this choice", "The transition rules make this change when the period ends.");
        choose("team");
        seats().setValue(6);
        assertThat(usual()).contains("the next invoice has the new price");
        test(button("Change the plan now").orElseThrow()).click();
        assertThat(dialog()).contains("The change is in force", "Nothing was charged.");
    }

    private void rule(String kind, String transition) {
        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", kind, "transition", transition)).at("/addTransitionRule/rule");
    }

    @Test
    void creditFromBeforeIsToldApartFromWhatIsAddedAndFromWhatIsUsed() {
        String account = story.subscribed("ada", "pro", 4);
        story.accept(story.token(account, Map.of("plan", story.key("team"), "when", "NOW")));
        open(account);
        choose("free");
        when(WhenChoice.Time.NOW);
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
    void addOnsAreBoughtWithThePlanAndEveryLineIsNamedByWhatItIsFor() {
        String account = story.subscribed("ada", "team", 4);
        open(account);
        test(number("seat-pack")).setValue(2);
        test(addOn("insights")).click();
        assertThat(dialog())
                .contains("seat-pack: 0 → 2", "insights: added", "Unused time: team, 4 seats", "Remaining time: pro, 4 seats")
                .contains("Remaining time: 2 × seat-pack", "Remaining time: insights", "Takes effect at once.");
        assertThat(pay().getText()).isEqualTo("Pay $223.00 now and change");
        test(pay()).click();
        assertThat(dialog()).contains("pro is in force", "$223.00 was charged.", "insights: added");
        press("Close");

        press("Change plan");
        assertThat(number("seat-pack").getValue()).isEqualTo(2);
        assertThat(addOn("insights").getValue()).isTrue();
        test(number("seat-pack")).setValue(3);
        assertThat(dialog()).contains("seat-pack: 2 → 3", "Unused time: 2 × seat-pack", "Remaining time: 3 × seat-pack").doesNotContain("Unused time: pro");
        test(pay()).click();
        assertThat(dialog()).contains("The change is in force", "seat-pack: 2 → 3");
    }

    @Test
    void whatIsNoNumberOfAddOnsHasNoQuote() {
        open(story.subscribed("ada", "team", 4));
        number("seat-pack").setValue(-1);
        assertThat(number("seat-pack").isInvalid()).isTrue();
        assertThat(button("Pay")).isEmpty();
        number("seat-pack").setValue(0);
        assertThat(number("seat-pack").isInvalid()).isFalse();
        assertThat(pay()).isNotNull();
    }

    @Test
    void lessWaitsForTheEndOfThePeriodAndTheDialogSaysSoBeforeAndAfter() {
        String account = story.subscribed("ada", "pro", 4);
        open(account);
        choose("team");
        String day = When.dayText(periodEnd(account), ZoneOffset.UTC);
        assertThat(dialog())
                .contains("Takes effect on " + day, "Nothing is charged today")
                .contains("Recurring from then on: $100.00 a month, until then $196.00 a month", "Next invoice: $100.00 on " + day)
                .doesNotContain("Due today");
        assertThat(usual()).contains("Usual for this change: on " + day);
        test(button("Change the plan on " + day).orElseThrow()).click();
        assertThat(dialog()).contains("The change waits for the end of the period", day);
        press("Close");

        press("Change plan");
        seats().setValue(5);
        assertThat(dialog())
                .contains("One change waits, to be made by " + day, "The next invoice below counts that already.")
                .contains("Next invoice: $100.00 on " + day);
        assertThat(usual()).isEqualTo("Usual for this change: at once.");
    }

    @Test
    void atADateItSaysWhatIsDueThenAndThatNothingIsBefore() {
        String account = story.subscribed("ada", "team", 4);
        LocalDate date = periodEnd(account).minus(Duration.ofDays(10)).atZone(ZoneOffset.UTC).toLocalDate();
        String day = When.dayText(date.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
        open(account);
        when(WhenChoice.Time.AT_DATE);
        assertThat(dialog()).contains("once a day is chosen").doesNotContain("Recurring");
        assertThat(find(DatePicker.class).single().getHelperText()).isEqualTo("Also in a later period");
        find(DatePicker.class).single().setValue(date.plusDays(500));
        assertThat(dialog()).contains("farther ahead than prices are promised", "The latest time is");
        find(DatePicker.class).single().setValue(date.plusDays(40));
        assertThat(dialog()).contains("Nothing is charged before", "Due on ");
        find(DatePicker.class).single().setValue(date);
        assertThat(dialog())
                .contains("Nothing is charged before", "Invoice of " + day, "Due on " + day, "Recurring from then on: $196.00 a month, until then $100.00 a month")
                .doesNotContain("Due today", "Invoice of today");

        Button accept = button("Change on " + day + " and pay $").orElseThrow();
        test(accept).click();
        assertThat(dialog()).contains("The change waits for its date", "is charged then");
        press("Close");
        assertThat(page()).containsSubsequence("Waits for its time", "Plan: team → pro", day, "due then");
        assertThat(button("Move up")).isEmpty();
        press("Change plan");
        assertThat(dialog()).contains("Another change waits for a date");
        press("Cancel");
        press("Take back");
        assertThat(page()).contains("The change was taken back").doesNotContain("due then");
    }

    @Test
    void whenItTakesEffectIsAskedForAndNotExplainedThen() {
        open(story.subscribed("ada", "team", 4));
        when(WhenChoice.Time.PERIOD_END);
        assertThat(dialog()).contains("Takes effect on ");
        assertThat(usual()).isEmpty();
        assertThat(button("Pay")).isEmpty();
        when(WhenChoice.Time.NOW);
        assertThat(pay().getText()).isEqualTo("Pay $96.00 now and change");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotPaySeesTheQuoteAndTheReason() {
        open(story.subscribed("ada", "team", 4));
        assertThat(dialog()).contains("team → pro", "Your role may see quotes but not accept them.");
        assertThat(pay().isEnabled()).isFalse();
    }
}
