package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.catalog.Catalog;
import dev.headroom.time.TravellingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** What nobody can need any more goes, not a day before; and what is counted again afterwards still agrees. */
@HeadroomTest
class LeftoversTest {

    @Autowired
    Stories stories;
    @Autowired
    LeftoverRepository repository;
    @Autowired
    Catalog catalog;
    @Autowired
    DSLContext db;
    @Autowired
    Replays replays;
    @Autowired
    ReplayRepository replay;
    @Autowired
    CorrectionRepository corrections;
    @Autowired
    PartitionRepository partitions;
    @Autowired
    ApplicationEventPublisher publisher;
    @Autowired
    Counters counters;
    @Autowired
    Transactions transactions;

    private Story story;
    private String acme;
    private Instant day;
    private TravellingClock clock;
    private Leftovers leftovers;

    @BeforeEach
    void anAccountWithTwoDaysOfUsage() {
        story = stories.begin();
        List<Map<String, Object>> features = new ArrayList<>(List.of(
                meter("traffic", "DAY", Map.of()),
                meter("people", "DAY", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("traffic"))),
                meter("everybody", "NEVER", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("traffic"))),
                meter("held", "NEVER", Map.of("source", story.key("traffic"))),
                meter("largest", "DAY", Map.of("aggregation", "MAX", "source", story.key("traffic"))),
                meter("current", "DAY", Map.of("aggregation", "LATEST", "source", story.key("traffic")))));
        Map<String, Object> rolling = new HashMap<>(meter("active", "ROLLING", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("traffic"))));
        rolling.put("rollingDays", 7);
        features.add(rolling);
        Map<String, Object> grouped = new HashMap<>(meter("week", "ROLLING", Map.of("groupBy", List.of("user"), "source", story.key("traffic"))));
        grouped.put("rollingDays", 7);
        features.add(grouped);
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("metered"), "key", story.key("metered"), "name", "Metered", "features", features))
                .at("/createProduct/product");
        acme = story.account("acme");
        day = stories.clock().instant().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(story.record(List.of(event("a", "ann", 3), event("b", "bob", 5), event("c", "ann", 30))).at("/recordUsage/recorded").asInt()).isEqualTo(3);
        clock = new TravellingClock(stories.clock().instant());
        leftovers = new Leftovers(repository, catalog, new UsageProperties(2, Duration.ofDays(3), Period.ofMonths(26)), clock);
    }

    private Map<String, Object> meter(String name, String reset, Map<String, Object> rule) {
        return Map.of("key", story.key(name), "name", name, "kind", "METER", "reset", reset, "meter", rule);
    }

    private Map<String, Object> event(String id, String user, int hour) {
        return Map.of("id", id, "account", acme, "meter", story.key("traffic"), "quantity", hour, "at", day.plus(Duration.ofHours(hour)).toString(),
                "properties", Map.of("user", user));
    }

    @Test
    void valuesGoWhenNoEventCanComeForTheirWindowAnyMoreAndThoseOfAWindowWithoutEndStay() {
        Instant end = day.plus(Duration.ofDays(1));

        deleteAt(end.plus(Duration.ofDays(35)).minusSeconds(1));
        assertThat(values("people")).isEqualTo(3);

        deleteAt(end.plus(Duration.ofDays(35)));
        assertThat(values("people")).as("the second day's").isEqualTo(1);
        assertThat(values("everybody")).isEqualTo(2);
        assertThat(values("active")).isEqualTo(2);
        assertThat(agrees()).isTrue();

        deleteAt(end.plus(Duration.ofDays(1_000)));
        assertThat(values("people")).isZero();
        assertThat(values("everybody")).isEqualTo(2);
        assertThat(counters("PERIOD", "people")).as("the totals stay").isEqualTo(2);
        assertThat(agrees()).isTrue();
    }

    @Test
    void hoursGoAfterTwentySixMonthsButThoseOfWhatIsHeldAndTheLastOfLatestValuesStay() {
        Instant firstHourEnds = day.plus(Duration.ofHours(4));
        Instant kept = firstHourEnds.atOffset(ZoneOffset.UTC).plusMonths(26).toInstant();

        deleteAt(kept.minus(Duration.ofDays(1)));
        assertThat(List.of("traffic", "people", "largest", "current", "active")).allMatch(meter -> counters("HOUR", meter) >= 2);
        assertThat(groups("week")).isEqualTo(3);

        deleteAt(kept.plus(Duration.ofDays(40)));
        assertThat(List.of("traffic", "people", "largest", "active")).allMatch(meter -> counters("HOUR", meter) == 0);
        assertThat(groups("week")).as("groups go with their hours").isZero();
        assertThat(counters("HOUR", "held")).isEqualTo(3);
        assertThat(counters("HOUR", "everybody")).isEqualTo(2);
        assertThat(counters("HOUR", "current")).isEqualTo(1);
        assertThat(counters("PERIOD", "traffic")).isEqualTo(2);
        assertThat(agrees()).isTrue();
    }

    @Test
    void hoursStayAsLongAsTheLongestChartEvenWhereEventsDoNot() {
        leftovers = new Leftovers(repository, catalog, new UsageProperties(2, Duration.ofDays(3), Period.ofMonths(1)), clock);

        deleteAt(day.plus(Duration.ofDays(750)));
        assertThat(counters("HOUR", "traffic")).isEqualTo(3);

        deleteAt(day.plus(Duration.ofDays(753)));
        assertThat(counters("HOUR", "traffic")).isZero();
    }

    @Test
    void valuesOfAWindowThatRollsGoWithTheEventsOfTheTimeWhenTheyWereLastSeen() {
        YearMonth lastSeen = YearMonth.from(day.plus(Duration.ofHours(30)).atOffset(ZoneOffset.UTC));
        Instant dropped = lastSeen.plusMonths(27).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

        deleteAt(dropped.minusSeconds(1));
        assertThat(values("active")).as("ann's at least").isPositive();
        deleteAt(dropped);
        assertThat(values("active")).isZero();
        assertThat(values("everybody")).as("a window that never starts again").isEqualTo(2);
        assertThat(agrees()).isTrue();

        stories.pass(Duration.between(stories.clock().instant(), dropped.plus(Duration.ofDays(1))));
        day = stories.clock().instant().minus(Duration.ofDays(2));
        assertThat(story.record(List.of(event("d", "ann", 3), event("e", "ann", 4), event("f", "carl", 5))).at("/recordUsage/recorded").asInt()).isEqualTo(3);
        assertThat(values("active")).as("who comes again is new").isEqualTo(2);
        deleteAt(stories.clock().instant());
        assertThat(values("active")).isEqualTo(2);
    }

    private void deleteAt(Instant at) {
        clock.travelTo(at);
        leftovers.delete();
    }

    private boolean agrees() {
        Rebuilds rebuilds = new Rebuilds(
                replays, replay, new Recounts(replays, replay, corrections, counters, partitions, leftovers), publisher, transactions, leftovers, counters);
        List<String> differences = new ArrayList<>();
        rebuilds.compare(new AccountId(id()), difference -> differences.add(difference.words()));
        assertThat(differences).isEmpty();
        return true;
    }

    private long values(String meter) {
        return number("select count(*) from usage.seen where account_id = {0} and feature_id = {1}", meter);
    }

    private long groups(String meter) {
        return number("select count(*) from usage.counter where account_id = {0} and feature_id = {1} and grp <> ''", meter);
    }

    private long counters(String grain, String meter) {
        return number("select count(*) from usage.counter where account_id = {0} and feature_id = {1} and grp = '' and grain = '" + grain + "'", meter);
    }

    private long number(String sql, String meter) {
        return db.resultQuery(sql, val(id()), val(catalog.snapshot().feature(story.key(meter)).orElseThrow().id().value()))
                .fetchSingle(row -> row.get(0, Long.class));
    }

    private UUID id() {
        return db.resultQuery("select id from account.account where key = {0}", val(acme)).fetchSingle(row -> row.get(0, UUID.class));
    }
}
