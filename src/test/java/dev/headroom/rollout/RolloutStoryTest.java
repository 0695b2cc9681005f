package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Those who have another version stay on it, or are moved when and how it was chosen: each by a quote, once, and told of a rise before. */
@HeadroomTest
class RolloutStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    ApplicationContext headroom;

    private Story story;
    private RolloutDesk desk;

    @BeforeEach
    void begin() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new RolloutDesk(story, headroom);
        desk.sell();
    }

    @AfterEach
    void holdToWhatIsUsual() {
        desk.policy(RolloutDesk.usual());
    }

    @Test
    void whoIsThereStaysAndWhoComesBuysTheNewVersion() {
        String old = desk.bought("old", Map.of("seats", 2));
        JsonNode rollout = desk.published("1500", Map.of("timing", "NEW_ONLY"));
        assertThat(rollout.at("/state").asString()).isEqualTo("DONE");
        assertThat(rollout.at("/version").asInt()).isEqualTo(2);
        assertThat(rollout.at("/previous").asInt()).isEqualTo(1);
        assertThat(rollout.at("/draft/state").asString()).isEqualTo("PUBLISHED");
        assertThat(rollout.at("/counts/total").asInt()).isZero();
        desk.work();
        String fresh = desk.bought("fresh", Map.of("seats", 2));

        assertThat(desk.recurring(fresh)).isEqualTo(3_000);
        stories.pass(Duration.ofDays(40));
        assertThat(desk.recurring(old)).isEqualTo(2_000);
        story.accept(story.token(old, Map.of("seats", 3))).at("/changePlan/change/id");
        assertThat(desk.recurring(old)).as("more of what one has costs what it did").isEqualTo(3_000);
    }

    @Test
    void everybodyIsMovedAtOnceOnceTheNoticeOfTheRiseIsOver() {
        String small = desk.bought("small", Map.of("seats", 1));
        String large = desk.bought("large", Map.of("seats", 4));
        String yearly = desk.bought("yearly", Map.of("seats", 1, "interval", "YEAR"));
        JsonNode rollout = desk.published("1500", Map.of("timing", "NOW", "noticeDays", 20));
        desk.work();

        assertThat(desk.accounts(rollout)).as("nothing changes for who pays by the year, so nobody is told").containsOnly(
                Map.entry(small, "NOTIFIED"), Map.entry(large, "NOTIFIED"), Map.entry(yearly, "NOTIFIED"));
        JsonNode coming = desk.coming(story.backend(), large);
        assertThat(coming).hasSize(1);
        assertThat(coming.at("/0/recurringBefore/amountMinor").asLong()).isEqualTo(4_000);
        assertThat(coming.at("/0/recurringAfter/amountMinor").asLong()).isEqualTo(6_000);
        assertThat(coming.at("/0/prorated").asBoolean()).isTrue();
        stories.pass(Duration.ofDays(19));
        desk.work();
        assertThat(desk.recurring(large)).isEqualTo(4_000);

        stories.pass(Duration.ofDays(1).plusSeconds(1));
        desk.work();
        assertThat(desk.accounts(rollout).values()).allMatch(state -> state.startsWith("MOVED"));
        assertThat(desk.recurring(small)).isEqualTo(1_500);
        assertThat(desk.recurring(large)).isEqualTo(6_000);
        assertThat(desk.coming(story.backend(), large)).isEmpty();
        JsonNode done = desk.read(rollout);
        assertThat(done.at("/state").asString()).isEqualTo("DONE");
        assertThat(done.at("/counts/moved").asInt()).isEqualTo(3);
    }

    @Test
    void aFallIsMadeAtOnceAndGivesBackTheRest() {
        String account = desk.bought("account", Map.of("seats", 2));
        story.halfway(account);
        JsonNode rollout = desk.published("500", Map.of("timing", "NOW"));
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "MOVED 0"));
        assertThat(desk.recurring(account)).isEqualTo(1_000);
        stories.pass(Duration.ofDays(32));
        assertThat(desk.recurring(account)).isEqualTo(1_000);
    }

    @Test
    void atTheRenewalAfterTheNoticeStripeMovesThem() {
        String account = desk.bought("account", Map.of("seats", 2));
        JsonNode rollout = desk.published("1500", Map.of("timing", "AT_RENEWAL"));
        desk.work();
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "SCHEDULED"));
        assertThat(desk.coming(story.backend(), account).at("/0/prorated").asBoolean()).isFalse();
        stories.pass(Duration.ofDays(32));
        desk.work();
        assertThat(desk.accounts(rollout).get(account)).startsWith("MOVED");
        assertThat(desk.recurring(account)).isEqualTo(3_000);
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");
    }

    @Test
    void whoseNoticeIsNotOverByTheRenewalIsMovedWithTheNextOne() {
        String account = desk.bought("account", Map.of("seats", 2));
        JsonNode rollout = desk.published("1500", Map.of("timing", "AT_RENEWAL", "noticeDays", 45));
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "NOTIFIED"));
        stories.pass(Duration.ofDays(33));
        desk.work();
        assertThat(desk.recurring(account)).isEqualTo(2_000);
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "SCHEDULED"));
        stories.pass(Duration.ofDays(31));
        desk.work();
        assertThat(desk.recurring(account)).isEqualTo(3_000);
    }

    @Test
    void someKeepWhatTheyHaveForAReason() {
        String small = desk.bought("small", Map.of("seats", 1));
        String ending = desk.bought("ending", Map.of("seats", 1));
        story.accept(story.token(ending, Map.of("cancel", true))).at("/changePlan/change/id");
        String other = desk.bought("other", Map.of("seats", 1));
        desk.policy(policy(0));
        JsonNode capped = desk.published("1500", Map.of("timing", "NOW", "mostRisePercent", 49, "segment", Map.of("accounts", List.of(small, ending))));
        desk.work();
        assertThat(desk.accounts(capped)).as("who is not chosen is not on the list").containsOnly(
                Map.entry(small, "SKIPPED RISES_TOO_MUCH"), Map.entry(ending, "SKIPPED ENDS"));
        assertThat(desk.read(capped).at("/state").asString()).isEqualTo("DONE");

        JsonNode next = desk.published("1400", Map.of("timing", "NOW", "segment", Map.of("accounts", List.of(small, other), "intervals", List.of("MONTH"), "versions", List.of(1))));
        story.accept(story.token(other, Map.of("cancel", true))).at("/changePlan/change/id");
        desk.work();
        desk.work();
        assertThat(desk.accounts(next)).as("what became of one since it was looked at counts").containsOnly(
                Map.entry(small, "MOVED 400"), Map.entry(other, "SKIPPED ENDS"));
    }

    private static Map<String, Object> policy(int riseNotice) {
        Map<String, Object> policy = RolloutDesk.usual();
        policy.put("riseNoticeDays", riseNotice);
        return policy;
    }
}
