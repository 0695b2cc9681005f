package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What a usage page shows beyond a figure: how it went, where it is heading, what would fit, how others do. */
@HeadroomTest
class ReadingStoryTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    private Story story;

    /** Small 99.00 with 10,000 calls and 5 cents beyond, medium 399.00 with 25,000 and no more, large 899.00 with as many as one likes. */
    @BeforeEach
    void aVendorOfCallsOnTheTenthOfAMonth() {
        story = stories.begin();
        create("createProduct", Map.of("key", story.key("launch"), "name", "Launch", "features", List.of(
                meter("requests", "CALENDAR_MONTH", Map.of("groupBy", List.of("region"))),
                meter("people", "CALENDAR_MONTH", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("requests"))),
                meter("largest", "CALENDAR_MONTH", Map.of("aggregation", "MAX", "property", "size")),
                meter("stored", "CALENDAR_MONTH", Map.of("aggregation", "LATEST")),
                rolling("week", 7, Map.of("source", story.key("requests"), "groupBy", List.of("region"))),
                Map.of("key", story.key("projects"), "name", "projects", "kind", "ALLOWANCE", "meter", Map.of()),
                Map.of("key", story.key("audit"), "name", "Audit log", "kind", "GATE"))));
        Map<String, Object> overage = Map.of("currency", "USD", "unitMinor", "5");
        plan("small", 1, 9_900, Map.of("included", 10_000, "softLimit", 8_000, "policy", "OVERAGE", "overage", List.of(overage)));
        plan("medium", 2, 39_900, Map.of("included", 25_000));
        plan("large", 3, 89_900, Map.of());
        Instant now = stories.clock().instant();
        Instant tenth = now.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).plusMonths(1).plusDays(9).atTime(LocalTime.of(12, 30)).toInstant(ZoneOffset.UTC);
        stories.pass(Duration.between(now, tenth));
    }

    private Map<String, Object> meter(String name, String reset, Map<String, Object> rule) {
        return Map.of("key", story.key(name), "name", name, "kind", "METER", "reset", reset, "meter", rule);
    }

    private Map<String, Object> rolling(String name, int days, Map<String, Object> rule) {
        Map<String, Object> feature = new HashMap<>(meter(name, "ROLLING", rule));
        feature.put("rollingDays", days);
        return feature;
    }

    private void plan(String name, int rank, long flat, Map<String, Object> requests) {
        List<Map<String, Object>> granted = new ArrayList<>();
        Map<String, Object> limited = new HashMap<>(requests);
        limited.put("feature", story.key("requests"));
        granted.add(limited);
        List.of("people", "largest", "stored", "week").forEach(feature -> granted.add(Map.of("feature", story.key(feature))));
        granted.add(Map.of("feature", story.key("projects"), "included", 50));
        if (name.equals("large")) {
            granted.add(Map.of("feature", story.key("audit")));
        }
        create("createPlan", Map.of("product", story.key("launch"), "key", story.key(name), "name", name, "rank", rank,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", flat)), "entitlements", granted));
    }

    private void create(String mutation, Map<String, Object> input) {
        Map<String, Object> once = new HashMap<>(input);
        once.put("idempotencyKey", UUID.randomUUID().toString());
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        story.backend().ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { __typename } }", "input", once).at("/" + mutation);
    }

    @Test
    void aDayIsTheAccountsOwnAndOneWithoutEventsIsThereToo() {
        String acme = accountIn(NEW_YORK);
        Instant today = midnight(NEW_YORK, 0);
        record(acme, "requests", 7, today.minusSeconds(1));
        record(acme, "requests", 5, today);
        record(acme, "requests", 4, now());

        JsonNode days = series(acme, "requests", "by: DAY, last: 4");
        JsonNode hours = series(acme, "requests", "by: HOUR, last: 750, from: \"" + today.minusSeconds(1) + "\"");

        assertThat(days.findValuesAsString("at")).containsExactly(
                midnight(NEW_YORK, 3).toString(), midnight(NEW_YORK, 2).toString(), midnight(NEW_YORK, 1).toString(), today.toString());
        assertThat(values(days)).containsExactly(0L, 0L, 7L, 9L);
        assertThat(hours.get(0).path("at").asString()).as("the hour that holds from").isEqualTo(today.minus(Duration.ofHours(1)).toString());
        assertThat(values(hours).subList(0, 3)).containsExactly(7L, 5L, 0L);
        assertThat(values(hours).getLast()).as("the hour that runs").isEqualTo(4);
        assertThat(values(series(acme, "requests", "last: 2, until: \"" + today + "\""))).as("until is exclusive").containsExactly(0L, 7L);
    }

    @Test
    void everyKindOfMeterHasPointsOfItsOwnMeaning() {
        String acme = on("small");
        record(acme, "stored", 30, daysAgo(5));
        record(acme, "stored", 20, daysAgo(2));
        record(acme, "projects", 4, daysAgo(6));
        record(acme, "projects", 3, daysAgo(1));
        record(acme, "largest", 1, daysAgo(2), Map.of("size", 90));
        record(acme, "largest", 1, daysAgo(2), Map.of("size", 40));
        record(acme, "largest", 1, now(), Map.of("size", 60));
        record(acme, "requests", 1, daysAgo(1), Map.of("user", "ann"));
        record(acme, "requests", 1, now(), Map.of("user", "ann"));
        record(acme, "requests", 1, now(), Map.of("user", "bob"));

        assertThat(values(series(acme, "stored", "last: 4"))).as("the latest stands until the next").containsExactly(30L, 20L, 20L, 20L);
        assertThat(values(series(acme, "projects", "last: 4"))).as("what is held adds up").containsExactly(4L, 4L, 7L, 7L);
        assertThat(values(series(acme, "largest", "last: 4"))).as("the largest of the day").containsExactly(0L, 90L, 0L, 60L);
        assertThat(values(series(acme, "people", "last: 4"))).as("where its window saw it first").containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void whatCannotBeAskedForIsRefusedAtItsArgument() {
        String acme = on("small");
        assertThat(refused(acme, "series(last: 0) { at }")).isEqualTo("last");
        assertThat(refused(acme, "series(last: 751) { at }")).isEqualTo("last");
        assertThat(refused(acme, "series(from: \"2030-01-01T00:00:00Z\", until: \"2029-01-01T00:00:00Z\") { at }")).isEqualTo("from");
        assertThat(refused(acme, "series(until: \"-99999-01-01T00:00:00Z\") { at }")).isEqualTo("until");
        assertThat(refused(acme, "groups(first: 101) { used }")).isEqualTo("first");
    }

    private String refused(String account, String field) {
        return story.backend().ask("query ($key: String) { account(key: $key) { meters { " + field + " } } }", "key", account)
                .body().at("/errors/0/extensions/field").asString();
    }

    @Test
    void steadyUseIsProjectedToItsWindowsEndAndToTheDaysOfItsLimits() {
        String acme = on("small");
        steadily(acme, 35, 400);

        JsonNode meter = meter(acme, "requests");
        JsonNode projection = meter.path("projection");
        Instant end = now().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        long used = meter.path("used").asLong();
        double expected = used + 400 * Duration.between(now(), end).toHours() / 24.0;

        assertThat(projection.path("until").asString()).isEqualTo(end.toString());
        assertThat(projection.path("expected").asDouble()).isBetween(expected * 0.97, expected * 1.03);
        assertThat(projection.path("low").asLong()).isLessThanOrEqualTo(projection.path("expected").asLong());
        assertThat(projection.path("high").asLong()).isGreaterThanOrEqualTo(projection.path("expected").asLong());
        reached(projection.path("reachesSoftLimitAt"), 8_000 - used);
        reached(projection.path("reachesLimitAt"), 10_000 - used);
        assertThat(meter.path("growthPercent").isNull()).as("five weeks do not say").isTrue();
    }

    /** At 400 a day. */
    private void reached(JsonNode date, long left) {
        assertThat(date.path("state").asString()).isEqualTo("EXPECTED");
        Instant exactly = now().plus(Duration.ofMinutes(left * 24 * 60 / 400));
        Instant at = Instant.parse(date.path("at").asString());
        assertThat(Duration.between(exactly, at).abs()).isLessThan(Duration.ofDays(1));
        assertThat(Instant.parse(date.path("earliest").asString())).isBeforeOrEqualTo(at);
        assertThat(Instant.parse(date.path("latest").asString())).isAfterOrEqualTo(at);
    }

    @Test
    void growthComparesFourWeeksWithTheFourBefore() {
        String acme = on("small");
        steadily(acme, 35, 400);
        stories.pass(Duration.ofDays(29));
        steadily(acme, 28, 500);

        assertThat(meter(acme, "requests").path("growthPercent").asLong()).isEqualTo(25);
    }

    @Test
    void whatIsReachedIsSaidToBeReached() {
        String acme = on("small");
        steadily(acme, 30, 1_200);

        JsonNode projection = meter(acme, "requests").path("projection");

        assertThat(projection.at("/reachesSoftLimitAt/state").asString()).isEqualTo("REACHED");
        assertThat(projection.at("/reachesLimitAt/state").asString()).isEqualTo("REACHED");
        assertThat(meter(acme, "week").path("projection").path("reachesLimitAt").isNull()).as("unlimited").isTrue();
    }

    @Test
    void whatIsHeldAndWhatRollsIsALevelAtTheEndOfTheBillingPeriod() {
        String acme = on("small");
        IntStream.range(1, 31).forEach(day -> record(acme, "projects", 1, daysAgo(day)));
        steadily(acme, 30, 100);
        String period = story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until");

        JsonNode projects = meter(acme, "projects").path("projection");
        JsonNode week = meter(acme, "week").path("projection");

        assertThat(projects.path("until").asString()).isEqualTo(period);
        assertThat(projects.path("low").asLong()).as("what was added stays").isGreaterThanOrEqualTo(30);
        assertThat(projects.path("expected").asLong()).isBetween(45L, 61L);
        assertThat(projects.at("/reachesLimitAt/state").asString()).isEqualTo("EXPECTED");
        assertThat(week.path("until").asString()).isEqualTo(period);
        assertThat(week.path("expected").asLong()).isBetween(600L, 800L);
    }

    @Test
    void aTrialIsAWindowLikeAnother() {
        String acme = story.account("trying");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("starter"), "trialDays", 20)).at("/startSubscription/subscription/id");
        recorded(IntStream.rangeClosed(1, 20).mapToObj(day -> event(acme, "calls", 30, daysAgo(day), Map.of())).toList());
        String period = story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until");

        JsonNode calls = meter(acme, "calls");

        assertThat(calls.at("/projection/until").asString()).isEqualTo(period).isEqualTo(now().plus(20, ChronoUnit.DAYS).toString());
        assertThat(calls.at("/projection/expected").asLong()).isBetween(calls.path("used").asLong() + 570, calls.path("used").asLong() + 630);
    }

    @Test
    void aGuessIsNotGiven() {
        String acme = on("small");
        assertThat(meter(acme, "requests").path("projection").toString()).contains("NEVER_USED", "\"needed\":14");
        steadily(acme, 13, 10);
        assertThat(meter(acme, "requests").path("projection").toString()).contains("TOO_FEW_DAYS", "\"days\":13", "\"needed\":14");
        String seated = story.subscribed("seated", "team", 3);
        assertThat(meter(seated, "seats").path("projection").toString()).contains("PAST_NOT_KEPT");
        assertThat(series(seated, "seats", "last: 5").size()).isZero();
    }

    @Test
    void overageIsCheaperThanTheNextPlanUntilItIsNot() {
        String frugal = on("small");
        steadily(frugal, 35, 400);
        JsonNode stay = fitting(frugal);
        assertThat(stay.at("/plan/key").asString()).isEqualTo(story.key("small"));
        assertThat(stay.path("current").asBoolean()).isTrue();
        JsonNode need = need(stay, "requests");
        assertThat(need.path("projected").asBoolean()).isTrue();
        assertThat(stay.at("/overage/amountMinor").asLong()).isPositive().isEqualTo(5 * (need.path("units").asLong() - 10_000));
        assertThat(stay.at("/total/amountMinor").asLong()).isEqualTo(9_900 + stay.at("/overage/amountMinor").asLong()).isLessThan(39_900);
        assertThat(stay.path("reason").asString()).startsWith("Everything that is expected fits into small, with overage for ");
        assertThat(stay.path("quote").isNull()).isTrue();

        String growing = on("small");
        steadily(growing, 35, 700);
        JsonNode move = fitting(growing);
        assertThat(move.at("/plan/key").asString()).isEqualTo(story.key("medium"));
        assertThat(move.at("/total/amountMinor").asLong()).isEqualTo(39_900);
        assertThat(move.path("reason").asString()).startsWith("medium costs 399.00 USD, small with overage ");
        assertThat(move.at("/quote/recurring/after/amountMinor").asLong()).as("the quote says the same").isEqualTo(39_900);
    }

    @Test
    void aPlanThatWouldBlockOrTakeSomethingAwayDoesNotFit() {
        String busy = on("medium");
        steadily(busy, 35, 1_200);
        JsonNode up = fitting(busy);
        assertThat(up.at("/plan/key").asString()).isEqualTo(story.key("large"));
        assertThat(up.path("reason").asString()).contains("requests are expected, 25000 included", "large is the cheapest plan that holds it");

        assertThat(fitting(on("large")).at("/plan/key").asString()).as("small would do, without the audit log").isEqualTo(story.key("large"));

        String idle = on("medium");
        assertThat(fitting(idle).at("/plan/key").asString()).as("nothing is lost by moving down").isEqualTo(story.key("small"));
        record(idle, "projects", 51, daysAgo(1));
        assertThat(fitting(idle).path("reason").asString()).isEqualTo("large: 51 projects are expected, 50 included");
    }

    @Test
    void whatCannotBeProjectedIsExpectedToBeAsMuchAsInTheLastWindow() {
        String acme = on("medium");
        record(acme, "requests", 29_997, daysAgo(20));
        IntStream.range(0, 3).forEach(user -> record(acme, "requests", 1, daysAgo(20), Map.of("user", "u" + user)));
        record(acme, "requests", 500, now(), Map.of("user", "u7"));
        record(acme, "stored", 70, daysAgo(20));
        record(acme, "largest", 1, daysAgo(20), Map.of("size", 90));

        JsonNode fitting = fitting(acme);

        assertThat(fitting.at("/plan/key").asString()).as("500 in the first ten days would fit into the smallest").isEqualTo(story.key("large"));
        assertThat(need(fitting, "requests").path("units").asLong()).isEqualTo(30_000);
        assertThat(need(fitting, "requests").path("projected").asBoolean()).isFalse();
        assertThat(need(fitting, "people").path("units").asLong()).as("unique values").isEqualTo(3);
        assertThat(need(fitting, "stored").path("units").asLong()).as("the latest value stands").isEqualTo(70);
        assertThat(need(fitting, "largest").path("units").asLong()).isEqualTo(90);
        record(acme, "stored", 40, now());
        record(acme, "largest", 1, now(), Map.of("size", 60));
        assertThat(need(fitting(acme), "stored").path("units").asLong()).as("there is a later one").isEqualTo(40);
        assertThat(need(fitting(acme), "largest").path("units").asLong()).isEqualTo(90);
    }

    private JsonNode need(JsonNode fitting, String feature) {
        return fitting.path("needs").valueStream().filter(each -> each.at("/feature/key").asString().equals(story.key(feature))).findFirst().orElseThrow();
    }

    @Test
    void seatsThatAreHeldHaveToFitToo() {
        String team = story.subscribed("crew", "team", 10);
        assertThat(fitting(team).at("/plan/key").asString()).as("25.00 for each of ten, and nobody holds one").isEqualTo(story.key("free"));
        List.of("ann", "bob", "cid").forEach(member -> {
            create("addMember", Map.of("account", team, "key", member, "name", member, "email", member + "@example.com"));
            story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename } }",
                    "input", Map.of("account", team, "member", member)).at("/assignSeat");
        });

        JsonNode fitting = fitting(team);

        assertThat(fitting.at("/plan/key").asString()).isEqualTo(story.key("starter"));
        assertThat(fitting.path("reason").asString()).isEqualTo("starter costs 99.00 USD, team 250.00 USD");
    }

    @Test
    void theLargestGroupsOfTheWindowAreShown() {
        String acme = on("small");
        record(acme, "requests", 5, daysAgo(1), Map.of("region", "eu"));
        record(acme, "requests", 6, now(), Map.of("region", "eu"));
        record(acme, "requests", 20, now(), Map.of("region", "us"));
        record(acme, "requests", 3, now(), Map.of());
        record(acme, "requests", 99, daysAgo(20), Map.of("region", "last month's"));

        assertThat(groups(acme, "")).isEqualTo(
                "[{\"properties\":{\"region\":\"us\"},\"used\":20,\"others\":0},{\"properties\":{\"region\":\"eu\"},\"used\":11,\"others\":0},"
                        + "{\"properties\":{\"region\":null},\"used\":3,\"others\":0}]");
        assertThat(groups(acme, "(first: 1)")).as("the others are one together").isEqualTo(
                "[{\"properties\":{\"region\":\"us\"},\"used\":20,\"others\":0},{\"properties\":{},\"used\":14,\"others\":2}]");
    }

    @Test
    void groupsOfAWindowThatRollsAreOfItsDaysAndNotSinceEver() {
        String acme = on("small");
        record(acme, "requests", 7, daysAgo(10), Map.of("region", "eu"));
        record(acme, "requests", 5, daysAgo(6), Map.of("region", "eu"));
        record(acme, "requests", 4, daysAgo(2), Map.of("region", "eu"));
        record(acme, "requests", 8, daysAgo(1), Map.of("region", "us"));
        record(acme, "requests", 99, daysAgo(8), Map.of("region", "gone"));

        JsonNode week = read(acme, "week", "used groups { properties used others }");

        assertThat(week.path("groups").toString())
                .isEqualTo("[{\"properties\":{\"region\":\"eu\"},\"used\":9,\"others\":0},{\"properties\":{\"region\":\"us\"},\"used\":8,\"others\":0}]");
        assertThat(week.path("used").asLong()).as("together").isEqualTo(17);
        stories.pass(Duration.ofDays(5));
        assertThat(read(acme, "week", "used groups { used }").toString()).isEqualTo("{\"used\":12,\"groups\":[{\"used\":8},{\"used\":4}]}");
    }

    @Test
    void anAccountIsComparedOnlyWhereNobodyCanBeRecognized() {
        List<String> small = IntStream.range(0, 3).mapToObj(_ -> on("small")).toList();
        small.forEach(account -> record(account, "requests", 10, daysAgo(1)));
        assertThat(benchmark(small.getFirst())).isEqualTo("{\"__typename\":\"NotEnoughPeers\",\"needed\":10}");

        List<String> medium = IntStream.rangeClosed(1, 11).mapToObj(number -> {
            String account = on("medium");
            record(account, "requests", number * 111, daysAgo(number));
            return account;
        }).toList();
        record(medium.getFirst(), "requests", 100_000, daysAgo(29));

        assertThat(benchmark(medium.getFirst())).as("what is older is not compared")
                .isEqualTo("{\"__typename\":\"Benchmark\",\"band\":\"LOWEST_QUARTER\",\"used\":111,\"median\":720,\"peers\":10}");
        assertThat(benchmark(medium.getLast())).contains("\"band\":\"HIGHEST_QUARTER\"", "\"median\":610");
    }

    @Test
    void seatsAreCountedByNoMeterAndHaveNoGroups() {
        Story shared = stories.begin();
        String acme = shared.subscribed("acme", "team", 5);
        JsonNode meters = shared.backend().ask("query ($key: String!) { account(key: $key) { meters { feature { key kind } groups { used } } } }", "key", acme).at("/account/meters");
        assertThat(meters).isNotEmpty().filteredOn(meter -> !meter.at("/feature/kind").asString().equals("METER")).isNotEmpty().allSatisfy(meter -> assertThat(meter.at("/groups")).isEmpty());
    }

    @Test
    void aWholePageIsReadInTwoStatementsMore() {
        String acme = on("small");
        steadily(acme, 20, 10);
        Runnable plain = () -> page(acme, "");
        plain.run();
        int without = statements.during(plain);

        int with = statements.during(() -> page(acme, """
                days: series { at value } hours: series(by: HOUR, last: 48) { at value } growthPercent projection { __typename } groups { used }"""));

        assertThat(with).isLessThanOrEqualTo(without + 2);
    }

    private void page(String account, String readings) {
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { meters { used limit " + readings + " } } }", "key", account)
                .at("/account/meters").size()).isEqualTo(6);
    }

    private String on(String plan) {
        return story.subscribed("a" + UUID.randomUUID(), plan, 0);
    }

    private String accountIn(ZoneId zone) {
        String account = story.key("zoned");
        create("createAccount", Map.of("key", account, "name", "Zoned", "email", "zoned@example.com", "currency", "USD", "zone", zone.getId()));
        story.card(account, "pm_card_visa");
        story.start(account, Map.of("plan", story.key("small"))).at("/startSubscription/subscription/id");
        return account;
    }

    private Instant now() {
        return stories.clock().instant();
    }

    private Instant daysAgo(int days) {
        return now().minus(days, ChronoUnit.DAYS);
    }

    private Instant midnight(ZoneId zone, int daysAgo) {
        return now().atZone(zone).toLocalDate().minusDays(daysAgo).atStartOfDay(zone).toInstant();
    }

    /** The same on each of the last days, at noon; today too. */
    private void steadily(String account, int days, long quantity) {
        List<Map<String, Object>> events = IntStream.rangeClosed(0, days)
                .filter(day -> !daysAgo(day).truncatedTo(ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS).isBefore(daysAgo(35)))
                .mapToObj(day -> event(account, "requests", quantity, daysAgo(day).truncatedTo(ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS), Map.of()))
                .toList();
        recorded(events);
    }

    private void record(String account, String meter, long quantity, Instant at) {
        record(account, meter, quantity, at, Map.of());
    }

    private void record(String account, String meter, long quantity, Instant at, Map<String, Object> properties) {
        recorded(List.of(event(account, meter, quantity, at, properties)));
    }

    private void recorded(List<Map<String, Object>> events) {
        Api.Answer answer = story.record(events);
        assertThat(answer.at("/recordUsage/recorded").asInt()).as(answer.body().toString()).isEqualTo(events.size());
    }

    private Map<String, Object> event(String account, String meter, long quantity, Instant at, Map<String, Object> properties) {
        return Map.of("id", UUID.randomUUID().toString(), "account", account, "meter", story.key(meter), "quantity", quantity, "at", at.toString(),
                "properties", properties);
    }

    private JsonNode meter(String account, String feature) {
        return read(account, feature, """
                used growthPercent projection { ... on Projection { until low expected high reachesSoftLimitAt { state at earliest latest } reachesLimitAt { state at earliest latest } }
                  ... on NotEnoughData { reason days needed } }""");
    }

    private JsonNode series(String account, String feature, String arguments) {
        return read(account, feature, "series(" + arguments + ") { at value }").path("series");
    }

    private String groups(String account, String arguments) {
        return read(account, "requests", "groups" + arguments + " { properties used others }").path("groups").toString();
    }

    private String benchmark(String account) {
        return read(account, "requests", "benchmark { __typename ... on Benchmark { band used median peers } ... on NotEnoughPeers { needed } }").path("benchmark").toString();
    }

    private JsonNode read(String account, String feature, String fields) {
        return story.backend().ask("query ($key: String, $feature: String!) { account(key: $key) { meters(features: [$feature]) { " + fields + " } } }",
                "key", account, "feature", story.key(feature)).at("/account/meters/0");
    }

    private JsonNode fitting(String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { fittingPlan { ... on NoPlanFits { reason }
                  ... on FittingPlan { plan { key } current interval reason recurring { amountMinor } overage { amountMinor } total { amountMinor }
                    needs { feature { key } units projected included overage { amountMinor } }
                    quote { ... on Quote { recurring { after { amountMinor } } } } } } } }""", "key", account).at("/account/fittingPlan");
    }

    private static List<Long> values(JsonNode series) {
        return series.valueStream().map(point -> point.path("value").asLong()).toList();
    }
}
