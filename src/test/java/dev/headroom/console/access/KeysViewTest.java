package dev.headroom.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import org.junit.jupiter.api.Test;

class KeysViewTest extends ConsoleTest {

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
    @SignedInAs(Role.VIEWER)
    void whoeverIsNoOwnerFindsNothing() {
        UI.getCurrent().navigate("keys");
        assertThat(heading()).isEqualTo("Nothing is here");
        assertThat(said(shell())).doesNotContain("API keys");
    }
}
