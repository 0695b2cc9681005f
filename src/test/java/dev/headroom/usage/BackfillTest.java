package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Whatever is brought later, and taken back: totals agree with the events to the last digit, and a reversal leaves nothing behind. */
@HeadroomTest
class BackfillTest extends RichHistory {

    private static final String FIELDS = """
            { id state events from until replaceExisting closedPeriods reason openedBy meters { key }
              effect { events known replaced totals { feature { key } from until before after } } }""";

    @Autowired
    Leftovers leftovers;

    private final Random random = new Random(12);
    private Instant now;

    @BeforeEach
    void now() {
        aVendor();
        now = stories.clock().instant();
    }

    private void aRichHistory() {
        sixWeeks();
        now = stories.clock().instant();
    }

    @Test
    void whatIsAddedCountsAsIfItHadComeInTime() {
        aRichHistory();
        String backfill = open(Map.of()).at("/id").asString();
        assertThat(add(backfill, events(120))).isEqualTo(120);
        String before = dump();

        JsonNode preview = preview(backfill);
        assertThat(dump()).as("a preview changes nothing").isEqualTo(before);

        JsonNode applied = say("applyUsageBackfill", backfill);
        assertThat(applied.at("/state").asString()).isEqualTo("APPLIED");
        assertThat(applied.at("/effect")).as("what was shown is what was done").isEqualTo(preview);
        assertThat(applied.at("/effect/events").asInt()).isEqualTo(120);
        assertThat(applied.at("/effect/totals").size()).isGreaterThan(5);
        assertThat(dump()).isNotEqualTo(before);
        agrees();
    }

    @Test
    void aReversalLeavesNothingBehind() {
        aRichHistory();
        List<String> before = remains();
        for (boolean replaces : List.of(false, true)) {
            String backfill = open(Map.of("replaceExisting", replaces)).at("/id").asString();
            add(backfill, events(80));
            say("applyUsageBackfill", backfill);
            agrees();
            assertThat(remains()).isNotEqualTo(before);

            JsonNode preview = preview(backfill);
            JsonNode reversed = say("reverseUsageBackfill", backfill);
            assertThat(reversed.at("/state").asString()).isEqualTo("REVERSED");
            assertThat(preview.at("/totals").size()).isEqualTo(reversed.at("/effect/totals").size());
            assertThat(remains()).as("replaces: %s", replaces).isEqualTo(before);
            agrees();
        }
    }

    @Test
    void whatIsReplacedMayComeAgainWithAnotherContent() {
        Instant at = now.minus(Duration.ofHours(2));
        assertThat(story.record(List.of(one("wrong", 7, at))).at("/recordUsage/recorded").asInt()).isOne();
        assertThat(story.record(List.of(one("stays", 1, at.minusSeconds(7_200)))).at("/recordUsage/recorded").asInt()).isOne();
        long used = used();

        String backfill = open(Map.of("from", at.minusSeconds(1).toString(), "until", at.plusSeconds(1).toString(), "replaceExisting", true)).at("/id").asString();
        add(backfill, List.of(brought("wrong", 3, at)));
        JsonNode applied = say("applyUsageBackfill", backfill);

        assertThat(applied.at("/effect/replaced").asInt()).isOne();
        assertThat(used()).isEqualTo(used - 4);
        assertThat(outcome(one("wrong", 3, at))).isEqualTo("UsageDuplicate");
        assertThat(outcome(one("wrong", 7, at))).isEqualTo("UsageRejected");

        say("reverseUsageBackfill", backfill);
        assertThat(used()).isEqualTo(used);
        assertThat(outcome(one("wrong", 7, at))).isEqualTo("UsageDuplicate");
        agrees();
    }

    @Test
    void whatCountedBeforeDoesNotCountAgain() {
        Instant at = now.minus(Duration.ofHours(2));
        story.record(List.of(one("twice", 5, at)));
        long used = used();
        String backfill = open(Map.of()).at("/id").asString();
        Map<String, Object> other = brought("once", 2, at);

        assertThat(outcomes(backfill, List.of(brought("twice", 5, at), other, other, brought("once", 9, at))))
                .containsExactly("UsageRecorded", "UsageRecorded", "UsageDuplicate", "UsageRejected");
        assertThat(outcomes(backfill, List.of(other))).containsExactly("UsageDuplicate");
        JsonNode effect = say("applyUsageBackfill", backfill).at("/effect");
        assertThat(effect.at("/events").asInt()).isOne();
        assertThat(effect.at("/known").asInt()).isOne();
        assertThat(used()).isEqualTo(used + 2);

        db.execute("delete from usage.event_identity where account_id = {0}", val(id(acme)));
        String again = open(Map.of()).at("/id").asString();
        add(again, List.of(brought("twice", 5, at), other));
        assertThat(say("applyUsageBackfill", again).at("/effect/known").asInt()).as("also when its identity is forgotten").isEqualTo(2);

        say("reverseUsageBackfill", backfill);
        assertThat(outcome(one("once", 4, at))).as("its id is free again").isEqualTo("UsageRecorded");
        agrees();
    }

    @Test
    void closedPeriodsAreLeftAloneOrRestated() {
        String alsoActive = story.subscribed("history", "team", 1);
        Instant first = stories.clock().instant();
        stories.pass(Duration.ofDays(100));
        Instant at = first.plus(Duration.ofDays(10));
        Map<String, Object> range = Map.of("account", alsoActive, "from", first.minus(Duration.ofDays(5)).toString(), "until", at.plusSeconds(1).toString());

        String adjusting = open(range).at("/id").asString();
        add(adjusting, List.of(brought("moved", 3, at)));
        JsonNode moved = say("applyUsageBackfill", adjusting).at("/effect/totals/0");
        assertThat(Instant.parse(moved.at("/from").asString())).isAfter(first.plus(Duration.ofDays(80)));
        assertThat(entitled(alsoActive)).isEqualTo(3);
        say("reverseUsageBackfill", adjusting);
        assertThat(entitled(alsoActive)).isZero();

        Map<String, Object> restate = new HashMap<>(range);
        restate.put("closedPeriods", "RESTATE");
        String restating = open(restate).at("/id").asString();
        assertThat(outcomes(restating, List.of(brought("own", 3, at), brought("before", 1, first.minusSeconds(60))))).containsExactly("UsageRecorded", "UsageRejected");
        JsonNode own = say("applyUsageBackfill", restating).at("/effect/totals/0");
        assertThat(Instant.parse(own.at("/from").asString())).isEqualTo(first);
        assertThat(own.at("/after").asLong()).isEqualTo(3);
        assertThat(entitled(alsoActive)).isZero();
        assertThat(run(alsoActive, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
    }

    @Test
    void valuesOfAWindowThatIsLongOverAreToldApartStill() {
        aRichHistory();
        stories.pass(Duration.ofDays(70));
        db.execute("delete from usage.seen where account_id = {0} and period_from < {1} and feature_id = {2}",
                val(id(acme)), val(stories.clock().instant().minus(Duration.ofDays(66))), val(feature("people")));
        long people = number("select sum(used) from usage.counter where grain = 'PERIOD' and feature_id = {0}", feature("people"));
        Instant at = now.minus(Duration.ofDays(31));

        String backfill = open(Map.of("until", now.minus(Duration.ofDays(30)).toString())).at("/id").asString();
        add(backfill, List.of(
                Map.of("id", "known-face", "meter", story.key("traffic"), "at", at.toString(), "properties", Map.of("user", someone(at), "size", 1)),
                Map.of("id", "new-face", "meter", story.key("traffic"), "at", at.toString(), "properties", Map.of("user", "nobody yet", "size", 1))));
        say("applyUsageBackfill", backfill);

        assertThat(number("select sum(used) from usage.counter where grain = 'PERIOD' and feature_id = {0}", feature("people"))).isEqualTo(people + 1);
        assertThat(run(acme, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
    }

    @Test
    void whatAnotherHasReplacedIsNotReversedUnderneathIt() {
        aRichHistory();
        String first = open(Map.of()).at("/id").asString();
        add(first, events(10));
        say("applyUsageBackfill", first);
        List<String> before = remains();
        String second = open(Map.of("replaceExisting", true)).at("/id").asString();
        add(second, events(10));
        say("applyUsageBackfill", second);

        Api.Answer refused = ask("reverseUsageBackfill", first);
        assertThat(refused.errorCode()).isEqualTo("CONFLICT");
        assertThat(refused.body().at("/errors/0/message").asString()).contains(second);

        say("reverseUsageBackfill", second);
        assertThat(remains()).isEqualTo(before);
        say("reverseUsageBackfill", first);
        agrees();
    }

    @Test
    void whatGaveWayToAnEarlierOneMayComeAgainAndIsNotPutBackBesideIt() {
        Instant at = now.minus(Duration.ofHours(2));
        Map<String, Object> range = Map.of("from", at.minusSeconds(1).toString(), "until", at.plusSeconds(1).toString());
        assertThat(outcome(one("forgotten", 5, at))).isEqualTo("UsageRecorded");
        long used = used();
        Map<String, Object> replacing = new HashMap<>(range);
        replacing.put("replaceExisting", true);
        String first = open(replacing).at("/id").asString();
        assertThat(say("applyUsageBackfill", first).at("/effect/replaced").asInt()).isOne();
        assertThat(used()).isEqualTo(used - 5);
        assertThat(outcome(one("forgotten", 5, at))).as("who sends it again by accident").isEqualTo("UsageDuplicate");

        String second = open(range).at("/id").asString();
        add(second, List.of(brought("forgotten", 6, at)));
        assertThat(say("applyUsageBackfill", second).at("/effect/events").asInt()).isOne();
        assertThat(used()).isEqualTo(used + 1);

        assertThat(ask("reverseUsageBackfill", first).errorCode()).isEqualTo("CONFLICT");
        say("reverseUsageBackfill", second);
        say("reverseUsageBackfill", first);
        assertThat(used()).isEqualTo(used);
        assertThat(outcome(one("forgotten", 5, at))).isEqualTo("UsageDuplicate");
        agrees();
    }

    @Test
    void nothingIsClaimedOfWhatIsNotKeptAnyMore() {
        aRichHistory();
        db.execute("insert into usage.dropped (account_id, until) values ({0}, {1})", val(id(acme)), val(now.minus(Duration.ofDays(90))));
        String adding = open(Map.of("meters", List.of(story.key("calls")))).at("/id").asString();
        add(adding, List.of(brought("added", 1, now.minus(Duration.ofDays(40)))));
        assertThat(say("applyUsageBackfill", adding).at("/state").asString()).isEqualTo("APPLIED");
        String before = dump();
        String replacing = open(Map.of("replaceExisting", true)).at("/id").asString();
        add(replacing, events(5));
        assertThat(ask("applyUsageBackfill", replacing).errorCode()).as("what is held for ever reaches back").isEqualTo("CONFLICT");
        assertThat(dump()).isEqualTo(before);

        String old = open(Map.of("from", now.minus(Duration.ofDays(760)).toString())).at("/id").asString();
        stories.pass(Duration.ofDays(150));
        Set<YearMonth> months = partitions.months();
        assertThat(ask("applyUsageBackfill", old).errorCode()).as("opened when there were events of it").isEqualTo("CONFLICT");
        assertThat(partitions.months()).as("no room is made for what is refused").isEqualTo(months);
    }

    @Test
    void whatGaveWayIsForgottenWithTheEventsOfItsTime() {
        aRichHistory();
        String replacing = open(Map.of("replaceExisting", true)).at("/id").asString();
        add(replacing, events(5));
        assertThat(say("applyUsageBackfill", replacing).at("/effect/replaced").asInt()).isPositive();
        leftovers.delete();
        assertThat(gaveWay(replacing)).as("it may be reversed still").isPositive();
        stories.pass(Duration.ofDays(27 * 31));
        Api.Answer late = ask("reverseUsageBackfill", replacing);
        assertThat(late.errorCode()).isEqualTo("CONFLICT");
        assertThat(late.body().at("/errors/0/message").asString()).contains("what counted before this backfill");
        leftovers.delete();
        assertThat(gaveWay(replacing)).isZero();
    }

    private int gaveWay(String backfill) {
        return db.fetchSingle("select count(*) from usage.replaced_event where backfill_id = {0}", val(UUID.fromString(backfill))).get(0, Integer.class);
    }

    @Test
    void whoCallsAgainIsToldWhatWasDoneAndNobodyGoesBack() {
        Map<String, Object> key = Map.of("idempotencyKey", story.key("once"));
        String backfill = open(key).at("/id").asString();
        assertThat(open(key).at("/id").asString()).isEqualTo(backfill);
        add(backfill, events(5));
        JsonNode applied = say("applyUsageBackfill", backfill);
        assertThat(say("applyUsageBackfill", backfill)).isEqualTo(applied);
        assertThat(ask("discardUsageBackfill", backfill).errorCode()).isEqualTo("CONFLICT");
        assertThat(ask("addToUsageBackfill", Map.of("backfill", backfill, "events", events(1)), "{ recorded }").errorCode()).isEqualTo("CONFLICT");
        say("reverseUsageBackfill", backfill);
        assertThat(say("reverseUsageBackfill", backfill).at("/state").asString()).isEqualTo("REVERSED");
        assertThat(ask("applyUsageBackfill", backfill).errorCode()).isEqualTo("CONFLICT");

        String other = open(Map.of()).at("/id").asString();
        add(other, events(3));
        assertThat(say("discardUsageBackfill", other).at("/state").asString()).isEqualTo("DISCARDED");
        assertThat(number("select count(*) from usage.backfill_event where backfill_id = {0}", UUID.fromString(other))).isZero();
        assertThat(ask("applyUsageBackfill", other).errorCode()).isEqualTo("CONFLICT");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { usageBackfills { state } } }", "key", acme)
                .at("/account/usageBackfills").valueStream().map(each -> each.at("/state").asString())).containsExactly("DISCARDED", "REVERSED");
    }

    @Test
    void whatCannotBeIsRefusedAndNamed() {
        assertThat(refused(Map.of("account", "nobody"))).isEqualTo("input.account");
        assertThat(refused(Map.of("meters", List.of()))).isEqualTo("input.meters");
        assertThat(refused(Map.of("meters", List.of(story.key("nothing"))))).isEqualTo("input.meters");
        assertThat(refused(Map.of("meters", List.of(story.key("people"))))).isEqualTo("input.meters");
        assertThat(refused(Map.of("from", "1999-01-01T00:00:00Z"))).isEqualTo("input.from");
        assertThat(refused(Map.of("until", now.minus(Duration.ofDays(400)).toString()))).isEqualTo("input.until");
        assertThat(refused(Map.of("until", now.plus(Duration.ofDays(1)).toString()))).isEqualTo("input.until");
        assertThat(refused(Map.of("reason", " "))).isEqualTo("input.reason");
        String backfill = open(Map.of("meters", List.of(story.key("calls")))).at("/id").asString();
        assertThat(outcomes(backfill, List.of(
                brought("a", -1, now.minusSeconds(60)), brought("b", 1, now.minus(Duration.ofDays(200))),
                Map.of("id", "c", "meter", story.key("traffic"), "at", now.minusSeconds(60).toString(), "properties", Map.of("user", "ada", "size", 1)))))
                .containsOnly("UsageRejected");
        assertThat(ask("applyUsageBackfill", "nonsense").errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void onlyTheVendorMayAndOnlyWithBothRights() {
        String backfill = open(Map.of()).at("/id").asString();
        for (Permission missing : List.of(Permission.USAGE, Permission.ACCOUNTS)) {
            Api poor = stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(missing))));
            assertThat(poor.ask(mutation("applyUsageBackfill", "{ state }"), "input", Map.of("backfill", backfill)).errorCode()).isEqualTo("FORBIDDEN");
            assertThat(poor.ask("query ($id: ID!) { previewUsageBackfill(backfill: $id) { events } }", "id", backfill).errorCode()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void twoWhoApplyAtOnceAndThoseWhoRecordMeanwhileLoseNothing() throws Exception {
        aRichHistory();
        String adding = open(Map.of()).at("/id").asString();
        String replacing = open(Map.of("replaceExisting", true)).at("/id").asString();
        add(adding, events(100));
        add(replacing, events(100));
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String backfill : List.of(adding, adding, replacing, replacing)) {
                ends.add(threads.submit(() -> say("applyUsageBackfill", backfill)));
            }
            for (int thread = 0; thread < 3; thread++) {
                Random own = new Random(thread);
                int first = 1_000_000 * (thread + 1);
                ends.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        Map<String, Object> event = new HashMap<>(event(acme, own));
                        event.put("id", "c" + (first + i));
                        assertThat(story.record(List.of(event)).at("/recordUsage/recorded").asInt()).isOne();
                    }
                }));
            }
        }
        for (Future<?> end : ends) {
            end.get();
        }
        agrees();

        boolean replacedFirst = ask("reverseUsageBackfill", replacing).body().has("errors");
        agrees();
        say("reverseUsageBackfill", adding);
        agrees();
        if (replacedFirst) {
            say("reverseUsageBackfill", replacing);
            agrees();
        }
    }

    /** What somebody will look at: neither values of windows that are long over, nor windows in which nothing is any more. */
    private List<String> remains() {
        leftovers.delete();
        return dump().lines().filter(line -> !line.endsWith(",0,0,1970-01-01T00:00Z")).toList();
    }

    private void agrees() {
        said.clear();
        assertThat(run(acme, false)).as("%s", said).isEqualTo(RebuildListener.AGREES);
    }

    private Map<String, Object> command(Map<String, Object> other) {
        Map<String, Object> command = new HashMap<>(Map.of(
                "idempotencyKey", story.key("backfill-" + random.nextLong()), "account", acme, "meters", List.of(story.key("traffic"), story.key("calls")),
                "from", now.minus(Duration.ofDays(60)).toString(), "until", now.toString(), "reason", "An importer stood still"));
        command.putAll(other);
        return command;
    }

    private JsonNode open(Map<String, Object> other) {
        return story.backend().ask(mutation("openUsageBackfill", FIELDS).replace("UsageBackfillInput", "OpenUsageBackfillInput"), "input", command(other)).at("/openUsageBackfill");
    }

    private String refused(Map<String, Object> wrong) {
        Api.Answer answer = story.backend().ask(mutation("openUsageBackfill", FIELDS).replace("UsageBackfillInput", "OpenUsageBackfillInput"), "input", command(wrong));
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    private static String mutation(String name, String fields) {
        return "mutation ($input: UsageBackfillInput!) { " + name + "(input: $input) " + fields + " }";
    }

    private JsonNode say(String name, String backfill) {
        return ask(name, backfill).at("/" + name);
    }

    private Api.Answer ask(String name, String backfill) {
        return story.backend().ask(mutation(name, FIELDS), "input", Map.of("backfill", backfill));
    }

    private Api.Answer ask(String name, Map<String, Object> input, String fields) {
        return story.backend().ask(mutation(name, fields).replace("UsageBackfillInput", "AddToUsageBackfillInput"), "input", input);
    }

    private JsonNode preview(String backfill) {
        return story.backend().ask(
                "query ($id: ID!) { previewUsageBackfill(backfill: $id) { events known replaced totals { feature { key } from until before after } } }", "id", backfill)
                .at("/previewUsageBackfill");
    }

    private int add(String backfill, List<Map<String, Object>> events) {
        return ask("addToUsageBackfill", Map.of("backfill", backfill, "events", events), "{ recorded }").at("/addToUsageBackfill/recorded").asInt();
    }

    private List<String> outcomes(String backfill, List<Map<String, Object>> events) {
        return ask("addToUsageBackfill", Map.of("backfill", backfill, "events", events), "{ outcomes { __typename } }").at("/addToUsageBackfill/outcomes")
                .valueStream().map(each -> each.at("/__typename").asString()).toList();
    }

    /** Up to 60 days old. */
    private List<Map<String, Object>> events(int number) {
        return IntStream.range(0, number).mapToObj(i -> {
            Map<String, Object> event = new HashMap<>(event(acme, random));
            event.remove("account");
            event.put("id", "b" + sent++);
            event.put("at", now.minusSeconds(1 + random.nextInt(60 * 24 * 3_600 - 10)).toString());
            return event;
        }).toList();
    }

    private Map<String, Object> one(String id, long quantity, Instant at) {
        return Map.of("id", id, "account", acme, "meter", story.key("calls"), "quantity", quantity, "at", at.toString());
    }

    private Map<String, Object> brought(String id, long quantity, Instant at) {
        return Map.of("id", id, "meter", story.key("calls"), "quantity", quantity, "at", at.toString());
    }

    private String outcome(Map<String, Object> event) {
        return story.record(List.of(event)).at("/recordUsage/outcomes/0/__typename").asString();
    }

    /** Who was seen in the month of that time. */
    private String someone(Instant at) {
        return db.resultQuery("""
                select properties ->> 'user' from usage.event
                where account_id = {0} and feature_id = {1} and date_trunc('month', at at time zone 'UTC') = date_trunc('month', {2} at time zone 'UTC') limit 1""",
                val(id(acme)), val(feature("traffic")), val(at)).fetchSingle(row -> row.get(0, String.class));
    }

    private long used() {
        return entitled(acme);
    }

    private long entitled(String account) {
        return story.entitlement(story.backend(), account, "calls", 0).at("/entitlement/used").asLong();
    }
}
