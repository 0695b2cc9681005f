package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.value.ValueMetricSets;
import dev.headroom.value.ValueMetricSets.SetValueMetrics;
import dev.headroom.value.ValueMetrics;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a product is worth, as the vendor says it, and what a quote makes of that. */
class ValueViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private ValueMetricSets metrics;

    @Autowired
    private Catalog catalog;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void aFigureIsSaidAndAChangeIsReckonedWithIt() {
        navigate("value", Main.class);
        pressNamed("Say what a unit of Suite is worth");
        press("Say it");
        assertThat(features().getErrorMessage()).isEqualTo("This field is required");
        features().setValue(feature("sso"));
        field("Amount").setValue("much");
        press("Say it");
        assertThat(field("Amount").isInvalid()).isTrue();
        field("Amount").setValue("100");
        press("Say it");
        assertThat(field("Where the figure comes from").getErrorMessage()).contains("1 to 200");
        field("Where the figure comes from").setValue("what a breach costs");
        press("Say it");
        assertThat(said().metrics()).singleElement().satisfies(metric -> assertThat(metric.amount().minor()).isEqualByComparingTo("10000"));
        assertThat(page()).contains("Single sign-on", "$100.00", "what a breach costs");

        pressNamed("What moving to more of Suite costs a customer once");
        field("Amount").setValue("500.00");
        press("Say it");
        assertThat(page()).contains("Moving to more costs $500.00 once.");

        String account = story.subscribed("ada", "team", 1);
        navigate("accounts/" + account, Main.class);
        press("Change plan");
        assertThat(dialog()).contains("What it is worth", "Worth: Single sign-on", "12 × 100.00 USD (what a breach costs)", "Moving, once",
                "It has paid for itself after 7 months", "Return on what is spent in twelve months: 52.28%");
        UI.getCurrent().setLocale(Locale.GERMAN);
        navigate("value", Main.class);
        assertThat(page()).contains("Der Wechsel zu mehr kostet einmal");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotSayItReadsIt() {
        navigate("value", Main.class);
        assertThat(page()).contains("Nothing is said of its worth");
        assertThat(button("New figure")).isEmpty();
        assertThat(button("Cost of moving")).isEmpty();
    }

    @Test
    void whatSomebodyElseSaidMeanwhileIsNotOverwritten() {
        navigate("value", Main.class);
        pressNamed("What moving to more of Suite costs a customer once");
        metrics.set(SELF, new SetValueMetrics(story.key("suite"), 0, List.of(), List.of()));
        field("Amount").setValue("500");
        press("Say it");
        assertThat(dialog()).contains("Somebody else has said something else since");
        assertThat(said().implementation()).isEmpty();
    }

    private void pressNamed(String name) {
        List<Button> buttons = find(Button.class).all().stream()
                .filter(button -> button.getAriaLabel().filter(name::equals).isPresent()).toList();
        test(buttons.get(catalog.snapshot().products().indexOf(product()) * buttons.size() / catalog.snapshot().products().size())).click();
    }

    private ComboBox<Feature> features() {
        return cast(find(ComboBox.class).single());
    }

    @SuppressWarnings("unchecked")
    private static <T> ComboBox<T> cast(ComboBox<?> box) {
        return (ComboBox<T>) box;
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(each -> label.equals(each.getLabel())).findFirst().orElseThrow();
    }

    private ValueMetrics said() {
        return metrics.of(SELF, product().id());
    }

    private Feature feature(String name) {
        return catalog.snapshot().feature(story.key(name)).orElseThrow();
    }

    private Product product() {
        return catalog.snapshot().product(story.key("suite")).orElseThrow();
    }
}
