package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A meter on a page moves while somebody looks at it. */
@HeadroomTest
class LiveStoryTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String USAGE =
            "subscription ($account: String, $features: [String!]) { usageChanged(account: $account, features: $features) { feature { key } used } }";

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "free", 0);
    }

    @Test
    void aMeterIsSentAtOnceAndWheneverItChanges() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); BufferedReader events = subscribe(http, acme)) {
            assertThat(used(events)).isZero();
            record("a", 30);
            assertThat(used(events)).isEqualTo(30);
            record("b", 12);
            assertThat(used(events)).isEqualTo(42);
        }
    }

    @Test
    void whatIsNoAccountIsRefused() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); BufferedReader events = subscribe(http, "nobody")) {
            assertThat(data(events)).contains("NOT_FOUND");
        }
    }

    @Test
    void aWebSocketSaysTheSameOnceACredentialCameWithIt() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http)) {
            socket.say(Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + story.backend().credential())));
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.subscribe("1", acme);
            assertThat(socket.used()).isZero();
            record("a", 30);
            assertThat(socket.used()).isEqualTo(30);
            socket.say(Map.of("type", "ping"));
            assertThat(socket.next().path("type").asString()).isEqualTo("pong");
            socket.subscribe("2", "nobody");
            assertThat(socket.refusal()).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void aCredentialMayComeWithTheHandshake() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http, "Authorization", "Bearer " + story.backend().credential())) {
            socket.say(Map.of("type", "connection_init"));
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.ask("1", "query ($account: String) { account(key: $account) { key } }", Map.of("account", acme));
            assertThat(socket.next().at("/payload/data/account/key").asString()).isEqualTo(acme);
        }
    }

    @Test
    void aWebSocketHasTheSameRightsAndLimits() throws Exception {
        String credential = story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", acme, "member", member(), "permissions", List.of("READ"))).text("/createAccountToken/token");
        String other = story.account("other");
        try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http)) {
            socket.say(Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + credential)));
            socket.next();
            socket.subscribe("1", other);
            assertThat(socket.refusal()).isEqualTo("NOT_FOUND");
            socket.ask("2", "{ accounts { edges { node { key } } } }", Map.of());
            assertThat(socket.refusal()).isEqualTo("FORBIDDEN");
            socket.ask("3", "{ account { " + deep() + " } }", Map.of());
            assertThat(socket.refusal()).isEqualTo("QUERY_TOO_COMPLEX");
            stories.clock().advance(Duration.ofDays(2));
            socket.ask("4", "{ account { key } }", Map.of());
            assertThat(socket.refusal()).isEqualTo("UNAUTHENTICATED");
        }
    }

    /** Deeper than any query may be. */
    private static String deep() {
        return "subscription { product { plans { product { plans { product { plans { product { plans { product { plans { product { plans { key } } } } } } } } } } } } }";
    }

    @Test
    void withoutACredentialAWebSocketIsClosed() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("type", "connection_init"),
                Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer hr_wrong")),
                Map.of("type", "subscribe", "id", "1", "payload", Map.of("query", "{ account { key } }")))) {
            try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http)) {
                socket.say(wrong);
                assertThat(socket.closed()).as(wrong.toString()).isEqualTo(4401);
            }
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> new Socket(http, "Authorization", "Bearer hr_wrong")).hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void aBrowserConnectsFromWhereItsKeySays() throws Exception {
        Api vendor = stories.api(stories.secret(EnumSet.allOf(Permission.class), "https://app.live.example"));
        stories.secret(EnumSet.allOf(Permission.class), "https://elsewhere.live.example");
        String credential = vendor.ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", acme, "member", member(), "permissions", List.of("READ"))).text("/createAccountToken/token");
        Map<String, Object> init = Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + credential));
        try (HttpClient http = HttpClient.newHttpClient()) {
            try (Socket socket = new Socket(http, "Origin", "https://app.live.example")) {
                socket.say(init);
                assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            }
            try (Socket socket = new Socket(http, "Origin", "https://elsewhere.live.example")) {
                socket.say(init);
                assertThat(socket.closed()).as("another key's origin").isEqualTo(4401);
            }
            assertThatThrownBy(() -> new Socket(http, "Origin", "https://nobody.live.example")).hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void oneConnectionHasTwentySubscriptionsAtOnce() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http)) {
            socket.say(Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + story.backend().credential())));
            socket.next();
            for (int i = 0; i < 20; i++) {
                socket.subscribe("s" + i, acme);
                assertThat(socket.next().path("type").asString()).isEqualTo("next");
            }
            socket.subscribe("more", acme);
            assertThat(socket.refusal()).isEqualTo("QUERY_TOO_COMPLEX");
        }
    }

    @Test
    void aMessageOfMoreThan64KibEndsTheConnection() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); Socket socket = new Socket(http)) {
            socket.say(Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + story.backend().credential())));
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.say(Map.of("type", "ping", "payload", Map.of("padding", "x".repeat(60 * 1024))));
            assertThat(socket.next().path("type").asString()).isEqualTo("pong");
            socket.say(Map.of("type", "ping", "payload", Map.of("padding", "x".repeat(64 * 1024))));
            assertThat(socket.closed()).isEqualTo(1009);
        }
    }

    private String member() {
        return story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { key } } } }",
                "input", Map.of("idempotencyKey", story.key("ada"), "account", acme, "key", "ada", "name", "Ada", "email", "ada@example.com"))
                .text("/addMember/member/key");
    }

    /** A WebSocket as a browser has it: what comes is read one after the other. */
    private final class Socket implements AutoCloseable, WebSocket.Listener {

        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Socket(HttpClient http, String... header) throws Exception {
            WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("graphql-transport-ws");
            if (header.length > 0) {
                builder.header(header[0], header[1]);
            }
            socket = builder.buildAsync(URI.create(stories.url().replace("http:", "ws:") + "/graphql"), this).get();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                said.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        void say(Map<String, Object> message) throws Exception {
            socket.sendText(JSON.writeValueAsString(message), true).get();
        }

        void ask(String id, String query, Map<String, Object> variables) throws Exception {
            say(Map.of("type", "subscribe", "id", id, "payload", Map.of("query", query, "variables", variables)));
        }

        void subscribe(String id, String account) throws Exception {
            ask(id, USAGE, Map.of("account", account, "features", List.of(story.key("calls"))));
        }

        JsonNode next() throws Exception {
            return JSON.readTree(said.take());
        }

        /** The code of the next error: what never began ends with one, what was answered holds one. */
        String refusal() throws Exception {
            JsonNode message = next();
            while (message.path("type").asString().equals("complete")) {
                message = next();
            }
            return message.at(message.path("type").asString().equals("error") ? "/payload/0/extensions/code" : "/payload/errors/0/extensions/code").asString();
        }

        long used() throws Exception {
            return next().at("/payload/data/usageChanged/used").asLong();
        }

        int closed() throws Exception {
            return closed.get();
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private BufferedReader subscribe(HttpClient http, String account) throws Exception {
        InputStream body = http.send(HttpRequest.newBuilder(URI.create(stories.url() + "/graphql"))
                .header("Authorization", "Bearer " + story.backend().credential())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("query", USAGE, "variables", Map.of("account", account, "features", List.of(story.key("calls")))))))
                .build(), HttpResponse.BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static String data(BufferedReader events) throws Exception {
        String line = events.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = events.readLine();
        }
        return String.valueOf(line);
    }

    private static long used(BufferedReader events) throws Exception {
        return JSON.readTree(data(events).substring("data:".length())).at("/data/usageChanged/used").asLong();
    }

    private void record(String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", acme, "meter", story.key("calls"), "quantity", quantity)));
    }
}
