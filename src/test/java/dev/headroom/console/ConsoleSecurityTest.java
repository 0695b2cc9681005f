package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the console's chain opens, closes, and leaves to the API's. */
@HeadroomTest
class ConsoleSecurityTest {

    private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @Autowired
    private Stories stories;

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(stories.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/accounts", "/plans", "/nobody-thought-of-this", "/nobody/thought-of-this"})
    void whoeverIsNotSignedInIsSentToSignIn(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/login");
    }

    @Test
    void theStyleSheetIsThereBeforeSomebodySignsIn() throws Exception {
        assertThat(get("/console.css").statusCode()).isEqualTo(200);
        assertThat(get("/sign-in.css").statusCode()).isEqualTo(200);
        assertThat(get("/aura/aura.css").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/graphql", "/v1/anything", "/v1/any/thing", "/actuator/prometheus", "/actuator/any/thing"})
    void theApiAnswersForItself(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(401);
    }
}
