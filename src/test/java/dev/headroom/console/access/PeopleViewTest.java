package dev.headroom.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Attempts;
import dev.headroom.signin.Links;
import dev.headroom.signin.Links.Entry;
import dev.headroom.signin.Links.Look;
import dev.headroom.signin.Sessions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** People, invitations and one's own profile. */
class PeopleViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String PASSWORD = "a lighthouse in June";

    @Autowired
    ConsoleUsers users;

    @Autowired
    Links links;

    @Autowired
    Sessions sessions;

    @Autowired
    Attempts attempts;

    private ConsoleUser somebody() {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Person " + UUID.randomUUID(), Set.of(Role.VIEWER), PASSWORD);
    }

    /** By what a screen reader says of it. */
    private void act(String label) {
        roundTrip();
        test(find(Button.class).all().stream().filter(button -> button.getAriaLabel().filter(label::equals).isPresent()).findFirst().orElseThrow()).click();
    }

    @Test
    @SuppressWarnings("unchecked")
    void anInvitationIsALinkThatLetsInOnce() {
        String email = UUID.randomUUID() + "@example.com";
        UI.getCurrent().navigate("people");
        press("Invite somebody");
        test(find(EmailField.class).single()).setValue(email);
        ((CheckboxGroup<Role>) find(CheckboxGroup.class).single()).setValue(Set.of(Role.PRICING_EDITOR, Role.PUBLISHER));
        press("Make the link");

        String path = find(TextField.class).withId("secret").single().getValue();
        press("I have kept it");
        assertThat(page()).contains(email).doesNotContain(path);
        assertThat(path).startsWith("/link#");
        assertThat(links.enter(path.substring("/link#".length()), "Ada", PASSWORD)).isInstanceOf(Entry.Entered.class);
        assertThat(users.login(email).orElseThrow().user().roles()).containsExactlyInAnyOrder(Role.PRICING_EDITOR, Role.PUBLISHER);
    }

    @Test
    void anInvitationWithoutARoleOrWithAWrongEMailIsRefusedWhereItWasWritten() {
        UI.getCurrent().navigate("people");
        press("Invite somebody");
        test(find(EmailField.class).single()).setValue("nobody@nowhere");
        press("Make the link");
        assertThat(find(EmailField.class).single().getErrorMessage()).contains("Expected an e-mail address");

        test(find(EmailField.class).single()).setValue(UUID.randomUUID() + "@example.com");
        find(CheckboxGroup.class).single().clear();
        press("Make the link");
        assertThat(find(CheckboxGroup.class).single().getErrorMessage()).contains("at least one role");
    }

    @Test
    void anInvitationIsTakenBack() {
        String email = UUID.randomUUID() + "@example.com";
        String token = links.invite(SELF, email, Set.of(Role.VIEWER)).token();
        UI.getCurrent().navigate("people");
        act("Take back the invitation of " + email);
        press("Take back");

        assertThat(page()).doesNotContain(email);
        assertThat(links.look(token)).isInstanceOf(Look.Closed.class);
    }

    @Test
    void whatEachRoleMayDoIsReadThere() {
        UI.getCurrent().navigate("people");

        assertThat(page()).contains("What each role may do", "Pricing editor", "Prepares what is sold, and puts nothing on sale", "put versions, offers and bundles on sale", "everything");
    }

    @Test
    void somebodyIsSignedOutErasedAndGoneFromTheList() {
        ConsoleUser user = somebody();
        UUID session = sessions.begin(user, null);
        UI.getCurrent().navigate("people");
        act("Where " + user.name() + " is signed in");
        assertThat(dialog()).contains("Another browser, another system");
        press("Sign out everywhere");
        assertThat(sessions.alive(session)).isFalse();

        act("Erase " + user.name());
        press("Erase " + user.name() + " for good");

        assertThat(page()).doesNotContain(user.name()).doesNotContain(user.email());
        assertThat(users.login(user.email())).isEmpty();
    }

    @Test
    void whoWaitsIsSeenAndLetTryAgain() {
        ConsoleUser user = somebody();
        IntStream.range(0, 5).forEach(_ -> attempts.begin(user.email(), null));
        UI.getCurrent().navigate("people");
        assertThat(page()).contains("Waits until");
        act("Lift the waiting of " + user.name());
        press("Lift the waiting");

        assertThat(attempts.waiting(SELF, user)).isEmpty();
    }

    @Test
    void somebodyIsDisabledAndEnabled() {
        ConsoleUser user = somebody();
        UI.getCurrent().navigate("people");
        act("Disable " + user.name());
        press("Disable");
        assertThat(users.current(user.id())).isEmpty();
        act("Enable " + user.name());
        press("Enable");
        assertThat(users.current(user.id())).isPresent();
    }

    @Test
    @SignedInAs(Role.PUBLISHER)
    void whoeverIsNoOwnerFindsNothing() {
        UI.getCurrent().navigate("people");

        assertThat(heading()).isEqualTo("Nothing is here");
        assertThat(said(shell())).doesNotContain("API keys");
    }

    @Test
    @SignedInAs(Role.FINANCE)
    void everybodySeesTheirOwnProfileAndChangesIt() {
        UI.getCurrent().navigate("profile");
        assertThat(page()).contains("olivia.finance@example.com", "Finance", "change plans and pay", "This browser");
        press("Change your name");
        test(find(TextField.class).single()).setValue("Olivia of Finance");
        press("Save");
        assertThat(page()).contains("Olivia of Finance");

        press("Change your password");
        find(PasswordField.class).all().getFirst().setValue("not this one");
        find(PasswordField.class).all().getLast().setValue("another lighthouse");
        press("Change the password");
        assertThat(find(PasswordField.class).all().getFirst().getErrorMessage()).contains("not your password");
    }
}
