package dev.headroom.usage;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import tools.jackson.databind.JsonNode;

/** Two accounts with every kind of meter and window, and six weeks of what may happen to them. */
abstract class RichHistory {

    static final List<String> METERS = List.of(
            "traffic", "requests", "writes", "people", "largest", "current", "bytes", "daily", "billed", "billedpeople", "week", "active", "held", "heldpeople");

    @Autowired
    Stories stories;
    @Autowired
    Rebuilds rebuilds;
    @Autowired
    Accounts accounts;
    @Autowired
    Catalog catalog;
    @Autowired
    PartitionRepository partitions;
    @Autowired
    DSLContext db;

    final List<String> said = new ArrayList<>();
    Story story;
    String acme;
    String other;
    int sent;

    /** Every kind of meter and window, and two accounts. */
    void aVendor() {
        story = stories.begin();
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("metered"), "key", story.key("metered"), "name", "Metered", "features", features()))
                .at("/createProduct/product");
        acme = story.subscribed("acme", "starter", 0);
        other = story.subscribed("other", "team", 2);
    }

    /** Events on time, late, odd and too late, in batches and alone, taken and held back. */
    void sixWeeks() {
        Random random = new Random(11);
        for (int week = 0; week < 6; week++) {
            stories.pass(Duration.ofDays(6).plusHours(5));
            for (String account : List.of(acme, other)) {
                for (int batch = 0; batch < 3; batch++) {
                    List<Map<String, Object>> events = new ArrayList<>();
                    for (int i = 0; i < 25; i++) {
                        events.add(event(account, random));
                    }
                    assertThat(story.record(events).at("/recordUsage/recorded").asInt()).isEqualTo(25);
                }
                use(account, random);
            }
        }
    }

    List<Map<String, Object>> features() {
        List<Map<String, Object>> features = new ArrayList<>();
        features.add(meter("traffic", "CALENDAR_MONTH", Map.of("groupBy", List.of("method", "score"))));
        rules().forEach((name, rule) -> {
            Map<String, Object> counted = new HashMap<>(rule);
            String reset = (String) counted.remove("reset");
            counted.put("source", story.key("traffic"));
            Map<String, Object> feature = new HashMap<>(meter(name, reset, counted));
            if (reset.equals("ROLLING")) {
                feature.put("rollingDays", 7);
            }
            features.add(feature);
        });
        return features;
    }

    static Map<String, Map<String, Object>> rules() {
        return Map.ofEntries(
                entry("requests", Map.of("reset", "CALENDAR_MONTH", "aggregation", "COUNT")),
                entry("writes", Map.of("reset", "CALENDAR_MONTH", "aggregation", "COUNT", "groupBy", List.of("user"),
                        "filter", List.of(Map.of("property", "method", "values", List.of("POST", "PUT"))))),
                entry("people", Map.of("reset", "CALENDAR_MONTH", "aggregation", "UNIQUE", "property", "user")),
                entry("largest", Map.of("reset", "CALENDAR_MONTH", "aggregation", "MAX", "groupBy", List.of("method"))),
                entry("current", Map.of("reset", "CALENDAR_MONTH", "aggregation", "LATEST", "groupBy", List.of("method"))),
                entry("bytes", Map.of("reset", "CALENDAR_MONTH", "property", "size")),
                entry("daily", Map.of("reset", "DAY", "aggregation", "UNIQUE", "property", "odd")),
                entry("billed", Map.of("reset", "BILLING_PERIOD", "aggregation", "MAX")),
                entry("billedpeople", Map.of("reset", "BILLING_PERIOD", "aggregation", "UNIQUE", "property", "user")),
                entry("week", Map.of("reset", "ROLLING", "groupBy", List.of("method"))),
                entry("active", Map.of("reset", "ROLLING", "aggregation", "UNIQUE", "property", "user")),
                entry("held", Map.of("reset", "NEVER", "aggregation", "LATEST")),
                entry("heldpeople", Map.of("reset", "NEVER", "aggregation", "UNIQUE", "property", "user")));
    }

    Map<String, Object> meter(String name, String reset, Map<String, Object> rule) {
        return Map.of("key", story.key(name), "name", name, "kind", "METER", "reset", reset, "meter", rule);
    }

    /** Up to 34 days old, so that many are too late for their billing period; some with what JSON may look like. */
    Map<String, Object> event(String account, Random random) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "user", "user-" + random.nextInt(20), "method", List.of("GET", "POST", "PUT").get(random.nextInt(3)), "size", random.nextInt(50),
                "score", List.of(1.5, 1.0E10, 2, 1.0E-5, -0.0).get(random.nextInt(5))));
        if (random.nextBoolean()) {
            properties.put("odd", List.of(Map.of("zeta", 1, "a", List.of(1.0E8)), true, "text", 1.0E10).get(random.nextInt(4)));
        }
        Instant at = stories.clock().instant().minusSeconds(random.nextInt(34 * 24 * 3_600)).plusNanos(random.nextInt(1_000_000_000));
        return Map.of("id", "e" + sent++, "account", account, "meter", story.key(random.nextInt(4) == 0 ? "calls" : "traffic"),
                "quantity", random.nextInt(3) == 0 ? 0 : random.nextInt(5), "at", at.toString(), "properties", properties);
    }

    void use(String account, Random random) {
        for (int i = 0; i < 3; i++) {
            Map<String, Object> wanted = Map.of("account", account, "feature", story.key("calls"), "quantity", 1 + random.nextInt(60), "idempotencyKey", "u" + sent++);
            story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input", wanted).at("/consume");
            Map<String, Object> held = new HashMap<>(wanted);
            held.putAll(Map.of("idempotencyKey", "r" + sent++, "quantity", 2 + random.nextInt(5), "expiresInSeconds", 86_400));
            JsonNode made = story.backend().ask("mutation ($input: ReserveInput!) { reserve(input: $input) { __typename ... on Reserved { reservation { id } } } }",
                    "input", held).at("/reserve");
            if (i > 0 && made.at("/__typename").asString().equals("Reserved")) {
                story.backend().ask("mutation ($input: CommitReservationInput!) { commitReservation(input: $input) { __typename } }",
                        "input", Map.of("reservation", made.at("/reservation/id").asString(), "quantity", i)).at("/commitReservation");
            }
        }
    }

    int run(String account, boolean apply) {
        return new RebuildListener(rebuilds, accounts, catalog, new DefaultApplicationArguments()).run(account, null, apply, said::add);
    }

    /** Values of windows that ended long ago may have been deleted, and are not looked at. */
    String inTheLatestWindow(String feature) {
        return of(feature) + " and period_from = (select max(period_from) from usage.seen where " + of(feature) + ")";
    }

    String of(String meter) {
        return "account_id = '" + id(acme) + "' and feature_id = '" + feature(meter) + "'";
    }

    UUID id(String account) {
        return db.resultQuery("select id from account.account where key = {0}", val(account)).fetchSingle(row -> row.get(0, UUID.class));
    }

    UUID feature(String name) {
        return catalog.snapshot().feature(story.key(name)).orElseThrow().id().value();
    }

    long number(String sql, UUID of) {
        return db.resultQuery(sql, val(of)).fetchSingle(row -> row.get(0, Long.class));
    }

    Instant one(String sql, String meter) {
        return db.resultQuery(sql, val(id(acme)), val(feature(meter))).fetchSingle(row -> row.get(0, Instant.class));
    }

    /** All that events decide, of one account; hours of unique values that moved on are the same as none, and of those the latest event is nobody's matter. */
    String dump() {
        return db.resultQuery("""
                select grain, feature_id::text, grp, period_from, period_until, used, reserved, case when feature_id = any ({1}) then null else last_at end as last_at
                from usage.counter where account_id = {0} and not (feature_id = any ({1}) and used = 0)
                union all
                select 'seen', feature_id::text, value, period_from, first_at, 0, 0, last_at from usage.seen where account_id = {0}
                order by 1, 2, 3, 4""", val(id(acme)),
                val(List.of("people", "daily", "billedpeople", "active", "heldpeople").stream().map(this::feature).toArray(UUID[]::new)))
                .fetch().formatCSV();
    }
}
