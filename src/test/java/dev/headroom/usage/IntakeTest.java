package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.HeadroomException;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageHistories.EventQuery;
import dev.headroom.usage.UsageHistories.IntakeDay;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of events, by the day and one by one. */
@HeadroomTest
class IntakeTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private Stories stories;

    @Autowired
    private UsageHistories histories;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Catalog catalog;

    @Autowired
    private DSLContext db;

    private Story story;
    private String acme;
    private AccountId account;

    @BeforeEach
    void anAccount() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "starter", 0);
        account = accounts.meant(SELF, acme).id();
    }

    private Map<String, Object> event(String id, Instant at) {
        return event(id, Map.of("at", at.toString()));
    }

    private Map<String, Object> event(String id, Map<String, Object> more) {
        Map<String, Object> event = new HashMap<>(Map.of("id", id, "account", acme, "meter", story.key("calls")));
        event.putAll(more);
        return event;
    }

    private Instant now() {
        return stories.clock().instant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    private IntakeDay own() {
        return histories.intake(SELF, account, today(), today().plusDays(1)).getFirst();
    }

    private IntakeDay everybodys() {
        return histories.intake(SELF, today(), today().plusDays(1)).stream()
                .findFirst()
                .orElseGet(() -> new IntakeDay(today(), 0, 0, 0, 0, Map.of()));
    }

    @Test
    void whatIsRecordedLateDuplicateAndRejectedIsCountedOnTheDayOnWhichItCame() {
        stories.pass(Duration.ofDays(2));
        IntakeDay before = everybodys();

        story.record(List.of(
                event("a", Map.of()), event("a", Map.of()), event("b", now().minus(Duration.ofHours(30))), event("c", Map.of("quantity", -1)),
                event("d", Map.of("meter", "nothing")), event("e", Map.of("meter", "nothing"))));

        assertThat(own()).isEqualTo(new IntakeDay(today(), 2, 1, 0, 1, Map.of("quantity", 1L, "meter", 2L)));
        assertThat(own().allRejected()).isEqualTo(3);
        assertThat(everybodys().recorded() - before.recorded()).isEqualTo(2);
        stories.pass(Duration.ofDays(1));
        assertThat(histories.intake(SELF, account, today(), today().plusDays(1))).isEmpty();
    }

    @Test
    void whatCameAfterItsPeriodWasClosedIsMovedAndLate() {
        Instant end = Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
        stories.pass(Duration.between(now(), end.plus(Duration.ofDays(3))));

        story.record(List.of(event("late", end.minus(Duration.ofHours(1)))));

        assertThat(own()).isEqualTo(new IntakeDay(today(), 1, 1, 1, 0, Map.of()));
        assertThat(events(null, 10)).singleElement().matches(RecordedEvent::moved).matches(RecordedEvent::late);
    }

    @Test
    void eventsOfNobodyAndLinesThatAreNoneAreCountedAmongEverybodys() throws IOException, InterruptedException {
        IntakeDay before = everybodys();

        story.record(List.of(event("a", Map.of("account", "nobody"))));
        stream("no event\n{}\n");

        assertThat(rejected("account") - before.rejected().getOrDefault("account", 0L)).isEqualTo(1);
        assertThat(rejected("line") - before.rejected().getOrDefault("line", 0L)).isEqualTo(1);
        assertThat(rejected("id") - before.rejected().getOrDefault("id", 0L)).isEqualTo(1);
        assertThat(histories.intake(SELF, account, today(), today().plusDays(1))).isEmpty();
    }

    private void stream(String lines) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(HttpRequest.newBuilder(URI.create(stories.url() + "/v1/usage"))
                    .header("Content-Type", "application/x-ndjson")
                    .header("Authorization", "Bearer " + story.backend().credential())
                    .POST(HttpRequest.BodyPublishers.ofString(lines))
                    .build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private long rejected(String field) {
        return everybodys().rejected().getOrDefault(field, 0L);
    }

    @Test
    void countsThatCannotBeWrittenAreCountedOn() {
        List<Boolean> away = new ArrayList<>(List.of(true));
        List<Long> written = new ArrayList<>();
        Intakes intake = new Intakes(new IntakeRepository(null) {
            @Override
            void add(Map<Intakes.Key, Long> counts) {
                if (away.getFirst()) {
                    throw new IllegalStateException("away");
                }
                written.addAll(counts.values());
            }
        }, stories.clock());
        intake.unreadable(List.of(new UsageOutcome.UsageRejected("", "line", "?")));
        assertThatThrownBy(intake::write).hasMessage("away");
        intake.unreadable(List.of(new UsageOutcome.UsageRejected("", "line", "?")));
        away.set(0, false);
        intake.write();
        intake.write();

        assertThat(written).containsExactly(2L);
    }

    @Test
    void eventsAreReadPageByPageNewestFirstWithoutOneTwiceOrMissing() {
        Instant start = now();
        story.record(IntStream.range(0, 12).mapToObj(n -> event("e%02d".formatted(n), start.minusSeconds(n / 4))).toList());

        List<String> read = new ArrayList<>();
        RecordedEvent last = null;
        for (List<RecordedEvent> page = events(last, 5); !page.isEmpty(); page = events(last, 5)) {
            page.forEach(event -> read.add(event.id()));
            last = page.getLast();
        }

        assertThat(read).containsExactly("e03", "e02", "e01", "e00", "e07", "e06", "e05", "e04", "e11", "e10", "e09", "e08");
    }

    @Test
    void eventsAreFoundByFeatureIdAndTimeAndKeepWhatTheySaid() {
        story.record(List.of(event("a", Map.of("quantity", 7, "properties", Map.of("region", "eu"))), event("b", now().minus(Duration.ofHours(2)))));
        Period lastHour = new Period(now().minus(Duration.ofHours(1)), now().plusSeconds(1));

        assertThat(find(new EventQuery(account, null, null, lastHour))).singleElement().satisfies(event -> {
            assertThat(event.quantity()).isEqualTo(7);
            assertThat(event.properties()).isEqualTo(Map.of("region", "eu"));
            assertThat(event.late()).isFalse();
        });
        assertThat(find(new EventQuery(account, null, "b", day()))).extracting(RecordedEvent::id).containsExactly("b");
        assertThat(find(new EventQuery(account, catalog.snapshot().feature(story.key("seats")).orElseThrow().id(), null, day()))).isEmpty();
        assertThat(find(new EventQuery(null, catalog.snapshot().feature(story.key("calls")).orElseThrow().id(), null, day())))
                .extracting(RecordedEvent::id).containsExactly("a", "b");
    }

    @Test
    void anEventIsFoundByItsIdHoweverLateItCameAndWhenItsIdIsForgotten() {
        story.record(List.of(event("soon", now().minusSeconds(5)), event("late", now().minus(Duration.ofDays(20)))));
        Period month = new Period(now().minus(Duration.ofDays(30)), now().plusSeconds(1));

        assertThat(ids("soon", month)).containsExactly("soon");
        assertThat(ids("late", month)).containsExactly("late");
        assertThat(ids("late", day())).as("of another day").isEmpty();
        assertThat(ids("nobody's", month)).isEmpty();

        db.execute("delete from usage.event_identity where account_id = {0}", DSL.val(account.value()));
        assertThat(ids("late", month)).containsExactly("late");
    }

    private List<String> ids(String event, Period period) {
        return find(new EventQuery(account, null, event, period)).stream().map(RecordedEvent::id).toList();
    }

    @Test
    void overGraphQlPagesFollowEachOtherByTheirCursors() {
        story.record(IntStream.range(0, 3).mapToObj(n -> event("e" + n, now().minusSeconds(n))).toList());
        String page = """
                query ($key: String, $after: String, $feature: String) { account(key: $key) { usageEvents(first: 2, after: $after, feature: $feature) {
                  edges { node { id feature { key } quantity late moved } } pageInfo { hasNextPage endCursor } } } }""";

        Api.Answer first = story.backend().ask(page, "key", acme);
        Api.Answer second = story.backend().ask(page, "key", acme, "after", first.text("/account/usageEvents/pageInfo/endCursor"));

        assertThat(first.at("/account/usageEvents/edges").valueStream().map(edge -> edge.at("/node/id").asString())).containsExactly("e0", "e1");
        assertThat(first.at("/account/usageEvents/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(second.at("/account/usageEvents/edges").valueStream().map(edge -> edge.at("/node/id").asString())).containsExactly("e2");
        assertThat(second.at("/account/usageEvents/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(story.backend().ask(page, "key", acme, "after", "forged").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.backend().ask(page, "key", acme, "feature", "nothing").errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void everybodysEventsAreReadADayAtATimeAndByNobodyWhoIsConfined() {
        Period days = new Period(now().minus(Duration.ofDays(2)), now());
        Actor member = new Actor.Member(UUID.randomUUID(), UUID.randomUUID(), Set.of(Permission.READ));

        assertThatThrownBy(() -> find(new EventQuery(null, null, null, days))).isInstanceOf(HeadroomException.class).hasMessageContaining("a day");
        for (EventQuery query : List.of(new EventQuery(null, null, null, day()), new EventQuery(account, null, null, day()))) {
            assertThatThrownBy(() -> histories.events(member, query, null, 10)).isInstanceOf(HeadroomException.class);
        }
        assertThatThrownBy(() -> histories.intake(member, today(), today().plusDays(1))).isInstanceOf(HeadroomException.class);
        assertThatThrownBy(() -> histories.intake(member, account, today(), today().plusDays(1))).isInstanceOf(HeadroomException.class);
    }

    private Period day() {
        return new Period(now().minus(Duration.ofHours(23)), now().plus(Duration.ofHours(1)));
    }

    private List<RecordedEvent> events(@Nullable RecordedEvent after, int size) {
        return histories.events(SELF, new EventQuery(account, null, null, new Period(now().minus(Duration.ofDays(30)), now().plusSeconds(1))), after == null ? null : after.mark(), size);
    }

    private List<RecordedEvent> find(EventQuery query) {
        return histories.events(SELF, query, null, 10);
    }
}
