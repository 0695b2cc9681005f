package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.headroom.Story;
import dev.headroom.account.Member;
import dev.headroom.console.ConsoleTest;
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
