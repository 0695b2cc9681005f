package dev.headroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log as the vendor reads it: who did what to which thing, from where and why, one after another and as a file. */
@HeadroomTest
class AuditStoryTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ENTRIES = """
            query ($filter: AuditFilterInput, $first: Int! = 100, $after: String) { auditEntries(filter: $filter, first: $first, after: $after) { csv pageInfo { hasNextPage endCursor }
              edges { cursor node { id at actor operation subject subjectId partOf { subject id } account { key } before after origin reason correlationId } } } }""";
    private static final String GRANT = """
            mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { ... on FeatureGranted { grant { id } } } }""";

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    @Autowired
    AuditEntries entries;

    @Autowired
    TransactionTemplate transaction;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    private JsonNode entries(Api by, Map<String, Object> filter) {
        return by.ask(ENTRIES, "filter", filter).at("/auditEntries");
    }

    private List<JsonNode> found(Map<String, Object> filter) {
        return entries(story.backend(), filter).at("/edges").valueStream().map(edge -> edge.at("/node")).toList();
    }

    private List<String> operations(Map<String, Object> filter) {
        return found(filter).stream().map(entry -> entry.at("/operation").asString()).toList();
    }

    private String id(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { id } }", "key", account).text("/account/id");
    }

    @Test
    void theDatabaseRefusesToChangeOrForgetAnEntry() {
        story.account("kept");
        for (String forbidden : List.of(
                "update audit.entry set actor = 'nobody'", "delete from audit.entry", "delete from audit.entry where false", "truncate audit.entry",
                "insert into audit.entry (id, at, actor, operation, subject, subject_id, origin) select id, at, actor, operation, subject, subject_id, origin from audit.entry limit 1 "
                        + "on conflict (id) do update set actor = 'nobody'")) {
            assertThatThrownBy(() -> db.execute(forbidden)).as(forbidden).hasMessageContaining("never changed");
        }
        assertThat(operations(Map.of("accountId", id(story.key("kept"))))).containsExactly("createAccount");
    }

    @Test
    void allThatCameOfARequestHasTheNumberThatItsAnswerNames() {
        String acme = story.subscribed("acme", "team", 2);
        Api.Answer changed = story.accept(story.token(acme, Map.of("seats", 4)));
        String correlation = changed.headers().firstValue("Correlation-Id").orElseThrow();

        List<JsonNode> entries = found(Map.of("correlationId", correlation));
        assertThat(entries).extracting(entry -> entry.at("/operation").asString()).containsExactlyInAnyOrder("changePlan", "recordSubscription");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.at("/origin").asString()).isEqualTo("API_KEY");
            assertThat(entry.at("/account/key").asString()).isEqualTo(acme);
        });
        JsonNode recorded = entries.stream().filter(entry -> entry.at("/operation").asString().equals("recordSubscription")).findFirst().orElseThrow();
        assertThat(recorded.at("/before").toString()).isNotEqualTo(recorded.at("/after").toString());
        assertThat(story.backend().ask("query ($id: ID!) { auditEntry(id: $id) { operation } }", "id", recorded.at("/id").asString()).text("/auditEntry/operation"))
                .isEqualTo("recordSubscription");
        assertThat(story.backend().ask("{ nonsense }").headers().firstValue("Correlation-Id")).as("also of what is refused").isPresent();
        assertThat(new Api(stories.url(), "").post("/login", "", Map.of()).headers().firstValue("Correlation-Id")).as("the console").isPresent();
        assertThat(new Api(stories.url(), "").post("/webhooks/stripe", "{}", Map.of()).headers().firstValue("Correlation-Id")).as("what Stripe sends").isPresent();
        assertThat(new Api(stories.url(), "hr_wrong").ask("{ accounts { edges { cursor } } }").headers().firstValue("Correlation-Id")).isPresent();
    }

    @Test
    void whatStripeTellsIsSaidToComeFromThere() {
        String acme = story.subscribed("renewed", "team", 2);
        stories.pass(Duration.ofDays(35));

        List<JsonNode> entries = found(Map.of("accountId", id(acme), "origin", "STRIPE"));
        assertThat(entries).extracting(entry -> entry.at("/operation").asString()).contains("recordSubscription");
        assertThat(entries).allSatisfy(entry -> assertThat(entry.at("/correlationId").asString()).isNotEmpty());
    }

    @Test
    void aMembersActComesFromItsTokenAndGivesTheReasonThatTheRequestSays() {
        String acme = story.subscribed("self-serve", "team", 2);
        Api token = member(acme);
        String quote = story.token(acme, Map.of("seats", 3));
        Api.Answer changed = token.post("/graphql", JSON.writeValueAsString(Map.of(
                "query", "mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename } }",
                "variables", Map.of("input", Map.of("quoteToken", quote, "idempotencyKey", UUID.randomUUID().toString())),
                "extensions", Map.of("reason", "Three más for the new team"))), Map.of());
        assertThat(changed.text("/changePlan/__typename")).isEqualTo("PlanChanged");

        JsonNode entry = found(Map.of("accountId", id(acme), "operation", "changePlan")).getFirst();
        assertThat(entry.at("/origin").asString()).isEqualTo("ACCOUNT_TOKEN");
        assertThat(entry.at("/actor").asString()).startsWith("member:");
        assertThat(entry.at("/reason").asString()).isEqualTo("Three más for the new team");
        assertThat(found(Map.of("accountId", id(acme), "text", "TEAM three"))).as("words of the reason, as beginnings").isNotEmpty();
        assertThat(token.post("/graphql", "{\"query\": \"{ account { key } }\", \"extensions\": {\"reason\": 7}}", Map.of()).errorCode()).isEqualTo("INVALID_INPUT");
    }

    private Api member(String account) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", story.key("ann"), "account", account, "key", "ann", "name", "Ann", "email", "ann@example.com")).at("/addMember");
        return new Api(stories.url(), story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", "ann", "permissions", List.of("READ", "QUOTE", "CHANGE"))).text("/createAccountToken/token"));
    }

    @Test
    void theLogOfAPlanHasWhatWasDoneToItsDraftsAndOfAnAddOnToo() {
        story = stories.beginWithCatalogOfItsOwn();
        for (String kind : List.of("plan", "addOn")) {
            String key = story.key(kind.equals("plan") ? "team" : "seat-pack");
            JsonNode draft = story.backend().ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { ... on DraftOpened { draft { id revision } } } }",
                    "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), kind, key)).at("/openDraft/draft");
            story.backend().ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { __typename } }", "input", Map.of(
                    "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", 0, "edits", List.of(Map.of("plan", Map.of("name", "Other"))))).at("/editDraft");
            String id = db.fetchValue("select id from catalog.plan where key = ?", key).toString();
            List<JsonNode> log = found(Map.of("subject", kind, "subjectId", id));
            assertThat(log).extracting(entry -> entry.at("/operation").asString()).startsWith("editDraft", "openDraft");
            assertThat(log.getFirst().at("/partOf/subject").asString()).isEqualTo(kind);
            assertThat(log.getLast().at("/partOf").isNull()).as("the thing itself").isTrue();
            assertThat(operations(Map.of("subjectId", draft.at("/id").asString()))).containsExactly("editDraft", "openDraft");
        }
    }

    /** Whatever can be told by what the log says of drafts, of how plans were made, and of what was decided. */
    @Test
    void whatWasWrittenBeforePartsWereNotedIsFoundWhereTheLogTellsWhoseTheyAre() throws IOException {
        List<String> statements = Arrays.stream(Files.readString(Path.of("db/audit/0003-part-of.sql")).split("--changeset headroom:audit-0005")[1].split(";\\R"))
                .map(String::strip).filter(statement -> !statement.startsWith("--rollback")).toList();
        String number = UUID.randomUUID().toString().substring(0, 8);
        transaction.executeWithoutResult(running -> {
            running.setRollbackOnly();
            old("createPlan", "plan", "plan" + number, "{\"key\": \"pro" + number + "\"}");
            old("openDraft", "draft", "draft" + number, "{\"subject\": {\"plan\": {\"value\": \"plan" + number + "\"}, \"key\": \"pro" + number + "\", \"kind\": \"TIER\"}}");
            old("editDraft", "draft", "draft" + number, "{}");
            old("publishDraft", "rollout", "rollout" + number, "{\"plan\": \"pro" + number + "\"}");
            old("pauseRollout", "rollout", "rollout" + number, "\"PAUSED\"");
            old("createAddOn", "addOn", "pack" + number, "{\"key\": \"pack" + number + "\"}");
            old("retirePlan", "plan", "pack" + number, null);
            old("openDraft", "draft", "one" + number, "{\"subject\": {\"plan\": {\"value\": \"a" + number + "\"}, \"key\": \"two" + number + "\", \"kind\": \"TIER\"}}");
            old("openDraft", "draft", "other" + number, "{\"subject\": {\"plan\": {\"value\": \"b" + number + "\"}, \"key\": \"two" + number + "\", \"kind\": \"TIER\"}}");
            old("publishDraft", "rollout", "doubtful" + number, "{\"plan\": \"two" + number + "\"}");
            statements.forEach(db::execute);
            assertThat(logged("plan", "plan" + number)).containsExactlyInAnyOrder("createPlan", "openDraft", "editDraft", "publishDraft", "pauseRollout");
            assertThat(logged("addOn", "pack" + number)).containsExactlyInAnyOrder("createAddOn", "retirePlan");
            assertThat(db.fetchValue("select part_of_id from audit.entry where subject_id = ?", "doubtful" + number)).as("two had the key").isNull();
            assertThatThrownBy(() -> db.execute("update audit.entry set actor = 'nobody'")).as("refused as before").hasMessageContaining("never changed");
        });
    }

    private List<String> logged(String kind, String id) {
        return entries.page(new Actor.System("test"), AuditFilter.ofSubject(kind, id), null, 100).stream().map(AuditEntry::operation).toList();
    }

    private void old(String operation, String subject, String id, String after) {
        db.execute("insert into audit.entry (id, at, actor, operation, subject, subject_id, origin, after) values (gen_random_uuid(), '2020-01-01T00:00:00Z', 'system:test', ?, ?, ?, 'SYSTEM', ?::jsonb)",
                operation, subject, id, after);
    }

    @Test
    void anAccountTokenAndWhoMayNotReadSeeNothingOfIt() throws IOException, InterruptedException {
        String acme = story.subscribed("closed", "team", 2);
        Api token = member(acme);
        Api counter = stories.api(stories.secret(Set.of(Permission.USAGE)));
        for (Api stranger : List.of(token, counter)) {
            assertThat(stranger.ask(ENTRIES, "filter", Map.of("accountId", id(acme))).errorCode()).isEqualTo("FORBIDDEN");
            assertThat(stranger.ask("query ($id: ID!) { auditEntry(id: $id) { operation } }", "id", found(Map.of()).getFirst().at("/id").asString()).errorCode()).isEqualTo("FORBIDDEN");
            HttpResponse<String> file = get(stranger, "/v1/audit.csv");
            assertThat(file.statusCode()).isEqualTo(403);
            assertThat(file.body()).doesNotContain("changePlan");
        }
        assertThat(entries(stories.api(stories.secret(Set.of(Permission.READ))), Map.of()).at("/edges")).isNotEmpty();
    }

    @Test
    void pagesFollowOneAnotherWithoutAGapWhateverIsWrittenMeanwhile() {
        String acme = story.account("paged");
        for (int grant = 0; grant < 5; grant++) {
            grant(acme, "Number " + grant);
        }
        Map<String, Object> filter = Map.of("accountId", id(acme));
        JsonNode first = story.backend().ask(ENTRIES, "filter", filter, "first", 2).at("/auditEntries");
        grant(acme, "Meanwhile");
        JsonNode second = story.backend().ask(ENTRIES, "filter", filter, "first", 2, "after", first.at("/pageInfo/endCursor").asString()).at("/auditEntries");
        JsonNode last = story.backend().ask(ENTRIES, "filter", filter, "first", 2, "after", second.at("/pageInfo/endCursor").asString()).at("/auditEntries");

        assertThat(List.of(first, second, last)).flatExtracting(page -> page.at("/edges").valueStream().map(edge -> edge.at("/node/reason").asString("new account")).toList())
                .containsExactly("Number 4", "Number 3", "Number 2", "Number 1", "Number 0", "new account");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(last.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(story.backend().ask(ENTRIES, "filter", filter, "after", "x_y").errorCode()).isEqualTo("INVALID_INPUT");
    }

    private String grant(String account, String reason) {
        return story.backend().ask(GRANT, "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("sso"), "kind", "BETA", "reason", reason)).text("/grantFeature/grant/id");
    }

    @Test
    void itIsNarrowedByWhateverIsNamedAndByTimeFromInclusiveToExclusive() {
        String acme = story.account("narrowed");
        String grant = grant(acme, "For the pilot");
        stories.clock().advance(Duration.ofMinutes(1));
        story.backend().ask("mutation ($input: RevokeGrantInput!) { revokeGrant(input: $input) { __typename } }", "input", Map.of("grant", grant, "reason", "It is over")).at("/revokeGrant");
        String account = id(acme);
        List<JsonNode> all = found(Map.of("accountId", account));
        assertThat(all).extracting(entry -> entry.at("/operation").asString()).containsExactly("revokeGrant", "grantFeature", "createAccount");
        assertThat(all.getFirst().at("/reason").asString()).isEqualTo("It is over");
        String at = all.getFirst().at("/at").asString();

        assertThat(operations(Map.of("accountId", account, "from", at))).containsExactly("revokeGrant");
        assertThat(operations(Map.of("accountId", account, "until", at))).containsExactly("grantFeature", "createAccount");
        assertThat(operations(Map.of("accountId", account, "operation", "grantFeature"))).containsExactly("grantFeature");
        assertThat(operations(Map.of("subject", "grant", "subjectId", grant))).containsExactly("revokeGrant", "grantFeature");
        assertThat(operations(Map.of("subject", "plan", "subjectId", grant))).isEmpty();
        assertThat(operations(Map.of("text", grant))).containsExactly("revokeGrant", "grantFeature");
        assertThat(operations(Map.of("accountId", account, "text", "pilo"))).containsExactly("grantFeature");
        assertThat(operations(Map.of("text", story.key("narrowed")))).containsExactly("createAccount");
        assertThat(operations(Map.of("text", "it's ' & | :* \\ !("))).isEmpty();
        assertThat(operations(Map.of("accountId", account, "actor", all.getFirst().at("/actor").asString()))).hasSize(3);
        assertThat(operations(Map.of("accountId", account, "actor", "console:nobody"))).isEmpty();
        assertThat(operations(Map.of("accountId", account, "origin", "CONSOLE"))).isEmpty();
        assertThat(story.backend().ask(ENTRIES, "filter", Map.of("from", at, "until", at)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.backend().ask(ENTRIES, "filter", Map.of("correlationId", "x")).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void theFileHoldsExactlyWhatIsFilteredAndNothingThatASpreadsheetWouldReckon() throws IOException, InterruptedException {
        String acme = story.account("filed");
        grant(acme, "=1+1, \"they\" said");
        JsonNode page = entries(story.backend(), Map.of("accountId", id(acme), "text", "said & more?") );
        assertThat(page.at("/edges")).isEmpty();
        assertThat(get(story.backend(), page.at("/csv").asString()).body().lines()).as("the heading alone").hasSize(1);

        String address = entries(story.backend(), Map.of("accountId", id(acme))).at("/csv").asString();
        HttpResponse<String> file = get(story.backend(), address);
        List<String> lines = file.body().lines().toList();
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(lines.getFirst()).isEqualTo("id,at,actor,origin,operation,subject,subject_id,account_id,reason,correlation_id,before,after,part_of,part_of_id");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains(",API_KEY,grantFeature,grant,", ",\"'=1+1, \"\"they\"\" said\",").containsPattern(",\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z,");
        assertThat(lines.get(2)).contains(",createAccount,account,");
        assertThat(get(story.backend(), "/v1/audit.csv?origin=MOON").statusCode()).isEqualTo(400);
        assertThat(get(story.backend(), "/v1/audit.csv?from=yesterday").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> get(Api api, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(api.url() + path)).header("Authorization", "Bearer " + api.credential()).build(), HttpResponse.BodyHandlers.ofString());
    }
}
