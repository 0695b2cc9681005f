package dev.headroom.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.EndBundle;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.rollout.PublishingPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Offers and bundles come on sale, and go, as versions of plans do: prepared, looked at in real accounts, put live by whoever may. */
@HeadroomTest
class SaleDraftStoryTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String DRAFT = "id kind act ends revision state findings { path message } changes { path before after }";
    private static final String REACH = "{ accounts totals { how currency accounts mrrBefore { amountMinor } mrrAfter { amountMinor } difference { amountMinor } } csv }";

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    @Autowired
    PublishingPolicies policies;

    @Autowired
    Catalog catalog;

    @Autowired
    Bundles bundles;

    private Story story;
    private String acme;

    @BeforeEach
    void oneWithAnAddOn() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
    }

    @AfterEach
    void holdToWhatIsUsual() {
        policies.set(SELF, PublishingPolicy.USUAL);
    }

    @Test
    void anOfferIsPreparedLookedAtAndPutLiveAndOneEntryHoldsAllOfIt() {
        JsonNode draft = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        assertThat(draft.at("/findings")).isEmpty();
        assertThat(changes(draft)).contains("percentOff null -> 10", "duration null -> FOREVER");
        JsonNode look = looked(draft);
        JsonNode made = look.at("/made");
        assertThat(look.at("/ended").isNull()).isTrue();
        assertThat(made.at("/csv").asString()).contains(acme + ",");
        sumsAreThoseOfTheFile(made);
        assertThat(offers()).as("nothing is offered yet").doesNotContain(story.key("spring"));

        assertThat(published(draft, look)).isEqualTo("SaleDraftPublished");
        assertThat(offers()).contains(story.key("spring"));
        assertThat(published(draft, look)).isEqualTo("SaleDraftNotOpen");
        String entry = db.fetchValue("select after::text from audit.entry where operation = 'publishSaleDraft' and subject_id = ?", draft.at("/id").asString()).toString();
        assertThat(entry).contains("percentOff", "STAYING", "Spring is here");
    }

    @Test
    void whatIsWrongIsToldAtItsFieldAllOfItAndKeepsItFromBeingLookedAt() {
        Map<String, Object> wrong = offer(Map.of("percentOff", "101", "name", " ", "until", at(Duration.ofDays(-1)), "plans", List.of("nothing"), "redemptionCap", 0));
        JsonNode draft = edited(opened("OFFER", "MAKE", null), "offer", wrong);
        assertThat(paths(draft)).containsExactlyInAnyOrder("percentOff", "name", "until", "plans[0]", "redemptionCap");
        assertThat(look(draft).text("/lookAtSaleDraft/__typename")).isEqualTo("SaleDraftHasFindings");
        assertThat(publish(story.backend(), draft, UUID.randomUUID().toString())).isEqualTo("SaleDraftHasFindings");

        assertThat(paths(opened("OFFER", "MAKE", null))).contains("product", "key", "name", "percentOff", "duration", "from", "until");
        Map<String, Object> foreign = offer(Map.of("amountOff", Map.of("minor", 500, "currency", "JPY")));
        foreign.remove("percentOff");
        assertThat(paths(edited(opened("OFFER", "MAKE", null), "offer", foreign))).as("a currency without a price").containsExactly("amountOff");
        JsonNode circular = edited(opened("BUNDLE", "MAKE", null), "bundle", bundle(Map.of("members", List.of(Map.of("product", story.key("duo")), Map.of("product", story.key("suite"))))));
        assertThat(paths(circular)).as("a bundle of itself").containsExactly("members[0].product");
        JsonNode formula = edited(opened("BUNDLE", "MAKE", null), "bundle", bundle(Map.of("name", "=HYPERLINK(\"x\")<b>")));
        assertThat(changes(formula)).as("kept as it was typed").contains("name null -> =HYPERLINK(\"x\")<b>");
    }

    @Test
    void aBundleBecomesAnotherOneAndWhoHasTheOneKeepsIt() {
        JsonNode first = edited(opened("BUNDLE", "MAKE", null), "bundle", bundle(Map.of()));
        assertThat(published(first, looked(first))).isEqualTo("SaleDraftPublished");
        assertThat(story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))).text("/changePlan/change/state")).isEqualTo("APPLIED");

        JsonNode draft = opened("BUNDLE", "CHANGE", story.key("duo"));
        assertThat(paths(draft)).as("a key of its own").containsExactly("key");
        draft = edited(draft, "bundle", bundle(Map.of("key", story.key("duo-2"), "percentOff", "30")));
        assertThat(changes(draft)).contains("percentOff 20 -> 30", "key " + story.key("duo") + " -> " + story.key("duo-2"));
        JsonNode look = looked(draft);
        assertThat(totals(look.at("/ended"))).as("who has it keeps it").containsExactly("KEEPS USD 1");
        assertThat(totals(look.at("/made"))).as("of the other one an item takes what takes most off").isNotEmpty();
        assertThat(published(draft, look)).isEqualTo("SaleDraftPublished");
        assertThat(open(story.key("duo"))).isFalse();
        assertThat(open(story.key("duo-2"))).isTrue();
    }

    @Test
    void whatEndsIsLookedAtTooAndIsToldOnce() {
        JsonNode first = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        assertThat(published(first, looked(first))).isEqualTo("SaleDraftPublished");
        JsonNode end = opened("OFFER", "END", story.key("spring"));
        assertThat(open("OFFER", "END", story.key("spring")).text("/openSaleDraft/__typename")).isEqualTo("SaleDraftAlreadyOpen");
        assertThat(published(end, looked(end))).isEqualTo("SaleDraftPublished");
        assertThat(offers()).doesNotContain(story.key("spring"));
        assertThat(paths(opened("OFFER", "END", story.key("spring")))).as("it is over").containsExactly("ends");
    }

    @Test
    void nothingIsPutLiveThatNobodyHasSeenAsItIsNow() {
        JsonNode draft = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        assertThat(flaw(draft, UUID.randomUUID().toString())).isEqualTo("UNKNOWN");
        JsonNode seen = looked(draft);
        JsonNode other = edited(draft, "offer", offer(Map.of("percentOff", "99")));
        assertThat(published(draft, seen)).isEqualTo("SaleDraftEditedSince");
        assertThat(flaw(other, seen.at("/id").asString())).isEqualTo("OTHER_CONTENT");
        String fresh = looked(other).at("/id").asString();
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key("later"), "product", story.key("suite"), "key", story.key("later"), "name", "Later", "rank", 9,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "9000")), "entitlements", List.of())).at("/createPlan/version");
        assertThat(flaw(other, fresh)).isEqualTo("OTHER_ON_SALE");
        String old = looked(other).at("/id").asString();
        stories.pass(Duration.ofHours(25));
        assertThat(flaw(other, old)).isEqualTo("TOO_OLD");
        assertThat(published(other, looked(other))).isEqualTo("SaleDraftPublished");
    }

    @Test
    void whoEditsIsNotWhoPublishesWhereTheOwnerSaysSo() {
        policies.set(SELF, new PublishingPolicy(false, 25, 14, 0, null));
        JsonNode draft = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        String look = looked(draft).at("/id").asString();
        assertThat(publish(story.backend(), draft, look)).isEqualTo("SalePublisherIsEditor");
        Api editor = stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG)));
        assertThat(asked(editor, draft, look).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(publish(stories.api(stories.secret(Set.of(Permission.READ, Permission.CATALOG, Permission.PUBLISH))), draft, look)).isEqualTo("SaleDraftPublished");
    }

    @Test
    void aDraftIsPutAsideAndTakenUpAgainUnlessAnotherOneEndsTheSame() {
        JsonNode first = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        assertThat(published(first, looked(first))).isEqualTo("SaleDraftPublished");
        JsonNode end = opened("OFFER", "END", story.key("spring"));
        assertThat(turned("discard", end)).isEqualTo("SaleDraftTurned");
        assertThat(look(end).text("/lookAtSaleDraft/__typename")).isEqualTo("SaleDraftNotOpen");
        JsonNode other = opened("OFFER", "CHANGE", story.key("spring"));
        assertThat(turned("restore", end)).isEqualTo("SaleDraftAlreadyOpen");
        assertThat(turned("discard", other)).isEqualTo("SaleDraftTurned");
        assertThat(turned("restore", end)).isEqualTo("SaleDraftTurned");
        assertThat(turned("restore", end)).as("twice changes nothing").isEqualTo("SaleDraftTurned");
    }

    @RepeatedTest(3)
    void ofTwoWhoPutOneLiveInTheSameMomentOneDoes() throws Exception {
        JsonNode draft = edited(opened("OFFER", "MAKE", null), "offer", offer(Map.of()));
        String look = looked(draft).at("/id").asString();
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> both = Stream.of(1, 2).map(each -> threads.submit(() -> {
                together.await();
                return publish(story.backend(), draft, look);
            })).toList();
            assertThat(List.of(both.get(0).get(), both.get(1).get())).containsExactlyInAnyOrder("SaleDraftPublished", "SaleDraftNotOpen");
        }
    }

    @Test
    void whatPutsLiveWithoutADraftIsRefusedUnlessTheVendorsConfigurationAllowsIt() {
        DirectSales held = new DirectSales(catalog, bundles, policies, new SaleProperties(false));
        assertThatThrownBy(() -> held.end(SELF, new EndBundle("x", "none"))).isInstanceOf(HeadroomException.class).hasMessageContaining("openSaleDraft");
        policies.set(SELF, new PublishingPolicy(false, 25, 14, 0, null));
        DirectSales allowed = new DirectSales(catalog, bundles, policies, new SaleProperties(true));
        assertThatThrownBy(() -> allowed.endOffer(SELF, "none")).as("who makes it is who publishes it").hasMessageContaining("openSaleDraft");
    }

    /** Of what counts as revenue. */
    private static void sumsAreThoseOfTheFile(JsonNode reach) {
        List<String> lines = Arrays.asList(reach.at("/csv").asString().split("\r\n"));
        List<String> heads = Arrays.asList(lines.getFirst().split(","));
        reach.at("/totals").forEach(total -> assertThat(lines.stream().skip(1).map(line -> line.split(",", -1))
                .filter(cells -> cells[heads.indexOf("how")].equals(total.at("/how").asString()) && cells[heads.indexOf("currency")].equals(total.at("/currency").asString())
                        && cells[heads.indexOf("counts_as_revenue")].equals("true"))
                .mapToLong(cells -> Long.parseLong(cells[heads.indexOf("mrr_difference_minor")])).sum()).isEqualTo(total.at("/difference/amountMinor").asLong()));
    }

    private static List<String> totals(JsonNode reach) {
        return reach.at("/totals").valueStream().map(total -> total.at("/how").asString() + " " + total.at("/currency").asString() + " " + total.at("/accounts").asInt()).toList();
    }

    private static List<String> paths(JsonNode draft) {
        return draft.at("/findings").valueStream().map(each -> each.at("/path").asString()).toList();
    }

    private static List<String> changes(JsonNode draft) {
        return draft.at("/changes").valueStream().map(each -> each.at("/path").asString() + " " + each.at("/before").asString("null") + " -> " + each.at("/after").asString("null")).toList();
    }

    private String at(Duration fromNow) {
        return stories.clock().instant().plus(fromNow).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Map<String, Object> offer(Map<String, Object> more) {
        Map<String, Object> sheet = new HashMap<>(Map.of("product", story.key("suite"), "key", story.key("spring"), "name", "Spring", "percentOff", "10", "duration", "FOREVER",
                "from", at(Duration.ZERO), "until", at(Duration.ofDays(60))));
        sheet.putAll(more);
        return sheet;
    }

    private Map<String, Object> bundle(Map<String, Object> more) {
        Map<String, Object> sheet = new HashMap<>(Map.of("key", story.key("duo"), "name", "Duo", "percentOff", "20", "members", List.of(
                Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights")))));
        sheet.putAll(more);
        return sheet;
    }

    private Api.Answer open(String kind, String act, @Nullable String of) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "kind", kind, "act", act));
        if (of != null) {
            input.put("of", of);
        }
        return story.backend().ask("mutation ($input: OpenSaleDraftInput!) { openSaleDraft(input: $input) { __typename ... on SaleDraftOpened { draft { " + DRAFT + " } } } }", "input", input);
    }

    private JsonNode opened(String kind, String act, @Nullable String of) {
        return open(kind, act, of).at("/openSaleDraft/draft");
    }

    private JsonNode edited(JsonNode draft, String kind, Map<String, Object> sheet) {
        return story.backend().ask("mutation ($input: EditSaleDraftInput!) { editSaleDraft(input: $input) { ... on SaleDraftEdited { draft { " + DRAFT + " } } } }", "input",
                Map.of("draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), kind, sheet)).at("/editSaleDraft/draft");
    }

    private Api.Answer look(JsonNode draft) {
        return story.backend().ask("mutation ($input: LookAtSaleDraftInput!) { lookAtSaleDraft(input: $input) { __typename ... on SaleDraftLookedAt { look { id made " + REACH + " ended " + REACH + " } } } }",
                "input", Map.of("draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt()));
    }

    private JsonNode looked(JsonNode draft) {
        return look(draft).at("/lookAtSaleDraft/look");
    }

    private Api.Answer asked(Api by, JsonNode draft, String look) {
        return by.ask("mutation ($input: PublishSaleDraftInput!) { publishSaleDraft(input: $input) { __typename ... on SaleLookNotUsable { flaw } } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "look", look, "reason", "Spring is here"));
    }

    private String publish(Api by, JsonNode draft, String look) {
        return asked(by, draft, look).text("/publishSaleDraft/__typename");
    }

    private String published(JsonNode draft, JsonNode look) {
        return publish(story.backend(), draft, look.at("/id").asString("none"));
    }

    private String flaw(JsonNode draft, String look) {
        return asked(story.backend(), draft, look).text("/publishSaleDraft/flaw");
    }

    private String turned(String how, JsonNode draft) {
        return story.backend().ask("mutation ($input: %sSaleDraftInput!) { %sSaleDraft(input: $input) { __typename } }".formatted(how.equals("discard") ? "Discard" : "Restore", how),
                "input", Map.of("draft", draft.at("/id").asString())).text("/" + how + "SaleDraft/__typename");
    }

    private List<String> offers() {
        return story.backend().ask("query ($key: String!) { product(key: $key) { offers { key } } }", "key", story.key("suite")).at("/product/offers").valueStream()
                .map(each -> each.at("/key").asString()).toList();
    }

    private boolean open(String bundle) {
        return bundles.open().stream().anyMatch(each -> each.key().equals(bundle));
    }
}
