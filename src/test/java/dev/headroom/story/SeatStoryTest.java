package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who holds a seat, who may get one, and what is said when more are held than bought. */
@HeadroomTest
class SeatStoryTest {

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void fourSeatsAndFiveMembers() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 4);
        List.of("ann", "bob", "cat", "dan").forEach(member -> add(member, "ACTIVE"));
        add("eve", "INVITED");
    }

    @Test
    void whoIsInvitedHoldsASeatThatCounts() {
        assertThat(assign("eve")).isEqualTo("SeatAssigned");
        stories.clock().advance(Duration.ofSeconds(1));
        assertThat(assign("ann")).isEqualTo("SeatAssigned");

        JsonNode seats = seats();
        assertThat(seats.at("/used").asLong()).isEqualTo(2);
        assertThat(seats.at("/pending").asLong()).isEqualTo(1);
        assertThat(seats.at("/holders/edges").valueStream().map(edge -> edge.at("/node/member/key").asString() + " " + edge.at("/node/pending").asBoolean()))
                .containsExactly("eve true", "ann false");
        assertThat(seats.at("/holders/edges/0/node/assignedBy").asString()).startsWith("api-key:");
        assertThat(seats.at("/holders/edges/0/node/assignedAt").asString()).isNotEmpty();
    }

    @Test
    void whoIsActiveHasComeIn() {
        assign("eve");
        active("eve");

        assertThat(seats().at("/pending").asLong()).isZero();
        assertThat(seats().at("/holders/edges/0/node/lastActiveAt").asString()).isEqualTo(stories.clock().instant().toString());
    }

    @Test
    void whoIsErasedHoldsNoSeatAndIsNowhereAnyMore() {
        assign("ann");
        assign("bob");

        JsonNode erased = erase("ann").at("/eraseMember/member");

        assertThat(erased.at("/name").asString()).isEqualTo("Erased person");
        assertThat(erased.at("/email").asString()).endsWith("@erased.invalid");
        assertThat(names(holders(10, null))).containsExactly("bob");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { members { key } } }", "key", acme).at("/account/members").toString())
                .doesNotContain("ann").contains("bob");
        assertThat(erase("ann").errorCode()).isEqualTo("NOT_FOUND");
        stories.api(stories.secret(Set.of(Permission.READ, Permission.ACCOUNTS))).ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", acme + "ann-anew", "account", acme, "key", "ann", "email", "ann@example.com", "name", "Ann anew"));
        assertThat(assign("ann")).as("the key is free for somebody else").isEqualTo("SeatAssigned");
    }

    private Api.Answer erase(String member) {
        return story.backend().ask("mutation ($input: EraseMemberInput!) { eraseMember(input: $input) { ... on MemberErased { member { name email } } } }",
                "input", Map.of("account", acme, "member", member));
    }

    @Test
    void activityIsWrittenOnceAnHourForEachAndForTheLatest() {
        String before = stories.clock().instant().minus(Duration.ofMinutes(10)).toString();

        assertThat(record(activity("ann", before), activity("ann", null), activity("bob", null)).at("/written").asInt()).isEqualTo(2);
        assertThat(record(activity("ann", null), activity("bob", before)).at("/written").asInt()).isZero();
        stories.clock().advance(Duration.ofMinutes(59));
        assertThat(record(activity("ann", null)).at("/written").asInt()).isZero();
        stories.clock().advance(Duration.ofMinutes(1));
        assertThat(record(activity("ann", null)).at("/written").asInt()).isEqualTo(1);
    }

    @Test
    void activityOfNobodyIsNamedAndTheRestIsNoted() {
        JsonNode answer = record(activity("ann", null), activity("zoe", null), Map.of("account", "nobody", "member", "ann"));

        assertThat(answer.at("/written").asInt()).isEqualTo(1);
        assertThat(answer.at("/unknown").valueStream().map(who -> who.at("/account").asString() + " " + who.at("/member").asString()))
                .containsExactly(acme + " zoe", "nobody ann");
    }

    @Test
    void activityThatCannotBeIsRefused() {
        Api.Answer ahead = tell(story.backend(), List.of(activity("ann", stories.clock().instant().plus(Duration.ofMinutes(6)).toString())));

        assertThat(ahead.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ahead.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.activities[0].at");
        assertThat(tell(story.backend(), List.of()).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(tell(stories.api(stories.secret(Set.of(Permission.READ))), List.of(activity("ann", null))).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void pagesGoOnWhereASeatWasGivenBack() {
        Stream.of("ann", "bob", "cat", "dan").forEach(this::assign);
        JsonNode first = holders(2, null);
        String cursor = first.at("/pageInfo/endCursor").asString();
        release("bob");

        assertThat(names(first)).containsExactly("ann", "bob");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(names(holders(2, cursor))).containsExactly("cat", "dan");
        assertThat(holders(2, cursor).at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(pageOf(2, "x").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(pageOf(101, null).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void afterADowngradeEverybodyKeepsTheSeatAndTheViolationIsStated() {
        Stream.of("ann", "bob", "cat", "eve").forEach(this::assign);
        stories.clock().advance(Duration.ofDays(1));
        active("ann");
        active("cat");
        assertThat(violations()).isEmpty();
        fewer(2);

        JsonNode seats = seats();
        assertThat(seats.at("/used").asLong()).isEqualTo(4);
        assertThat(seats.at("/violation/excess").asLong()).isEqualTo(2);
        JsonNode violation = violations().get(0);
        assertThat(violation.at("/feature/key").asString()).isEqualTo(story.key("seats"));
        assertThat(violation.at("/included").asLong()).isEqualTo(2);
        assertThat(violation.at("/held").asLong()).isEqualTo(4);
        assertThat(violation.at("/membersToRelease").valueStream().map(member -> member.at("/key").asString())).containsExactly("bob", "eve");
        assertThat(assign("dan")).isEqualTo("NoSeatFree");
        assertThat(assign("ann")).as("keeps it").isEqualTo("SeatAssigned");

        release("bob");
        assertThat(assign("dan")).as("still one too many").isEqualTo("NoSeatFree");
        release("eve");
        assertThat(violations()).isEmpty();
        assertThat(assign("dan")).isEqualTo("NoSeatFree");
        release("ann");
        assertThat(assign("dan")).isEqualTo("SeatAssigned");
    }

    @Test
    void aThresholdIsToldOfOnceUntilFewerSeatsAreHeldAgain() {
        Stream.of("ann", "bob", "cat").forEach(this::assign);
        assertThat(thresholds()).containsExactly("70 3");
        assign("dan");
        assertThat(thresholds()).containsExactly("100 4", "95 4", "85 4", "70 3");
        release("dan");
        assign("dan");
        assertThat(thresholds()).hasSize(7).startsWith("100 4", "95 4", "85 4");
        assertThat(assign("eve")).isEqualTo("NoSeatFree");
    }

    @Test
    void aDowngradeTellsOfThresholdsThoughNobodyGotASeat() {
        Stream.of("ann", "bob").forEach(this::assign);
        assertThat(thresholds()).isEmpty();
        fewer(2);

        assertThat(thresholds()).containsExactly("100 2", "95 2", "85 2", "70 2");
    }

    @Test
    void ofManyAtOnceAsManyGetASeatAsThereAreAndEachThresholdIsToldOfOnce() throws Exception {
        assign("ann");
        List<String> others = IntStream.range(0, 8).mapToObj(number -> "m" + number).toList();
        others.forEach(member -> add(member, "ACTIVE"));

        List<String> answers = atOnce(others);

        assertThat(Collections.frequency(answers, "SeatAssigned")).isEqualTo(3);
        assertThat(Collections.frequency(answers, "NoSeatFree")).isEqualTo(5);
        assertThat(seats().at("/used").asLong()).isEqualTo(4);
        assertThat(thresholds()).containsExactly("100 4", "95 4", "85 4", "70 3");
    }

    private List<String> atOnce(List<String> members) throws Exception {
        CyclicBarrier together = new CyclicBarrier(members.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = members.stream().map(member -> threads.submit(() -> {
                together.await();
                return assign(member);
            })).toList();
            List<String> answers = new ArrayList<>();
            for (Future<String> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private void add(String member, String state) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { key } } } }",
                "input", Map.of("idempotencyKey", story.key(member), "account", acme, "key", member, "name", member, "email", member + "@example.com",
                        "state", state)).at("/addMember/member");
    }

    private String assign(String member) {
        return story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename } }",
                "input", Map.of("account", acme, "member", member)).text("/assignSeat/__typename");
    }

    private void release(String member) {
        story.backend().ask("mutation ($input: SeatInput!) { releaseSeat(input: $input) { released } }",
                "input", Map.of("account", acme, "member", member)).at("/releaseSeat");
    }

    private void fewer(long seats) {
        assertThat(story.accept(story.token(acme, Map.of("seats", seats, "when", "NOW"))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    private void active(String member) {
        assertThat(record(activity(member, null)).at("/written").asInt()).isEqualTo(1);
    }

    private Map<String, Object> activity(String member, String at) {
        return at == null ? Map.of("account", acme, "member", member) : Map.of("account", acme, "member", member, "at", at);
    }

    @SafeVarargs
    private JsonNode record(Map<String, Object>... activities) {
        return tell(story.backend(), List.of(activities)).at("/recordMemberActivity");
    }

    private static Api.Answer tell(Api api, List<Map<String, Object>> activities) {
        return api.ask("""
                mutation ($input: RecordMemberActivityInput!) { recordMemberActivity(input: $input) {
                  ... on MemberActivityRecorded { written unknown { account member } } } }""", "input", Map.of("activities", activities));
    }

    private JsonNode seats() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { seats { bought used pending violation { excess }
                  holders { edges { node { pending assignedAt assignedBy lastActiveAt member { key } } } } } } } }""", "key", acme).at("/account/subscription/seats");
    }

    private JsonNode holders(int first, String after) {
        return pageOf(first, after).at("/account/subscription/seats/holders");
    }

    private Api.Answer pageOf(int first, String after) {
        return story.backend().ask("""
                query ($key: String, $first: Int!, $after: String) { account(key: $key) { subscription { seats {
                  holders(first: $first, after: $after) { edges { node { member { key } } } pageInfo { hasNextPage endCursor } } } } } }""",
                "key", acme, "first", first, "after", after);
    }

    private static List<String> names(JsonNode page) {
        return page.at("/edges").valueStream().map(edge -> edge.at("/node/member/key").asString()).toList();
    }

    private JsonNode violations() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { violations { feature { key } included held excess membersToRelease { key } } } }""", "key", acme)
                .at("/account/violations");
    }

    private List<String> thresholds() {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices(first: 100) { kind percent used feature { key } } } }", "key", acme)
                .at("/account/limitNotices").valueStream()
                .filter(notice -> notice.at("/kind").asString().equals("THRESHOLD_PASSED"))
                .map(notice -> notice.at("/percent").asString() + " " + notice.at("/used").asString())
                .toList();
    }
}
