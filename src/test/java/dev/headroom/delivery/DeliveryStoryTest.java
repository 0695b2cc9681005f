package dev.headroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.draft.OwnPriceDesk;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A vendor's other system is told of what happens, once it is so, by requests that it can check, until it has taken them. */
@HeadroomTest
class DeliveryStoryTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DELIVERIES = "query { webhookEndpoints { id url pausedAt waiting deliveries(first: 100) { event state tries status failure dueAt triedAt millis kind } } }";

    @Autowired
    Stories stories;

    @Autowired
    WebhookDeliveries deliveries;

    @Autowired
    ApplicationContext headroom;

    private final List<Heard> heard = new ArrayList<>();
    private volatile int answering = 204;
    private volatile boolean stalling;
    private Story story;
    private HttpServer server;
    private String endpoint;
    private String secret;

    private record Heard(String id, long at, String signature, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    @BeforeEach
    void anEndpoint() throws IOException {
        story = stories.beginWithCatalogOfItsOwn();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/hooks", exchange -> {
            synchronized (heard) {
                heard.add(new Heard(
                        exchange.getRequestHeaders().getFirst("webhook-id"), Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                        exchange.getRequestHeaders().getFirst("webhook-signature"), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            }
            if (stalling) {
                // Announces more than ever comes, and keeps the connection.
                exchange.sendResponseHeaders(answering, 10);
                exchange.getResponseBody().flush();
                return;
            }
            exchange.sendResponseHeaders(answering, -1);
            exchange.close();
        });
        server.start();
        JsonNode made = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret endpoint { id url events } } }", "input",
                Map.of("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks", "description", "CRM", "events", List.of("VERSION_PUBLISHED"))).at("/createWebhookEndpoint");
        endpoint = made.at("/endpoint/id").asString();
        secret = made.at("/secret").asString();
    }

    @AfterEach
    void away() {
        if (mine().isPresent()) {
            story.backend().ask("mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { removedAt } }", "input", Map.of("endpoint", endpoint)).at("");
        }
        server.stop(0);
    }

    @Test
    void whatHappensIsToldSignedAndOnce() {
        String account = story.account("acme");
        String own = new OwnPriceDesk(story, headroom).sold(account, "pro", "3900");
        assertThat(heard).as("nothing is sent before it is so").isEmpty();
        work();
        work();

        Heard told = about(own);
        assertThat(told.json().at("/type").asString()).isEqualTo("headroom.version.published");
        assertThat(told.json().at("/specversion").asString()).isEqualTo("1.0");
        assertThat(told.json().at("/id").asString()).isEqualTo(told.id());
        assertThat(told.json().at("/subject").asString()).isEqualTo(account);
        assertThat(told.json().at("/data/version").asInt()).isEqualTo(1);
        assertThat(told.at()).isEqualTo(stories.clock().instant().getEpochSecond());
        assertThat(told.signature()).isEqualTo("v1," + signature(told, secret));
        assertThat(heard.stream().filter(each -> each.id().equals(told.id()))).hasSize(1);
        assertThat(delivery(told.id()).at("/state").asString()).isEqualTo("DELIVERED");
        assertThat(story.backend().ask("{ webhookEndpoints { id url description events } }").body().toString()).as("a secret is shown once").doesNotContain("whsec_");
    }

    @Test
    void whoNeverEndsItsAnswerHasTakenItByTheHead() {
        stalling = true;
        answering = 200;
        String own = new OwnPriceDesk(story, headroom).sold(story.account("acme"), "pro", "3900");
        work();
        assertThat(delivery(about(own).id()).at("/state").asString()).isEqualTo("DELIVERED");
    }

    @Test
    void aTestEventShowsWhetherTheEndpointTakesWhatIsSent() {
        JsonNode sent = story.backend().ask("mutation ($input: SendTestWebhookEventInput!) { sendTestWebhookEvent(input: $input) { event state kind tries triedAt millis } }",
                "input", Map.of("endpoint", endpoint)).at("/sendTestWebhookEvent");
        assertThat(sent.at("/state").asString()).isEqualTo("WAITING");
        assertThat(sent.at("/triedAt").isNull() && sent.at("/millis").isNull()).isTrue();
        work();
        Heard told = heard.stream().filter(each -> each.id().equals(sent.at("/event").asString())).findFirst().orElseThrow();
        assertThat(told.json().at("/type").asString()).isEqualTo("headroom.test");
        assertThat(told.signature()).isEqualTo("v1," + signature(told, secret));
        JsonNode taken = delivery(told.id());
        assertThat(taken.at("/state").asString()).isEqualTo("DELIVERED");
        assertThat(taken.at("/status").asInt()).isEqualTo(204);
        assertThat(taken.at("/triedAt").asString()).isEqualTo(stories.clock().instant().toString());
        assertThat(taken.at("/millis").asInt()).isNotNegative();
        assertThat(story.backend().ask("{ auditEntries(filter: {subject: \"webhookEndpoint\"}) { edges { node { operation subjectId } } } }").body().toString())
                .contains("{\"operation\":\"sendTestWebhookEvent\",\"subjectId\":\"" + endpoint + "\"}");
    }

    @Test
    void whatHappensWhileAnEndpointIsPausedWaitsIsToldAndIsSentWhenItIsResumed() {
        turn("pause");
        String own = new OwnPriceDesk(story, headroom).sold(story.account("acme"), "pro", "3900");
        work();
        assertThat(heard).isEmpty();
        JsonNode paused = mine().orElseThrow();
        assertThat(paused.at("/pausedAt").asString()).isEqualTo(stories.clock().instant().toString());
        assertThat(paused.at("/waiting").asInt()).isEqualTo(1);
        stories.clock().advance(Duration.ofDays(29));
        work();
        turn("resume");
        work();
        assertThat(delivery(about(own).id()).at("/state").asString()).isEqualTo("DELIVERED");
        assertThat(mine().orElseThrow().at("/waiting").asInt()).isZero();
    }

    @Test
    void whatWaitsForAPausedEndpointForThirtyDaysIsGivenUpAndSaysWhy() {
        new OwnPriceDesk(story, headroom).sold(story.account("acme"), "pro", "3900");
        turn("pause");
        stories.clock().advance(Duration.ofDays(31));
        work();
        JsonNode given = mine().orElseThrow().at("/deliveries/0");
        assertThat(given.at("/state").asString()).isEqualTo("GIVEN_UP");
        assertThat(given.at("/failure").asString()).isEqualTo("The endpoint was paused for longer than 30 days");
        turn("resume");
        work();
        assertThat(heard).isEmpty();
    }

    private void turn(String how) {
        story.backend().ask("mutation ($input: %sWebhookEndpointInput!) { %sWebhookEndpoint(input: $input) { id } }".formatted(how.equals("pause") ? "Pause" : "Resume", how),
                "input", Map.of("endpoint", endpoint)).at("/" + how + "WebhookEndpoint/id");
    }

    /** Whoever looks up a name may take as long as they like, and nothing of the database waits for them. */
    @Test
    void whoseAddressItIsIsLookedUpBeforeATransactionBegins() throws NoSuchMethodException {
        List<Boolean> within = new ArrayList<>();
        DnsResolver names = new DnsResolver() {

            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                within.add(TransactionSynchronizationManager.isActualTransactionActive());
                throw new UnknownHostException("nobody");
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        WebhookEndpoints endpoints = new WebhookEndpoints(
                headroom.getBean(EndpointRepository.class), headroom.getBean(DeliveryRepository.class),
                new WebhookGateway(new DeliveryProperties(false, Duration.ofSeconds(1)), names, SSLContexts.createSystemDefault()), headroom.getBean(EndpointSecrets.class),
                headroom.getBean(AuditEntries.class), headroom.getBean(TransactionTemplate.class), stories.clock());
        assertThatThrownBy(() -> endpoints.create(new Actor.System("test"), "https://hooks.example.com/", "", EventKind.HAPPENING)).hasMessageContaining("nobody");
        assertThat(within).containsExactly(false);
        Method create = WebhookEndpoints.class.getMethod("create", Actor.class, String.class, String.class, Set.class);
        assertThat(MergedAnnotations.from(create).isPresent(Transactional.class)).as("nobody begins one around it").isFalse();
    }

    @Test
    void nobodyIsToldOfTestsUnasked() {
        Api.Answer refused = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }", "input",
                Map.of("url", "http://127.0.0.1:1/hooks", "events", List.of("VERSION_PUBLISHED", "TEST")));
        assertThat(refused.errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void anAddressThatCannotBeCalledIsRefused() {
        for (String url : List.of("http://127.0.0.1:99999/", "ftp://127.0.0.1/", "http:///hooks")) {
            Api.Answer refused = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }", "input",
                    Map.of("url", url, "description", "CRM", "events", List.of("VERSION_PUBLISHED")));
            assertThat(refused.errorCode()).as(url).isEqualTo("INVALID_INPUT");
        }
    }

    @Test
    void whatIsNotTakenIsSentAgainEverMoreSeldomUntilItIsGivenUpAndCanBeSentAgain() {
        answering = 500;
        String own = new OwnPriceDesk(story, headroom).sold(story.account("acme"), "pro", "3900");
        work();
        Heard first = about(own);
        assertThat(delivery(first.id()).at("/failure").asString()).isEqualTo("It answered 500");
        work();
        assertThat(heard.stream().filter(each -> each.id().equals(first.id()))).as("not before its time").hasSize(1);
        Duration last = Duration.ZERO;
        int tries = 1;
        while (delivery(first.id()).at("/state").asString().equals("WAITING")) {
            Duration pause = Duration.between(stories.clock().instant(), Instant.parse(delivery(first.id()).at("/dueAt").asString()));
            assertThat(pause).isGreaterThan(last);
            last = pause;
            stories.clock().advance(pause);
            work();
            tries++;
        }
        assertThat(tries).isEqualTo(12);
        assertThat(heard.stream().filter(each -> each.id().equals(first.id()))).hasSize(12).allMatch(each -> each.body().equals(first.body()));
        assertThat(delivery(first.id()).at("/state").asString()).isEqualTo("GIVEN_UP");

        answering = 200;
        assertThat(story.backend().ask("mutation ($input: ResendWebhookEventInput!) { resendWebhookEvent(input: $input) { state tries } }", "input",
                Map.of("endpoint", endpoint, "event", first.id())).text("/resendWebhookEvent/state")).isEqualTo("WAITING");
        work();
        assertThat(delivery(first.id()).at("/state").asString()).isEqualTo("DELIVERED");
        assertThat(heard.stream().filter(each -> each.id().equals(first.id()))).hasSize(13);
    }

    @Test
    void aSecretIsReplacedWhileBothAreGood() {
        String second = story.backend().ask("mutation ($input: RotateWebhookEndpointSecretInput!) { rotateWebhookEndpointSecret(input: $input) { secret endpoint { formerUntil } } }", "input",
                Map.of("endpoint", endpoint, "overlapHours", 1)).text("/rotateWebhookEndpointSecret/secret");
        assertThat(second).startsWith("whsec_").isNotEqualTo(secret);
        OwnPriceDesk desk = new OwnPriceDesk(story, headroom);
        String own = desk.sold(story.account("acme"), "pro", "3900");
        work();
        Heard both = about(own);
        assertThat(both.signature()).isEqualTo("v1," + signature(both, second) + " v1," + signature(both, secret));

        stories.clock().advance(Duration.ofHours(1));
        String later = desk.sold(story.account("other"), "pro", "3900");
        work();
        assertThat(about(later).signature()).isEqualTo("v1," + signature(about(later), second));
    }

    @Test
    void whoIsGoneIsToldOfNothing() {
        answering = 410;
        String own = new OwnPriceDesk(story, headroom).sold(story.account("acme"), "pro", "3900");
        work();
        assertThat(delivery(about(own).id()).at("/state").asString()).as("the endpoint says that it is gone").isEqualTo("GIVEN_UP");
        story.backend().ask("mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { removedAt } }", "input", Map.of("endpoint", endpoint)).at("");
        String later = new OwnPriceDesk(story, headroom).sold(story.account("other"), "pro", "3900");
        work();
        assertThat(heard.toString()).contains(own).doesNotContain(later);
    }

    @Test
    void onlyWhoeverAdministersSeesAndRegistersThem() {
        Api other = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG, Permission.PUBLISH)));
        assertThat(other.ask(DELIVERIES).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(other.ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }", "input",
                Map.of("url", "https://1.1.1.1/", "events", List.of("MOVE_ANNOUNCED"))).errorCode()).isEqualTo("FORBIDDEN");
    }

    /** Until nothing is due: other stories may have left something. */
    private void work() {
        while (deliveries.work() > 0) { }
    }

    private Heard about(String plan) {
        synchronized (heard) {
            return heard.stream().filter(each -> each.json().at("/data/plan").asString().equals(plan)).findFirst().orElseThrow();
        }
    }

    private Optional<JsonNode> mine() {
        return story.backend().ask(DELIVERIES).at("/webhookEndpoints").valueStream().filter(each -> each.at("/id").asString().equals(endpoint)).findFirst();
    }

    private JsonNode delivery(String event) {
        return mine().orElseThrow().at("/deliveries").valueStream().filter(each -> each.at("/event").asString().equals(event)).findFirst().orElseThrow();
    }

    private static String signature(Heard of, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal((of.id() + "." + of.at() + "." + of.body()).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
