package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.CreatedApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page for newcomers, followed to the letter. */
@HeadroomTest
class FirstStepsTest {

    private static final Pattern BLOCK = Pattern.compile("```graphql\\n(.*?)```", Pattern.DOTALL);
    private static final Actor SELF = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    ApiKeys keys;

    @Test
    void everyRequestOfThePageDoesWhatThePageSays() throws IOException {
        List<String> requests = BLOCK.matcher(Files.readString(Path.of("docs/first-steps.md"))).results().map(block -> block.group(1)).toList();
        assertThat(requests).hasSize(11);
        CreatedApiKey first = keys.create(SELF, "First key", EnumSet.complementOf(EnumSet.of(Permission.ADMIN)), Set.of());
        Api backend = stories.api(first.secret());

        assertThat(text(backend, requests.get(0), "/createProduct/__typename")).isEqualTo("ProductCreated");
        assertThat(text(backend, requests.get(1), "/createPlan/__typename")).isEqualTo("PlanCreated");
        assertThat(text(backend, requests.get(2), "/createPlan/__typename")).isEqualTo("PlanCreated");
        assertThat(text(backend, requests.get(3), "/createAccount/__typename")).isEqualTo("AccountCreated");
        assertThat(text(backend, requests.get(4), "/addPaymentMethod/__typename")).isEqualTo("PaymentMethodAdded");
        assertThat(text(backend, requests.get(5), "/startSubscription/__typename")).isEqualTo("SubscriptionStarted");
        assertThat(text(backend, requests.get(6), "/recordUsage/recorded")).isEqualTo("1");
        assertThat(text(backend, requests.get(7), "/addMember/__typename")).isEqualTo("MemberAdded");

        Api browser = stories.api(text(backend, requests.get(8), "/createAccountToken/token"));
        Map<String, String> origin = Map.of("Origin", "http://localhost:3000");
        assertThat(browser.ask(origin, requests.get(9)).errorCode()).isEqualTo("ORIGIN_NOT_ALLOWED");
        keys.change(SELF, first.key().id(), first.key().permissions(), Set.of("http://localhost:3000"));
        String token = browser.ask(origin, requests.get(9)).text("/account/quote/token");
        Api.Answer click = browser.ask(origin, requests.get(10).replace("quote.…", token));
        assertThat(click.at("/changePlan/account/meters").valueStream().map(meter -> meter.at("/limit").asLong())).containsExactly(5L, 2000L);
    }

    private static String text(Api api, String request, String pointer) {
        return api.ask(request).text(pointer);
    }
}
