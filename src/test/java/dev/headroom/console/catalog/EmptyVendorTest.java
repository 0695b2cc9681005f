package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A vendor is set up from the console alone: a product, a feature, a plan, and that on sale; then another like it, off sale and on again. */
class EmptyVendorTest extends ConsoleTest {

    @Autowired
    private Catalog catalog;

    private Story story;
    private String name;

    @BeforeEach
    void nothingButAName() {
        story = stories.begin();
        name = "workshop-" + story.number();
    }

    /** Of a dialog where one is open, for it comes last. */
    private TextField text(String label) {
        return find(TextField.class).all().stream().filter(field -> Objects.toString(field.getLabel(), "").startsWith(label)).toList().getLast();
    }

    private TextArea area(String label) {
        return find(TextArea.class).all().stream().filter(field -> label.equals(field.getLabel())).toList().getLast();
    }

    @SuppressWarnings("unchecked")
    private Select<Object> select(String label) {
        return find(Select.class).all().stream().filter(field -> label.equals(field.getLabel())).toList().getLast();
    }

    private String title() {
        return "Workshop " + story.number();
    }

    private Product product() {
        return catalog.snapshot().product(name).orElseThrow();
    }

    private void makeProduct() {
        follow("plans", "tab", "products");
        press("New product");
        text("Name").setValue(" ");
        text("Key").setValue(name);
        press("Create the product");
        assertThat(text("Name").isInvalid()).isTrue();
        text("Name").setValue(title());
        area("Description").setValue("Tools");
        press("Create the product");
        assertThat(find(Dialog.class).all()).isEmpty();
    }

    private void makeFeature() {
        UI.getCurrent().navigate("features");
        press("New feature");
        select("Product").setValue(product());
        text("Name").setValue("Saws");
        text("Key").setValue("saws-" + story.number());
        select("Kind").setValue(FeatureKind.GATE);
        press("Make the feature");
    }

    private void draftPlan() {
        UI.getCurrent().navigate("plans");
        press("New plan");
        select("Product").setValue(product());
        text("Key").setValue("basic-" + story.number());
        press("Begin the draft");
        test(text("Name")).setValue("Basic");
        test(text("Rank")).setValue("1");
        press("Add a price");
        test(text("Amount")).setValue("12.50");
        Feature saws = catalog.snapshot().feature("saws-" + story.number()).orElseThrow();
        select("Grant another feature").setValue(saws);
        roundTrip();
        assertThat(page()).contains("Nothing keeps it from being published.");
    }

    private PlanVersion onSale() {
        Plan plan = catalog.snapshot().plan("basic-" + story.number()).orElseThrow();
        return catalog.snapshot().onSale(plan).orElseThrow();
    }

    private void publish() {
        press("Publish…");
        press("Next");
        press("Next");
        press("Next");
        test(text("Reason")).setValue("The first one");
        press("Publish version 1");
    }

    @Test
    void fromNothingToTheFirstPlanOnSale() {
        makeProduct();
        assertThat(page()).contains(title(), name, "Tools");
        makeFeature();
        draftPlan();
        publish();
        assertThat(onSale().number()).isEqualTo(1);
        assertThat(PriceText.summary(onSale())).isEqualTo("$12.50 a month");
        assertThat(onSale().entitlements()).singleElement().satisfies(granted -> assertThat(granted.feature().name()).isEqualTo("Saws"));

        follow("plans", "tab", "products");
        press("New product");
        text("Name").setValue("Another");
        text("Key").setValue(name);
        press("Create the product");
        assertThat(text("Key").getErrorMessage()).isEqualTo(title() + " has this key");
    }

    @Test
    void aProductIsCalledOtherwise() {
        makeProduct();
        test(find(Button.class).all().stream().filter(each -> each.getAriaLabel().filter(("Edit " + title())::equals).isPresent()).toList().getLast()).click();
        text("Name").setValue("Joinery");
        press("Save");
        assertThat(product().name()).isEqualTo("Joinery");
        assertThat(page()).contains("Joinery");
    }

    @Test
    void aPlanIsTakenOffSaleWithAWayBackAndAnotherIsBegunLikeIt() {
        Story own = stories.beginWithCatalogOfItsOwn();
        own.subscribed("acme", "starter", 0);
        UI.getCurrent().navigate("plans/" + own.key("starter"));
        press("Retire");
        assertThat(dialog()).contains("Nobody comes to it any more. 1 subscription keeps it", "can be put on sale again");
        press("Retire starter");
        Plan starter = catalog.snapshot().plan(own.key("starter")).orElseThrow();
        assertThat(catalog.snapshot().onSale(starter)).isEmpty();
        press("Put on sale again");
        assertThat(dialog()).contains("$99.00 a month");
        press("Put version 1 of starter on sale again");
        assertThat(catalog.snapshot().onSale(starter)).isPresent();

        UI.getCurrent().navigate("plans/" + own.key("starter"));
        press("Duplicate");
        text("Key").setValue(own.key("team"));
        press("Begin the draft");
        assertThat(text("Key").getErrorMessage()).contains("is sold under this key");
        text("Key").setValue(own.key("starter") + "-two");
        press("Begin the draft");
        roundTrip();
        assertThat(page()).contains("99.00", "Single sign-on");
        assertThat(catalog.snapshot().plan(own.key("starter") + "-two")).as("nothing is sold by it").isEmpty();
    }

    @Test
    @SignedInAs(Role.PRICING_EDITOR)
    void anEditorPutsNothingOffSaleAndMakesProducts() {
        Story own = stories.beginWithCatalogOfItsOwn();
        UI.getCurrent().navigate("plans/" + own.key("starter"));
        assertThat(button("Retire")).isEmpty();
        assertThat(button("Duplicate")).isPresent();
        follow("plans", "tab", "products");
        assertThat(button("New product")).isPresent();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverLooksChangesNothing() {
        Story own = stories.beginWithCatalogOfItsOwn();
        UI.getCurrent().navigate("plans/" + own.key("starter"));
        assertThat(button("Retire")).isEmpty();
        assertThat(button("Duplicate")).isEmpty();
        UI.getCurrent().navigate("plans", QueryParameters.of("tab", "products"));
        assertThat(button("New product")).isEmpty();
        assertThat(page()).contains("Suite");
    }

    @Test
    void theListSaysHowManyHaveEachAndIsNarrowedByHowTheyStand() {
        Story own = stories.beginWithCatalogOfItsOwn();
        own.subscribed("acme", "starter", 0);
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("q", "starter-" + own.number())));
        PlanGrid grid = find(PlanGrid.class).single();
        assertThat(test(grid).size()).isEqualTo(1);
        assertThat(test(grid).getRow(0).subscribers()).isEqualTo(1);
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("q", "starter-" + own.number(), "state", "retired")));
        assertThat(test(find(PlanGrid.class).single()).size()).isZero();
    }
}
