package dev.headroom.console.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.Moving;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.rollout.RolloutMove;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Starter becomes cheaper, from $99.00 to $89.00 a month, and those who have it are moved to that. */
class RolloutViewsTest extends ConsoleTest {

    private static final Actor COLLEAGUE = new Actor.System("colleague");
    /** Columns with links. */
    private static final Set<String> LINKED = Set.of("what", "account", "way");

    @Autowired
    private AuditEntries entries;

    @Autowired
    private ApplicationContext context;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    private Rollout published(long minor, RolloutChoice choice) {
        Moving.all(context);
        return Publishing.by(context, story.key("starter"), minor, choice);
    }

    private static RolloutChoice choice(Timing timing) {
        return new RolloutChoice(timing, Segment.EVERYBODY, null, null, null, null);
    }

    private void visit(Rollout rollout) {
        UI.getCurrent().navigate("rollouts/" + rollout.id());
    }

    private void passASecond() {
        ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
    }

    private Grid<?> grid() {
        roundTrip();
        return find(Grid.class).single();
    }

    private String row(int row) {
        Grid<?> grid = grid();
        StringBuilder said = new StringBuilder();
        for (int column = 0; column < grid.getColumns().size(); column++) {
            said.append(test(grid).getCellText(row, column)).append(' ');
            if (LINKED.contains(grid.getColumns().get(column).getKey())) {
                said.append(said(test(grid).getCellComponent(row, column)));
            }
        }
        return said.toString();
    }

    @SuppressWarnings("unchecked")
    private <T> Select<T> select(String label) {
        return find(Select.class).all().stream().filter(each -> label.equals(each.getLabel())).findFirst().orElseThrow();
    }

    @Test
    void whatBecomesOfEachIsWatchedUntilItIsDone() {
        String acme = story.subscribed("acme", "starter", 0);
        String bolt = story.subscribed("bolt", "starter", 0);
        story.accept(story.token(bolt, Map.of("cancel", true))).at("/changePlan/change/id");
        Rollout rollout = published(8_900, choice(Timing.NOW));
        visit(rollout);

        assertThat(heading()).isEqualTo("starter, version 2");
        assertThat(page()).contains("under way", "version 1 → version 2", "1 of 2 are settled", "Accounts are being moved", "Decided in the review of prices", "impacts/" + rollout.impact(),
                "drafts/" + rollout.draft(), "audit?subject=rollout");
        Moving.all(context);
        passASecond();
        assertThat(page()).contains("2 of 2 are settled", "Nobody is left to be moved", "1 was moved: MRR $99.00 → $89.00 (-$10.00)", "done");
        assertThat(button("Pause")).isEmpty();
        assertThat(test(grid()).size()).isEqualTo(2);
        assertThat(row(0) + row(1)).contains("acme", "moved", "$99.00 → $89.00", "accounts/" + acme + "/changes/", "bolt", "stays", "It ends anyway");

        select("Outcome").setValue(cast(RolloutMove.State.SKIPPED));
        assertThat(test(grid()).size()).isEqualTo(1);
        assertThat(row(0)).contains("bolt");
        UI.getCurrent().navigate("rollouts/" + rollout.id(), QueryParameters.of("outcome", "moved"));
        assertThat(row(0)).contains("acme");
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    @Test
    void theListSaysOfEachHowItStandsAndIsNarrowedByTheAddress() {
        story.subscribed("acme", "starter", 0);
        Rollout moving = published(8_900, choice(Timing.NOW));
        UI.getCurrent().navigate("rollouts", QueryParameters.of("plan", story.key("starter")));
        assertThat(test(grid()).size()).isEqualTo(1);
        assertThat(row(0)).contains("rollouts/" + moving.id(), "starter, version 2", "version 1 → version 2", "Is moved now, with proration", "under way", "0 of 1 moved");
        Moving.all(context);
        Rollout quiet = published(9_900, choice(Timing.NEW_ONLY));
        UI.getCurrent().navigate("rollouts", QueryParameters.simple(Map.of("plan", story.key("starter"), "state", "done")));
        assertThat(row(0)).contains("rollouts/" + quiet.id(), "Nobody is moved");
        assertThat(row(1)).contains("1 of 1 moved");
        UI.getCurrent().navigate("rollouts", QueryParameters.simple(Map.of("plan", story.key("starter"), "state", "failed")));
        assertThat(test(grid()).size()).isZero();
        assertThat(page()).contains("No roll-outs");
    }

    @Test
    void whoTurnsItIsToldBeforeWhatThatDoesAndSaysWhyItEnds() {
        story.subscribed("acme", "starter", 0);
        story.subscribed("bolt", "starter", 0);
        Rollout rollout = published(8_900, choice(Timing.AT_RENEWAL));
        visit(rollout);
        press("Pause");
        assertThat(dialog()).contains("2 are not begun with until it is resumed.");
        test(within("Pause")).click();
        assertThat(page()).contains("paused", "Nobody is moved until it is resumed");
        Moving.all(context);
        passASecond();
        assertThat(page()).contains("0 of 2 are settled");
        press("Resume");
        test(within("Resume")).click();
        Moving.on(context, 1);
        passASecond();
        assertThat(page()).contains("under way");

        press("Stop…");
        assertThat(dialog()).contains("1 keep the version that they have, for good. 1 that wait for the end of their period are taken back.");
        test(within("Stop for good")).click();
        TextField reason = find(TextField.class).all().stream().filter(each -> "Reason".equals(each.getLabel())).findFirst().orElseThrow();
        assertThat(reason.isInvalid()).isTrue();
        test(reason).setValue("Too many complained");
        test(within("Stop for good")).click();
        assertThat(page()).contains("stopped");
        Moving.all(context);
        passASecond();
        assertThat(page()).contains("2 of 2 are settled");
        assertThat(row(0) + row(1)).contains("The roll-out was stopped").doesNotContain("Try again");
        AuditEntry newest = entries.page(COLLEAGUE, AuditFilter.ofSubject("rollout", rollout.id().toString()), null, 1).getFirst();
        assertThat(newest.operation()).isEqualTo("stopRollout");
        assertThat(newest.reason()).isEqualTo("Too many complained");
        assertThat(newest.actor()).startsWith("console:");
    }

    /** Of the open dialog, by what it does. */
    private Button within(String text) {
        return find(Dialog.class).single().getFooter().getElement().getChildren()
                .flatMap(element -> element.getComponent().stream())
                .filter(Button.class::isInstance).map(Button.class::cast)
                .filter(button -> button.getText().equals(text)).findFirst().orElseThrow();
    }

    @Test
    @SignedInAs(Role.PRICING_EDITOR)
    void whoMayNotPublishLooksOn() {
        story.subscribed("acme", "starter", 0);
        visit(published(8_900, choice(Timing.AT_RENEWAL)));
        assertThat(page()).contains("under way");
        assertThat(row(0)).contains("acme", "not begun");
        assertThat(button("Pause")).isEmpty();
        assertThat(button("Stop")).isEmpty();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotSeeTheCatalogueIsToldSo() {
        story.subscribed("acme", "starter", 0);
        Rollout rollout = published(8_900, choice(Timing.NOW));
        visit(rollout);
        assertThat(page()).contains("Your role may not see roll-outs").doesNotContain("Decided in the review of prices");
        UI.getCurrent().navigate("rollouts");
        assertThat(find(Grid.class).all()).isEmpty();
    }
}
