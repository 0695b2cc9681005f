package dev.headroom.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class KeysViewTest extends ConsoleTest {

    @Autowired
    ApiKeys keys;

    @Test
    void aKeyIsMadeShownOnceAndWorks() {
        Story story = stories.begin();
        UI.getCurrent().navigate("keys");
        press("New API key");
        test(find(TextField.class).single()).setValue("Backend of " + story.number());
        test(find(TextArea.class).single()).setValue("https://app.example.com\n");
        press("Create the key");

        String secret = find(TextField.class).withId("secret").single().getValue();

        assertThat(stories.api(secret).ask("{ products { key } }").at("/products").size()).isPositive();
        press("I have kept it");
        assertThat(page()).contains("Backend of " + story.number(), "https://app.example.com").doesNotContain(secret);
    }

    @Test
    void aWrongOriginIsRefusedWhereItWasWritten() {
        UI.getCurrent().navigate("keys");
        press("New API key");
        test(find(TextField.class).single()).setValue("Wrong");
        test(find(TextArea.class).single()).setValue("app.example.com");
        press("Create the key");

        assertThat(dialog()).contains("An origin has a scheme and a host");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aKeyIsChangedAndGetsAnotherSecretBesideTheOneBefore() {
        Story story = stories.begin();
        String name = "Rotated by " + story.number();
        String before = keys.create(new Actor.System("test"), name, Set.of(Permission.READ), Set.of()).secret();
        UI.getCurrent().navigate("keys");
        act("What " + name + " may do");
        ((CheckboxGroup<Permission>) find(CheckboxGroup.class).single()).setValue(Set.of(Permission.READ, Permission.ADMIN));
        test(find(TextArea.class).single()).setValue("https://rotated.example.com");
        press("Save");
        assertThat(stories.api(before).ask("{ apiKeys { id } }").status()).isEqualTo(200);

        act("A new secret for " + name);
        press("Make the secret");

        String after = find(TextField.class).withId("secret").single().getValue();
        press("I have kept it");
        assertThat(stories.api(after).ask("{ apiKeys { id } }").at("/apiKeys").size()).isPositive();
        assertThat(stories.api(before).ask("{ apiKeys { id } }").at("/apiKeys").size()).isPositive();
        assertThat(page()).contains("https://rotated.example.com", "The secret of before works until");
    }

    /** By what a screen reader says of it. */
    private void act(String label) {
        roundTrip();
        test(find(Button.class).all().stream().filter(button -> button.getAriaLabel().filter(label::equals).isPresent()).findFirst().orElseThrow()).click();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverIsNoOwnerFindsNothing() {
        UI.getCurrent().navigate("keys");
        assertThat(heading()).isEqualTo("Nothing is here");
        assertThat(said(shell())).doesNotContain("API keys");
    }
}
