package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Usage through a pipe: a line an event, a line an answer. */
@HeadroomTest
class UsageStreamStoryTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Stories stories;

    @Autowired
    Interjection interjection;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 2);
    }

    @Test
    void everyLineIsAnsweredInItsPlaceAndTheLastOneCountsThem() throws Exception {
        List<JsonNode> answers = stream(story.backend(), String.join("\n",
                event("a", 5), event("a", 5), "", "{\"id\": \"b\"", event("a", 6), "{\"id\": \"c\", \"meter\": \"m\"}",
                event("d", 1).replace("quantity", "amount"), event("e", 7)));

        assertThat(answers.stream().map(answer -> answer.path("outcome").asString("") + " " + answer.path("field").asString("")).toList())
                .containsExactly("recorded ", "duplicate ", "rejected line", "rejected id", "rejected account", "rejected amount", "recorded ", " ");
        assertThat(answers.getLast().path("done").toString()).isEqualTo("{\"recorded\":2,\"duplicate\":1,\"rejected\":4}");
        assertThat(used()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {"quantity; \"many\"", "quantity; true", "quantity; 1.5", "quantity; 1e30", "quantity; 99999999999999999999", "quantity; -1",
            "at; \"yesterday\"", "at; 1732233600", "at; \"2026-12-04\"", "properties; [1]", "properties; \"none\"", "account; 5", "meter; {}", "meter; null", "other; 1"})
    void aLineThatIsNoEventIsRefusedWithItsIdAndTheFieldThatIsWrong(String field, String value) throws Exception {
        String wrong = "{" + Stream.of("id", "account", "meter", "quantity").filter(name -> !name.equals(field))
                .map(name -> "\"" + name + "\": " + switch (name) {
                    case "id" -> "\"wrong\"";
                    case "account" -> "\"" + acme + "\"";
                    case "meter" -> "\"" + story.key("calls") + "\"";
                    case String other -> "1";
                }).collect(Collectors.joining(", ")) + ", \"" + field + "\": " + value + "}";

        List<JsonNode> answers = stream(story.backend(), wrong + "\n" + event("right", 1));
        assertThat(answers.getFirst().path("id").asString()).isEqualTo("wrong");
        assertThat(answers.getFirst().path("outcome").asString()).isEqualTo("rejected");
        assertThat(answers.getFirst().path("field").asString()).isEqualTo(field);
        assertThat(answers.getFirst().path("reason").asString()).isNotBlank();
        assertThat(answers.get(1).path("outcome").asString()).isEqualTo("recorded");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void aLineWithoutAnIdThatCanBeReadIsAnsweredWithoutOne() throws Exception {
        List<JsonNode> answers = stream(story.backend(), event("a", 1).replace("\"a\"", "7") + "\n{\"account\": \"x\"}");
        assertThat(answers.stream().limit(2).map(answer -> answer.path("id").asString() + answer.path("field").asString())).containsExactly("id", "id");
    }

    @Test
    void aLineThatIsNoObjectIsRefusedAlone() throws Exception {
        HttpResponse<String> answer = send(story.backend(), "null\n[]\n5\n" + event("a", 1));

        assertThat(answer.body().lines().map(line -> JSON.readTree(line).path("outcome").asString("")).toList())
                .containsExactly("rejected", "rejected", "rejected", "recorded", "");
        assertThat(answer.body()).startsWith("{\"id\":\"\",\"outcome\":\"rejected\",\"field\":\"line\",\"reason\":");
    }

    @Test
    void whatFailsBeforeAnythingIsAnsweredIsAnErrorAndNoEmptySuccess() throws Exception {
        interjection.after("with sent as", () -> {
            throw new IllegalStateException("made up");
        });

        HttpResponse<String> answer = send(story.backend(), event("a", 1));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/extensions/code").asString()).isEqualTo("INTERNAL");
        assertThat(send(story.backend(), event("a", 1)).body()).contains("recorded");
    }

    @Test
    void aStreamMayBeLongerThanABatch() throws Exception {
        List<JsonNode> answers = stream(story.backend(), String.join("\n", IntStream.range(0, 2_500).mapToObj(i -> event("e" + i, 2)).toList()) + "\n");

        assertThat(answers).hasSize(2_501);
        assertThat(answers.getLast().at("/done/recorded").asLong()).isEqualTo(2_500);
        assertThat(used()).isEqualTo(5_000);
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheNextOneIsRead() throws Exception {
        List<JsonNode> answers = stream(story.backend(), "{\"id\": \"" + "x".repeat(200_000) + "\"}\n" + event("a", 1));

        assertThat(answers.getFirst().path("reason").asString()).contains("65536 bytes");
        assertThat(answers.get(1).path("outcome").asString()).isEqualTo("recorded");
    }

    @Test
    void onlyWhoMayRecordUsageStreams() throws Exception {
        assertThat(send(stories.api(stories.secret(Set.of(Permission.READ))), event("a", 1)).statusCode()).isEqualTo(403);
        assertThat(send(new Api(stories.url(), "hr_wrong"), event("a", 1)).statusCode()).isEqualTo(401);
        assertThat(used()).isZero();
    }

    /** Each line waits for the answer to the one before, which would never come if lines were gathered until there are many. An empty one keeps the pipe. */
    @Test
    void aPipeThatPausesIsAnsweredWhatItHasSent() throws Exception {
        URI server = URI.create(stories.url());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.write(("POST /v1/usage HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer " + story.backend().credential()
                    + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            chunk(out, event("a", 1) + "\n");
            assertThat(answer(in)).contains("\"a\"", "recorded");
            chunk(out, "\n");
            chunk(out, event("b", 1) + "\n" + event("c", 1) + "\n");
            assertThat(answer(in)).contains("\"b\"", "recorded");
            assertThat(answer(in)).contains("\"c\"", "recorded");
            assertThat(used()).isEqualTo(3);
            chunk(out, event("d", 1).substring(0, 9));
            chunk(out, event("d", 1).substring(9));
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(answer(in)).contains("\"d\"", "recorded");
            assertThat(answer(in)).contains("\"done\":{\"recorded\":4}");
        }
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next line of the body, whatever stands around it. */
    private static String answer(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("{")) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    private static List<JsonNode> stream(Api api, String body) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        send(api, body).body().lines().forEach(line -> lines.add(JSON.readTree(line)));
        return lines;
    }

    private static HttpResponse<String> send(Api api, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(api.url() + "/v1/usage"))
                    .header("Authorization", "Bearer " + api.credential())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(body))
                    .build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String event(String id, long quantity) {
        return "{\"id\": \"" + id + "\", \"account\": \"" + acme + "\", \"meter\": \"" + story.key("calls") + "\", \"quantity\": " + quantity + "}";
    }

    private long used() {
        return story.entitlement(story.backend(), acme, "calls", 0).at("/entitlement/used").asLong();
    }
}
