package dev.headroom.console.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.impact.Looking;
import dev.headroom.rollout.Moving;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.rollout.Rollouts;
import dev.headroom.rollout.Rollouts.VersionSubscribers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Version 2 of Starter costs $89.00 a month instead of $99.00 and is on sale; who stayed on version 1 is moved to it. */
class MoveDialogTest extends ConsoleTest {

    private static final Actor READER = new Actor.System("test");

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private ApplicationContext context;

    private Story story;

    @BeforeEach
    void aVersionThatIsForNewSubscribers() {
        story = stories.beginWithCatalogOfItsOwn();
        story.subscribed("acme", "starter", 0);
        story.subscribed("bolt", "starter", 0);
        Publishing.by(context, story.key("starter"), 8_900, RolloutChoice.FOR_NEW_ONES);
    }

    private void visit() {
        follow("plans/" + story.key("starter"), "tab", "subscribers");
    }

    private void looked() {
        press("Next");
        while (dialog().contains("subscriptions looked at")) {
            Looking.on(context);
            ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
        }
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(each -> label.equals(each.getLabel())).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private void choose(Timing timing) {
        ((RadioButtonGroup<Timing>) find(RadioButtonGroup.class).single()).setValue(timing);
    }

    @Test
    void whoHasAnOlderVersionIsMovedAfterEachWasLookedAt() {
        visit();
        assertThat(page()).contains("Whoever has another version than the one on sale keeps it", "version 2", "version 1");
        press("Move…");
        assertThat(find(Dialog.class).single().getHeaderTitle()).isEqualTo("Move subscribers to starter, version 2");
        test(find(TextArea.class).single()).setValue("nobody-at-all");
        press("Next");
        assertThat(dialog()).contains("No account has the key");
        test(find(TextArea.class).single()).setValue(story.key("acme"));
        looked();
        assertThat(dialog()).contains("1 of 1", "Nobody would pay more.", "acme: $99.00 → $89.00 a month").doesNotContain("bolt");
        press("Back");
        test(find(TextArea.class).single()).setValue("");
        looked();
        assertThat(dialog()).contains("2 of 2", "bolt: $99.00 → $89.00 a month", "Every line, what-if");
        press("Next");
        choose(Timing.NOW);
        press("Next");
        assertThat(dialog()).contains("Moved to", "All 2 that can be", "Charges cannot be undone");
        test(field("Reason")).setValue("One price for all");
        test(field("Type the key to confirm")).setValue(story.key("starter"));
        press("Move 2 to version 2 now");

        assertThat(find(Dialog.class).all()).isEmpty();
        Rollout rollout = rollouts.page(READER, null, story.key("starter"), null, 1).getFirst();
        assertThat(rollout.publishes()).isFalse();
        assertThat(rollout.reason()).isEqualTo("One price for all");
        Moving.all(context);
        assertThat(rollouts.subscribers(READER, story.key("starter"))).containsExactly(new VersionSubscribers(2, true, 2), new VersionSubscribers(1, false, 0));
        UI.getCurrent().navigate("rollouts/" + rollout.id());
        assertThat(page()).contains("version 1 → version 2", "2 of 2 are settled", "2 were moved: MRR $198.00 → $178.00");
        visit();
        assertThat(button("Move…")).isEmpty();
    }

    @Test
    void nobodyGoesOnWhoHasNotSeenWhatItDoes() {
        visit();
        press("Move…");
        press("Next");
        assertThat(button("Next").orElseThrow().isEnabled()).isFalse();
        assertThat(dialog()).contains("One goes on when everybody has been looked at.");
    }

    @Test
    @SignedInAs(Role.PRICING_EDITOR)
    void whoMayNotPublishSeesHowManyThereAre() {
        visit();
        assertThat(page()).contains("Version 1", "Retired");
        assertThat(button("Move…")).isEmpty();
    }
}
