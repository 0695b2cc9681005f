package dev.headroom.console.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Location;
import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.delivery.WebhookDelivery;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.identity.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody has a system of theirs told of what happens, and sees what became of it. */
class EndpointsViewTest extends ConsoleTest {

    private Story story;
    private String url;

    @BeforeEach
    void anAddressOfItsOwn() {
        story = stories.begin();
        url = "http://127.0.0.1:1/" + story.number();
    }

    @AfterEach
    void leaveNoEndpoint() {
        endpoints().filter(each -> each.at("/url").asString().equals(url)).forEach(each -> story.backend().ask(
                "mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { removedAt } }", "input", Map.of("endpoint", each.at("/id").asString())).at(""));
    }

    private Stream<JsonNode> endpoints() {
        return story.backend().ask("{ webhookEndpoints { id url } }").at("/webhookEndpoints").valueStream();
    }

    private String added() {
        Api.Answer made = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }", "input",
                Map.of("url", url, "description", "CRM", "events", List.of("MOVE_ANNOUNCED")));
        return made.text("/createWebhookEndpoint/endpoint/id");
    }

    @Test
    void anEndpointIsAddedAndItsSecretShownOnce() {
        UI.getCurrent().navigate("endpoints");
        press("Add an endpoint");
        List<TextField> fields = find(TextField.class).all();
        test(fields.getFirst()).setValue("ftp://example.com");
        press("Add it and show its secret");
        assertThat(find(TextField.class).all().getFirst().getErrorMessage()).contains("https://");
        test(find(TextField.class).all().getFirst()).setValue(url);
        press("Add it and show its secret");

        String secret = find(TextField.class).withId("secret").single().getValue();
        assertThat(secret).startsWith("whsec_");
        press("I have kept it");
        assertThat(page()).contains(url, "A version went on sale").doesNotContain(secret);
    }

    @Test
    void aTestEventIsSentAndListedWithWhatWasAnswered() {
        String id = added();
        UI.getCurrent().navigate("endpoints");
        act("Send a test event to " + url);

        follow("endpoints/deliveries", "endpoint", id);
        assertThat(test(deliveries()).size()).isEqualTo(1);
        assertThat(test(deliveries()).getRow(0).kind()).isEqualTo(EventKind.TEST);
        assertThat(said(test(deliveries()).getCellComponent(0, "event"))).contains("Test", url);
        pick("State", 1);
        assertThat(test(deliveries()).size()).as("delivered is none of them").isZero();
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath()).isEqualTo("endpoints/deliveries");
    }

    @Test
    void itIsRemovedAndWhatWasSentThereStaysListed() {
        String id = added();
        story.backend().ask("mutation ($input: SendTestWebhookEventInput!) { sendTestWebhookEvent(input: $input) { event } }", "input", Map.of("endpoint", id)).at("");
        UI.getCurrent().navigate("endpoints");
        act("Remove " + url);
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(page()).doesNotContain(url);

        UI.getCurrent().navigate("endpoints/deliveries");
        WebhookDelivery sent = IntStream.range(0, test(deliveries()).size()).mapToObj(row -> test(deliveries()).getRow(row)).filter(row -> row.url().equals(url)).findFirst().orElseThrow();
        assertThat(sent.state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(test(deliveries()).getCellComponent(0, "acts").isVisible()).as("what is gone is sent nothing again").isFalse();
    }

    @SuppressWarnings("unchecked")
    private Grid<WebhookDelivery> deliveries() {
        roundTrip();
        return find(Grid.class).single();
    }

    @SuppressWarnings("unchecked")
    private void pick(String label, int index) {
        Select<Object> select = (Select<Object>) find(Select.class).all().stream().filter(each -> ((Select<?>) each).getLabel().equals(label)).findFirst().orElseThrow();
        select.setValue(select.getListDataView().getItem(index));
        roundTrip();
    }

    private void act(String label) {
        roundTrip();
        test(find(Button.class).all().stream().filter(button -> button.getAriaLabel().filter(label::equals).isPresent()).findFirst().orElseThrow()).click();
    }

    @Test
    @SignedInAs(Role.PUBLISHER)
    void whoeverIsNoOwnerFindsNothing() {
        for (String path : List.of("endpoints", "endpoints/deliveries")) {
            UI.getCurrent().navigate(new Location(path).getPath());
            assertThat(heading()).isEqualTo("Nothing is here");
        }
        assertThat(said(shell())).doesNotContain("Webhooks");
    }
}
