package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is wrong with what shall be sold is said at its field, and nothing of it is stored as if it were right. */
@HeadroomTest
class WrongCatalogStoryTest {

    private static final String EVIL = "=1+1<script>alert(1)</script>";

    @Autowired
    Stories stories;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void aDraftSaysAllOfItAtOnceAndCannotBePublished() {
        JsonNode draft = mutate("openDraft", "OpenDraftInput", "... on DraftOpened { draft { id revision sheet { prices { id interval currency } } } }",
                Map.of("plan", story.key("team"))).at("/draft");
        String month = draft.at("/sheet/prices").valueStream().filter(line -> line.at("/interval").asString().equals("MONTH")).findFirst().orElseThrow().at("/id").asString();
        JsonNode wrong = mutate("editDraft", "EditDraftInput", "... on DraftEdited { draft { id findings { path rule severity } } }",
                Map.of("draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "edits", List.of(
                        Map.of("price", Map.of("id", month, "interval", "MONTH", "currency", "USD")),
                        Map.of("price", Map.of("interval", "YEAR", "currency", "USD", "flat", 100)),
                        Map.of("price", Map.of("interval", "MONTH", "currency", "EUR")),
                        Map.of("entitlement", Map.of("feature", story.key("calls"), "included", -1)),
                        Map.of("plan", Map.of("name", EVIL))))).at("/draft");
        assertThat(wrong.at("/findings").valueStream().filter(each -> each.at("/severity").asString().equals("ERROR")).map(each -> each.at("/rule").asString() + " "
                + each.at("/path").asString().replaceAll("prices\\[(?!" + month + ")[^]]*]", "prices[new]")).toList())
                .as("a missing price, two prices of one interval, a currency without a price, a negative limit")
                .containsExactlyInAnyOrder("REQUIRED prices[" + month + "]", "DUPLICATE prices[new].interval", "REQUIRED prices[new]", "RANGE entitlements[" + story.key("calls") + "].included");
        assertThat(mutate("publishDraft", "PublishDraftInput", "__typename", Map.of("draft", draft.at("/id").asString(), "revision", 1,
                "impact", UUID.randomUUID().toString(), "rollout", Map.of(), "reason", "Wrong")).at("/__typename").asString()).isEqualTo("DraftHasFindings");
        assertThat(story.backend().ask("query ($key: String!) { plan(key: $key) { name onSale { number prices { summary } } } }", "key", story.key("team")).at("/plan")
                .toString()).as("what is sold is as it was").contains("\"number\":1", "$25.00 a seat a month").doesNotContain("script");
    }

    @Test
    void offersAndBundlesAreRefusedAtTheirField() {
        assertThat(refused("createOffer", "CreateOfferInput", offer(Map.of("until", in(Duration.ofDays(-1)))))).isEqualTo("input.until");
        assertThat(refused("createOffer", "CreateOfferInput", offer(Map.of("percentOff", "100.01")))).isEqualTo("input.percentOff");
        assertThat(refused("createBundle", "CreateBundleInput", bundle("duo", "101", product("suite"), addOn("insights")))).isEqualTo("input.percentOff");
        assertThat(refused("createBundle", "CreateBundleInput", bundle("duo", "10", product("suite"), product("suite")))).isEqualTo("input.members[1]");
        mutate("createBundle", "CreateBundleInput", "__typename", bundle("duo", "10", product("suite"), addOn("insights")));
        assertThat(refused("createBundle", "CreateBundleInput", bundle("circle", "10", product("suite"), Map.of("product", story.key("duo")))))
                .as("a bundle is no member of one").isEqualTo("input.members[1].product");
        assertThat(story.backend().ask("query ($offer: String!, $bundle: String!) { offer(key: $offer) { key } bundle(key: $bundle) { key } }",
                "offer", story.key("spring"), "bundle", story.key("circle")).body().at("/data").toString()).isEqualTo("{\"offer\":null,\"bundle\":null}");
    }

    @Test
    void aNameIsATextWhateverItLooksLike() {
        mutate("createOffer", "CreateOfferInput", "__typename", offer(Map.of("name", EVIL)));
        assertThat(story.backend().ask("query ($offer: String!) { offer(key: $offer) { name } }", "offer", story.key("spring")).text("/offer/name")).isEqualTo(EVIL);
    }

    private JsonNode mutate(String mutation, String type, String fields, Map<String, Object> input) {
        return answered(mutation, type, fields, input).body().at("/data/" + mutation);
    }

    private Api.Answer answered(String mutation, String type, String fields, Map<String, Object> input) {
        Map<String, Object> keyed = new HashMap<>(input);
        keyed.putIfAbsent("idempotencyKey", UUID.randomUUID().toString());
        return story.backend().ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { " + fields + " } }", "input", keyed);
    }

    private String refused(String mutation, String type, Map<String, Object> input) {
        return answered(mutation, type, "__typename", input).body().at("/errors/0/extensions/field").asString();
    }

    private Map<String, Object> product(String name) {
        return Map.of("product", story.key(name));
    }

    private Map<String, Object> addOn(String name) {
        return Map.of("addOn", story.key(name));
    }

    private Map<String, Object> bundle(String key, String percent, Map<String, Object> one, Map<String, Object> other) {
        return Map.of("key", story.key(key), "name", key, "percentOff", percent, "members", List.of(one, other));
    }

    private Map<String, Object> offer(Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("product", story.key("suite"), "key", story.key("spring"), "name", "spring", "percentOff", "10",
                "duration", "FOREVER", "from", in(Duration.ZERO), "until", in(Duration.ofDays(7))));
        input.putAll(more);
        return input;
    }

    private String in(Duration later) {
        return stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(later).toString();
    }
}
