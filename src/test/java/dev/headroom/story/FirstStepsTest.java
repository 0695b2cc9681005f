package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page for newcomers, followed to the letter. */
@HeadroomTest
class FirstStepsTest {

    private static final Pattern BLOCK = Pattern.compile("```graphql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BEGINNING = Pattern.compile("(?m)^(?=mutation|query)");

    @Autowired
    Stories stories;

    @Test
    void everyRequestOfThePageDoesWhatThePageSays() throws IOException {
        List<String> requests = BLOCK.matcher(Files.readString(Path.of("docs/first-steps.md"))).results()
                .flatMap(block -> Stream.of(BEGINNING.split(block.group(1))))
                .toList();
        assertThat(requests).hasSize(9);
        Api backend = stories.api(stories.secret(Set.of(Permission.values())));

        assertThat(text(backend, requests.get(0), "/createProduct/__typename")).isEqualTo("ProductCreated");
        String basic = requests.get(1);
        assertThat(text(backend, basic, "/createPlan/__typename")).isEqualTo("PlanCreated");
        String plus = basic.replace("\"basic\"", "\"plus\"").replace("\"Basic\"", "\"Plus\"").replace("rank: 1", "rank: 2")
                .replace("\"1000\"", "\"2500\"").replace("1000", "2000").replace("800", "1600");
        assertThat(text(backend, plus, "/createPlan/__typename")).isEqualTo("PlanCreated");
        assertThat(text(backend, requests.get(2), "/createAccount/__typename")).isEqualTo("AccountCreated");
        assertThat(text(backend, requests.get(3), "/addPaymentMethod/__typename")).isEqualTo("PaymentMethodAdded");
        assertThat(text(backend, requests.get(4), "/startSubscription/__typename")).isEqualTo("SubscriptionStarted");
        assertThat(text(backend, requests.get(5), "/recordUsage/recorded")).isEqualTo("1");
        assertThat(text(backend, requests.get(6), "/addMember/__typename")).isEqualTo("MemberAdded");

        Api browser = stories.api(text(backend, requests.get(7), "/createAccountToken/token"));
        String token = text(browser, requests.get(8), "/account/quote/token");
        Api.Answer click = browser.ask("""
                mutation ($input: ChangePlanInput!) { changePlan(input: $input) { ... on PlanChanged { account { meters { feature { key } limit } } } } }""",
                "input", Map.of("quoteToken", token, "idempotencyKey", "click"));
        assertThat(click.at("/changePlan/account/meters").valueStream().map(meter -> meter.at("/limit").asLong())).containsExactly(5L, 2000L);
    }

    private static String text(Api api, String request, String pointer) {
        return api.ask(request).text(pointer);
    }
}
