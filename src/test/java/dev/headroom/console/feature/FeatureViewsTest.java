package dev.headroom.console.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.SignedInAs;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be granted: listed with what grants it, made, called otherwise, retired and put back. */
class FeatureViewsTest extends ConsoleTest {

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

    @SuppressWarnings("unchecked")
    private List<FeatureUse> listed() {
        return ((Stream<FeatureUse>) find(Grid.class).single().getGenericDataView().getItems()).toList();
    }

    private List<String> keys() {
        return listed().stream().map(use -> use.feature().key()).toList();
    }

    private Feature feature(String name) {
        return catalog.snapshot().feature(story.key(name)).orElseThrow();
    }

    private TextField text(String label) {
        return find(TextField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    /** Of a dialog where one is open, for it comes last. */
    @SuppressWarnings("unchecked")
    private Select<Object> select(String label) {
        return find(Select.class).all().stream().filter(field -> label.equals(field.getLabel())).toList().getLast();
    }

    private void look(String name) {
        navigate("features/" + story.key(name), FeatureView.class);
    }

    @Test
    void theAddressSaysWhichAreShownAndEachTellsWhatGrantsItAndHowManyHaveIt() {
        story.subscribed("acme", "starter", 0);
        UI.getCurrent().navigate("features", QueryParameters.simple(Map.of("product", story.key("suite"), "kind", "gate")));
        assertThat(keys()).containsExactly(story.key("sso"), story.key("insights"));
        FeatureUse sso = listed().getFirst();
        assertThat(sso.sold(Plan.Kind.TIER)).containsExactly("pro");
        assertThat(listed().getLast().sold(Plan.Kind.ADD_ON)).containsExactly("insights");

        select("Kind").setValue(FeatureKind.METER);
        assertThat(keys()).containsExactly(story.key("calls"));
        assertThat(listed().getFirst().accounts()).isEqualTo(1);
        select("Kind").clear();
        text("Name, key or unit").setValue("SINGLE");
        assertThat(keys()).containsExactly(story.key("sso"));
        text("Name, key or unit").setValue("no such thing");
        assertThat(keys()).isEmpty();
    }

    @Test
    void oneFeatureTellsTheLimitsThatAreSoldAndThoseThatArePrepared() {
        var draft = ((DraftOpened) drafts.open(COLLEAGUE, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, story.key("starter")))).draft();
        edits.edit(COLLEAGUE, new EditDraft(Ids.next().toString(), draft.id(), 0, List.of(DraftEdit.entitlement(
                new EntitlementLine(story.key("calls"), story.key("calls"), 777_000L, null, null, null, null, null, List.of())))));
        look("calls");
        assertThat(page()).contains("API calls", "On sale", "1,000 each billing period", "100,000 each billing period", "777,000 each billing period")
                .contains("drafts/" + draft.id());
        follow("features/" + story.key("calls"), "tab", "definition");
        assertThat(page()).contains("Quantities of its events, added up", "each billing period", "70%, 85%, 95%, 100%", "call");
    }

    @Test
    void oneIsMadeAndWhatIsWrongIsSaidAtItsField() {
        navigate("features", FeaturesView.class);
        press("New feature");
        product();
        text("Name").setValue("Rows in Europe");
        text("Key").setValue(story.key("calls"));
        select("Kind").setValue(FeatureKind.METER);
        press("Make the feature");
        assertThat(text("Key").getErrorMessage()).contains("has a feature");
        text("Key").setValue(story.key("rows"));
        text("Thresholds").setValue("90, 50");
        press("Make the feature");
        assertThat(text("Thresholds").isInvalid()).isTrue();
        text("Thresholds").setValue("half");
        press("Make the feature");
        assertThat(text("Thresholds").getErrorMessage()).isEqualTo("Expected percentages with commas between them, and not half");
        text("Thresholds").setValue("50, 90");
        area("Only events where").setValue("region");
        press("Make the feature");
        assertThat(area("Only events where").getErrorMessage()).contains("region");
        area("Only events where").setValue("region = eu, uk");
        text("Totals of their own by").setValue("table");
        text("Unit").setValue("row");
        press("Make the feature");

        Feature made = feature("rows");
        assertThat(made.thresholds()).containsExactly(50, 90);
        assertThat(Optional.ofNullable(made.meter()).orElseThrow().filter()).isEqualTo(Map.of("region", List.of("eu", "uk")));
        assertThat(heading()).isEqualTo("Rows in Europe");
        assertThat(page()).contains("Nothing on sale grants it", "Nothing grants it");
        follow("features/" + story.key("rows"), "tab", "definition");
        assertThat(page()).contains("Only where region is eu, uk", "Totals of their own by table");
    }

    private void product() {
        select("Product").getListDataView().getItems().filter(each -> ((dev.headroom.catalog.Product) each).key().equals(story.key("suite"))).findFirst()
                .ifPresent(select("Product")::setValue);
    }

    private TextArea area(String label) {
        return find(TextArea.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    @Test
    void whatPeopleReadChangesAndWhatCountsStaysAndSaysWhy() {
        look("calls");
        press("Edit");
        assertThat(text("Kind").isReadOnly()).isTrue();
        assertThat(text("Kind").getHelperText()).contains("it stays");
        assertThat(text("Counted").isReadOnly()).isTrue();
        text("Name").setValue(" ");
        press("Keep it like this");
        assertThat(text("Name").isInvalid()).isTrue();
        text("Name").setValue("Requests");
        text("Unit").setValue("request");
        press("Keep it like this");
        assertThat(heading()).isEqualTo("Requests");
        assertThat(List.of(feature("calls").unit(), feature("calls").key())).containsExactly("request", story.key("calls"));
        follow("features/" + story.key("calls"), "tab", "activity");
        assertThat(page()).contains("Feature called otherwise", "You");
    }

    @Test
    void whatIsInUseStaysAndNamesItsUsersAndWhatIsNotIsRetiredAndPutBack() {
        look("calls");
        press("Retire feature");
        assertThat(page()).contains("API calls is in use and stays", "plans/" + story.key("pro"), "pro grants it");
        assertThat(feature("calls").retired()).isFalse();

        story.backend().ask("mutation ($input: AddFeaturesInput!) { addFeatures(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("beta"), "product", story.key("suite"), "features", List.of(Map.of("key", story.key("beta"), "name", "Beta", "kind", "GATE"))));
        look("beta");
        press("Retire feature");
        assertThat(feature("beta").retired()).isTrue();
        assertThat(page()).contains("Retired", "Put it back");
        assertThat(find(Notification.class).all()).isNotEmpty();
        press("Put it back");
        assertThat(feature("beta").retired()).isFalse();
        assertThat(page()).contains("Retire feature");
    }

    @Test
    void theFileHasWhatTheListHas() {
        navigate("features", FeaturesView.class);
        FeatureUse calls = listed().stream().filter(use -> use.feature().key().equals(story.key("calls"))).findFirst().orElseThrow();
        assertThat(FeatureCsv.row(calls)).hasSize(FeatureCsv.COLUMNS.size()).contains(story.key("calls"), "API calls", "70 85 95 100", FeatureUse.Standing.SOLD);
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayOnlyLookSeesNoDraftsAndChangesNothing() {
        drafts.open(COLLEAGUE, Ids.next().toString(), new Wanted.Next(Plan.Kind.TIER, story.key("starter")));
        look("calls");
        assertThat(page()).contains("1,000 each billing period", "Only those who edit the catalogue change features").doesNotContain("drafts/");
        assertThat(button("Edit")).isEmpty();
        assertThat(button("Retire feature")).isEmpty();
        navigate("features", FeaturesView.class);
        assertThat(button("New feature")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("features/nothing", FeatureView.class))).isTrue();
    }
}
