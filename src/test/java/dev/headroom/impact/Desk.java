package dev.headroom.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.Story;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A plan that some have bought, and the version that may come next: 15.00 a seat instead of 10.00, half the calls, and no single sign-on. */
record Desk(Story story) {

    /** A comma with an even number of quotation marks behind it. */
    static final String BETWEEN_CELLS = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    static final String STARTED = "mutation ($input: PreviewImpactInput!) { previewImpact(input: $input) { ... on ImpactStarted { impact { id state total done fingerprint comparedWith } } } }";

    String plan() {
        return "desk-" + story.number();
    }

    /** Sold by the month and the year, in dollars and euros. */
    void sell() {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", plan(), "product", story.key("suite"), "key", plan(), "name", "Desk", "rank", 7, "prices", List.of(
                        price("MONTH", "USD", "1000"), price("YEAR", "USD", "10000"), price("MONTH", "EUR", "900"), price("YEAR", "EUR", "9000")),
                "entitlements", granted(1_000, true))).at("/createPlan/version");
    }

    String bought(String name, String currency, Map<String, Object> more) {
        String account = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { key } } } }",
                "input", Map.of("idempotencyKey", story.key("account-" + name), "key", story.key(name), "name", name, "email", name + "@example.com",
                        "currency", currency)).text("/createAccount/account/key");
        story.card(account, "pm_card_visa");
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("plan", plan());
        story.start(account, wanted).at("/startSubscription/subscription/id");
        return account;
    }

    Map<String, Object> next(String monthly) {
        return new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "plan", plan(), "prices", List.of(
                price("MONTH", "USD", monthly), price("YEAR", "USD", "12000"), price("MONTH", "EUR", "1000")), "entitlements", granted(500, false)));
    }

    private List<Map<String, Object>> granted(long calls, boolean sso) {
        List<Map<String, Object>> granted = new ArrayList<>(List.of(
                Map.of("feature", story.key("seats"), "included", 0), Map.of("feature", story.key("calls"), "included", calls)));
        if (sso) {
            granted.add(Map.of("feature", story.key("sso")));
        }
        return granted;
    }

    static Map<String, Object> price(String interval, String currency, String perSeat) {
        return Map.of("interval", interval, "currency", currency, "perSeat", perSeat);
    }

    String preview(Map<String, Object> next) {
        return story.backend().ask(STARTED, "input", next).text("/previewImpact/impact/id");
    }

    JsonNode impact(String id, String fields) {
        return story.backend().ask("query ($id: ID!) { impact(id: $id) { " + fields + " } }", "id", id).at("/impact");
    }

    /** Line by line, each by its columns. */
    static List<Map<String, String>> csv(Api api, String path) {
        HttpResponse<String> response = get(api, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        List<String> rows = response.body().lines().toList();
        String[] columns = rows.getFirst().split(",");
        return rows.stream().skip(1).map(row -> {
            String[] cells = row.split(BETWEEN_CELLS, -1);
            assertThat(cells).as(row).hasSameSizeAs(columns);
            Map<String, String> line = new HashMap<>();
            for (int i = 0; i < columns.length; i++) {
                line.put(columns[i], cells[i]);
            }
            return line;
        }).toList();
    }

    static HttpResponse<String> get(Api api, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(api.url() + path)).header("Authorization", "Bearer " + api.credential()).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
