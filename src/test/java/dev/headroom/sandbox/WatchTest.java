package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page to watch the sandbox on, and what it is drawn from. */
class WatchTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void whoeverOpensTheAddressIsLedToThePage() throws Exception {
        assertThat(get("/").headers().firstValue("Location")).hasValue("/_sandbox/watch");
        HttpResponse<String> page = get("/_sandbox/watch");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).contains("no money moves");
    }

    @Test
    void showsWhatThereIsNewestFirstInPages() throws Exception {
        for (int i = 0; i < 52; i++) {
            story.stripe.customers().create(CustomerCreateParams.builder().setName("Customer " + i).build());
        }
        JsonNode first = json("/objects?kind=customer");
        assertThat(first.path("data")).hasSize(50);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.at("/data/0/name").asString()).isEqualTo("Customer 51");
        JsonNode rest = json("/objects?kind=customer&after=" + first.at("/data/49/id").asString());
        assertThat(rest.path("data")).hasSize(2);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(json("/summary").path("kinds").valueStream().filter(kind -> kind.path("kind").asString().equals("customer")).findFirst().orElseThrow()
                .path("count").asInt()).isEqualTo(52);
    }

    @Test
    void anyObjectAndEventIsFoundByItsId() throws Exception {
        String customer = story.stripe.customers().create(CustomerCreateParams.builder().setName("Acme").build()).getId();
        assertThat(json("/object?id=" + customer).path("name").asString()).isEqualTo("Acme");
        JsonNode event = json("/events").at("/data/0");
        assertThat(event.path("type").asString()).isEqualTo("customer.created");
        assertThat(json("/object?id=" + event.path("id").asString()).at("/data/object/id").asString()).isEqualTo(customer);
        assertThat(get("/_sandbox/watch/object?id=cus_none").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhichEventsHaveNotArrived() throws Exception {
        story.stripe.webhookEndpoints().create(WebhookEndpointCreateParams.builder()
                .setUrl("http://127.0.0.1:1/nobody").addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.ALL).build());
        story.stripe.customers().create(CustomerCreateParams.builder().setName("Acme").build());
        assertThat(json("/events").at("/data/0/undelivered").asInt()).isEqualTo(1);
        assertThat(json("/summary").at("/events/due").asInt()).isEqualTo(1);
        story.sandbox.deliverWebhooks();
        assertThat(json("/summary").at("/events/due").asInt()).isZero();
        assertThat(json("/summary").at("/events/later").asInt()).isEqualTo(1);
    }

    @Test
    void neverTellsASecretThatStripeTellsOnce() throws Exception {
        String secret = story.stripe.webhookEndpoints().create(WebhookEndpointCreateParams.builder()
                .setUrl("http://127.0.0.1:1/nobody").addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.ALL).build()).getSecret();
        assertThat(get("/_sandbox/watch/objects?kind=webhook_endpoint").body()).contains("we_").doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/objects", "/objects?kind=none", "/objects?kind=customer&after=cus_none", "/object", "/elsewhere"})
    void whatIsNotThereIsSaid(String path) throws Exception {
        assertThat(get("/_sandbox/watch" + path).statusCode()).isBetween(400, 404);
    }

    @Test
    void isShownOnlyToThisMachineByItsName() throws IOException {
        assertThat(raw("GET /_sandbox/watch/summary HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("POST /_sandbox/watch/summary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET /_sandbox/watch/summary HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private String raw(String request) throws IOException {
        URI url = story.sandbox.url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get("/_sandbox/watch" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(story.sandbox.url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
