package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events reach whoever registered for them, signed as Stripe signs them. */
class WebhookTest {

    private record Received(String body, String signature) {}

    private final SandboxStory story = new SandboxStory(Instant.now().minusSeconds(3600).toString());
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new Received(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void end() {
        receiver.stop(0);
        story.close();
    }

    @Test
    void deliversSignedEventsOnce() throws StripeException {
        String secret = register(WebhookEndpointCreateParams.EnabledEvent.ALL).getSecret();
        story.clock.travelTo(Instant.now());
        story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        int delivered = story.sandbox.deliverWebhooks();

        assertThat(delivered).isEqualTo(received.size()).isGreaterThan(5);
        assertThat(story.sandbox.deliverWebhooks()).isZero();
        for (Received each : received) {
            Event event = Webhook.constructEvent(each.body(), each.signature(), secret);
            assertThat(event.getApiVersion()).isEqualTo("2026-07-29.dahlia");
            assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
            story.wire.event(each.body());
        }
    }

    @Test
    void signsSoThatAlterationShows() throws StripeException {
        String secret = register(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED).getSecret();
        story.clock.travelTo(Instant.now());
        create();
        story.sandbox.deliverWebhooks();
        Received genuine = received.getFirst();

        assertThat(received).hasSize(1);
        refused(genuine.body().replace("Acme", "Evil"), genuine.signature(), secret);
        refused(genuine.body(), genuine.signature(), secret + "x");
        refused(genuine.body(), genuine.signature().replaceFirst("t=\\d+", "t=" + (story.clock.instant().getEpochSecond() - 1)), secret);
    }

    @Test
    void triesAgainLaterAndLater() throws StripeException {
        register(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED);
        create();
        status.set(500);
        assertThat(story.sandbox.deliverWebhooks()).isZero();
        assertThat(story.sandbox.deliverWebhooks()).isZero();
        assertThat(received).hasSize(1);

        story.clock.advance(Duration.ofSeconds(10));
        assertThat(story.sandbox.deliverWebhooks()).isZero();
        story.clock.advance(Duration.ofSeconds(10));
        assertThat(story.sandbox.deliverWebhooks()).isZero();
        assertThat(received).hasSize(2);
        status.set(200);
        story.clock.advance(Duration.ofMinutes(1));
        assertThat(story.sandbox.deliverWebhooks()).isEqualTo(1);
        assertThat(received.getLast().signature()).isNotEqualTo(received.getFirst().signature());
    }

    @Test
    void showsTheSecretOnlyOnce() throws StripeException {
        WebhookEndpoint endpoint = register(WebhookEndpointCreateParams.EnabledEvent.ALL);
        assertThat(endpoint.getSecret()).startsWith("whsec_");
        assertThat(story.stripe.webhookEndpoints().retrieve(endpoint.getId()).getSecret()).isNull();
    }

    private void refused(String body, String signature, String secret) {
        assertThatExceptionOfType(SignatureVerificationException.class).isThrownBy(() -> Webhook.constructEvent(body, signature, secret));
    }

    private void create() throws StripeException {
        story.stripe.customers().create(CustomerCreateParams.builder().setName("Acme").build());
    }

    private WebhookEndpoint register(WebhookEndpointCreateParams.EnabledEvent event) throws StripeException {
        return story.stripe.webhookEndpoints().create(WebhookEndpointCreateParams.builder()
                .setUrl("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
                .setApiVersion(WebhookEndpointCreateParams.ApiVersion.VERSION_2026_07_29_DAHLIA).addEnabledEvent(event).build());
    }
}
