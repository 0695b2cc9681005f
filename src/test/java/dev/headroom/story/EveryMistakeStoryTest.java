package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whoever makes a product, its features or a plan is told all that is wrong at once, each with its field; and what looks like code is told, and kept as it was typed. */
@HeadroomTest
class EveryMistakeStoryTest {

    @Autowired
    Stories stories;

    private Story story;

    @BeforeEach
    void begin() {
        story = stories.begin();
    }

    private Api.Answer asked(String mutation, String input, Map<String, Object> wanted) {
        return story.backend().ask("mutation ($input: " + input + "!) { " + mutation + "(input: $input) { __typename } }", "input", wanted);
    }

    private static List<String> fields(Api.Answer answer) {
        return answer.body().at("/errors/0/extensions/findings").valueStream().map(each -> each.at("/field").asString()).toList();
    }

    private Map<String, Object> product(String name, List<Map<String, Object>> features) {
        return Map.of("idempotencyKey", UUID.randomUUID().toString(), "key", "mistakes-" + story.number(), "name", name, "features", features);
    }

    @Test
    void ofAProductAndItsFeaturesEveryMistakeIsTold() {
        Api.Answer answer = asked("createProduct", "CreateProductInput", product(" ", List.of(
                Map.of("key", "no key", "name", "Fine", "kind", "GATE"), Map.of("key", story.key("calls"), "name", "", "kind", "METER"))));
        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).as("the first, as ever").isEqualTo("input.name");
        assertThat(fields(answer)).containsExactly(
                "input.name", "input.features[0].key", "input.features[1].name", "input.features[1].reset", "input.features[1].key");
        assertThat(answer.body().at("/errors/0/extensions/findings/4/code").asString()).isEqualTo("ALREADY_EXISTS");
        assertThat(story.backend().ask("query ($key: String!) { product(key: $key) { key } }", "key", "mistakes-" + story.number()).at("/product").isNull()).isTrue();
    }

    @Test
    void ofAFeatureThatIsCalledOtherwiseToo() {
        Api.Answer answer = asked("editFeature", "EditFeatureInput", Map.of("feature", story.key("calls"), "name", " ", "unit", "u".repeat(51)));
        assertThat(fields(answer)).containsExactly("input.name", "input.unit");
        Api.Answer one = asked("editFeature", "EditFeatureInput", Map.of("feature", story.key("calls"), "name", " "));
        assertThat(one.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.name");
        assertThat(one.body().at("/errors/0/extensions/findings").isMissingNode()).as("one is told as it was").isTrue();
    }

    @Test
    void ofAPlanEveryMistakeIsTold() {
        Api.Answer answer = asked("createPlan", "CreatePlanInput", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "key", "not a key", "name", "", "rank", 2_000, "prices", List.of(),
                "entitlements", List.of(Map.of("feature", "nothing"), Map.of("feature", story.key("calls"), "included", -1))));
        assertThat(fields(answer)).contains("input.key", "input.name", "input.rank", "input.prices").hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void whatLooksLikeCodeIsToldAndKeptAsItWasTyped() {
        asked("createProduct", "CreateProductInput", product("<b>Bold</b>", List.of(Map.of("key", "formula-" + story.number(), "name", "=SUM(A1)", "kind", "GATE")))).at("/createProduct");
        JsonNode made = story.backend().ask(
                "query ($key: String!) { product(key: $key) { name findings { rule path severity } features { name findings { rule path } } } }", "key", "mistakes-" + story.number()).at("/product");
        assertThat(made.at("/name").asString()).isEqualTo("<b>Bold</b>");
        assertThat(made.at("/findings")).hasSize(1);
        assertThat(made.at("/findings/0").toString()).contains("TEXT", "name", "WARNING");
        assertThat(made.at("/features/0/findings/0").toString()).contains("TEXT", "name");
    }
}
