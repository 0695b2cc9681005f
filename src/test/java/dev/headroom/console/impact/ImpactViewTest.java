package dev.headroom.console.impact;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.rollout.Publishing;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits;
import dev.headroom.draft.DraftEdits.EditDraft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.id.Ids;
import dev.headroom.identity.Role;
import dev.headroom.impact.Impacts;
import dev.headroom.impact.LinePages.Kind;
import dev.headroom.impact.LookedAtWhole;
import dev.headroom.impact.Looking;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.PriceLine;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a rise from $99.00 to $119.00 a month does to those who have the plan, looked at in the console. */
class ImpactViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private Drafts drafts;

    @Autowired
    private DraftEdits edits;

    @Autowired
    private ApplicationContext context;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    private Draft draft(String plan) {
        Draft draft = ((DraftOpened) drafts.open(SELF, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, story.key(plan)))).draft();
        PriceLine month = draft.sheet().prices().stream().filter(line -> line.interval() == Interval.MONTH).findFirst().orElseThrow();
        EntitlementLine calls = draft.sheet().entitlement(story.key("calls")).orElseThrow();
        edits.edit(SELF, new EditDraft(Ids.next().toString(), draft.id(), 0, List.of(
                DraftEdit.price(new PriceLine(month.id(), month.interval(), month.currency(), PriceLine.Model.FLAT, 11_900L, null, null, null, null)),
                DraftEdit.entitlement(new EntitlementLine(calls.id(), calls.feature(), 500L, null, null, null, null, null, List.of())))));
        return draft;
    }

    /** From the draft's page to where the run is watched, and on until it is done. */
    private void looked(String plan) {
        UI.getCurrent().navigate("drafts/" + draft(plan).id());
        press("See the impact");
        while (page().contains("subscriptions looked at")) {
            Looking.on(context);
            ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
        }
    }

    private void quoted(String account) {
        Button quote = find(Button.class).all().stream()
                .filter(button -> button.getAriaLabel().filter(("What moving " + account + " today would cost")::equals).isPresent()).findFirst().orElseThrow();
        test(quote).click();
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(each -> label.equals(each.getLabel())).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Select<Kind> kind() {
        return find(Select.class).all().stream().filter(select -> "Show".equals(select.getLabel())).findFirst().orElseThrow();
    }

    @Test
    void lookingAgainIsAtTheSamePeople() {
        story.subscribed("acme", "starter", 0);
        Publishing.by(context, story.key("starter"), 8_900, RolloutChoice.FOR_NEW_ONES);
        CatalogSnapshot known = context.getBean(Catalog.class).snapshot();
        PlanVersion sold = known.onSale(known.plan(story.key("starter")).orElseThrow()).orElseThrow();
        Segment among = new Segment(List.of(1), List.of(), List.of("USD"), List.of(), null, null);
        Impacts impacts = context.getBean(Impacts.class);
        UUID run = impacts.start(SELF, Ids.next().toString(), sold, among).id();
        LookedAtWhole.by(context);
        UI.getCurrent().navigate("impacts/" + run);
        press("Look again");
        String shown = UI.getCurrent().getInternals().getActiveViewLocation().getPath().replace("impacts/", "");
        assertThat(shown).isNotEqualTo(run.toString());
        assertThat(impacts.byId(SELF, UUID.fromString(shown)).among()).isEqualTo(among);
    }

    @Test
    void aDraftIsLookedAtWatchedAndRead() {
        String acme = story.subscribed("acme", "starter", 0);
        String bolt = story.subscribed("bolt", "starter", 0);
        story.record(List.of(Map.of("id", Ids.next().toString(), "account", acme, "meter", story.key("calls"), "quantity", 700)));
        looked("starter");

        assertThat(heading()).isEqualTo("Impact of a new version of starter");
        assertThat(page()).contains("$198.00", "$238.00", "+$40.00 (+20.2%)", "2 of 2", "2 would pay more, 0 less, and 0 the same", "+10% to +25%", "Everybody can move.",
                "API calls", "700 used, 500 included", "$99.00 → $119.00 a month", "compared with version 1 on sale");
        kind().setValue(Kind.OVER_LIMIT);
        assertThat(page()).contains("accounts/" + acme).doesNotContain("accounts/" + bolt);
        kind().setValue(Kind.CANNOT_MOVE);
        assertThat(page()).contains("No such subscription");
        kind().setValue(Kind.RISES);
        quoted("acme");
        assertThat(dialog()).contains("It cannot be accepted here", "$119.00");
    }

    @Test
    void whatIfIsReckonedFromTheSumsAndStandsInTheAddress() {
        story.subscribed("acme", "starter", 0);
        looked("starter");
        test(field("How many percent leave")).setValue("50");
        assertThat(page()).contains("$59.50", "1: $119.00");
        test(field("How many percent leave")).setValue("half");
        assertThat(field("How many percent leave").getErrorMessage()).isEqualTo("Expected a whole number from 0 to 100");
        assertThat(page()).contains("$59.50");
        String path = UI.getCurrent().getInternals().getActiveViewLocation().getPath();
        UI.getCurrent().navigate(path, QueryParameters.simple(Map.of("move", "0", "lines", "falls")));
        assertThat(field("How many percent move").getValue()).isEqualTo("0");
        assertThat(kind().getValue()).isEqualTo(Kind.FALLS);
    }

    @Test
    void whatNobodyHasChangesNothingForAnybody() {
        looked("starter");
        assertThat(page()).contains("It changes nothing for anybody");
    }

    @Test
    void oneIsGivenUpAndLookedAtAgain() {
        story.subscribed("acme", "starter", 0);
        UI.getCurrent().navigate("drafts/" + draft("starter").id());
        press("See the impact");
        assertThat(page()).contains("0 of 1 subscriptions looked at");
        press("Give it up");
        assertThat(page()).contains("Somebody gave it up");
        press("Look again");
        assertThat(page()).contains("0 of 1 subscriptions looked at");
        press("Give it up");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookIsToldSo() {
        navigate("impacts/" + Ids.next(), ImpactView.class);
        assertThat(page()).contains("Your role may look at plans but not edit them");
    }

    @Test
    void aRunThatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("impacts/" + Ids.next(), ImpactView.class))).isTrue();
        assertThat(NotFound.at(() -> navigate("impacts/nobody", ImpactView.class))).isTrue();
    }
}
