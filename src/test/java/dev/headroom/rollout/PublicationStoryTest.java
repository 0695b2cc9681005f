package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature.FeatureRetired;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Nothing goes on sale that nobody has looked at, or beyond what the vendor holds publishing to; and what does, goes once. */
@HeadroomTest
class PublicationStoryTest {

    private static final Actor SELF = new Actor.System("test");
    private static final Map<String, Object> NEW_ONLY = Map.of("timing", "NEW_ONLY");
    private static final Map<String, Object> NOW = Map.of("timing", "NOW");

    @Autowired
    Stories stories;

    @Autowired
    ApplicationContext headroom;

    @Autowired
    DSLContext db;

    @Autowired
    Drafts drafts;

    @Autowired
    Catalog catalog;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AuditEntries entries;

    @Autowired
    Rollouts rollouts;

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
    void nothingIsPublishedWhoseImpactNobodyHasSeen() {
        JsonNode draft = desk.drafted(story.backend(), "1500");
        assertThat(flaw(draft, UUID.randomUUID().toString())).isEqualTo("UNKNOWN");
        assertThat(flaw(draft, "no id")).isEqualTo("UNKNOWN");
        String begun = desk.previewed(draft).at("/impact/id").asString();
        assertThat(flaw(draft, begun)).isEqualTo("NOT_DONE");
        String seen = desk.looked(draft);
        JsonNode other = desk.priced(story.backend(), draft, "1600");
        assertThat(desk.refused(draft, seen, NEW_ONLY, null)).as("edited since it was read").isEqualTo("DraftEditedSince");
        assertThat(flaw(other, seen)).isEqualTo("OTHER_CONTENT");
        String again = desk.looked(other);
        stories.pass(Duration.ofDays(8));
        assertThat(flaw(other, again)).isEqualTo("TOO_OLD");
        String fresh = desk.looked(other);
        desk.published(other, fresh, NEW_ONLY);
        assertThat(desk.refused(other, fresh, NEW_ONLY, null)).isEqualTo("DraftNotOpen");
        JsonNode next = desk.drafted(story.backend(), "1600");
        assertThat(flaw(next, fresh)).as("of the same content, but before another went on sale").isEqualTo("OTHER_ON_SALE");

        JsonNode wrong = desk.priced(story.backend(), next, "-1");
        assertThat(desk.previewed(wrong).at("/__typename").asString()).isEqualTo("DraftHasFindings");
        assertThat(desk.refused(wrong, fresh, NEW_ONLY, null)).isEqualTo("DraftHasFindings");
    }

    private String flaw(JsonNode draft, String impact) {
        return desk.publish(story.backend(), desk.publishing(draft, impact, NEW_ONLY, null)).text("/publishDraft/flaw");
    }

    @Test
    void theImpactOfANewPlanIsOfNobodyAndDoneAtOnce() {
        JsonNode draft = story.backend().ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { ... on DraftOpened { draft { id revision } } } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "newPlan", Map.of("product", story.key("suite"), "key", "new-" + story.number()))).at("/openDraft/draft");
        assertThat(desk.previewed(draft).at("/__typename").asString()).isEqualTo("DraftHasFindings");
        JsonNode written = story.backend().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { ... on DraftEdited { draft { id revision } } } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "edits", List.of(
                        Map.of("plan", Map.of("name", "New", "rank", 9)), Map.of("price", Map.of("interval", "MONTH", "currency", "USD", "flat", 700))))).at("/editDraft/draft");
        JsonNode impact = desk.previewed(written).at("/impact");
        assertThat(impact.at("/state").asString()).isEqualTo("DONE");
        assertThat(impact.at("/total").asInt()).isZero();
        JsonNode rollout = desk.published(written, impact.at("/id").asString(), Map.of("timing", "NOW"));
        assertThat(rollout.at("/state").asString()).isEqualTo("DONE");
        assertThat(rollout.at("/previous").isNull()).isTrue();
        assertThat(story.backend().ask("query ($key: String!) { plan(key: $key) { name } }", "key", "new-" + story.number()).text("/plan/name")).isEqualTo("New");
    }

    @Test
    void whatMovesPeopleAtOnceOrManyIsConfirmedByTheNameOfThePlan() {
        desk.bought("one", Map.of("seats", 1));
        desk.bought("two", Map.of("seats", 1));
        JsonNode draft = desk.drafted(story.backend(), "1500");
        String impact = desk.looked(draft);
        JsonNode wanted = desk.publish(story.backend(), desk.publishing(draft, impact, NOW, "roll")).at("/publishDraft");
        assertThat(wanted.at("/confirmation").asString()).isEqualTo(desk.plan());
        assertThat(wanted.at("/accounts").asInt()).isEqualTo(2);
        Map<String, Object> few = RolloutDesk.usual();
        few.put("confirmAbove", 1);
        desk.policy(few);
        assertThat(desk.refused(draft, impact, Map.of("timing", "AT_RENEWAL"), null)).isEqualTo("ConfirmationWanted");
        desk.policy(RolloutDesk.usual());
        assertThat(desk.refused(draft, impact, Map.of("timing", "AT_RENEWAL"), null)).isEqualTo("DraftPublished");
        assertThat(story.backend().ask("query ($plan: String) { rollouts(plan: $plan) { edges { node { counts { total } } } } }", "plan", desk.plan()).at("/rollouts/edges"))
                .as("of what was refused nothing is left").hasSize(1);
    }

    @Test
    void aVersionKeepsWhatItSaidOfItsPlanWhateverIsSaidLater() {
        JsonNode draft = renamed(desk.drafted(story.backend(), "1500"), "Roll Plus");
        desk.published(draft, desk.looked(draft), NEW_ONLY);
        JsonNode diff = differing(1, 2);
        assertThat(diff.at("/plan/0").toString()).contains("name", "Roll", "Roll Plus");
        assertThat(named()).isEqualTo("Roll Plus");
        assertThat(story.backend().ask("query ($key: String!) { plan(key: $key) { onSale { said { name rank visibility description } } } }", "key", desk.plan()).text("/plan/onSale/said/name")).isEqualTo("Roll Plus");

        JsonNode next = renamed(desk.drafted(story.backend(), "1600"), "Roll Max");
        JsonNode published = desk.published(next, desk.looked(next), NEW_ONLY);
        assertThat(read(draft).toString()).as("beside the version before it, not beside what is sold today").contains("\"Roll\"", "Roll Plus").doesNotContain("Roll Max");
        assertThat(differing(1, 3).at("/plan/0").toString()).contains("\"Roll\"", "Roll Max");
        assertThat(desk.turn("withdrawVersion", published).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
        assertThat(named()).as("with the version its words are on sale again").isEqualTo("Roll Plus");
    }

    private String named() {
        return story.backend().ask("query ($key: String!) { plan(key: $key) { name } }", "key", desk.plan()).text("/plan/name");
    }

    private JsonNode differing(int from, int to) {
        return story.backend().ask("query ($plan: String!, $from: Int!, $to: Int!) { planVersionDiff(plan: $plan, from: $from, to: $to) { plan { field before after } } }",
                "plan", desk.plan(), "from", from, "to", to).at("/planVersionDiff");
    }

    private JsonNode read(JsonNode draft) {
        return story.backend().ask("query ($id: ID!) { draft(id: $id) { diff { plan { field before after } } } }", "id", draft.at("/id").asString()).at("/draft/diff");
    }

    private JsonNode renamed(JsonNode draft, String name) {
        return story.backend().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { ... on DraftEdited { draft { id revision sheet { prices { id interval } } } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(),
                        "edits", List.of(Map.of("plan", Map.of("name", name))))).at("/editDraft/draft");
    }

    @Test
    void whatWasSeenIsToldByTheLogToWhoMayOnlyRead() {
        desk.bought("one", Map.of("seats", 2));
        JsonNode draft = desk.drafted(story.backend(), "1500");
        JsonNode rollout = desk.published(draft, desk.looked(draft), NEW_ONLY);
        Actor auditor = new Actor.ConsoleUser(UUID.randomUUID(), "auditor@example.com", Set.of(Permission.READ));
        AuditEntry entry = entries.page(auditor, AuditFilter.ofSubject("rollout", rollout.at("/id").asString()), null, 10).stream()
                .filter(each -> each.operation().equals("publishDraft")).findFirst().orElseThrow();
        assertThat(rollouts.decided(auditor, entry)).hasValueSatisfying(decided -> {
            assertThat(decided.diff().prices()).singleElement().satisfies(price -> assertThat(price.percent()).isEqualTo("50"));
            assertThat(decided.seen().totals()).singleElement().satisfies(total -> assertThat(total.difference()).isEqualTo(Money.of(1_000, "USD")));
        });
        AuditEntry old = new AuditEntry(entry.id(), null, entry.at(), entry.actor(), entry.operation(), entry.subject(), entry.subjectId(), entry.partOf(), null,
                entry.after().replaceFirst("\"seen\":", "\"unseen\":"), entry.origin(), entry.reason(), entry.correlation());
        assertThat(rollouts.decided(auditor, old).orElseThrow().seen()).as("told by the run, of one from before").isEqualTo(rollouts.decided(auditor, entry).orElseThrow().seen());
        Actor counter = new Actor.ConsoleUser(UUID.randomUUID(), "counter@example.com", Set.of(Permission.USAGE));
        assertThatThrownBy(() -> rollouts.decided(counter, entry)).isInstanceOf(HeadroomException.class);
    }

    @Test
    void theVendorsPolicyBindsWhoPublishes() {
        desk.bought("one", Map.of("seats", 1));
        Map<String, Object> strict = RolloutDesk.usual();
        strict.put("editorMayPublish", false);
        strict.put("mostRisePercent", 60);
        desk.policy(strict);
        Api editor = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG, Permission.PUBLISH)));
        JsonNode draft = desk.drafted(editor, "1500");
        String impact = desk.looked(draft);
        assertThat(desk.publish(editor, desk.publishing(draft, impact, NEW_ONLY, null)).text("/publishDraft/__typename")).isEqualTo("PublisherIsEditor");
        assertThat(desk.publish(story.backend(), desk.publishing(draft, impact, Map.of("timing", "NOW", "noticeDays", 13), desk.plan())).at("/publishDraft/least").asInt()).isEqualTo(14);
        assertThat(desk.publish(story.backend(), desk.publishing(draft, impact, Map.of("timing", "NOW", "mostRisePercent", 61), desk.plan())).at("/publishDraft/most").asInt()).isEqualTo(60);
        Api drafter = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG, Permission.ADMIN)));
        assertThat(desk.publish(drafter, desk.publishing(draft, impact, NEW_ONLY, null)).errorCode()).isEqualTo("FORBIDDEN");
        Api publisher = stories.api(stories.secret(Set.of(Permission.READ, Permission.PUBLISH)));
        assertThat(desk.publish(publisher, desk.publishing(draft, impact, NEW_ONLY, null)).text("/publishDraft/__typename")).isEqualTo("DraftPublished");
        assertThat(publisher.ask("mutation ($input: SetPublishingPolicyInput!) { setPublishingPolicy(input: $input) { __typename } }", "input", strict).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void whatIsWrongIsNamed() {
        JsonNode draft = desk.drafted(story.backend(), "1500");
        String impact = desk.looked(draft);
        for (Map.Entry<Map<String, Object>, String> wrong : Map.<Map<String, Object>, String>of(
                Map.of("noticeDays", 366), "input.rollout.noticeDays", Map.of("mostRisePercent", -1), "input.rollout.mostRisePercent",
                Map.of("publishAt", "2099-01-01T00:00:00Z"), "input.rollout.zone", Map.of("publishAt", "2099-01-01T00:00:00Z", "zone", "Mars/Olympus"), "input.rollout.zone",
                Map.of("segment", Map.of("mrrFromMinor", 1)), "input.rollout.segment.currencies",
                Map.of("timing", "NOW", "segment", Map.of("accounts", List.of("nobody-at-all"))), "input.rollout.segment.accounts").entrySet()) {
            Api.Answer answer = desk.publish(story.backend(), desk.publishing(draft, impact, wrong.getKey(), null));
            assertThat(answer.body().at("/errors/0/extensions/field").asString()).as(answer.body().toString()).isEqualTo(wrong.getValue());
        }
        Map<String, Object> silent = new HashMap<>(desk.publishing(draft, impact, NEW_ONLY, null));
        silent.put("reason", " ");
        assertThat(desk.publish(story.backend(), silent).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.reason");
        assertThat(desk.refused(draft, impact, Map.of("publishAt", "2020-01-01T00:00:00Z", "zone", "UTC"), null)).isEqualTo("PublishDateOver");
        assertThat(desk.refused(draft, impact, Map.of("publishAt", stories.clock().instant().plus(Duration.ofDays(367)).toString(), "zone", "UTC"), null)).isEqualTo("PublishDateOver");
        Api.Answer both = story.backend().ask("mutation ($input: PreviewImpactInput!) { previewImpact(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", "x", "draft", draft.at("/id").asString(), "plan", desk.plan()));
        assertThat(both.errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void whatHasADateGoesOnSaleThenOrIsTakenBack() {
        JsonNode draft = desk.drafted(story.backend(), "1500");
        String impact = desk.looked(draft);
        Map<String, Object> later = Map.of("timing", "NEW_ONLY", "publishAt", stories.clock().instant().plus(Duration.ofDays(10)).toString(), "zone", "Europe/Berlin");
        JsonNode first = desk.published(draft, impact, later);
        assertThat(first.at("/state").asString()).isEqualTo("SCHEDULED");
        assertThat(first.at("/zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(desk.refused(draft, impact, NEW_ONLY, null)).isEqualTo("RolloutNotOver");
        assertThat(desk.turn("pauseRollout", first).at("/__typename").asString()).isEqualTo("RolloutStateForbids");
        assertThat(desk.turn("cancelPublication", first).at("/__typename").asString()).isEqualTo("PublicationCanceled");
        assertThat(desk.turn("cancelPublication", first).at("/__typename").asString()).as("twice changes nothing").isEqualTo("PublicationCanceled");

        JsonNode second = desk.published(draft, impact, later);
        desk.work();
        assertThat(onSale()).isEqualTo(1);
        stories.pass(Duration.ofDays(10).plusSeconds(1));
        desk.work();
        assertThat(onSale()).isEqualTo(2);
        assertThat(desk.read(second).at("/state").asString()).isEqualTo("DONE");
        assertThat(desk.turn("cancelPublication", second).at("/__typename").asString()).isEqualTo("RolloutStateForbids");

    }

    @Test
    void aDraftWithADateStaysWhatWasLookedAtUntilThatIsTakenBack() {
        JsonNode draft = desk.drafted(story.backend(), "1500");
        Map<String, Object> later = Map.of("timing", "NEW_ONLY", "publishAt", stories.clock().instant().plusSeconds(600).toString(), "zone", "UTC");
        JsonNode planned = desk.published(draft, desk.looked(draft), later);
        Map<String, Object> named = Map.of("idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString());
        assertThat(edited(draft)).isEqualTo("DraftIsPlanned");
        assertThat(outcome("undoDraftEdit", "MoveDraftInput", named)).isEqualTo("DraftIsPlanned");
        assertThat(outcome("discardDraft", "DiscardDraftInput", Map.of("draft", draft.at("/id").asString()))).isEqualTo("DraftIsPlanned");
        assertThat(story.backend().ask("query ($id: ID!) { draft(id: $id) { plannedAt revision } }", "id", draft.at("/id").asString()).at("/draft/plannedAt").isNull()).isFalse();
        assertThat(desk.turn("cancelPublication", planned).at("/__typename").asString()).isEqualTo("PublicationCanceled");
        assertThat(edited(draft)).isEqualTo("DraftEdited");
    }

    private String edited(JsonNode draft) {
        return outcome("editDraft", "EditDraftInput", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(),
                "edits", List.of(Map.of("plan", Map.of("name", "Rolled")))));
    }

    private String outcome(String mutation, String input, Map<String, Object> of) {
        return story.backend().ask("mutation ($input: " + input + "!) { " + mutation + "(input: $input) { __typename } }", "input", of).text("/" + mutation + "/__typename");
    }

    @Test
    void whatGrantsAFeatureThatWasRetiredMeanwhileDoesNotGoOnSale() {
        story.backend().ask("mutation ($input: AddFeaturesInput!) { addFeatures(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "features", List.of(Map.of("key", story.key("beta"), "name", "Beta", "kind", "GATE"))))
                .at("/addFeatures");
        JsonNode draft = desk.drafted(story.backend(), "1500");
        story.backend().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "edits",
                List.of(Map.of("entitlement", Map.of("feature", story.key("beta")))))).at("/editDraft");
        Candidate read = (Candidate) drafts.candidate(SELF, new DraftId(UUID.fromString(draft.at("/id").asString())));
        assertThat(catalog.retire(SELF, story.key("beta"))).isInstanceOf(FeatureRetired.class);
        assertThatThrownBy(() -> transaction.execute(_ -> catalog.publish(SELF, read.version())))
                .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(onSale()).isEqualTo(1);
    }

    private int onSale() {
        return story.backend().ask("query ($key: String!) { plan(key: $key) { versions { number state } } }", "key", desk.plan()).at("/plan/versions").valueStream()
                .filter(each -> each.at("/state").asString().equals("PUBLISHED")).findFirst().map(each -> each.at("/number").asInt()).orElse(0);
    }

    @Test
    void twoAtOncePublishOneVersionAndTheSameCommandAnswersTheSame() throws Exception {
        JsonNode draft = desk.drafted(story.backend(), "1500");
        String impact = desk.looked(draft);
        Callable<String> publishing = () -> desk.refused(draft, impact, NEW_ONLY, null);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<String>> answers = both.invokeAll(List.of(publishing, publishing));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder("DraftPublished", "DraftNotOpen");
        }
        assertThat(onSale()).isEqualTo(2);

        JsonNode next = desk.drafted(story.backend(), "1600");
        Map<String, Object> command = desk.publishing(next, desk.looked(next), NEW_ONLY, null);
        String once = desk.publish(story.backend(), command).text("/publishDraft/rollout/id");
        assertThat(desk.publish(story.backend(), command).text("/publishDraft/rollout/id")).isEqualTo(once);
        assertThat(onSale()).isEqualTo(3);
    }

    @Test
    void aVersionIsTakenBackAsLongAsNobodySubscribesToIt() {
        desk.bought("old", Map.of("seats", 1));
        JsonNode rollout = desk.published("1500", NEW_ONLY);
        assertThat(desk.turn("withdrawVersion", rollout).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
        assertThat(desk.turn("withdrawVersion", rollout).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
        assertThat(onSale()).isEqualTo(1);
        String fresh = desk.bought("fresh", Map.of("seats", 1));
        assertThat(desk.recurring(fresh)).isEqualTo(1_000);

        JsonNode next = desk.published("1600", NEW_ONLY);
        assertThat(onSale()).isEqualTo(3);
        desk.bought("taken", Map.of("seats", 1));
        assertThat(desk.turn("withdrawVersion", next).at("/__typename").asString()).isEqualTo("VersionInUse");
        assertThat(onSale()).isEqualTo(3);
    }

    @Test
    void aPlanIsTakenOffSaleAndPutOnAgain() {
        String old = desk.bought("old", Map.of("seats", 1));
        desk.published("1500", NEW_ONLY);
        JsonNode gone = onOff("retirePlan", "PlanRetired");
        assertThat(gone.at("/version").asInt()).isEqualTo(2);
        assertThat(onOff("retirePlan", "PlanRetired")).as("twice changes nothing").isEqualTo(gone);
        String fresh = story.account("fresh");
        story.card(fresh, "pm_card_visa");
        assertThat(story.start(fresh, Map.of("plan", desk.plan(), "seats", 1)).text("/startSubscription/__typename")).isEqualTo("PlanIsNotOnSale");
        story.accept(story.token(old, Map.of("seats", 2))).at("/changePlan/change/id");
        assertThat(onOff("unretirePlan", "PlanUnretired").at("/version").asInt()).isEqualTo(2);
        assertThat(onSale()).isEqualTo(2);
    }

    @RepeatedTest(4)
    void whoPublishesAndWhoTakesOffSaleInTheSameMomentAreOneAfterTheOtherAndOneOfThemIsToldWhy() throws Exception {
        desk.bought("old", Map.of("seats", 1));
        JsonNode draft = desk.drafted(story.backend(), "1500");
        Map<String, Object> publishing = desk.publishing(draft, desk.looked(draft), NEW_ONLY, null);
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> published = threads.submit(() -> {
                together.await();
                return desk.publish(story.backend(), publishing).text("/publishDraft/__typename");
            });
            Future<String> retired = threads.submit(() -> {
                together.await();
                return story.backend().ask("mutation ($input: RetirePlanInput!) { retirePlan(input: $input) { __typename } }", "input", Map.of("plan", desk.plan(), "version", 1))
                        .text("/retirePlan/__typename");
            });
            assertThat(published.get() + " " + retired.get()).isIn("DraftPublished VersionNotOnSale", "ImpactNotUsable PlanRetired");
            assertThat(onSale()).isEqualTo(published.get().equals("DraftPublished") ? 2 : 0);
        }
    }

    private JsonNode onOff(String mutation, String success) {
        return story.backend().ask("mutation ($input: RetirePlanInput!) { " + mutation + "(input: $input) { ... on " + success + " { plan version } } }",
                "input", Map.of("plan", desk.plan())).at("/" + mutation);
    }

    @Test
    void oneEntryHoldsAllThatWasDecidedBy() {
        JsonNode rollout = desk.published("1500", NEW_ONLY);
        String entry = db.fetchValue("select after::text from audit.entry where subject = 'rollout' and subject_id = ?", rollout.at("/id").asString()).toString();
        assertThat(entry).contains("Prices of next year", "NEW_ONLY", rollout.at("/impact/id").asString(), "\"before\"", "1500");
    }
}
