package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.Unlocks;
import dev.headroom.identity.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Gates that open for some: rolled out, or by use. */
class RulesViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private RollOuts rollOuts;

    @Autowired
    private Unlocks unlocks;

    @Autowired
    private Catalog catalog;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
        // What is set last stands first.
        stories.pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        rollOuts.set(SELF, story.key("sso"), 0);
        unlocks.remove(SELF, story.key("sso"));
    }

    @Test
    void aGateIsRolledOutFurtherAndEnded() {
        UI.getCurrent().navigate("rules");
        press("New roll-out");
        press("Roll it out");
        assertThat(features(0).getErrorMessage()).isEqualTo("This field is required");
        choose(0, "sso");
        press("Roll it out");
        assertThat(number().getErrorMessage()).isEqualTo("Expected a whole number");
        number().setValue("130");
        press("Roll it out");
        assertThat(number().getErrorMessage()).contains("0 to 100");
        number().setValue("25");
        press("Roll it out");
        assertThat(page()).contains("25% of accounts");
        assertThat(percent()).isEqualTo(25);

        press("Change");
        assertThat(features(0).isReadOnly()).isTrue();
        number().setValue("60");
        press("Roll it out");
        assertThat(percent()).isEqualTo(60);

        press("End");
        assertThat(dialog()).contains("from the next question on");
        press("End");
        assertThat(page()).contains("Ended: nobody has it by this");
        assertThat(percent()).isZero();
    }

    @Test
    void aGateOpensByUseAndTheRuleIsRemoved() {
        UI.getCurrent().navigate("rules");
        press("New unlock rule");
        choose(0, "sso");
        choose(1, "calls");
        number().setValue("5000");
        press("Set the rule");
        assertThat(page()).contains("At 5,000 of API calls, counted anew: each billing period");
        assertThat(rule()).isEqualTo(5_000);

        press("Remove");
        press("Remove");
        assertThat(unlocks.all(SELF)).noneMatch(each -> each.units() == 5_000);
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotChangeRulesReadsThem() {
        rollOuts.set(SELF, story.key("sso"), 40);
        UI.getCurrent().navigate("rules");
        assertThat(page()).contains("40% of accounts");
        assertThat(button("New roll-out")).isEmpty();
        assertThat(button("Change")).isEmpty();
    }

    private int percent() {
        return rollOuts.all(SELF).stream().filter(each -> each.feature().equals(gate())).findFirst().orElseThrow().percent();
    }

    private long rule() {
        return unlocks.all(SELF).stream().filter(each -> each.feature().equals(gate())).findFirst().orElseThrow().units();
    }

    private FeatureId gate() {
        return catalog.snapshot().feature(story.key("sso")).orElseThrow().id();
    }

    private TextField number() {
        return find(TextField.class).single();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Feature> features(int at) {
        return find(ComboBox.class).all().get(at);
    }

    private void choose(int at, String name) {
        features(at).setValue(features(at).getListDataView().getItems().filter(each -> each.key().equals(story.key(name))).findFirst().orElseThrow());
    }
}
