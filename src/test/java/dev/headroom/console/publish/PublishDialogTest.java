package dev.headroom.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.diff.DiffPanel;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.id.Ids;
import dev.headroom.impact.Looking;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.sheet.PriceLine;
import dev.headroom.time.Interval;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A rise from $99.00 to $119.00 a month is put on sale in four steps. */
class PublishDialogTest extends ConsoleTest {

    private static final Actor COLLEAGUE = new Actor.System("colleague");

    @Autowired
    private Drafts drafts;

    @Autowired
    private DraftEdits edits;

    @Autowired
    private Catalog catalog;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private AuditEntries entries;

    private Story story;
    private Draft draft;

    @BeforeEach
    void aDraft() {
        story = stories.beginWithCatalogOfItsOwn();
        draft = ((DraftOpened) drafts.open(COLLEAGUE, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, story.key("starter")))).draft();
        cost(11_900);
    }

    private void cost(long minor) {
        Draft now = drafts.byId(COLLEAGUE, draft.id());
        PriceLine month = now.sheet().prices().stream().filter(line -> line.interval() == Interval.MONTH).findFirst().orElseThrow();
        edits.edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), now.revision(), List.of(
                DraftEdit.price(new PriceLine(month.id(), month.interval(), month.currency(), PriceLine.Model.FLAT, minor, null, null, null, null)))));
    }

    private Draft now() {
        return drafts.byId(COLLEAGUE, draft.id());
    }

    private void open() {
        UI.getCurrent().navigate("drafts/" + draft.id());
        press("Publish…");
    }

    private void seen() {
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
        ((RadioButtonGroup<Timing>) find(RadioButtonGroup.class).all().stream().filter(group -> group.getLabel().equals("Who has another version")).findFirst().orElseThrow()).setValue(timing);
    }

    private long onSale() {
        return catalog.snapshot().plan(story.key("starter")).flatMap(catalog.snapshot()::onSale).orElseThrow().number();
    }

    @Test
    void nobodyGoesOnWhoHasNotSeenWhatItDoesAndThenItIsOnSaleForNewSubscribers() {
        story.subscribed("acme", "starter", 0);
        open();
        assertThat(find(Dialog.class).single().getHeaderTitle()).isEqualTo("Publish starter, version 2");
        assertThat(dialog()).contains("$99.00 a month", "$119.00 a month");
        press("Next");
        assertThat(button("Next").orElseThrow().isEnabled()).isFalse();
        assertThat(dialog()).contains("One goes on when everybody has been looked at.");
        press("Back");
        seen();
        assertThat(dialog()).contains("+$20.00 (+20.2%)", "1 of 1");
        press("Next");
        press("Next");
        assertThat(dialog()).contains("Keeps it: new subscribers only", "At once");
        press("Publish version 2 for new subscribers");
        assertThat(field("Reason").getErrorMessage()).isEqualTo("Say why");
        assertThat(onSale()).isEqualTo(1);
        test(field("Reason")).setValue("Costs have risen");
        press("Publish version 2 for new subscribers");

        assertThat(find(Dialog.class).all()).isEmpty();
        assertThat(onSale()).isEqualTo(2);
        assertThat(now().state()).isEqualTo(Draft.State.PUBLISHED);
        assertThat(page()).contains("· version 2", "What has become of version 2", "Costs have risen", "nobody is left to be moved");
        press("Retire version 2");
        assertThat(onSale()).isEqualTo(1);
    }

    @Test
    void whatWasDecidedIsToldLaterAsItWasSeenWithWhoAndWhy() {
        String before = catalog.snapshot().plan(story.key("starter")).orElseThrow().name();
        story.subscribed("acme", "starter", 0);
        edits.edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), now().revision(), List.of(DraftEdit.name("Starter Plus"))));
        open();
        seen();
        press("Next");
        press("Next");
        test(field("Reason")).setValue("Costs have risen");
        press("Publish version 2 for new subscribers");
        follow("plans/" + story.key("starter"), "tab", "activity");
        assertThat(page()).contains("Draft opened", "Draft edited", "Draft put on sale", "Plan put on sale");

        PlanId id = catalog.snapshot().plan(story.key("starter")).orElseThrow().id();
        AuditEntry decided = entries.page(COLLEAGUE, AuditFilter.ofSubject("plan", id.toString()), null, 50).stream()
                .filter(entry -> entry.operation().equals("publishDraft") && entry.subject().equals("rollout")).findFirst().orElseThrow();
        assertThat(decided.reason()).isEqualTo("Costs have risen");
        UI.getCurrent().navigate("audit/" + decided.id());
        assertThat(page()).contains("Starter Plus", before, "$99.00 a month", "$119.00 a month", "+$20.00 (+20.2%)", "1 of 1", "Keeps it: new subscribers only");
        assertThat(find(DiffPanel.class).all()).hasSize(1);
        assertThat(find(Anchor.class).all()).extracting(Anchor::getHref).contains("rollouts/" + decided.subjectId(), "plans/" + story.key("starter"))
                .anyMatch(href -> href.startsWith("impacts/"));

        UI.getCurrent().navigate("plans/" + story.key("starter"), QueryParameters.fromString("tab=versions&from=2&to=1"));
        assertThat(said(find(DiffPanel.class).single())).contains("Starter Plus", before).containsSubsequence("$119.00 a month", "$99.00 a month");
        find(Select.class).all().stream().filter(select -> "To".equals(select.getLabel())).findFirst().orElseThrow().setValue(catalog.snapshot().version(now().published()));
        assertThat(page()).contains("These two say the same.");
    }

    @Test
    void whoMovesOthersTypesTheKeyWhereManyAreMovedOrAtOnceAndWhatWasSaidIsNotAskedTwice() {
        story.subscribed("acme", "starter", 0);
        open();
        seen();
        press("Next");
        choose(Timing.NOW);
        test(field("Notice in days")).setValue("many");
        press("Next");
        assertThat(field("Notice in days").getErrorMessage()).contains("Expected a whole number");
        test(field("Notice in days")).setValue("1");
        press("Next");
        assertThat(dialog()).contains("Charges cannot be undone", "1 day");
        test(field("Reason")).setValue("Costs have risen");
        test(field("Type the key to confirm")).setValue("starter");
        press("Publish version 2 and move others now");
        assertThat(field("Type the key to confirm").getErrorMessage()).isEqualTo("Expected " + story.key("starter"));
        test(field("Type the key to confirm")).setValue(story.key("starter"));
        press("Publish version 2 and move others now");
        assertThat(dialog()).contains("Accounts are to be told at least 14 days before.");
        assertThat(onSale()).isEqualTo(1);

        test(field("Notice in days")).setValue("");
        press("Next");
        assertThat(field("Reason").getValue()).isEqualTo("Costs have risen");
        press("Publish version 2 and move others now");
        assertThat(onSale()).isEqualTo(2);
    }

    @Test
    void whatWasChangedMeanwhileIsShownFromTheBeginning() {
        open();
        seen();
        press("Next");
        press("Next");
        test(field("Reason")).setValue("Costs have risen");
        cost(12_900);
        press("Publish version 2 for new subscribers");
        assertThat(dialog()).contains("The draft was changed meanwhile", "$129.00 a month");
        assertThat(onSale()).isEqualTo(1);
        seen();
        press("Next");
        press("Next");
        press("Publish version 2 for new subscribers");
        assertThat(onSale()).isEqualTo(2);
    }
}
