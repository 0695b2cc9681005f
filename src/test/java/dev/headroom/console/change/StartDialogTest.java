package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.UI;
import dev.headroom.Story;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartDialogTest extends ConsoleTest {

    private Story story;
    private String account;

    @BeforeEach
    void anAccountWithACard() {
        story = stories.begin();
        account = story.account("ada");
        story.card(account, "pm_card_visa");
    }

    private void open() {
        open("Start a subscription");
    }

    private void open(String button) {
        navigate("accounts/" + account, Main.class);
        press(button);
        group(Product.class).ifPresent(products -> products.setValue(products.getListDataView().getItems()
                .filter(product -> product.key().equals(story.key("suite"))).findFirst().orElseThrow()));
    }

    @SuppressWarnings("unchecked")
    private <T> Optional<RadioButtonGroup<T>> group(Class<T> of) {
        return find(RadioButtonGroup.class).all().stream()
                .filter(group -> group.getListDataView().getItems().findFirst().filter(of::isInstance).isPresent())
                .findFirst().map(group -> (RadioButtonGroup<T>) group);
    }

    private void choose(String plan) {
        RadioButtonGroup<PlanVersion> plans = group(PlanVersion.class).orElseThrow();
        plans.setValue(plans.getListDataView().getItems().filter(version -> version.plan().name().equals(plan)).findFirst().orElseThrow());
    }

    private IntegerField number(String label) {
        return find(IntegerField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    private Button pay() {
        return button("Pay").orElseThrow();
    }

    @Test
    void whatItCostsIsQuotedLineByLineAndPayingStartsIt() {
        open();
        choose("team");
        test(number("Seats")).setValue(5);
        assertThat(dialog()).contains("Begins at once", "team, 5 seats", "How this is calculated", "Due today", "Recurring: $125.00 a month", "Next invoice: $125.00 on ", "Valid until");
        assertThat(pay().getText()).isEqualTo("Pay $125.00 now and start");
        test(pay()).click();
        assertThat(dialog()).contains("team has begun", "$125.00 was charged.");
        press("Close");
        assertThat(page()).contains("team", "5 bought, 0 held");
    }

    @Test
    void aYearIsAnotherQuote() {
        open();
        choose("starter");
        group(Interval.class).orElseThrow().setValue(Interval.YEAR);
        assertThat(pay().getText()).isEqualTo("Pay $990.00 now and start");
    }

    @Test
    void anOfferIsTakenWithIt() {
        story = stories.beginWithCatalogOfItsOwn();
        account = story.account("ada");
        story.card(account, "pm_card_visa");
        offer("tenth", "10", Map.of());
        open();
        choose("starter");
        assertThat(pay().getText()).as("none is chosen for anybody").isEqualTo("Pay $99.00 now and start");
        take("tenth");
        assertThat(dialog()).contains("With the offer tenth: 10%");
        assertThat(pay().getText()).isEqualTo("Pay $89.10 now and start");
        choose("team");
        assertThat(pay().getText()).as("the same for another plan").isEqualTo("Pay $22.50 now and start");
        test(pay()).click();
        assertThat(dialog()).contains("team has begun", "$22.50 was charged.");
    }

    @Test
    void severalOffersAreTakenWithItAndWhatIsForOtherPlansIsLeft() {
        story = stories.beginWithCatalogOfItsOwn();
        account = story.account("ada");
        story.card(account, "pm_card_visa");
        offer("a-half", "50", Map.of());
        offer("b-tenth", "10", Map.of("plans", List.of(story.key("starter"))));
        offer("c-loyal", "5", Map.of("existingCustomers", true));
        open();
        choose("starter");
        assertThat(offers().wanted()).isNull();
        assertThat(offers().getListDataView().getItems().map(Offer::name)).containsExactly("a-half", "b-tenth");
        assertThat(offers().getHelperText()).isEqualTo("Several reduce one after the other, in this order.");
        take("b-tenth", "a-half");
        assertThat(dialog()).contains("With the offer a-half: 50%", "With the offer b-tenth: 10%");
        assertThat(pay().getText()).isEqualTo("Pay $44.55 now and start");
        choose("team");
        assertThat(offers().getListDataView().getItems().map(Offer::name)).containsExactly("a-half");
        assertThat(pay().getText()).as("the other one is not for team").isEqualTo("Pay $12.50 now and start");
        choose("starter");
        take("a-half", "b-tenth");
        test(pay()).click();
        assertThat(dialog()).contains("starter has begun", "$44.55 was charged.");
    }

    private OfferChoice offers() {
        return find(OfferChoice.class).single();
    }

    private void take(String... names) {
        offers().setValue(offers().getListDataView().getItems().filter(offer -> List.of(names).contains(offer.name())).collect(Collectors.toSet()));
    }

    private void offer(String key, String percentOff, Map<String, Object> more) {
        Instant now = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", story.key(key), "product", story.key("suite"), "key", story.key(key), "name", key, "percentOff", percentOff, "duration", "FOREVER",
                "from", now.toString(), "until", now.plus(Duration.ofDays(30)).toString()));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .at("/createOffer/offer/id");
    }

    @Test
    void itsPeriodsMayEndWithThoseOfWhatRuns() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("mail"), "key", story.key("mail"), "name", "Mail", "features", List.of())).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key("parcel"), "product", story.key("mail"), "key", story.key("parcel"), "name", "parcel", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 900)), "entitlements", List.of())).at("/createPlan/version");
        story.start(account, Map.of("plan", story.key("parcel"))).at("/startSubscription/subscription/id");
        story.halfway(account);
        open();
        choose("starter");
        assertThat(pay().getText()).isEqualTo("Pay $99.00 now and start");

        select("Periods").setValue(select("Periods").getListDataView().getItem(0));
        assertThat(dialog()).contains("Its first period is shorter and ends on ");
        assertThat(find(IntegerField.class).all()).extracting(IntegerField::getLabel).doesNotContain("Trial, in days");
        // Half of a month, of whichever length.
        assertThat(pay().getText()).matches("Pay \\$(4[5-9]|5[0-3])\\.\\d\\d now and start");
        String half = pay().getText().split(" ")[1];
        test(pay()).click();
        assertThat(dialog()).contains("starter has begun", half + " was charged.");
    }

    @SuppressWarnings("unchecked")
    private Select<Object> select(String label) {
        return find(Select.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    @Test
    void aTrialCostsNothingToday() {
        open();
        choose("starter");
        test(number("Trial, in days")).setValue(14);
        assertThat(dialog()).contains("Begins at once with a trial until ", "$0.00", "Next invoice: $99.00 on ");
        press("Start the trial");
        assertThat(dialog()).contains("starter has begun", "Nothing was charged. The trial ends at ");
    }

    @Test
    void whatCostsNothingSaysSo() {
        open();
        choose("free");
        press("Start now");
        assertThat(dialog()).contains("free has begun", "Nothing was charged.");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {-1, 731})
    void whatIsNoTrialHasNeitherQuoteNorButton(@Nullable Integer none) {
        open();
        choose("starter");
        number("Trial, in days").setValue(none);
        assertThat(number("Trial, in days").isInvalid()).isTrue();
        assertThat(button("Pay")).isEmpty();
        assertThat(dialog()).contains("The quote appears here").doesNotContain("Due today");
    }

    @Test
    void withoutACardItSaysSoBeforeAnythingIsPressed() {
        account = story.account("eve");
        open();
        choose("starter");
        assertThat(dialog()).contains("No card is saved", "Save a card first.");
        assertThat(pay().isEnabled()).isFalse();
        test(number("Trial, in days")).setValue(14);
        assertThat(dialog()).doesNotContain("No card is saved");
        assertThat(button("Start the trial").orElseThrow().isEnabled()).isTrue();
    }

    @Test
    void aQuoteWhoseTimeIsUpIsShownBesideTheFreshOneAndAskingAgainMakesAFreshOneToo() {
        open();
        choose("starter");
        stories.clock().advance(Duration.ofMinutes(20));
        test(pay()).click();
        assertThat(dialog()).contains("The quote no longer holds. Nothing was charged.", "Its time was up.", "You saw", "It is now");
        stories.clock().advance(Duration.ofMinutes(20));
        test(find(Button.class).withText("Ask again").single()).click();
        test(pay()).click();
        assertThat(dialog()).contains("starter has begun");
    }

    @Test
    void aDeclinedCardAndABankThatAsksStartNothingAndSayWhatToDo() {
        story.card(account, "pm_card_chargeCustomerFail");
        open();
        choose("starter");
        test(pay()).click();
        assertThat(dialog()).contains("The card was declined. Nothing was charged, and nothing has begun.", "Due today");
        story.card(account, "pm_card_authenticationRequired");
        test(pay()).click();
        assertThat(dialog()).contains("The bank wants the card’s holder to confirm.", "A start cannot wait for that.");
        story.card(account, "pm_card_visa");
        test(pay()).click();
        assertThat(dialog()).contains("starter has begun");
    }

    @Test
    void whatSomebodyElseHasStartedMeanwhileIsNotStartedTwice() {
        open();
        choose("starter");
        story.start(account, Map.of("plan", story.key("team"), "seats", 2)).at("/startSubscription/subscription/id");
        test(pay()).click();
        assertThat(dialog()).contains("team runs already; change that subscription instead.");
        assertThat(button("Pay")).isEmpty();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotChangeSeesTheQuoteAndCannotAcceptIt() {
        open();
        choose("starter");
        assertThat(dialog()).contains("Your role may see quotes but not accept them.");
        assertThat(pay().isEnabled()).isFalse();
    }

    @Test
    void itSpeaksGermanToo() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        open("Abonnement beginnen");
        choose("starter");
        assertThat(dialog()).contains("Beginnt sofort", "Heute fällig");
        assertThat(number("Probezeit, in Tagen").isVisible()).isTrue();
    }
}
