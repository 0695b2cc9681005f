package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.When;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is offered, made and ended in the console, and what one account would see of it. */
class OffersViewTest extends ConsoleTest {

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void offersAreListedWithWhoWhenAndHowManyAndWhatTheyOverlapWith() {
        make("spring", Map.of("percentOff", "20", "duration", "MONTHS", "months", 3, "redemptionCap", 2, "plans", List.of(story.key("pro"))), 0, 20);
        make("summer", Map.of("percentOff", "10", "duration", "ONCE"), 10, 30);
        make("autumn", Map.of("percentOff", "5", "duration", "FOREVER", "existingCustomers", true), 60, 90);
        String acme = story.subscribed("acme", "team", 2);
        story.accept(story.token(acme, Map.of("plan", story.key("pro"), "offer", story.key("spring")))).at("/changePlan/change/id");

        navigate("offers", OffersView.class);

        assertThat(page())
                .contains("spring", "20% off for 3 months", "1 of 2", "Running", "Overlaps with summer")
                .contains("summer", "10% off the next invoice", "every plan", "To come", "Overlaps with spring")
                .contains("autumn", "5% off for ever", "Only subscriptions that began before it", "With no other of its product");
        Instant now = stories.clock().instant();
        assertThat(page()).as("when both can be taken, in a named zone, without the last instant")
                .contains("Overlaps with summer from " + minute(now.plus(Duration.ofDays(10))) + " until before " + minute(now.plus(Duration.ofDays(20))))
                .contains("autumn: from " + minute(now.plus(Duration.ofDays(60))) + ", until before " + minute(now.plus(Duration.ofDays(90))) + " (UTC)");
    }

    @Test
    void oneIsMadeAndEnded() {
        story.subscribed("acme", "team", 2);
        navigate("offers", OffersView.class);
        press("New offer");
        Select<Product> product = product();
        product.getListDataView().getItems().filter(each -> each.key().equals(story.key("suite"))).findFirst().ifPresent(product::setValue);
        test(text("Name")).setValue("=<b>Launch week</b>");
        test(text("Key")).setValue(story.key("launch-week"));
        test(text("Discount in percent")).setValue("900");
        DateTimePicker until = find(DateTimePicker.class).all().stream().filter(picker -> "Until".equals(picker.getLabel())).findFirst().orElseThrow();
        LocalDateTime last = until.getValue();
        until.setValue(last.minusDays(31));
        press("Keep as a draft");
        assertThat(page()).as("everything that is wrong, at its field").contains("Percent off: ", "at most 100 percent", "Until: An offer ends after it begins");
        assertThat(button("See whom it concerns")).isEmpty();
        press("Edit");
        assertThat(text("Discount in percent").getErrorMessage()).contains("at most 100 percent");
        test(text("Discount in percent")).setValue("15");
        find(DateTimePicker.class).all().stream().filter(picker -> "Until".equals(picker.getLabel())).findFirst().orElseThrow().setValue(last);
        press("Keep as a draft");
        assertThat(page()).contains("=<b>Launch week</b>", "15%");
        assertThat(button("Make the offer")).as("before somebody has seen who could take it").isEmpty();
        press("See whom it concerns");
        assertThat(page()).contains("1 account in USD could take it and stay on the plan", "MRR $50.00 → $42.50 (-$7.50)");
        press("Make the offer");
        assertThat(text("Reason").getErrorMessage()).isNotEmpty();
        test(text("Reason")).setValue("A week to begin");
        press("Make the offer");
        assertThat(page()).contains("It is live");
        assertThat(shown("launch-week")).isTrue();

        navigate("offers", OffersView.class);
        assertThat(page()).contains("=<b>Launch week</b>", "15% off for 3 months");
        Button end = find(Button.class).all().stream()
                .filter(button -> button.getAriaLabel().filter("End =<b>Launch week</b>"::equals).isPresent()).findFirst().orElseThrow();
        test(end).click();
        press("Discard the draft");
        press("Take it up again");
        press("See whom it concerns");
        assertThat(page()).contains("1 account in USD could take it and stay on the plan");
        test(text("Reason")).setValue("The week is over");
        press("End the offer now");
        assertThat(page()).contains("It is live");
        assertThat(shown("launch-week")).isFalse();
    }

    @Test
    @SignedInAs(Role.PRICING_EDITOR)
    void whoMayOnlyPrepareSeesWhomItConcernsAndCannotPutItLive() {
        story.subscribed("acme", "team", 2);
        navigate("offers", OffersView.class);
        press("New offer");
        Select<Product> product = product();
        product.getListDataView().getItems().filter(each -> each.key().equals(story.key("suite"))).findFirst().ifPresent(product::setValue);
        test(text("Name")).setValue("Quiet");
        test(text("Key")).setValue(story.key("quiet"));
        test(text("Discount in percent")).setValue("15");
        press("Keep as a draft");
        press("See whom it concerns");
        assertThat(page()).contains("1 account in USD could take it", "Somebody else puts it live");
        assertThat(button("Make the offer")).isEmpty();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whatOneWouldSeeIsAskedForAnInstantAndWhoMayOnlyLookMakesNone() {
        String acme = story.subscribed("acme", "team", 2);
        make("spring", Map.of("percentOff", "20", "duration", "ONCE"), 3, 20);
        LocalDateTime then = LocalDateTime.ofInstant(stories.clock().instant(), ZoneOffset.UTC).plusDays(4).truncatedTo(ChronoUnit.MINUTES);
        UI.getCurrent().navigate("offers", QueryParameters.simple(Map.of("account", acme, "at", then.toString())));
        assertThat(page()).contains("spring: 20% off the next invoice, with a change of team");
        UI.getCurrent().navigate("offers", QueryParameters.simple(Map.of("account", story.account("eve"), "at", then.toString())));
        assertThat(page()).contains("spring: 20% off the next invoice, when something of Suite begins (free, starter, team, pro)");
        UI.getCurrent().navigate("offers", QueryParameters.simple(Map.of("account", acme, "at", then.toString())));
        find(DateTimePicker.class).single().setValue(then.minusDays(3));
        assertThat(page()).as("beside what others may have left to begin with").doesNotContain("with a change of team");
        assertThat(button("New offer")).isEmpty();
        assertThat(button("End")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private Select<Product> product() {
        return find(Select.class).all().stream().filter(select -> "Product".equals(select.getLabel())).findFirst().orElseThrow();
    }

    private TextField text(String label) {
        return find(TextField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    private void make(String name, Map<String, Object> more, int fromDay, int untilDay) {
        Instant now = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", now.plus(Duration.ofDays(fromDay)).toString(), "until", now.plus(Duration.ofDays(untilDay)).toString()));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .at("/createOffer/offer");
    }

    private static String minute(Instant at) {
        return When.minuteText(at, ZoneOffset.UTC);
    }

    private boolean shown(String name) {
        return story.backend().ask("query ($key: String!) { product(key: $key) { offers { key } } }", "key", story.key("suite")).at("/product/offers")
                .valueStream().anyMatch(each -> each.at("/key").asString().equals(story.key(name)));
    }
}
