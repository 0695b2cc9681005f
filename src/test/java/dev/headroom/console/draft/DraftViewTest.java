package dev.headroom.console.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
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
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A draft of a plan that costs $99.00 a month, in the hands of somebody who changes it while others do so too. */
class DraftViewTest extends ConsoleTest {

    private static final Actor COLLEAGUE = new Actor.System("colleague");

    @Autowired
    private Drafts drafts;

    @Autowired
    private DraftEdits edits;

    private Story story;
    private Draft draft;

    @BeforeEach
    void aDraft() {
        story = stories.beginWithCatalogOfItsOwn();
        draft = opened(new Wanted.Next(Plan.Kind.TIER, story.key("starter")));
    }

    @Test
    void whatIsDraftedStandsAsBuyersWouldSeeItAndCanBeTried() {
        PriceLine month = price(Interval.MONTH);
        byAColleague(DraftEdit.price(new PriceLine(month.id(), Interval.MONTH, "USD", Model.PER_SEAT, null, "1500", null, null, null)));
        look();
        roundTrip();
        assertThat(page()).contains("As buyers see it", "Everything in starter, plus", "$15.00 per seat a month", "$150.00 a month", "10 × 15.00 USD = $150.00");
        byAColleague(DraftEdit.price(new PriceLine(month.id(), Interval.MONTH, "USD", Model.PER_SEAT, null, null, null, null, null)));
        look();
        roundTrip();
        assertThat(page()).contains("Nothing to show yet").doesNotContain("Everything in starter, plus", "10 × ");
    }

    @Test
    void whatIsWrongIsToldInTheReadersLanguageAndHowAPriceComesAbout() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        PriceLine month = price(Interval.MONTH);
        byAColleague(DraftEdit.rank(4_000));
        byAColleague(DraftEdit.price(new PriceLine(month.id(), Interval.MONTH, null, Model.GRADUATED, null, null, null,
                List.of(new TierLine(5L, "abc", null), new TierLine(2L, "-1", null)), null)));
        look();
        String said = said(find(FindingsPanel.class).single());
        assertThat(said).contains("Erwartet wird 0 bis 1000, nicht 4000", "Sagen Sie, in welcher Währung", "Erwartet wird eine Zahl wie 2900 oder 0.04, nicht „abc“", "Ein Preis je Einheit kann nicht negativ sein");
        List<Finding> findings = drafts.findings(COLLEAGUE, now());
        assertThat(findings).hasSizeGreaterThan(4).allSatisfy(finding -> assertThat(said).as("plain English").doesNotContain(finding.message()));
        assertThat(page()).as("beside the fields too").doesNotContain("Say in which currency", "Expected 0 to 1000");

        byAColleague(DraftEdit.price(new PriceLine(month.id(), Interval.MONTH, "USD", Model.GRADUATED, null, null, null,
                List.of(new TierLine(5L, "1000", 500L), new TierLine(null, "800", null)), null)));
        look();
        roundTrip();
        assertThat(page()).contains("Einheiten 1 bis 5: 5 × 10.00 USD", "Pauschale der Stufe 5.00 USD").doesNotContain("Units 1 to 5");
    }

    private Draft opened(Wanted wanted) {
        return ((DraftOpened) drafts.open(COLLEAGUE, Ids.next().toString(), wanted)).draft();
    }

    private void look() {
        navigate("drafts/" + draft.id(), DraftView.class);
    }

    private Draft now() {
        return drafts.byId(COLLEAGUE, draft.id());
    }

    private PriceLine price(Interval interval) {
        return now().sheet().prices().stream().filter(line -> line.interval() == interval).findFirst().orElseThrow();
    }

    private void byAColleague(DraftEdit edit) {
        edits.edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), now().revision(), List.of(edit)));
    }

    private static PriceLine flat(PriceLine line, long minor) {
        return new PriceLine(line.id(), line.interval(), line.currency(), Model.FLAT, minor, null, null, null, null);
    }

    /** By the beginning of its label, among those of one part. */
    private TextField field(String part, String label) {
        return find(TextField.class).all().stream()
                .filter(field -> Objects.toString(field.getLabel(), "").startsWith(label) && part(field).startsWith(part)).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Select<Object> choice(String part, String label) {
        return find(Select.class).all().stream().filter(select -> label.equals(select.getLabel()) && part(select).startsWith(part)).findFirst().orElseThrow();
    }

    private static String part(Component field) {
        Component at = field;
        while (at != null && !(at instanceof PriceEditor) && !(at instanceof EntitlementEditor)) {
            at = at.getParent().orElse(null);
        }
        return at == null ? "" : at.getChildren().findFirst().orElseThrow().getChildren().filter(H3.class::isInstance).map(H3.class::cast).findFirst().orElseThrow().getText();
    }

    private void press(String part, String name) {
        Button button = find(Button.class).all().stream()
                .filter(each -> each.getAriaLabel().filter(label -> label.startsWith(name)).isPresent() && part(each).startsWith(part)).findFirst().orElseThrow();
        test(button).click();
    }

    @Test
    void anAmountIsTypedInTheCurrencyAndKeptInMinorUnitsAndTellsWhatItChanges() {
        look();
        assertThat(heading()).isEqualTo("Draft of starter");
        assertThat(page()).contains("Draft on top of v1", "Nothing differs from what it was begun on.", "Nothing keeps it from being published.");
        assertThat(field("Price a month", "Amount").getValue()).isEqualTo("99.00");

        test(field("Price a month", "Amount")).setValue("1,119.5");
        assertThat(price(Interval.MONTH).flat()).isEqualTo(111_950);
        assertThat(field("Price a month", "Amount").getValue()).isEqualTo("1119.50");
        assertThat(page()).contains("Price a month in USD", "$99.00 a month", "$1,119.50 a month", "+1,030.81%", "Saved as change 1");
    }

    @Test
    void whatIsNoNumberIsToldAtItsFieldAndStaysAsItWasTyped() {
        look();
        test(field("Price a month", "Amount")).setValue("ninety");
        assertThat(field("Price a month", "Amount").getErrorMessage()).isEqualTo("Expected an amount, such as 29.00");
        assertThat(page()).contains("Not saved yet: correct the marked field first.");
        assertThat(now().revision()).isZero();

        test(field("", "Name")).setValue("Starter plus");
        assertThat(field("Price a month", "Amount").getValue()).as("while other parts are saved").isEqualTo("ninety");
        assertThat(field("Price a month", "Amount").isInvalid()).isTrue();
        test(field("Price a month", "Amount")).setValue("89.999");
        assertThat(field("Price a month", "Amount").getErrorMessage()).contains("Nothing smaller is charged");
        test(field("Price a month", "Amount")).setValue("89.99");
        assertThat(price(Interval.MONTH).flat()).isEqualTo(8_999);
        assertThat(now().sheet().name()).isEqualTo("Starter plus");
        assertThat(field("Price a month", "Amount").isInvalid()).isFalse();
    }

    @Test
    void anotherCurrencyKeepsWhatWasTypedAndNotTheMinorUnits() {
        look();
        choice("Price a month", "Currency").setValue("JPY");
        assertThat(price(Interval.MONTH).currency()).isEqualTo("JPY");
        assertThat(price(Interval.MONTH).flat()).isEqualTo(99);
        assertThat(field("Price a month in JPY", "Amount").getValue()).isEqualTo("99");
    }

    @Test
    void tiersAreAddedFilledAndRemovedAndWhatIsMissingIsToldBesideThem() {
        look();
        choice("Price a month", "Charged").setValue(Model.GRADUATED);
        press("Add a tier");
        assertThat(field("Price a month", "Tier 1, up to").isInvalid()).isTrue();
        assertThat(page()).contains("Blocks");
        test(field("Price a month", "Tier 1, up to")).setValue("1,000");
        test(field("Price a month", "Each unit")).setValue("0.0004");
        assertThat(price(Interval.MONTH).graduated()).containsExactly(new TierLine(1_000L, "0.04", null), new TierLine(null, null, null));
        assertThat(page()).contains("Nothing keeps it from being published.");
        press("Price a month", "Remove tier 1");
        assertThat(price(Interval.MONTH).graduated()).hasSize(1);
        choice("Price a month", "Charged").setValue(Model.FLAT);
        assertThat(field("Price a month", "Amount").getValue()).as("kept beside it").isEqualTo("99.00");
    }

    @Test
    void limitsAreEditedByWhatTheyAreOf() {
        look();
        test(field("API calls", "Included")).setValue("2000");
        test(field("API calls", "Warns from")).setValue("3000");
        assertThat(field("API calls", "Warns from").getHelperText()).contains("above what is included");
        assertThat(page()).contains("API calls: included", "1,000", "2,000", "Look at it");
        test(field("API calls", "Included")).setValue("");
        assertThat(now().sheet().entitlement(story.key("calls")).orElseThrow().included()).isNull();
        press("API calls", "Grant API calls no more");
        assertThat(now().sheet().entitlement(story.key("calls"))).isEmpty();
        assertThat(page()).contains("Features");
    }

    @Test
    void aPriceIsAddedAndTakenOut() {
        look();
        press("Add a price");
        assertThat(now().sheet().prices()).hasSize(3);
        assertThat(page()).contains("One thing keeps it from being published.", "Say what it costs; what is free costs 0");
        press("", "Remove: Price a year in USD");
        assertThat(now().sheet().prices()).extracting(PriceLine::interval).containsOnly(Interval.MONTH);
    }

    @Test
    void whatOneDidIsUndoneAndRedone() {
        look();
        press("", "Undo your last change");
        assertThat(page()).contains("You have no change to undo");
        test(field("", "Name")).setValue("Starter plus");
        press("", "Undo your last change");
        assertThat(field("", "Name").getValue()).isEqualTo("starter");
        press("", "Redo what you have undone");
        assertThat(now().sheet().name()).isEqualTo("Starter plus");
        assertThat(field("", "Name").getValue()).isEqualTo("Starter plus");
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsShownBesideOnesOwnAndOneOfBothIsTaken() {
        look();
        byAColleague(DraftEdit.price(flat(price(Interval.MONTH), 12_900)));
        test(field("Price a month", "Amount")).setValue("119");
        assertThat(price(Interval.MONTH).flat()).isEqualTo(12_900);
        assertThat(page()).contains("Price a month in USD: somebody else has changed it too", "$129.00 a month", "$119.00 a month", "Not saved: somebody else");
        assertThat(field("Price a month", "Amount").getValue()).isEqualTo("129.00");
        press("Keep mine");
        assertThat(price(Interval.MONTH).flat()).isEqualTo(11_900);
        assertThat(page()).doesNotContain("somebody else has changed it too");

        byAColleague(DraftEdit.name("Theirs"));
        test(field("", "Name")).setValue("Mine");
        press("Take theirs");
        assertThat(now().sheet().name()).isEqualTo("Theirs");
        assertThat(field("", "Name").getValue()).isEqualTo("Theirs");
    }

    @Test
    void whatOthersChangeElsewhereIsToldAndComesWithTheNextChange() {
        look();
        byAColleague(DraftEdit.name("Theirs"));
        ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
        assertThat(page()).contains("Somebody else has changed this draft");
        test(field("Price a month", "Amount")).setValue("119");
        assertThat(field("", "Name").getValue()).isEqualTo("Theirs");
        assertThat(page()).doesNotContain("Somebody else has changed this draft");
    }

    @Test
    void aDraftIsDiscardedAndTakenUpAgain() {
        look();
        press("Discard the draft");
        assertThat(now().state()).isEqualTo(Draft.State.DISCARDED);
        assertThat(find(Notification.class).all()).hasSize(1);
        assertThat(page()).contains("Nothing of it is lost");
        press("Take it up again");
        assertThat(now().state()).isEqualTo(Draft.State.OPEN);
        assertThat(field("", "Name").getValue()).isEqualTo("starter");
    }

    @Test
    void aDiscardedOneIsNotTakenUpBesideAnother() {
        look();
        press("Discard the draft");
        Draft other = opened(new Wanted.Next(Plan.Kind.TIER, story.key("starter")));
        press("Take it up again");
        assertThat(page()).contains("There is another draft by now", other.id().toString());
    }

    @Test
    void draftsAreListedAndFoundFromTheirPlansAndSomethingNewIsBegun() {
        UI.getCurrent().navigate("plans/" + story.key("starter"));
        assertThat(page()).contains("Draft on top of v1");
        press("Go on with the draft");
        assertThat(heading()).isEqualTo("Draft of starter");

        UI.getCurrent().navigate("plans");
        press("New plan");
        Select<?> product = choice("", "Product");
        assertThat(product.getValue()).isNotNull();
        test(field("", "Key")).setValue(story.key("starter"));
        press("Begin the draft");
        assertThat(field("", "Key").getErrorMessage()).isEqualTo("starter is sold under this key");
        test(field("", "Key")).setValue(story.key("fresh"));
        press("Begin the draft");
        assertThat(heading()).isEqualTo("Draft of " + story.key("fresh"));
        assertThat(page()).contains("Draft of something new", "keep it from being published", "No price yet", "Nothing is granted yet");
        assertThat(button("See the impact").orElseThrow().isEnabled()).isFalse();

        UI.getCurrent().navigate("drafts");
        roundTrip();
        assertThat(listed()).extracting(each -> each.subject().key()).contains(story.key("fresh"), story.key("starter"));
        UI.getCurrent().navigate("plans");
        assertThat(page()).contains("Being prepared", story.key("fresh"));
    }

    @SuppressWarnings("unchecked")
    private List<Draft> listed() {
        Grid<Draft> grid = find(Grid.class).single();
        return IntStream.range(0, test(grid).size()).mapToObj(at -> test(grid).getRow(at)).toList();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookIsToldSoAndSeesNoDraft() {
        look();
        assertThat(page()).contains("Your role may look at plans but not edit them").doesNotContain("99.00");
        UI.getCurrent().navigate("plans/" + story.key("starter"));
        assertThat(page()).contains("Your role may not edit this").doesNotContain("Draft on top of");
        UI.getCurrent().navigate("drafts");
        assertThat(page()).contains("Your role may look at plans but not edit them");
    }

    @Test
    void aDraftThatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("drafts/" + Ids.next(), DraftView.class))).isTrue();
        assertThat(NotFound.at(() -> navigate("drafts/nobody", DraftView.class))).isTrue();
    }
}
