package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong because somebody asked for it. */
class FaultTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock_timeout", "rate_limit"})
    void refusesAndRemembersNothing(String kind) throws Exception {
        fault("operation=POST /v1/customers&kind=" + kind);
        assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> create(story.client, "key-1")).satisfies(refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(429);
            assertThat(refused.getCode()).isEqualTo(kind);
        });
        assertThat(names()).isEmpty();
        assertThat(create(story.client, "key-1").getName()).as("the same key goes through the next time").isEqualTo("Acme");
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void failsAndRepeatsThatAnswer(String when, int happened) throws Exception {
        fault("operation=POST /v1/customers&kind=server_error&when=" + when);
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> create(story.client, "key-2")).satisfies(failed -> assertThat(failed.getStatusCode()).isEqualTo(500));
        assertThatExceptionOfType(ApiException.class).as("the first answer to a key is every answer to it").isThrownBy(() -> create(story.client, "key-2"));
        assertThat(names()).hasSize(happened);
        create(story.client, "key-3");
        assertThat(names()).hasSize(happened + 1);
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void breaksTheConnection(String when, int happened) throws Exception {
        // Java's own client tries a broken connection once more.
        fault("operation=POST /v1/customers&kind=connection_reset&times=2&when=" + when);
        assertThatExceptionOfType(ApiConnectionException.class).isThrownBy(() -> create(direct(), "key-4"));
        assertThat(names()).hasSize(happened);
        assertThat(create(direct(), "key-4").getName()).isEqualTo("Acme");
        assertThat(names()).as("whether it had happened or not").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1"})
    void letsTheCallerWaitInVain(String when, int happened) throws Exception {
        fault("operation=POST /v1/customers&kind=timeout&when=" + when);
        StripeClient hurried = StripeClient.builder().setApiKey(story.sandbox.secretKey()).setApiBase(story.sandbox.url().toString())
                .setReadTimeout(200).setMaxNetworkRetries(0).build();
        assertThatExceptionOfType(ApiConnectionException.class).isThrownBy(() -> create(hurried, "key-5"));
        assertThat(names()).hasSize(happened);
        assertThat(create(direct(), "key-5").getName()).isEqualTo("Acme");
        assertThat(names()).hasSize(1);
    }

    @Test
    void strikesOnlyWhatIsMeantAndOnlySoOften() throws Exception {
        Customer customer = create(story.client, "key-6");
        fault("operation=* /v1/customers/*&kind=rate_limit&times=2");
        assertThat(listed()).singleElement().satisfies(each -> assertThat(each.path("times").asInt()).isEqualTo(2));
        assertThat(names()).as("the list is another operation").containsExactly("Acme");
        assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> story.stripe.customers().retrieve(customer.getId()));
        assertThat(listed()).singleElement().satisfies(each -> assertThat(each.path("times").asInt()).isEqualTo(1));
        assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> story.stripe.customers().delete(customer.getId()));
        assertThat(story.stripe.customers().retrieve(customer.getId()).getDeleted()).isNull();

        fault("operation=*&kind=server_error&times=1000");
        send("DELETE", "/_sandbox/faults", "");
        assertThat(listed()).isEmpty();
        assertThat(names()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"kind=rate_limit, operation", "operation=*, kind", "operation=*&kind=fire, kind", "operation=*&kind=rate_limit&when=after, when",
        "operation=*&kind=timeout&times=0, times", "operation=*&kind=timeout&times=1001, times", "operation=*&kind=timeout&often=1, often"})
    void refusesWhatItCannotDo(String body, String parameter) throws Exception {
        HttpResponse<String> answer = send("POST", "/_sandbox/faults", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("error").path("param").asString("")).isEqualTo(parameter);
        assertThat(listed()).isEmpty();
    }

    private StripeClient direct() {
        return StripeClient.builder().setApiKey(story.sandbox.secretKey()).setApiBase(story.sandbox.url().toString()).setMaxNetworkRetries(0).build();
    }

    private static Customer create(StripeClient client, String key) throws StripeException {
        return client.v1().customers().create(CustomerCreateParams.builder().setName("Acme").build(), RequestOptions.builder().setIdempotencyKey(key).build());
    }

    private List<String> names() throws StripeException {
        return story.stripe.customers().list().getData().stream().map(Customer::getName).toList();
    }

    private void fault(String body) throws Exception {
        assertThat(send("POST", "/_sandbox/faults", body).statusCode()).isEqualTo(200);
    }

    private List<JsonNode> listed() throws Exception {
        return JsonMapper.shared().readTree(send("GET", "/_sandbox/faults", "").body()).path("data").valueStream().toList();
    }

    private HttpResponse<String> send(String verb, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(story.sandbox.url() + path)).header("Authorization", "Bearer pk_test_any")
                .header("Content-Type", "application/x-www-form-urlencoded").method(verb, HttpRequest.BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
