package dev.headroom.story;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Every way of adding up with every way of starting again: what is kept running agrees with whoever adds up all events anew. */
@HeadroomTest
class EveryMeterStoryTest {

    private static final List<String> AGGREGATIONS = List.of("SUM", "COUNT", "UNIQUE", "MAX", "LATEST");
    private static final List<String> RESETS = List.of("NEVER", "BILLING_PERIOD", "CALENDAR_MONTH", "DAY", "ROLLING");
    private static final int ROLLING_DAYS = 5;
    private static final int STEPS = 25;
    /** Half an hour off, with summer time. */
    private static final ZoneId ZONE = ZoneId.of("America/St_Johns");

    @Autowired
    Stories stories;

    private final List<Event> events = new ArrayList<>();
    private Story story;
    private String acme;

    private record Event(Instant at, long quantity, String user) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theTotalsThatAreKeptAreThoseOfTheEvents(long seed) {
        Random random = new Random(seed);
        anAccountWithEveryMeter();
        for (int step = 0; step < STEPS; step++) {
            stories.pass(Duration.ofMinutes(20 + random.nextInt(60 * 72)));
            record(random, step);

            assertThat(kept()).as("step %d of seed %d, at %s, events %s", step, seed, now(), events).isEqualTo(addedUp());
        }
        stories.pass(Duration.ofDays(ROLLING_DAYS + 1));
        assertThat(kept()).as("when nothing came for days").isEqualTo(addedUp());
    }

    private void anAccountWithEveryMeter() {
        story = stories.beginWithCatalogOfItsOwn();
        List<Map<String, Object>> features = new ArrayList<>(List.of(Map.of("key", story.key("base"), "name", "Base", "kind", "METER", "reset", "DAY")));
        AGGREGATIONS.forEach(aggregation -> RESETS.forEach(reset -> features.add(meter(aggregation, reset))));
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("every"), "key", story.key("every"), "name", "Every", "features", features)).at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("all"), "product", story.key("every"), "key", story.key("all"), "name", "All", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)),
                "entitlements", features.stream().map(feature -> Map.of("feature", feature.get("key"))).toList())).at("/createPlan");
        acme = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { key } } } }",
                "input", Map.of("idempotencyKey", story.key("acme"), "key", story.key("acme"), "name", "Acme", "email", "acme@example.com",
                        "currency", "USD", "zone", ZONE.getId())).text("/createAccount/account/key");
        story.start(acme, Map.of("plan", story.key("all"))).at("/startSubscription/subscription/id");
    }

    private Map<String, Object> meter(String aggregation, String reset) {
        Map<String, Object> rule = new HashMap<>(Map.of("aggregation", aggregation, "source", story.key("base")));
        if (aggregation.equals("UNIQUE")) {
            rule.put("property", "user");
        }
        Map<String, Object> feature = new HashMap<>(Map.of("key", story.key(name(aggregation, reset)), "name", "M", "kind", "METER", "reset", reset, "meter", rule));
        if (reset.equals("ROLLING")) {
            feature.put("rollingDays", ROLLING_DAYS);
        }
        return feature;
    }

    private static String name(String aggregation, String reset) {
        return aggregation.toLowerCase(Locale.ROOT) + "-" + reset.toLowerCase(Locale.ROOT);
    }

    /** Some of now, some late, in any order; none from before the subscription. */
    private void record(Random random, int step) {
        List<Map<String, Object>> batch = new ArrayList<>();
        Instant begun = begun();
        for (int i = random.nextInt(12); i > 0; i--) {
            Instant at = now().minus(Duration.ofSeconds(random.nextInt(60 * 60 * 40)));
            if (!at.isBefore(begun)) {
                Event event = new Event(at, random.nextInt(100), "user-" + random.nextInt(6));
                events.add(event);
                batch.add(Map.of("id", step + "-" + i, "account", acme, "meter", story.key("base"), "at", at.toString(), "quantity", event.quantity(),
                        "properties", Map.of("user", event.user())));
            }
        }
        if (!batch.isEmpty()) {
            assertThat(story.record(batch).at("/recordUsage/recorded").asInt()).isEqualTo(batch.size());
        }
    }

    private Map<String, Long> kept() {
        List<String> keys = AGGREGATIONS.stream().flatMap(aggregation -> RESETS.stream().map(reset -> story.key(name(aggregation, reset)))).toList();
        Map<String, Long> kept = new TreeMap<>();
        story.backend().ask("query ($key: String, $features: [String!]) { account(key: $key) { entitlements(features: $features) { feature { key } used } } }",
                "key", acme, "features", keys).at("/account/entitlements").forEach(each -> kept.put(each.at("/feature/key").asString(), each.at("/used").asLong()));
        return kept;
    }

    private Map<String, Long> addedUp() {
        Map<String, Long> sums = new TreeMap<>();
        for (String reset : RESETS) {
            for (String aggregation : AGGREGATIONS) {
                List<Event> counted = events.stream().filter(window(reset, aggregation)).toList();
                sums.put(story.key(name(aggregation, reset)), sum(aggregation, counted));
            }
        }
        return sums;
    }

    /** Which events the window of now holds; what rolls drops out by whole hours, and a value with the last time that it was seen. */
    private Predicate<Event> window(String reset, String aggregation) {
        LocalDate today = LocalDate.ofInstant(now(), ZONE);
        Instant rolled = now().minus(Duration.ofDays(ROLLING_DAYS));
        return switch (reset) {
            case "NEVER" -> _ -> true;
            case "BILLING_PERIOD" -> since(begun());
            case "CALENDAR_MONTH" -> since(today.withDayOfMonth(1).atStartOfDay(ZONE).toInstant());
            case "DAY" -> since(today.atStartOfDay(ZONE).toInstant());
            default -> event -> aggregation.equals("UNIQUE")
                    ? event.at().isAfter(rolled)
                    : event.at().atZone(ZONE).truncatedTo(ChronoUnit.HOURS).toInstant().plus(Duration.ofHours(1)).isAfter(rolled);
        };
    }

    private static Predicate<Event> since(Instant from) {
        return event -> !event.at().isBefore(from);
    }

    private static long sum(String aggregation, List<Event> counted) {
        return switch (aggregation) {
            case "SUM" -> counted.stream().mapToLong(Event::quantity).sum();
            case "COUNT" -> counted.size();
            case "UNIQUE" -> counted.stream().map(Event::user).distinct().count();
            case "MAX" -> counted.stream().mapToLong(Event::quantity).max().orElse(0);
            default -> counted.stream().max(comparing(Event::at).thenComparing(Event::quantity)).map(Event::quantity).orElse(0L);
        };
    }

    /** When the billing period of now began. */
    private Instant begun() {
        JsonNode from = story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { from } } } }", "key", acme).at("/account/subscription/period/from");
        return Instant.parse(from.asString());
    }

    private Instant now() {
        return stories.clock().instant();
    }
}
