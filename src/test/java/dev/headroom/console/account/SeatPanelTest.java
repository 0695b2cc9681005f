package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.account.Member;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds a seat, and giving and taking back. */
class SeatPanelTest extends ConsoleTest {

    private Story story;
    private String account;

    @BeforeEach
    void aCustomerWithThreeSeats() {
        story = stories.begin();
        account = story.subscribed("ada", "team", 3);
        member("grace", "Grace Hopper", "ACTIVE");
        member("alan", "Alan Turing", "ACTIVE");
        member("edsger", "Edsger Dijkstra", "INVITED");
    }

    private void member(String key, String name, String state) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { id } } } }", "input", Map.of(
                "idempotencyKey", story.key(key), "account", account, "key", key, "email", key + "@example.com", "name", name, "state", state))
                .at("/addMember/member/id");
    }

    private void seat(String key) {
        story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename ... on SeatAssigned { seats { used } } } }", "input", Map.of(
                "account", account, "member", key)).at("/assignSeat/seats/used");
    }

    private void look() {
        navigate("accounts/" + account, AccountView.class);
    }

    @Test
    void aSeatIsGivenAndTakenBack() {
        look();
        assertThat(page()).contains("0 of 3 held, 3 free.", "No seat is held");
        press("Give a seat");
        press("Give a seat");
        assertThat(members().getErrorMessage()).isEqualTo("This field is required");
        choose("grace");
        press("Give a seat");
        assertThat(page()).contains("1 of 3 held, 2 free.", "Holds a seat", "Not told").doesNotContain("Pending");

        press("Take back");
        assertThat(dialog()).contains("They lose it at once. It is then free for somebody else");
        press("Take back");
        assertThat(page()).contains("0 of 3 held, 3 free.");
    }

    @Test
    void seatsAreGatheredSeenAndBoughtAtOnce() {
        look();
        press("Buy seats together");
        test(seatField("Seats in all")).setValue("0");
        submit();
        assertThat(seatField("Seats in all").getErrorMessage()).isNotBlank();
        test(seatField("Seats in all")).setValue("5");
        submit();
        assertThat(page()).contains("5 seats are to be bought together", "Nothing is charged yet", "at most", "0 of 3 held");
        press("Another number");
        test(seatField("Seats in all")).setValue("3");
        submit();
        assertThat(seatField("Seats in all").getErrorMessage()).as("takes it back").isNotBlank();
        press("Cancel");
        look();
        assertThat(page()).doesNotContain("to be bought together");

        press("Buy seats together");
        test(seatField("Seats in all")).setValue("4");
        submit();
        press("Buy them now");
        assertThat(page()).contains("The seats are bought", "was charged", "0 of 4 held").doesNotContain("to be bought together");
    }

    @Test
    void whoAgreesToACapHasSeatsBoughtAsTheyAreGiven() {
        look();
        assertThat(page()).contains("Beyond those that were bought none is given.");
        press("Buy as they are given");
        test(seatField("Seats in all, at most")).setValue("4");
        submit();
        assertThat(page()).contains("bought as they are given, up to 4 in all");
        List.of("grace", "alan", "edsger").forEach(this::seat);
        member("ken", "Ken Thompson", "ACTIVE");
        look();
        press("Give a seat");
        choose("ken");
        submit();
        assertThat(page()).contains("4 seats are to be bought together", "up to the cap that was agreed to");
        press("Buy them now");
        assertThat(page()).contains("The seats are bought", "4 of 4 held");
        press("Stop buying as they are given");
        assertThat(page()).contains("No seat is bought by itself any more", "Beyond those that were bought none is given.");
    }

    private TextField seatField(String label) {
        return find(TextField.class).all().stream().filter(field -> label.equals(field.getLabel())).findFirst().orElseThrow();
    }

    private void submit() {
        roundTrip();
        test(find(FormDialog.class).all().getLast().getFooter().getElement().getChildren().map(each -> (Button) each.getComponent().orElseThrow())
                .filter(each -> "submit".equals(each.getId().orElse(""))).findFirst().orElseThrow()).click();
    }

    @Test
    void whoWasInvitedIsPendingAndSinceWhenSomebodyIsAwayIsTold() {
        List.of("grace", "edsger").forEach(this::seat);
        story.backend().ask("mutation ($input: RecordMemberActivityInput!) { recordMemberActivity(input: $input) { __typename } }", "input", Map.of(
                "activities", List.of(Map.of("account", account, "member", "grace")))).at("/recordMemberActivity/__typename");
        look();
        assertThat(page()).contains("2 of 3 held, 1 free. One of them is held by somebody who was invited", "Pending: invited", "since " + today() + today()).doesNotContain("more is held");
    }

    private String today() {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(Locale.ENGLISH).format(stories.clock().instant().atZone(ZoneOffset.UTC));
    }

    @Test
    void whatIsHeldBeyondWhatWasBoughtIsSaidWithWhatHealsIt() {
        List.of("grace", "alan", "edsger").forEach(this::seat);
        story.accept(story.token(account, Map.of("seats", 1, "when", "NOW")));
        look();
        assertThat(page()).contains(
                "2 seats more are held than were bought", "Nobody loses a seat by that, and there is no date by which it must end",
                "2 seats are taken back or bought", "the first to ask: Grace Hopper, Alan Turing.", "All seats are held.");
        assertThat(button("Give a seat").orElseThrow().isEnabled()).isFalse();
        press("Take back");
        assertThat(dialog()).contains("Nobody else gets one until no more are held than were bought");
        press("Take back");
        assertThat(page()).contains("One seat more is held than was bought");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotGiveSeesWhoHoldsAndNoButton() {
        seat("grace");
        look();
        assertThat(page()).contains("Grace Hopper", "1 of 3 held");
        assertThat(button("Give a seat")).isEmpty();
        assertThat(button("Take back")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Member> members() {
        return find(ComboBox.class).single();
    }

    private void choose(String key) {
        members().setValue(members().getListDataView().getItems().filter(each -> each.key().equals(key)).findFirst().orElseThrow());
    }
}
