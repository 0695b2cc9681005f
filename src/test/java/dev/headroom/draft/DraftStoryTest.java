package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.draft.Drafts.DraftNotOpen;
import dev.headroom.id.Ids;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What is to be sold next is prepared by several people at once, who see what is wrong with it and lose nothing. */
@HeadroomTest
class DraftStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    Drafts drafts;

    @Autowired
    TransactionTemplate transaction;

    private Story story;
    private DraftDesk ann;
    private DraftDesk bob;

    @BeforeEach
    void twoPeopleAndACatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
        ann = new DraftDesk(stories.api(stories.secret(Set.of(Permission.CATALOG, Permission.READ))));
        bob = new DraftDesk(stories.api(stories.secret(Set.of(Permission.CATALOG, Permission.READ))));
    }

    private JsonNode team() {
        return ann.open(Map.of("plan", story.key("team")));
    }

    private static Map<String, Object> plan(String field, Object value) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(field, value);
        return Map.of("plan", fields);
    }

    private static Map<String, Object> price(JsonNode line, Map<String, Object> model) {
        Map<String, Object> price = new HashMap<>(model);
        price.putIfAbsent("interval", line.at("/interval").asString());
        price.putIfAbsent("currency", line.at("/currency").asString());
        price.put("id", line.at("/id").asString());
        return Map.of("price", price);
    }

    private static JsonNode monthly(JsonNode draft) {
        return draft.at("/sheet/prices").valueStream().filter(line -> line.at("/interval").asString().equals("MONTH")).findFirst().orElseThrow();
    }

    @Test
    void aPriceRiseIsPreparedUntilNothingIsWrong() {
        JsonNode draft = team();
        assertThat(draft.at("/base").asInt()).isEqualTo(1);
        assertThat(draft.at("/number").asInt()).isEqualTo(2);
        assertThat(draft.at("/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(draft.at("/findings")).isEmpty();
        assertThat(ann.read(draft, "diff { identical }").at("/diff/identical").asBoolean()).isTrue();
        String month = monthly(draft).at("/id").asString();

        JsonNode wrong = ann.edit(draft, plan("name", null), price(monthly(draft), Map.of("perSeat", "-30")),
                Map.of("price", Map.of("interval", "MONTH", "currency", "USD", "volume", List.of(Map.of("upTo", 10, "unit", "1"), Map.of("upTo", 5)))),
                Map.of("entitlement", Map.of("feature", story.key("seats"), "policy", "SOFT")),
                Map.of("entitlement", Map.of("feature", "nothing")));
        assertThat(wrong.at("/revision").asInt()).isEqualTo(1);
        String added = wrong.at("/sheet/prices").valueStream().map(line -> line.at("/id").asString())
                .filter(id -> draft.at("/sheet/prices").valueStream().noneMatch(line -> line.at("/id").asString().equals(id))).findFirst().orElseThrow();
        assertThat(DraftDesk.errors(wrong)).containsExactlyInAnyOrder("name", "prices[" + month + "].perSeat", "prices[" + added + "].interval",
                "prices[" + added + "].volume[1].upTo", "entitlements[" + story.key("seats") + "].policy", "entitlements[nothing].feature");

        JsonNode right = ann.edit(wrong, plan("name", "Team"), price(monthly(draft), Map.of("perSeat", "3000")), Map.of("removePrice", added),
                Map.of("entitlement", Map.of("feature", story.key("calls"), "included", 12_000, "softLimit", 8_000)),
                Map.of("entitlement", Map.of("feature", story.key("seats"), "included", 0)), Map.of("removeEntitlement", "nothing"),
                Map.of("entitlement", Map.of("feature", story.key("sso"))));
        assertThat(right.at("/findings")).isEmpty();
        JsonNode diff = ann.read(right, """
                diff { identical plan { field before after } prices { change interval percent words before { perSeat } after { perSeat } } limits { feature words fields { field before after } }
                  features { change feature words } }""").at("/diff");
        assertThat(diff.at("/plan/0/after").asString()).isEqualTo("Team");
        assertThat(diff.at("/prices")).hasSize(1);
        assertThat(diff.at("/prices/0/words").asString()).isEqualTo("Month, USD: $25.00 a seat a month → $30.00 a seat a month (+20 %)");
        assertThat(diff.at("/prices/0/percent").asString()).isEqualTo("20");
        assertThat(diff.at("/limits/0/words").asString()).isEqualTo("API calls: 10,000 → 12,000 included");
        assertThat(diff.at("/features/0/words").asString()).isEqualTo("Single sign-on: added");

        assertThat(onSale("team").at("/prices").valueStream().map(each -> each.at("/summary").asString())).as("what is sold stays as it is").contains("$25.00 a seat a month");
        assertThat(told(right)).containsExactly("openDraft", "editDraft", "editDraft");
    }

    private List<String> told(JsonNode draft) {
        return stories.db().fetch("select operation from audit.entry where subject = 'draft' and subject_id = ? order by id", draft.at("/id").asString()).getValues(0, String.class);
    }

    private JsonNode onSale(String plan) {
        return ann.api().ask("query ($key: String!) { plan(key: $key) { onSale { number prices { summary } } } }", "key", story.key(plan)).at("/plan/onSale");
    }

    @Test
    void whoChangesTheSamePartIsToldWhatBecameOfIt() {
        JsonNode read = team();
        ann.edit(read, plan("name", "Ann's"));

        JsonNode merged = bob.edit(read, plan("rank", 7), plan("description", "Bob's"));
        assertThat(merged.at("/sheet/name").asString()).isEqualTo("Ann's");
        assertThat(merged.at("/sheet/rank").asInt()).isEqualTo(7);

        JsonNode changed = bob.editing(read, plan("name", "Bob's"), plan("visibility", "HIDDEN")).at("/editDraft");
        assertThat(changed.at("/__typename").asString()).isEqualTo("DraftChanged");
        assertThat(changed.at("/parts")).hasSize(1);
        assertThat(changed.at("/parts/0/part").asString()).isEqualTo("name");
        assertThat(changed.at("/parts/0/read").asString()).isEqualTo(read.at("/sheet/name").asString());
        assertThat(changed.at("/parts/0/current").asString()).isEqualTo("Ann's");
        assertThat(changed.at("/parts/0/wanted").asString()).isEqualTo("Bob's");
        assertThat(changed.at("/parts/0/revision").asInt()).isEqualTo(1);
        assertThat(changed.at("/parts/0/changed/by").asString()).isEqualTo(read.at("/opened/by").asString());
        assertThat(changed.at("/draft/sheet/visibility").asString()).as("nothing was written").isEqualTo("PUBLIC");
        assertThat(bob.editing(read, plan("name", "Ann's")).text("/editDraft/__typename")).as("both want the same").isEqualTo("DraftEdited");
        assertThat(bob.edit(changed.at("/draft"), plan("name", "Bob's")).at("/sheet/name").asString()).isEqualTo("Bob's");
        assertThat(bob.editing(read, plan("name", "Bob's other window")).text("/editDraft/__typename")).as("an overwritten value is lost whoever wrote it").isEqualTo("DraftChanged");
    }

    @Test
    void aPriceThatSomebodyTookOutIsNotPutBackUnseen() {
        JsonNode read = team();
        ann.edit(read, Map.of("removePrice", monthly(read).at("/id").asString()));

        JsonNode changed = bob.editing(read, price(monthly(read), Map.of("perSeat", "9900"))).at("/editDraft");
        assertThat(changed.at("/__typename").asString()).isEqualTo("DraftChanged");
        assertThat(changed.at("/parts/0/current").isNull()).isTrue();
        assertThat(changed.at("/parts/0/wanted/perSeat").asString()).isEqualTo("9900");
        assertThat(bob.edit(changed.at("/draft"), price(monthly(read), Map.of("perSeat", "9900"))).at("/sheet/prices")).hasSize(2);
    }

    @Test
    void everybodyTakesBackTheirOwn() {
        JsonNode draft = team();
        String before = draft.at("/sheet").toString();
        ann.edit(draft, plan("name", "One"), plan("rank", 9));
        JsonNode read = bob.edit(draft, plan("description", "Bob's"));
        ann.edit(read, plan("visibility", "HIDDEN"));

        assertThat(DraftDesk.edited(ann.undoing(draft)).at("/sheet/visibility").asString()).isEqualTo("PUBLIC");
        JsonNode undone = DraftDesk.edited(ann.undoing(draft));
        assertThat(undone.at("/sheet/name").asString()).isEqualTo("team");
        assertThat(undone.at("/sheet/description").asString()).as("somebody else's").isEqualTo("Bob's");
        assertThat(ann.undoing(draft).at("/__typename").asString()).isEqualTo("NothingToUndo");
        assertThat(DraftDesk.edited(bob.undoing(draft)).at("/sheet").toString()).isEqualTo(before);

        assertThat(DraftDesk.edited(ann.redoing(draft)).at("/sheet/rank").asInt()).isEqualTo(9);
        JsonNode redone = DraftDesk.edited(ann.redoing(draft));
        assertThat(redone.at("/sheet/visibility").asString()).isEqualTo("HIDDEN");
        assertThat(ann.redoing(draft).at("/__typename").asString()).isEqualTo("NothingToRedo");

        JsonNode history = ann.read(draft, "history(first: 3) { revision act of undone mark { by } changes { part before after } }").at("/history");
        assertThat(history.valueStream().map(step -> step.at("/act").asString())).containsExactly("REDO", "REDO", "UNDO");
        assertThat(history.at("/1/of").asInt()).isEqualTo(1);
        assertThat(history.at("/0/changes/0/part").asString()).isEqualTo("visibility");
        assertThat(history.at("/0/changes/0/before").asString()).isEqualTo("PUBLIC");
        assertThat(ann.read(draft, "history(after: 2) { revision undone }").at("/history/0/revision").asInt()).isEqualTo(1);
    }

    @Test
    void whatSomebodyHasChangedSinceIsNotTakenBack() {
        JsonNode draft = team();
        JsonNode read = ann.edit(draft, plan("name", "Ann's"));
        JsonNode later = bob.edit(read, plan("name", "Bob's"));

        JsonNode refused = ann.undoing(draft);
        assertThat(refused.at("/__typename").asString()).isEqualTo("DraftChanged");
        assertThat(refused.at("/parts/0/current").asString()).isEqualTo("Bob's");
        assertThat(refused.at("/parts/0/wanted").asString()).isEqualTo("team");
        bob.edit(bob.edit(later, plan("name", "Ann's")), plan("rank", 5));
        assertThat(ann.undoing(draft).at("/__typename").asString()).as("it says the same, but is somebody else's now").isEqualTo("DraftChanged");

        bob.undoing(draft);
        bob.undoing(draft);
        bob.undoing(draft);
        assertThat(DraftDesk.edited(ann.undoing(draft)).at("/sheet/name").asString()).isEqualTo("team");
        ann.edit(DraftDesk.edited(ann.redoing(draft)), plan("rank", 4));
        ann.undoing(draft);
        JsonNode anew = ann.edit(ann.read(draft, DraftDesk.DRAFT), plan("rank", 3));
        assertThat(ann.redoing(anew).at("/__typename").asString()).as("a new edit ends redo").isEqualTo("NothingToRedo");
    }

    @Test
    void allEditsAreMadeOrNoneAndACommandTwiceIsOne() {
        JsonNode draft = team();
        Api.Answer unknown = ann.editing(draft, plan("name", "x"), Map.of("removePrice", UUID.randomUUID().toString()));
        assertThat(unknown.errorCode()).isEqualTo("NOT_FOUND");
        assertThat(unknown.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.edits[1].price.id");
        assertThat(ann.editing(draft, plan("name", "x".repeat(10_001))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ann.editing(draft, Map.of()).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ann.editing(draft).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ann.read(draft, "revision").at("/revision").asInt()).isZero();

        Map<String, Object> command = DraftDesk.keyed(Map.of("draft", draft.at("/id").asString(), "revision", 0,
                "edits", List.of(Map.of("price", Map.of("interval", "MONTH", "currency", "EUR", "flat", 1)))));
        for (int i = 0; i < 2; i++) {
            assertThat(ann.api().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { ... on DraftEdited { draft { sheet { prices { id } } } } } }", "input", command)
                    .at("/editDraft/draft/sheet/prices")).hasSize(3);
        }
    }

    @Test
    void thereIsOneOpenDraftOfEach() {
        JsonNode draft = team();
        Api.Answer second = bob.opening(Map.of("plan", story.key("team")));
        assertThat(second.text("/openDraft/__typename")).isEqualTo("DraftAlreadyOpen");
        assertThat(second.text("/openDraft/draft/id")).isEqualTo(draft.at("/id").asString());
        assertThat(ofPlan("team").at("/draft/id").asString()).isEqualTo(draft.at("/id").asString());
        JsonNode edited = ann.edit(draft, plan("name", "Kept"));

        assertThat(ann.discard(draft).at("/draft/state").asString()).isEqualTo("DISCARDED");
        assertThat(ann.discard(draft).at("/__typename").asString()).isEqualTo("DraftDiscarded");
        assertThat(ann.editing(edited, plan("name", "x")).text("/editDraft/__typename")).isEqualTo("DraftNotOpen");
        assertThat(ann.undoing(draft).at("/__typename").asString()).isEqualTo("DraftNotOpen");
        assertThat(ofPlan("team").at("/draft").isNull()).isTrue();
        JsonNode other = bob.open(Map.of("plan", story.key("team")));
        assertThat(ann.restore(draft).at("/__typename").asString()).isEqualTo("DraftAlreadyOpen");
        assertThat(ann.restore(draft).at("/draft/id").asString()).isEqualTo(other.at("/id").asString());
        bob.discard(other);

        JsonNode restored = ann.restore(draft);
        assertThat(restored.at("/draft/sheet/name").asString()).isEqualTo("Kept");
        assertThat(restored.at("/draft/closed").isNull()).isTrue();
        assertThat(DraftDesk.edited(ann.undoing(draft)).at("/sheet/name").asString()).isEqualTo("team");
        assertThat(told(draft)).containsExactly("openDraft", "editDraft", "discardDraft", "restoreDraft", "undoDraftEdit");
        JsonNode page = ann.api().ask("{ drafts(first: 1) { edges { node { id } } pageInfo { hasNextPage endCursor } } }").at("/drafts");
        assertThat(page.at("/edges/0/node/id").asString()).isEqualTo(other.at("/id").asString());
        assertThat(ann.api().ask("query ($after: String) { drafts(first: 1, after: $after) { edges { node { id } } } }", "after", page.at("/pageInfo/endCursor").asString())
                .text("/drafts/edges/0/node/id")).isEqualTo(draft.at("/id").asString());
    }

    private JsonNode ofPlan(String name) {
        return ann.api().ask("query ($key: String!) { plan(key: $key) { draft { id } versions { number state } } }", "key", story.key(name)).at("/plan");
    }

    @Test
    void somethingNewIsPreparedLikeWhatIsThere() {
        Map<String, Object> fresh = Map.of("newAddOn", Map.of("product", story.key("suite"), "key", story.key("call-pack")));
        JsonNode draft = ann.open(fresh);
        assertThat(draft.at("/number").asInt()).isEqualTo(1);
        assertThat(draft.at("/base").isNull()).isTrue();
        assertThat(DraftDesk.errors(draft)).containsExactly("name", "rank", "prices");
        assertThat(bob.opening(fresh).text("/openDraft/__typename")).isEqualTo("DraftAlreadyOpen");
        assertThat(bob.opening(Map.of("newPlan", Map.of("product", story.key("suite"), "key", story.key("insights")))).text("/openDraft/__typename")).isEqualTo("AddOnKeyTaken");
        assertThat(bob.opening(Map.of("newPlan", Map.of("product", story.key("suite"), "key", "no key"))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(bob.opening(Map.of("plan", story.key("insights"))).errorCode()).isEqualTo("NOT_FOUND");

        JsonNode sold = ann.edit(draft, plan("name", "Calls"), plan("rank", 1), Map.of("price", Map.of("interval", "MONTH", "currency", "USD", "perSeat", "500")),
                Map.of("entitlement", Map.of("feature", story.key("calls"), "included", 1_000)));
        assertThat(sold.at("/findings")).isEmpty();
        assertThat(create("call-pack").at("/createAddOn/__typename").asString()).isEqualTo("AddOnCreated");
        assertThat(DraftDesk.errors(ann.read(draft, DraftDesk.DRAFT))).containsExactly("key");
    }

    private Api.Answer create(String addOn) {
        return story.backend().ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { __typename } }", "input",
                DraftDesk.keyed(Map.of("product", story.key("suite"), "key", story.key(addOn), "name", "x",
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 1)), "entitlements", List.of())));
    }

    @Test
    void whatWouldBePublishedIsToldAndMarkedOnce() {
        Actor actor = new Actor.System("test");
        JsonNode draft = team();
        DraftId id = new DraftId(Ids.parse(draft.at("/id").asString()).orElseThrow());
        JsonNode wrong = ann.edit(draft, plan("name", ""));
        assertThat(drafts.candidate(actor, id)).isInstanceOfSatisfying(CandidateHasFindings.class, found -> assertThat(found.findings()).hasSize(1));

        ann.edit(wrong, plan("name", " Team 2 "), price(monthly(draft), Map.of("perSeat", "30e2")));
        Candidate candidate = (Candidate) drafts.candidate(actor, id);
        assertThat(candidate.version().number()).isEqualTo(2);
        assertThat(candidate.version().plan().name()).isEqualTo("Team 2");
        assertThat(candidate.version().prices().getFirst().price().mrr(2).minor()).isEqualTo(6_000);
        assertThat(candidate.version().prices()).extracting(each -> each.id().toString()).contains(monthly(draft).at("/id").asString());
        assertThat(candidate).as("the same revision is the same version").isEqualTo(drafts.candidate(actor, id));
        assertThat(ofPlan("team").at("/versions")).hasSize(1);

        PlanVersionId version = candidate.version().id();
        assertThat(transaction.<Boolean>execute(_ -> drafts.published(actor, id, candidate.revision() - 1, version))).as("edited since").isFalse();
        assertThat(transaction.<Boolean>execute(_ -> drafts.published(actor, id, candidate.revision(), version))).isTrue();
        assertThat(transaction.<Boolean>execute(_ -> drafts.published(actor, id, candidate.revision(), version))).isFalse();
        assertThat(drafts.candidate(actor, id)).isInstanceOf(DraftNotOpen.class);
        assertThat(ann.restore(draft).at("/__typename").asString()).isEqualTo("DraftNotOpen");
        assertThat(ann.discard(draft).at("/draft/state").asString()).isEqualTo("PUBLISHED");
    }

    @Test
    void onlyWhoMayChangeTheCatalogSeesDrafts() {
        JsonNode draft = team();
        Api viewer = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE)));
        for (String query : List.of("{ drafts { edges { node { id } } } }", "{ draft(id: \"" + draft.at("/id").asString() + "\") { id } }",
                "{ plan(key: \"" + story.key("team") + "\") { draft { id } } }", "{ plan(key: \"" + story.key("team") + "\") { versions { number } } }",
                "{ planVersionDiff(plan: \"" + story.key("team") + "\", from: 1, to: 1) { identical } }")) {
            assertThat(viewer.ask(query).errorCode()).as(query).isEqualTo("FORBIDDEN");
        }
        DraftDesk desk = new DraftDesk(viewer);
        assertThat(desk.opening(Map.of("plan", story.key("pro"))).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(desk.editing(draft, plan("name", "x")).errorCode()).isEqualTo("FORBIDDEN");
        JsonNode same = ann.api().ask("query ($plan: String!) { planVersionDiff(plan: $plan, from: 1, to: 1) { identical } }", "plan", story.key("team")).at("/planVersionDiff");
        assertThat(same.at("/identical").asBoolean()).isTrue();
    }

    @RepeatedTest(3)
    void twoAtOnceMergeAndTheSamePartGoesToOne() throws Exception {
        JsonNode read = team();

        List<String> merged = atOnce(() -> ann.editing(read, plan("name", "Ann's")), () -> bob.editing(read, plan("rank", 8)));
        assertThat(merged).containsOnly("DraftEdited");
        JsonNode both = ann.read(read, DraftDesk.DRAFT);
        assertThat(both.at("/sheet/name").asString()).isEqualTo("Ann's");
        assertThat(both.at("/sheet/rank").asInt()).isEqualTo(8);
        assertThat(both.at("/revision").asInt()).isEqualTo(2);

        List<String> contested = atOnce(() -> ann.editing(both, plan("name", "A")), () -> bob.editing(both, plan("name", "B")));
        assertThat(contested).containsExactlyInAnyOrder("DraftEdited", "DraftChanged");
        assertThat(ann.read(read, DraftDesk.DRAFT).at("/sheet/name").asString()).isEqualTo(contested.getFirst().equals("DraftEdited") ? "A" : "B");
    }

    private interface Asked {

        Api.Answer ask();
    }

    private static List<String> atOnce(Asked... asked) throws Exception {
        CyclicBarrier together = new CyclicBarrier(asked.length);
        try (ExecutorService threads = Executors.newFixedThreadPool(asked.length)) {
            List<Future<String>> answers = Stream.of(asked).map(each -> threads.submit(() -> {
                together.await();
                return each.ask().text("/editDraft/__typename");
            })).toList();
            return List.of(answers.getFirst().get(), answers.getLast().get());
        }
    }
}
