package dev.headroom.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.id.Ids;
import dev.headroom.identity.Role;
import dev.headroom.sheet.EntitlementLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Limits of four plans, written side by side into their drafts while others do so too. */
class MatrixViewTest extends ConsoleTest {

    private static final Actor COLLEAGUE = new Actor.System("colleague");

    @Autowired
    private Catalog catalog;

    @Autowired
    private Drafts drafts;

    @Autowired
    private DraftEdits edits;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    private void look() {
        follow("limits", "product", story.key("suite"));
    }

    /** By the name of the feature and the key of the plan. */
    private MatrixCell cell(String feature, String plan) {
        List<String> plans = List.of("free", "starter", "team", "pro");
        return find(MatrixCell.class).all().stream().filter(cell -> cell.feature().key().equals(story.key(feature))).toList().get(plans.indexOf(plan));
    }

    private static String text(MatrixCell cell) {
        return cell.getElement().getTextRecursively();
    }

    private void type(MatrixCell cell, String text) {
        cell.begin();
        find(TextField.class).single().setValue(text);
        cell.keep(true);
        roundTrip();
    }

    private Draft draft(String plan) {
        return Optional.ofNullable(drafts.openOf(COLLEAGUE, List.of(plan(plan).id())).get(plan(plan).id())).orElseThrow();
    }

    private Plan plan(String plan) {
        return catalog.snapshot().plan(story.key(plan)).orElseThrow();
    }

    private Optional<EntitlementLine> drafted(String plan, String feature) {
        return draft(plan).sheet().entitlements().stream().filter(line -> line.feature().equals(story.key(feature))).findFirst();
    }

    private Optional<PlanEntitlement> sold(String plan, String feature) {
        return catalog.snapshot().onSale(plan(plan)).orElseThrow().entitlement(catalog.snapshot().feature(story.key(feature)).orElseThrow());
    }

    private Draft opened(String plan) {
        return ((DraftOpened) drafts.open(COLLEAGUE, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, story.key(plan)))).draft();
    }

    private void byAColleague(Draft draft, String feature, long included) {
        edits.edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), draft.revision(), List.of(DraftEdit.entitlement(
                new EntitlementLine(story.key(feature), story.key(feature), included, null, null, null, null, null, List.of())))));
    }

    @Test
    void whatIsWrittenGoesIntoADraftBesideWhatIsSoldAndCanBeTakenBack() {
        look();
        assertThat(text(cell("calls", "starter"))).isEqualTo("1,000 each billing period");
        type(cell("calls", "starter"), "2,500");

        assertThat(drafted("starter", "calls").orElseThrow().included()).isEqualTo(2_500L);
        assertThat(drafted("starter", "calls").orElseThrow().softLimit()).as("what else was said of it stays").isEqualTo(800L);
        assertThat(sold("starter", "calls").orElseThrow().included()).as("nothing that is sold changes").isEqualTo(1_000L);
        assertThat(text(cell("calls", "starter"))).contains("On sale:", "1,000 each billing period", "In the draft:", "2,500 each billing period");
        assertThat(page()).contains("Saved in the draft of " + story.key("starter") + ", as its change 1", "Draft on top of v1", "drafts/" + draft("starter").id());

        type(cell("calls", "starter"), "unlimited");
        assertThat(drafted("starter", "calls").orElseThrow().included()).isNull();
        press("Undo it");
        assertThat(drafted("starter", "calls").orElseThrow().included()).isEqualTo(2_500L);
        type(cell("calls", "starter"), "");
        assertThat(drafted("starter", "calls")).isEmpty();
        assertThat(text(cell("calls", "starter"))).contains("Not included");
    }

    @Test
    void gatesAreCheckedAndSettingsAreTyped() {
        look();
        cell("sso", "starter").begin();
        Checkbox granted = find(Checkbox.class).all().stream().filter(box -> "Included".equals(box.getLabel())).findFirst().orElseThrow();
        granted.setValue(true);
        cell("sso", "starter").keep(false);
        assertThat(drafted("starter", "sso")).isPresent();
        type(cell("support", "starter"), "by phone");
        assertThat(drafted("starter", "support").orElseThrow().setting()).isEqualTo("by phone");
        cell("seats", "team").begin();
        assertThat(page()).contains("team sells seats");
    }

    @Test
    void whatCannotBeReadStaysAndWhatIsWrongIsSaidInTheCell() {
        look();
        MatrixCell calls = cell("calls", "starter");
        type(calls, "many");
        assertThat(find(TextField.class).single().getErrorMessage()).isEqualTo("Expected a whole number, such as 1000");
        calls.end(true);
        assertThat(text(calls)).as("left as it was").isEqualTo("1,000 each billing period");
        assertThat(drafts.openOf(COLLEAGUE, List.of(plan("starter").id()))).as("and no draft was begun for it").isEmpty();
        type(calls, "-5");
        assertThat(text(calls)).contains("Wrong:", "-5");
        type(calls, "500");
        assertThat(text(calls)).as("below where warnings begin").contains("Look at it: It is above what is included");
    }

    @Test
    void twoWhoWriteTheSameCellAreBothHeard() {
        look();
        MatrixCell calls = cell("calls", "starter");
        calls.begin();
        find(TextField.class).single().setValue("3000");
        byAColleague(opened("starter"), "calls", 4_000);
        calls.keep(true);
        assertThat(drafted("starter", "calls").orElseThrow().included()).as("nothing was written over").isEqualTo(4_000L);
        assertThat(page()).contains("API calls: somebody else has changed it too", "4,000", "3,000");
        press("Keep mine");
        assertThat(drafted("starter", "calls").orElseThrow().included()).isEqualTo(3_000L);

        calls.begin();
        find(TextField.class).single().setValue("6000");
        byAColleague(draft("starter"), "seats", 9);
        calls.keep(true);
        assertThat(drafted("starter", "calls").orElseThrow().included()).as("another cell is in nobody's way").isEqualTo(6_000L);
        assertThat(text(cell("seats", "starter"))).contains("9");
    }

    @Test
    void theAddressSaysWhatIsShownAndOnlyDifferencesWhereThatIsAskedFor() {
        UI.getCurrent().navigate("limits", QueryParameters.simple(Map.of("product", story.key("suite"), "differences", "only")));
        assertThat(find(MatrixCell.class).all()).extracting(each -> each.feature().key()).contains(story.key("sso")).doesNotContain(story.key("insights"));
        find(Checkbox.class).single().setValue(false);
        assertThat(find(MatrixCell.class).all()).extracting(each -> each.feature().key()).contains(story.key("insights"));
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookReadsWhatIsSoldAndWritesNothing() {
        byAColleague(opened("starter"), "calls", 4_000);
        look();
        cell("calls", "starter").begin();
        assertThat(text(cell("calls", "starter"))).isEqualTo("1,000 each billing period");
        assertThat(cell("calls", "starter").getElement().getAttribute("aria-readonly")).isEqualTo("true");
        assertThat(page()).contains("Only those who edit the catalogue write here");
    }
}
