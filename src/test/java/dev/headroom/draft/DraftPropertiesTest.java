package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What holds whatever somebody writes into a draft. */
@HeadroomTest
class DraftPropertiesTest {

    private static final int DRAFTS = 40;
    private static final int EDITS = 12;

    @Autowired
    Stories stories;

    @Test
    void takingEverythingBackLeavesWhatWasThere() {
        Story story = stories.beginWithCatalogOfItsOwn();
        DraftDesk desk = new DraftDesk(story.backend());
        for (long seed = 1; seed <= 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            JsonNode begun = desk.open(Map.of("plan", story.key("pro")));
            List<String> sheets = new ArrayList<>();
            JsonNode draft = begun;
            for (int i = 0; i < EDITS; i++) {
                sheets.add(draft.at("/sheet").toString());
                draft = different(desk, draft, edit(random, draft, story));
            }
            String last = draft.at("/sheet").toString();
            for (String before : sheets.reversed()) {
                assertThat(DraftDesk.edited(desk.undoing(begun)).at("/sheet").toString()).as("seed " + seed).isEqualTo(before);
            }
            for (int i = 0; i < EDITS; i++) {
                draft = DraftDesk.edited(desk.redoing(begun));
            }
            assertThat(draft.at("/sheet").toString()).as("seed " + seed).isEqualTo(last);
            desk.discard(begun);
        }
    }

    /** An edit that changes nothing is none, so that the name changes with each. */
    private static JsonNode different(DraftDesk desk, JsonNode draft, Map<String, Object> edit) {
        return desk.edit(draft, edit, Map.of("plan", Map.of("name", "Edit " + draft.at("/revision").asInt())));
    }

    private static Map<String, Object> edit(SplittableRandom random, JsonNode draft, Story story) {
        List<JsonNode> prices = draft.at("/sheet/prices").valueStream().toList();
        return switch ((Integer) random.nextInt(4)) {
            case 0 -> Map.of("entitlement", granted(random, story));
            case 1 -> Map.of("removeEntitlement", story.key(List.of("seats", "calls", "sso").get(random.nextInt(3))));
            case 2 -> prices.isEmpty() ? Map.of("price", price(random)) : Map.of("removePrice", prices.get(random.nextInt(prices.size())).at("/id").asString());
            case Integer _ -> Map.of("price", price(random));
        };
    }

    /** Exactly what the catalogue would take at once has no errors as a draft. */
    @Test
    void aDraftWithoutErrorsIsWhatCanBeCreated() {
        Story story = stories.beginWithCatalogOfItsOwn();
        DraftDesk desk = new DraftDesk(story.backend());
        int right = 0;
        for (long seed = 1; seed <= DRAFTS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String key = story.key("any-" + seed);
            List<Map<String, Object>> prices = prices(random);
            List<Map<String, Object>> granted = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Map<String, Object> one = granted(random, story);
                if (granted.stream().noneMatch(other -> other.get("feature").equals(one.get("feature")))) {
                    granted.add(one);
                }
            }
            int rank = random.nextInt(8) == 0 ? 1_001 : 5;
            JsonNode draft = desk.edit(desk.open(Map.of("newPlan", Map.of("product", story.key("suite"), "key", key))), edits(rank, prices, granted));
            JsonNode answer = story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input",
                    DraftDesk.keyed(Map.of("product", story.key("suite"), "key", key, "name", "Any", "rank", rank, "prices", prices, "entitlements", granted))).body();

            boolean created = answer.at("/data/createPlan/__typename").asString("").equals("PlanCreated");
            assertThat(DraftDesk.errors(draft).isEmpty()).as("seed %d: %s and %s", seed, draft.at("/findings"), answer).isEqualTo(created);
            right += created ? 1 : 0;
        }
        assertThat(right).as("both happen").isBetween(5, DRAFTS - 5);
    }

    private static Map<?, ?>[] edits(int rank, List<Map<String, Object>> prices, List<Map<String, Object>> granted) {
        List<Map<?, ?>> edits = new ArrayList<>(List.of(Map.of("plan", Map.of("name", "Any", "rank", rank))));
        prices.forEach(price -> edits.add(Map.of("price", price)));
        granted.forEach(one -> edits.add(Map.of("entitlement", one)));
        return edits.toArray(Map<?, ?>[]::new);
    }

    private static List<Map<String, Object>> prices(SplittableRandom random) {
        List<Map<String, Object>> prices = new ArrayList<>();
        for (int i = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2); i > 0; i--) {
            prices.add(price(random));
        }
        return prices;
    }

    private static Map<String, Object> price(SplittableRandom random) {
        Map<String, Object> price = new HashMap<>(Map.of(
                "interval", List.of("MONTH", "YEAR").get(random.nextInt(2)), "currency", List.of("USD", "EUR", "GBP", "JPY", "usd", "ISK").get(random.nextInt(6))));
        switch ((Integer) random.nextInt(6)) {
            case 0 -> price.put("flat", random.nextInt(6) == 0 ? -1 : 100 * random.nextInt(9));
            case 1 -> price.put("perSeat", List.of("100", "0.04", "-1", "0.0000000000001", "1e2").get(random.nextInt(5)));
            case 2 -> price.put("volume", tiers(random));
            case 3 -> price.put("graduated", tiers(random));
            case 4 -> price.put("packaged", Map.of("size", random.nextInt(3), "each", "500"));
            case Integer _ -> price.putAll(random.nextBoolean() ? Map.of() : Map.of("flat", 1, "perSeat", "1"));
        }
        return price;
    }

    private static List<Map<String, Object>> tiers(SplittableRandom random) {
        List<Map<String, Object>> tiers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tiers.add(Map.of("upTo", 1 + random.nextInt(20), "unit", "300"));
        }
        tiers.add(random.nextInt(6) == 0 ? Map.of("upTo", 30) : Map.of("unit", "200", "fee", random.nextInt(8) == 0 ? -1 : 5));
        return tiers;
    }

    private static Map<String, Object> granted(SplittableRandom random, Story story) {
        Map<String, Object> granted = new HashMap<>(Map.of("feature", story.key(List.of("seats", "calls", "calls", "sso", "support", "nothing").get(random.nextInt(6)))));
        if (random.nextInt(4) > 0) {
            granted.put("included", random.nextInt(8) == 0 ? -1 : random.nextInt(50));
        }
        if (random.nextInt(3) == 0) {
            granted.put("policy", List.of("SOFT", "HARD", "OVERAGE").get(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            granted.put("overage", List.of(Map.of("currency", "USD", "unitMinor", List.of("5", "-5").get(random.nextInt(2)))));
        }
        if (random.nextInt(4) == 0) {
            granted.put("graceDays", List.of(0, 7, 400).get(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            granted.put("softLimit", random.nextInt(60));
        }
        return granted;
    }
}
