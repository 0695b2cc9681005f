package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Links;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where links lead. */
class LinkViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    Links links;

    @Autowired
    ConsoleUsers users;

    /** As the browser tells what stands behind the {@code #}. */
    private void open(String token) {
        UI.getCurrent().navigate("link");
        ((LinkView) getCurrentView()).opened(token);
    }

    private String shown() {
        return said((LinkView) getCurrentView());
    }

    @Test
    void anInvitedPersonIsToldWhatIsWrongWhereTheyWroteIt() {
        String email = UUID.randomUUID() + "@example.com";
        String token = links.invite(SELF, email, Set.of(Role.VIEWER)).token();
        open(token);
        assertThat(shown()).contains("You are invited");
        test(find(PasswordField.class).single()).setValue("short");
        press("Keep the password");
        assertThat(find(TextField.class).all().getLast().getErrorMessage()).contains("Expected one line");
        test(find(TextField.class).all().getLast()).setValue("Ada");
        press("Keep the password");
        assertThat(find(PasswordField.class).single().getErrorMessage()).contains("at least 12 characters");

        test(find(PasswordField.class).single()).setValue("a lighthouse in June");
        press("Keep the password");

        assertThat(users.login(email).orElseThrow().user().name()).isEqualTo("Ada");
        open(token);
        assertThat(shown()).contains("It was used already").doesNotContain(email);
    }

    @Test
    void whoForgotChoosesAPasswordAndNoName() {
        UUID id = users.create(SELF, UUID.randomUUID() + "@example.com", "Grace", Set.of(Role.VIEWER), ConsoleUsers.newPassword()).id();
        open(links.reset(SELF, id).token());
        assertThat(shown()).contains("Choose a new password");
        assertThat(find(TextField.class).all()).hasSize(1);
        test(find(PasswordField.class).single()).setValue("a lighthouse in June");
        press("Keep the password");

        assertThat(users.matches(id, "a lighthouse in June")).isTrue();
    }

    @Test
    void whateverIsNoLinkOfOursSaysSoAndNothingElse() {
        open("no-such-token");

        assertThat(shown()).contains("This link does not work", "was never made", "Go to the sign-in");
    }
}
