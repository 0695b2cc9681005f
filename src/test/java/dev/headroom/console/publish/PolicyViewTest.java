package dev.headroom.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.rollout.PublishingPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What publishing is held to, as everybody reads it and an owner changes it. */
class PolicyViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private PublishingPolicies policies;

    @BeforeEach
    @AfterEach
    void whatHoldsUntilSomebodySaysSomethingElse() {
        policies.set(SELF, PublishingPolicy.USUAL);
    }

    @Test
    void anOwnerChangesItAndWhatIsWrongIsSaidAtItsField() {
        UI.getCurrent().navigate("publishing");
        assertThat(page()).contains("Whoever edited a draft may publish it", "More than 25 accounts", "14 days", "None", "No bound");

        press("Change the rules");
        find(Checkbox.class).single().setValue(false);
        field("Notice of a rise").setValue("400");
        press("Keep these rules");
        assertThat(field("Notice of a rise").getErrorMessage()).contains("365");
        field("Notice of a rise").setValue("three");
        press("Keep these rules");
        assertThat(field("Notice of a rise").getErrorMessage()).isEqualTo("Expected a whole number");
        assertThat(policies.current(SELF)).as("nothing of what was wrong was kept").isEqualTo(PublishingPolicy.USUAL);
        field("Notice of a rise").setValue("30");
        field("Nobody rises by more than").setValue("20");
        press("Keep these rules");

        assertThat(policies.current(SELF)).isEqualTo(new PublishingPolicy(false, 25, 30, 0, 20));
        assertThat(page()).contains("Somebody else than who edited a draft", "30 days", "20%");
        follow("publishing", "tab", "activity");
        assertThat(page()).contains("Rules of publishing set", "You");
    }

    @Test
    void whatSomebodyElseHasSaidMeanwhileIsNotUndone() {
        UI.getCurrent().navigate("publishing");
        press("Change the rules");
        PublishingPolicy theirs = new PublishingPolicy(false, 5, 60, 7, 10);
        policies.set(SELF, theirs);
        field("Notice of a rise").setValue("30");
        press("Keep these rules");
        assertThat(dialog()).contains("Somebody else has changed what publishing is held to meanwhile");
        assertThat(policies.current(SELF)).isEqualTo(theirs);
    }

    @Test
    @SignedInAs(Role.PUBLISHER)
    void whoPublishesReadsItAndChangesNothing() {
        UI.getCurrent().navigate("publishing");
        assertThat(page()).contains("Notice of a rise", "14 days", "An owner changes these");
        assertThat(button("Change the rules")).isEmpty();
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }
}
