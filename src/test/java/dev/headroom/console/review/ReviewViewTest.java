package dev.headroom.console.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeTableRow;
import dev.headroom.Story;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.DataTable;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account's business review says what is on its other pages, on one. */
class ReviewViewTest extends ConsoleTest {

    private Story story;
    private String acme;

    @BeforeEach
    void aCustomerOfTeam() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
    }

    @Test
    void whatItBoughtPaysUsesAndCouldHaveStandsOnOnePage() {
        ConsolePage.open("accounts/" + acme + "/review");

        assertThat(heading()).startsWith("Business review of");
        assertThat(rows("Subscriptions").getFirst().get(3)).isEqualTo("$125.00");
        assertThat(page()).contains("has 1 subscription, together $125.00 a month");
        assertThat(rows("How its MRR moved")).containsExactly(List.of(rows("How its MRR moved").getFirst().getFirst(), "New customer", "+$125.00", "$125.00"));
        assertThat(rows("Usage")).isNotEmpty().allSatisfy(row -> assertThat(row).hasSize(5));
    }

    @Test
    void proposalsAreWhatIsRecommendedAndWhatBringsMoreAndSayUntilWhenTheyStand() {
        ConsolePage.open("accounts/" + acme + "/review");

        List<List<String>> proposals = rows("Proposals");
        assertThat(proposals.getFirst().getFirst()).as("what is expected speaks for it: nothing was used").isEqualTo("free, paid by the month");
        assertThat(proposals.subList(1, proposals.size())).isNotEmpty().allSatisfy(row -> assertThat(row.get(2)).startsWith("+$"));
        assertThat(proposals.stream().map(List::getFirst)).contains("pro, paid by the month");
        assertThat(page()).contains("Quoted now; the first of them stands until");
    }

    @Test
    void theAccountsPageLeadsToItAndItBack() {
        ConsolePage.open("accounts/" + acme);
        Anchor link = find(Anchor.class).all().stream().filter(each -> each.getText().equals("Business review")).findFirst().orElseThrow();
        assertThat(link.getHref()).isEqualTo("accounts/" + acme + "/review");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotSeeRevenueSeesNoHistory() {
        ConsolePage.open("accounts/" + acme + "/review");
        assertThat(page()).contains("Not bought yet", "Quoted now").doesNotContain("How its MRR moved");
    }

    @Test
    void ofAnAccountThatThereIsNotThereIsNoReview() {
        UI.getCurrent().navigate("accounts/nobody-at-all/review");
        assertThat(heading()).isEqualTo("Nothing is here");
    }

    private List<List<String>> rows(String table) {
        roundTrip();
        Component found = find(DataTable.class).all().stream().filter(each -> table.equals(each.getElement().getAttribute("aria-label"))).findFirst().orElseThrow();
        return within(found).filter(NativeTableRow.class::isInstance).skip(1).map(row -> row.getChildren().map(cell -> cell.getElement().getTextRecursively()).toList()).toList();
    }

    private static Stream<Component> within(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(ReviewViewTest::within));
    }
}
