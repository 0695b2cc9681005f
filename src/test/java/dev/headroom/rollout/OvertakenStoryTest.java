package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What happened since something was decided: another version went on sale, the price rose further, the date came and it could not be. */
@HeadroomTest
class OvertakenStoryTest {

    private static final Map<String, Object> NOW = Map.of("timing", "NOW");

    @Autowired
    Stories stories;

    @Autowired
    ApplicationContext headroom;

    @Autowired
    DSLContext db;

    private Story story;
    private RolloutDesk desk;

    @BeforeEach
    void begin() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new RolloutDesk(story, headroom);
        desk.sell();
        desk.work();
    }

    @AfterEach
    void holdToWhatIsUsual() {
        desk.policy(RolloutDesk.usual());
    }

    private JsonNode retried(JsonNode rollout, String account) {
        return story.backend().ask("""
                mutation ($input: RetryRolloutInput!) { retryRollout(input: $input) { __typename
                  ... on RolloutRetried { rollout { state } accounts } ... on RolloutStateForbids { rollout { id version state } } } }""",
                "input", Map.of("rollout", rollout.at("/id").asString(), "accounts", List.of(account))).at("/retryRollout");
    }

    @Test
    void whatAnotherVersionHasOvertakenIsNotTriedAgain() {
        String account = desk.bought("one", Map.of("seats", 1));
        JsonNode rollout = desk.published("1500", Map.of("timing", "NOW", "mostRisePercent", 10));
        desk.work();
        assertThat(desk.accounts(rollout)).containsEntry(account, "SKIPPED RISES_TOO_MUCH");
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");

        JsonNode next = desk.published("1600", Map.of("timing", "NEW_ONLY"));
        JsonNode refused = retried(rollout, account);
        assertThat(refused.at("/__typename").asString()).isEqualTo("RolloutStateForbids");
        assertThat(refused.at("/rollout/id").asString()).as("what is sold instead").isEqualTo(next.at("/id").asString());
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");
        assertThat(desk.coming(story.backend(), account)).isEmpty();

        assertThat(desk.turn("withdrawVersion", next).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
        assertThat(retried(rollout, account).at("/__typename").asString()).as("it is sold again").isEqualTo("RolloutRetried");
    }

    /** One seat costs 11.00 and each further one 15.00: the rise of one is 10 %, of three 37 %. */
    private JsonNode steeper() {
        JsonNode draft = desk.drafted(story.backend(), "1100");
        String monthly = draft.at("/sheet/prices").valueStream().filter(each -> each.at("/interval").asString().equals("MONTH")).findFirst().orElseThrow().at("/id").asString();
        return story.backend().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { ... on DraftEdited { draft { id revision } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "edits",
                        List.of(Map.of("price", Map.of("id", monthly, "interval", "MONTH", "currency", "USD", "graduated",
                                List.of(Map.of("upTo", 1, "unit", "1100"), Map.of("unit", "1500"))))))).at("/editDraft/draft");
    }

    @Test
    void aRiseBeyondWhatWasToldIsToldAnewWithItsDays() {
        String more = desk.bought("more", Map.of("seats", 1));
        String same = desk.bought("same", Map.of("seats", 1));
        JsonNode draft = steeper();
        JsonNode rollout = desk.published(draft, desk.looked(draft), NOW);
        desk.work();
        Instant told = stories.clock().instant();
        assertThat(desk.accounts(rollout)).containsEntry(more, "NOTIFIED").containsEntry(same, "NOTIFIED");
        assertThat(desk.coming(story.backend(), more).at("/0/recurringAfter/amountMinor").asLong()).isEqualTo(1_100);

        story.accept(story.token(more, Map.of("seats", 3))).at("/changePlan/change/id");
        stories.pass(Duration.ofDays(14).plusMinutes(1));
        desk.work();
        assertThat(desk.recurring(same)).as("told of what it is").isEqualTo(1_100);
        assertThat(desk.recurring(more)).as("told of less").isEqualTo(3_000);
        JsonNode coming = desk.coming(story.backend(), more);
        assertThat(coming.at("/0/recurringAfter/amountMinor").asLong()).isEqualTo(4_100);
        assertThat(Instant.parse(coming.at("/0/notifiedAt").asString())).isAfter(told.plus(Duration.ofDays(14)));
        stories.pass(Duration.ofDays(14).plusMinutes(1));
        desk.work();
        assertThat(desk.recurring(more)).isEqualTo(4_100);
    }

    @Test
    void moreSeatsAtThePriceThatWasToldAreNoOtherPrice() {
        String account = desk.bought("one", Map.of("seats", 1));
        JsonNode rollout = desk.published("1500", NOW);
        desk.work();
        story.accept(story.token(account, Map.of("seats", 3))).at("/changePlan/change/id");
        stories.pass(Duration.ofDays(14).plusMinutes(1));
        desk.work();
        assertThat(desk.accounts(rollout).get(account)).startsWith("MOVED");
        assertThat(desk.recurring(account)).isEqualTo(4_500);
    }

    @Test
    void whatCouldNotGoOnSaleAtItsDateIsWrittenDownAndTold() {
        String endpoint = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }", "input",
                Map.of("url", "https://1.1.1.1/", "events", List.of("PUBLICATION_FAILED"))).text("/createWebhookEndpoint/endpoint/id");
        JsonNode draft = desk.drafted(story.backend(), "1500");
        JsonNode rollout = desk.published(draft, desk.looked(draft), Map.of("timing", "NEW_ONLY", "publishAt", stories.clock().instant().plusSeconds(600).toString(), "zone", "UTC"));
        db.execute("update draft.draft set sheet = jsonb_set(sheet, '{prices}', '[]') where id = ?", UUID.fromString(draft.at("/id").asString()));
        stories.pass(Duration.ofMinutes(11));
        desk.work();

        JsonNode failed = desk.read(rollout);
        assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/failure").asString()).contains("at least one price");
        assertThat(db.fetchValue("select after::text from audit.entry where operation = 'failPublication' and subject_id = ?", rollout.at("/id").asString()).toString())
                .contains("FAILED", "at least one price");
        assertThat(story.backend().ask("{ webhookEndpoints { id deliveries { kind } } }").at("/webhookEndpoints").valueStream()
                .filter(each -> each.at("/id").asString().equals(endpoint)).findFirst().orElseThrow().at("/deliveries/0/kind").asString()).isEqualTo("PUBLICATION_FAILED");
        assertThat(db.fetchValue("select planned_at from draft.draft where id = ?", UUID.fromString(draft.at("/id").asString()))).as("it can be edited again").isNull();
        story.backend().ask("mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { removedAt } }", "input", Map.of("endpoint", endpoint)).at("");
    }
}
