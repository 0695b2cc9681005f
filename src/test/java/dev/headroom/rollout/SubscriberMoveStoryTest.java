package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Version 2 is on sale, at 8.00 a seat instead of 10.00, for new subscribers only; those who stayed on version 1 are moved to it afterwards. */
@HeadroomTest
class SubscriberMoveStoryTest {

    private static final Map<String, Object> NOW = Map.of("timing", "NOW");
    private static final Map<String, Object> EVERYBODY = Map.of();

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

    private JsonNode onSale(String perSeat) {
        return desk.published(perSeat, Map.of("timing", "NEW_ONLY"));
    }

    private JsonNode moved(Map<String, Object> choice) {
        @SuppressWarnings("unchecked")
        Map<String, Object> segment = (Map<String, Object>) choice.getOrDefault("segment", EVERYBODY);
        JsonNode answer = desk.move(story.backend(), desk.moving(desk.looked(segment, 2), 2, choice, desk.plan())).at("/moveSubscribers");
        assertThat(answer.at("/__typename").asString()).as(answer.toString()).isEqualTo("SubscribersMoving");
        return answer.at("/rollout");
    }

    @Test
    void whoHasTheOldVersionIsMovedToTheOneOnSaleAndIsCountedWithIt() {
        String old = desk.bought("old", Map.of("seats", 2));
        String other = desk.bought("other", Map.of("seats", 1));
        onSale("800");
        String fresh = desk.bought("fresh", Map.of("seats", 1));
        assertThat(subscribers()).isEqualTo("2:1 1:2");

        JsonNode looked = desk.previewed(Map.of("accounts", List.of(old)), 2).at("/previewMove/impact");
        assertThat(looked.at("/version").asInt()).isEqualTo(2);
        assertThat(looked.at("/segment/accounts/0").asString()).isEqualTo(old);
        JsonNode rollout = moved(Map.of("timing", "NOW", "segment", Map.of("accounts", List.of(old))));
        assertThat(rollout.at("/draft").isNull()).isTrue();
        assertThat(rollout.at("/kind").asString()).isEqualTo("TIER");
        assertThat(rollout.at("/publishedAt").isNull()).isTrue();
        desk.work();

        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(old, "MOVED 0"));
        assertThat(desk.recurring(old)).isEqualTo(1_600);
        assertThat(desk.recurring(other)).isEqualTo(1_000);
        assertThat(desk.recurring(fresh)).isEqualTo(800);
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");
        assertThat(subscribers()).isEqualTo("2:2 1:1");
        assertThat(lines(rollout.at("/impact/id").asString())).as("nobody else is looked at").isEqualTo(1);
    }

    private String subscribers() {
        StringBuilder said = new StringBuilder();
        story.backend().ask("query ($plan: String!) { subscribersByVersion(plan: $plan) { version onSale subscriptions } }", "plan", desk.plan()).at("/subscribersByVersion")
                .forEach(each -> said.append(each.at("/version").asInt()).append(':').append(each.at("/subscriptions").asInt()).append(' '));
        return said.toString().strip();
    }

    private int lines(String impact) {
        JsonNode found = story.backend().ask("query ($id: ID!) { impact(id: $id) { total done lines { edges { cursor } } } }", "id", impact).at("/impact");
        assertThat(found.at("/done").asInt()).isEqualTo(found.at("/lines/edges").size());
        return found.at("/total").asInt();
    }

    @Test
    void nobodyIsMovedWhoseImpactNobodyHasSeenOrOfOthers() {
        String old = desk.bought("old", Map.of("seats", 1));
        desk.bought("other", Map.of("seats", 1));
        JsonNode draft = desk.drafted(story.backend(), "800");
        String ofDraft = desk.looked(draft);
        desk.published(draft, ofDraft, Map.of("timing", "NEW_ONLY"));
        assertThat(flaw(UUID.randomUUID().toString(), NOW)).isEqualTo("UNKNOWN");
        assertThat(flaw(ofDraft, NOW)).as("that of the draft is not of those who are to be moved").isEqualTo("OTHER_CONTENT");
        String begun = desk.previewed(EVERYBODY, 2).at("/previewMove/impact/id").asString();
        assertThat(flaw(begun, NOW)).isEqualTo("NOT_DONE");
        String one = desk.looked(Map.of("accounts", List.of(old)), 2);
        assertThat(flaw(one, NOW)).as("everybody was not looked at").isEqualTo("OTHER_CONTENT");
        stories.pass(Duration.ofDays(8));
        assertThat(flaw(one, Map.of("timing", "NOW", "segment", Map.of("accounts", List.of(old))))).isEqualTo("TOO_OLD");

        JsonNode next = desk.drafted(story.backend(), "900");
        JsonNode same = desk.priced(story.backend(), next, "800");
        String some = desk.looked(Map.of("accounts", List.of(old)), 2);
        assertThat(desk.publish(story.backend(), desk.publishing(same, some, NOW, desk.plan())).text("/publishDraft/flaw")).as("of the same content, but of one account only").isEqualTo("OTHER_CONTENT");
    }

    private String flaw(String impact, Map<String, Object> choice) {
        return desk.move(story.backend(), desk.moving(impact, 2, choice, desk.plan())).text("/moveSubscribers/flaw");
    }

    @Test
    void whatIsNotOnSaleOrWronglyAskedIsRefused() {
        desk.bought("old", Map.of("seats", 1));
        onSale("800");
        String seen = desk.looked(EVERYBODY, 2);
        assertThat(desk.previewed(EVERYBODY, 1).at("/previewMove/onSale").asInt()).isEqualTo(2);
        assertThat(desk.outcome(seen, 1, NOW, desk.plan())).isEqualTo("VersionNotOnSale");
        assertThat(desk.previewed(Map.of("mrrFromMinor", 1), 2).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.segment.currencies");
        assertThat(desk.previewed(Map.of("accounts", List.of("nobody-at-all")), 2).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.segment.accounts");
        assertThat(field(desk.moving(seen, 2, Map.of("timing", "NEW_ONLY"), null))).isEqualTo("input.rollout.timing");
        assertThat(field(desk.moving(seen, 2, Map.of("timing", "NOW", "publishAt", "2099-01-01T00:00:00Z"), null))).isEqualTo("input.rollout.zone");
        Map<String, Object> silent = desk.moving(seen, 2, NOW, desk.plan());
        silent.put("reason", " ");
        assertThat(field(silent)).isEqualTo("input.reason");
        Map<String, Object> unknown = desk.moving(seen, 2, NOW, desk.plan());
        unknown.put("plan", "no-such-plan");
        assertThat(field(unknown)).isEqualTo("input.plan");
        assertThat(desk.outcome(seen, 2, Map.of("timing", "AT_RENEWAL", "publishAt", "2020-01-01T00:00:00Z", "zone", "UTC"), null)).isEqualTo("PublishDateOver");
        assertThat(desk.outcome(seen, 2, NOW, "roll")).isEqualTo("ConfirmationWanted");
        assertThat(story.backend().ask("query ($plan: String) { rollouts(plan: $plan) { edges { cursor } } }", "plan", desk.plan()).at("/rollouts/edges"))
                .as("of what was refused nothing is left").hasSize(1);
    }

    private String field(Map<String, Object> input) {
        return desk.move(story.backend(), input).body().at("/errors/0/extensions/field").asString();
    }

    @Test
    void theVendorsPolicyBindsWhoMovesAsWhoPublishes() {
        desk.bought("old", Map.of("seats", 1));
        Api editor = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG, Permission.PUBLISH)));
        JsonNode draft = desk.drafted(editor, "1500");
        desk.published(draft, desk.looked(draft), Map.of("timing", "NEW_ONLY"));
        Map<String, Object> strict = RolloutDesk.usual();
        strict.put("editorMayPublish", false);
        strict.put("mostRisePercent", 60);
        desk.policy(strict);
        String seen = desk.looked(EVERYBODY, 2);
        assertThat(desk.move(editor, desk.moving(seen, 2, NOW, desk.plan())).text("/moveSubscribers/draft/id")).isEqualTo(draft.at("/id").asString());
        assertThat(desk.outcome(seen, 2, Map.of("timing", "NOW", "noticeDays", 13), desk.plan())).isEqualTo("NoticeTooShort");
        assertThat(desk.outcome(seen, 2, Map.of("timing", "NOW", "mostRisePercent", 61), desk.plan())).isEqualTo("RiseAboveBound");
        Api drafter = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG)));
        assertThat(desk.move(drafter, desk.moving(seen, 2, NOW, desk.plan())).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(desk.outcome(seen, 2, NOW, desk.plan())).isEqualTo("SubscribersMoving");
        assertThat(desk.outcome(seen, 2, NOW, desk.plan())).as("one at a time").isEqualTo("RolloutNotOver");
    }

    @Test
    void twoAtOnceBeginOneAndTheSameCommandAnswersTheSame() throws Exception {
        String old = desk.bought("old", Map.of("seats", 1));
        onSale("800");
        String seen = desk.looked(EVERYBODY, 2);
        Callable<String> moving = () -> desk.outcome(seen, 2, Map.of("timing", "AT_RENEWAL"), null);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<String>> answers = both.invokeAll(List.of(moving, moving));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder("SubscribersMoving", "RolloutNotOver");
        }
        desk.work();
        stories.pass(Duration.ofDays(32));
        desk.work();
        assertThat(desk.recurring(old)).isEqualTo(800);

        desk.bought("again", Map.of("seats", 1));
        Map<String, Object> command = new HashMap<>(desk.moving(desk.looked(EVERYBODY, 2), 2, NOW, desk.plan()));
        String once = desk.move(story.backend(), command).text("/moveSubscribers/rollout/id");
        assertThat(desk.move(story.backend(), command).text("/moveSubscribers/rollout/id")).isEqualTo(once);
    }

    @Test
    void whatHasADateBeginsThenUnlessTheVersionIsOffSaleBy() {
        String old = desk.bought("old", Map.of("seats", 1));
        JsonNode publication = onSale("800");
        Map<String, Object> later = Map.of("timing", "NOW", "publishAt", stories.clock().instant().plus(Duration.ofDays(2)).toString(), "zone", "Europe/Berlin");
        JsonNode first = moved(later);
        assertThat(first.at("/state").asString()).isEqualTo("SCHEDULED");
        desk.work();
        assertThat(desk.accounts(first)).containsOnly(Map.entry(old, "WAITING"));
        assertThat(desk.turn("withdrawVersion", publication).at("/__typename").asString()).as("somebody is going to be moved to it").isEqualTo("RolloutStateForbids");
        assertThat(desk.turn("withdrawVersion", first).at("/__typename").asString()).as("it published nothing").isEqualTo("RolloutStateForbids");
        assertThat(desk.turn("cancelPublication", first).at("/__typename").asString()).isEqualTo("PublicationCanceled");

        JsonNode second = moved(later);
        stories.pass(Duration.ofDays(2).plusSeconds(1));
        desk.work();
        assertThat(desk.accounts(second)).containsOnly(Map.entry(old, "MOVED 0"));
        assertThat(desk.read(second).at("/state").asString()).isEqualTo("DONE");
    }

    @Test
    void aVersionIsNotTakenBackWhileSomebodyWaitsAtStripeToComeToIt() {
        desk.bought("old", Map.of("seats", 1));
        JsonNode publication = onSale("800");
        JsonNode rollout = moved(Map.of("timing", "AT_RENEWAL"));
        desk.work();
        assertThat(desk.accounts(rollout).values()).containsOnly("SCHEDULED");
        assertThat(desk.turn("withdrawVersion", publication).at("/__typename").asString()).isEqualTo("VersionInUse");
        assertThat(desk.turn("stopRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutStopped");
        desk.work();
        assertThat(desk.turn("withdrawVersion", publication).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
    }
}
