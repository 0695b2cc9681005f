package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Bundles, as the vendor makes and ends them. */
class BundlesViewTest extends ConsoleTest {

    @Autowired
    private Bundles bundles;

    @Autowired
    private Catalog catalog;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void oneIsMadeOnceAndEnded() {
        String acme = story.subscribed("acme", "team", 2);
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))).at("/changePlan/change/id");
        UI.getCurrent().navigate("bundles");
        press("New bundle");
        field(0).setValue("Duo");
        field(1).setValue(story.key("duo"));
        press("Keep as a draft");
        assertThat(page()).contains("Percent off: This field is required", "What is reduced: A bundle is of 2 to 10 things");
        press("Edit");
        assertThat(field(2).getErrorMessage()).contains("required");
        field(2).setValue("12,5");
        choice(0).setValue(suite(), insights());
        choice(1).setValue(insights());
        press("Keep as a draft");
        assertThat(button("Make the bundle")).as("before somebody has seen who gets it").isEmpty();
        press("See whom it concerns");
        assertThat(page()).contains("1 account in USD with all of it already", "MRR $79.00 → $72.75 (-$6.25)", "acme");
        put("Two for less", "Make the bundle");

        UI.getCurrent().navigate("bundles");
        assertThat(page()).contains("Duo", "Suite (any plan), reduced + insights (Suite)", "12.5%", "Until further notice");
        assertThat(made()).hasValueSatisfying(bundle -> assertThat(bundle.members()).extracting(Member::reduced).containsExactly(true, false));

        press("Change");
        assertThat(page()).contains("Change of a bundle: Duo", "Key: ");
        press("Discard the draft");
        UI.getCurrent().navigate("bundles");
        press("End");
        press("See whom it concerns");
        assertThat(page()).contains("Whoever has it keeps it", "1 account in USD with all of it already");
        put("Not any more", "End the bundle now");
        UI.getCurrent().navigate("bundles");
        assertThat(page()).contains("Over since");
        assertThat(made().orElseThrow().until()).isNotNull();
    }

    private void put(String reason, String act) {
        find(TextField.class).all().stream().filter(field -> "Reason".equals(field.getLabel())).findFirst().orElseThrow().setValue(reason);
        press(act);
        assertThat(page()).contains("It is live");
    }

    @Test
    void aKeyThatIsTakenIsSaidBesideIt() {
        create();
        UI.getCurrent().navigate("bundles");
        press("New bundle");
        field(0).setValue("Other");
        field(1).setValue(story.key("duo"));
        field(2).setValue("10");
        choice(0).setValue(suite(), insights());
        press("Keep as a draft");
        assertThat(page()).contains("Key: The key \"" + story.key("duo") + "\" is another one's already");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotChangeThemReadsThem() {
        create();
        UI.getCurrent().setLocale(Locale.GERMAN);
        UI.getCurrent().navigate("bundles");
        assertThat(page()).contains("Bündel", "Duo", "Bis auf Weiteres");
        assertThat(button("Neues Bündel")).isEmpty();
        assertThat(button("Beenden")).isEmpty();
    }

    private void create() {
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("duo"), "key", story.key("duo"), "name", "Duo", "percentOff", "20", "members",
                List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))))).at("/createBundle/bundle");
    }

    private Optional<Bundle> made() {
        return bundles.all().stream().filter(bundle -> bundle.key().equals(story.key("duo"))).findFirst();
    }

    private Member suite() {
        return new Member(catalog.snapshot().requireProduct("", story.key("suite")).id(), null, true);
    }

    private Member insights() {
        return new Member(catalog.snapshot().requireProduct("", story.key("suite")).id(), catalog.snapshot().requireAddOn("", story.key("insights")).id(), true);
    }

    private TextField field(int index) {
        return find(TextField.class).all().get(index);
    }

    @SuppressWarnings("unchecked")
    private MultiSelectComboBox<Member> choice(int index) {
        return find(MultiSelectComboBox.class).all().get(index);
    }
}
