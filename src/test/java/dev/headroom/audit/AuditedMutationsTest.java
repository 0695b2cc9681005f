package dev.headroom.audit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every mutation of the schema is done once, and has written down what it did; one that is new must be done here, or say why it cannot. */
@HeadroomTest
class AuditedMutationsTest {

    private static final Actor READER = new Actor.System("test");

    /** Those that are written down under another act. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "openUsageBackfill", "openBackfill", "applyUsageBackfill", "applyBackfill", "reverseUsageBackfill", "reverseBackfill", "discardUsageBackfill", "discardBackfill",
            "setCommitment", "recordSubscription", "settleSeats", "changePlan");

    /** Those that need no entry, and why. */
    private static final Map<String, String> UNWRITTEN = Map.of(
            "recordUsage", "events are their own log, millions a day, each kept once with when it was sent",
            "consume", "an event like those of recordUsage",
            "reserve", "a reservation is kept with its end",
            "commitReservation", "an event like those of recordUsage",
            "releaseReservation", "the end of a reservation is kept with it",
            "addToUsageBackfill", "events that count for nothing until the backfill is applied, which is written down",
            "addToRevenueHistory", "lines that count for nothing until they are brought, which is written down",
            "createAccountToken", "nothing is stored: a token is a signature, and what is done with it is written down with who did it",
            "startPaymentMethodSetup", "nothing changes until it is completed, which is written down");

    /** Those that need a day of Stripe's of their own, and the test that spends it; each is written by the code, for only such acts have words, as {@code AuditedActsTest} reads. */
    private static final Map<String, String> DONE_ELSEWHERE = Map.ofEntries(
            entry("completePaymentMethodSetup", "PaymentStoryTest: a card is typed into Stripe's page"),
            entry("payInvoice", "InvoiceStoryTest: an invoice could not be paid"),
            entry("applyCatalogSync", "CatalogPlanStoryTest: Stripe's catalogue is another"),
            entry("startReconciliation", "ReconciliationStoryTest: it walks through all that Stripe has"),
            entry("repairStripeDifferences", "ReconciliationStoryTest: something differs"),
            entry("startStripeImport", "ImportStoryTest: Stripe has what is not known here"),
            entry("applyStripeImport", "ImportStoryTest: it was tried out before"),
            entry("resendStripeEvents", "InboxStoryTest: events have failed"),
            entry("liftSignInDelay", "AttemptsTest: somebody waits after wrong passwords"),
            entry("endConsoleSessions", "SessionsTest: somebody is signed in"),
            entry("pauseRollout", "RolloutTurnStoryTest: somebody is being moved"),
            entry("resumeRollout", "RolloutTurnStoryTest: it was paused"),
            entry("stopRollout", "RolloutTurnStoryTest: somebody is being moved"),
            entry("retryRollout", "RolloutTurnStoryTest: somebody could not be moved"),
            entry("moveSubscribers", "SubscriberMoveStoryTest: what it does was looked at whole"),
            entry("bringRevenueHistory", "HistoryStoryTest: a file was looked at"),
            entry("closeRevenueHistory", "RevenueHistoriesTest: it is for good"),
            entry("endRevenueHistory", "RevenueHistoriesTest: it was brought, and nothing took it over"),
            entry("readRevenueHistoryFromStripe", "StripeHistoryStoryTest: all that Stripe has is read"),
            entry("retryRevenueHistory", "HistoryStoryTest: it failed"),
            entry("discardRevenueHistory", "StripeHistoryStoryTest: it was read"),
            entry("setRevenueSettings", "RevenueStoryTest: it is the whole vendor's"),
            entry("correctRevenue", "RevenueStoryTest: it takes a ledger that somebody damaged"),
            entry("setReportingRates", "ReportingStoryTest: they are the whole vendor's and stay"),
            entry("applyCatalog", "CatalogFileStoryTest: it takes a whole file"),
            entry("rotateWebhookSecret", "WebhookStoryTest: an endpoint is replaced"));

    @Autowired
    Stories stories;

    @Autowired
    AuditEntries entries;

    @Autowired
    ConsoleUsers users;

    private final Map<String, String> inputs = new HashMap<>();
    private final Set<String> keyed = new TreeSet<>();
    private final Set<String> done = new TreeSet<>();
    private Story story;
    private String acme;

    /** What an entry must show of the thing. */
    private enum Shows { NEW, OTHER, GONE }

    @Test
    void everyMutationWritesDownWhatItChangedWithTheThingBeforeAndAfter() {
        story = stories.beginWithCatalogOfItsOwn().crediting();
        learn();
        sell();
        rule();
        prepare();
        admit();
        give();
        bill();
        negotiate();
        bring();

        Set<String> missing = new TreeSet<>(inputs.keySet());
        missing.removeAll(done);
        missing.removeAll(UNWRITTEN.keySet());
        missing.removeAll(DONE_ELSEWHERE.keySet());
        assertThat(missing).as("do them in this test, or say why they need no entry").isEmpty();
        assertThat(done).doesNotContainAnyElementsOf(UNWRITTEN.keySet()).doesNotContainAnyElementsOf(DONE_ELSEWHERE.keySet());
        assertThat(inputs.keySet()).containsAll(UNWRITTEN.keySet()).containsAll(DONE_ELSEWHERE.keySet());
        assertThat(DONE_ELSEWHERE.keySet()).allSatisfy(mutation -> assertThat(ResourceBundle.getBundle("vaadin-i18n.translations").containsKey("audit.act." + OTHERWISE.getOrDefault(mutation, mutation))).as(mutation).isTrue());
    }

    private void learn() {
        story.backend().ask("{ __schema { mutationType { fields(includeDeprecated: true) { name args { type { ofType { name inputFields { name } } } } } } } }").at("/__schema/mutationType/fields").forEach(field -> {
            JsonNode input = field.at("/args/0/type/ofType");
            inputs.put(field.at("/name").asString(), input.at("/name").asString());
            if (input.at("/inputFields").valueStream().anyMatch(each -> each.at("/name").asString().equals("idempotencyKey"))) {
                keyed.add(field.at("/name").asString());
            }
        });
        assertThat(inputs).hasSizeGreaterThan(50);
    }

    private AuditEntry act(String mutation, Shows shows, Map<String, Object> given) {
        return act(story.backend(), mutation, shows, given);
    }

    /** @return what was written down of it */
    private AuditEntry act(Api by, String mutation, Shows shows, Map<String, Object> given) {
        Map<String, Object> input = new HashMap<>(given);
        if (keyed.contains(mutation)) {
            input.put("idempotencyKey", UUID.randomUUID().toString());
        }
        Api.Answer answer = by.ask("mutation ($input: %s!) { %s(input: $input) { __typename } }".formatted(inputs.get(mutation), mutation), "input", input);
        String became = answer.text("/" + mutation + "/__typename");
        UUID correlation = UUID.fromString(answer.headers().firstValue("Correlation-Id").orElseThrow());
        List<AuditEntry> written = entries.page(READER, new AuditFilter(null, OTHERWISE.getOrDefault(mutation, mutation), null, null, null, null, correlation, null, null, null), null, 10);
        assertThat(written).as("%s answered %s", mutation, became).isNotEmpty();
        AuditEntry entry = written.getFirst();
        switch (shows) {
            case NEW -> assertThat(entry.before() == null && entry.after() != null).as(entry.toString()).isTrue();
            case OTHER -> assertThat(entry.before()).as(entry.toString()).isNotNull().isNotEqualTo(entry.after());
            case GONE -> assertThat(entry.before() != null && entry.after() == null).as(entry.toString()).isTrue();
        }
        done.add(mutation);
        return entry;
    }

    private static Map<String, Object> monthly(String minor) {
        return Map.of("interval", "MONTH", "currency", "USD", "perSeat", minor);
    }

    private void sell() {
        act("createProduct", Shows.NEW, Map.of("key", story.key("more"), "name", "More", "features", List.of(Map.of("key", story.key("lane"), "name", "Fast lane", "kind", "GATE"))));
        act("createPlan", Shows.NEW, Map.of("product", story.key("more"), "key", story.key("fast"), "name", "Fast", "rank", 1, "prices", List.of(monthly("100")),
                "entitlements", List.of(Map.of("feature", story.key("lane")))));
        act("addFeatures", Shows.NEW, Map.of("product", story.key("more"), "features", List.of(Map.of("key", story.key("shoulder"), "name", "Shoulder", "kind", "GATE"))));
        act("editFeature", Shows.OTHER, Map.of("feature", story.key("shoulder"), "name", "Hard shoulder"));
        act("retireFeature", Shows.OTHER, Map.of("feature", story.key("shoulder")));
        act("restoreFeature", Shows.OTHER, Map.of("feature", story.key("shoulder")));
        act("editProduct", Shows.OTHER, Map.of("product", story.key("more"), "name", "Even more"));
        act("retirePlan", Shows.GONE, Map.of("plan", story.key("fast")));
        act("unretirePlan", Shows.NEW, Map.of("plan", story.key("fast")));
        act("createAddOn", Shows.NEW, Map.of("product", story.key("more"), "key", story.key("faster"), "name", "Faster", "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 50)),
                "entitlements", List.of(Map.of("feature", story.key("lane")))));
        Instant now = stories.clock().instant().plus(Duration.ofDays(1));
        act("createOffer", Shows.NEW, Map.of("product", story.key("more"), "key", story.key("sale"), "name", "Sale", "percentOff", "10", "duration", "ONCE",
                "from", now.toString(), "until", now.plus(Duration.ofDays(9)).toString()));
        act("endOffer", Shows.OTHER, Map.of("offer", story.key("sale")));
        act("createBundle", Shows.NEW, Map.of("key", story.key("both"), "name", "Both", "percentOff", "5", "members", List.of(
                Map.of("product", story.key("more"), "reduced", true), Map.of("product", story.key("suite"), "reduced", false))));
        act("endBundle", Shows.OTHER, Map.of("bundle", story.key("both")));
        String draft = act("openSaleDraft", Shows.NEW, Map.of("kind", "BUNDLE", "act", "MAKE")).subjectId();
        act("editSaleDraft", Shows.OTHER, Map.of("draft", draft, "revision", 0, "bundle", Map.of("key", story.key("trio"), "name", "Trio", "percentOff", "5", "members", List.of(
                Map.of("product", story.key("more")), Map.of("product", story.key("suite"), "reduced", false)))));
        act("discardSaleDraft", Shows.OTHER, Map.of("draft", draft));
        act("restoreSaleDraft", Shows.OTHER, Map.of("draft", draft));
        act("lookAtSaleDraft", Shows.NEW, Map.of("draft", draft, "revision", 1));
        String look = story.backend().ask("mutation ($input: LookAtSaleDraftInput!) { lookAtSaleDraft(input: $input) { ... on SaleDraftLookedAt { look { id } } } }", "input",
                Map.of("draft", draft, "revision", 1)).text("/lookAtSaleDraft/look/id");
        act("publishSaleDraft", Shows.NEW, Map.of("draft", draft, "revision", 1, "look", look, "reason", "Three for less"));
        act("setValueMetrics", Shows.OTHER, Map.of("product", story.key("suite"), "version", 0, "metrics", List.of(
                Map.of("feature", story.key("calls"), "currency", "USD", "unitMinor", "2", "basis", "Asked"))));
    }

    private void rule() {
        AuditEntry rule = act("addTransitionRule", Shows.NEW, Map.of("product", story.key("more"), "kind", "UPGRADE", "transition", "PERIOD_END"));
        act("removeTransitionRule", Shows.GONE, Map.of("rule", rule.subjectId()));
        act("setCreditGuard", Shows.OTHER, Map.of("product", story.key("more"), "days", 3, "measure", "WAITS"));
        act("setApprovalRules", Shows.OTHER, Map.of("product", story.key("more"), "version", 0, "seats", 1_000));
        act("setRollOut", Shows.NEW, Map.of("feature", story.key("lane"), "percent", 5));
        act("setUnlockRule", Shows.NEW, Map.of("feature", story.key("sso"), "meter", story.key("calls"), "units", 1_000_000));
        act("removeUnlockRule", Shows.GONE, Map.of("feature", story.key("sso")));
        AuditEntry key = act("createApiKey", Shows.NEW, Map.of("name", "Spare", "permissions", List.of("READ")));
        act("changeApiKey", Shows.OTHER, Map.of("id", key.subjectId(), "permissions", List.of("READ", "QUOTE"), "origins", List.of()));
        act("rotateApiKey", Shows.OTHER, Map.of("id", key.subjectId()));
        act("revokeApiKey", Shows.GONE, Map.of("id", key.subjectId()));
        AuditEntry endpoint = act("createWebhookEndpoint", Shows.NEW, Map.of("url", "https://localhost:1/hooks", "events", List.of("VERSION_PUBLISHED")));
        act("rotateWebhookEndpointSecret", Shows.OTHER, Map.of("endpoint", endpoint.subjectId()));
        act("pauseWebhookEndpoint", Shows.OTHER, Map.of("endpoint", endpoint.subjectId()));
        act("resumeWebhookEndpoint", Shows.OTHER, Map.of("endpoint", endpoint.subjectId()));
        AuditEntry sent = act("sendTestWebhookEvent", Shows.NEW, Map.of("endpoint", endpoint.subjectId()));
        stories.pass(Duration.ofSeconds(1));
        act("resendWebhookEvent", Shows.OTHER, Map.of("endpoint", endpoint.subjectId(), "event", JsonMapper.builder().build().readTree(sent.after()).at("/event").asString()));
        act("removeWebhookEndpoint", Shows.GONE, Map.of("endpoint", endpoint.subjectId()));
        people();
    }

    private void people() {
        Api owner = stories.api(stories.secret(Set.of(Permission.values())));
        AuditEntry invitation = act(owner, "inviteConsoleUser", Shows.NEW, Map.of("email", UUID.randomUUID() + "@example.com", "roles", List.of("VIEWER")));
        act(owner, "revokeConsoleInvitation", Shows.GONE, Map.of("id", invitation.subjectId()));
        String person = users.create(READER, UUID.randomUUID() + "@example.com", "Ann", Set.of(Role.VIEWER), ConsoleUsers.newPassword()).id().toString();
        act(owner, "assignRoles", Shows.OTHER, Map.of("id", person, "roles", List.of("VIEWER", "FINANCE")));
        act(owner, "resetConsoleUserPassword", Shows.NEW, Map.of("id", person));
        act(owner, "disableConsoleUser", Shows.OTHER, Map.of("id", person));
        act(owner, "enableConsoleUser", Shows.OTHER, Map.of("id", person));
        act(owner, "eraseConsoleUser", Shows.OTHER, Map.of("id", person));
    }

    private void prepare() {
        AuditEntry draft = act("openDraft", Shows.NEW, Map.of("plan", story.key("pro")));
        Map<String, Object> named = Map.of("draft", draft.subjectId());
        act("editDraft", Shows.OTHER, Map.of("draft", draft.subjectId(), "revision", 0, "edits", List.of(Map.of("plan", Map.of("name", "Professional")))));
        act("undoDraftEdit", Shows.OTHER, named);
        act("redoDraftEdit", Shows.OTHER, named);
        act("discardDraft", Shows.OTHER, named);
        act("restoreDraft", Shows.OTHER, named);
        AuditEntry impact = act("previewImpact", Shows.NEW, Map.of("plan", story.key("pro"), "prices", List.of(monthly("5900")), "entitlements", List.of(Map.of("feature", story.key("sso")))));
        act("cancelImpact", Shows.OTHER, Map.of("impact", impact.subjectId()));
        act("previewMove", Shows.NEW, Map.of("plan", story.key("pro"), "version", 1));
        publish();
    }

    private void publish() {
        AuditEntry draft = act("openDraft", Shows.NEW, Map.of("newPlan", Map.of("product", story.key("more"), "key", story.key("faster-still"))));
        act("editDraft", Shows.OTHER, Map.of("draft", draft.subjectId(), "revision", 0, "edits", List.of(
                Map.of("plan", Map.of("name", "Faster still", "rank", 9)), Map.of("price", Map.of("interval", "MONTH", "currency", "USD", "perSeat", "900")))));
        AuditEntry impact = act("previewImpact", Shows.NEW, Map.of("draft", draft.subjectId()));
        AuditEntry published = act("publishDraft", Shows.NEW, Map.of("draft", draft.subjectId(), "revision", 1, "impact", impact.subjectId(), "reason", "For those in a hurry",
                "rollout", Map.of("publishAt", stories.clock().instant().plus(Duration.ofDays(3)).toString(), "zone", "Europe/Berlin")));
        assertThat(published.reason()).isEqualTo("For those in a hurry");
        act("cancelPublication", Shows.OTHER, Map.of("rollout", published.subjectId()));
        String sold = story.backend().ask("mutation ($input: PublishDraftInput!) { publishDraft(input: $input) { ... on DraftPublished { rollout { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("sold"), "draft", draft.subjectId(), "revision", 1, "impact", impact.subjectId(), "reason", "At once", "rollout", Map.of("timing", "NEW_ONLY")))
                .text("/publishDraft/rollout/id");
        act("withdrawVersion", Shows.OTHER, Map.of("rollout", sold));
        Map<String, Object> usual = Map.of("editorMayPublish", true, "confirmAbove", 25, "riseNoticeDays", 14, "noticeDays", 0);
        Map<String, Object> other = new HashMap<>(usual);
        other.put("confirmAbove", 24);
        act("setPublishingPolicy", Shows.OTHER, other);
        act("setPublishingPolicy", Shows.OTHER, usual);
    }

    private void admit() {
        acme = story.key("acme");
        act("createAccount", Shows.NEW, Map.of("key", acme, "name", "Acme", "email", "acme@example.com", "currency", "USD"));
        act("addMember", Shows.NEW, Map.of("account", acme, "key", "ann", "name", "Ann", "email", "ann@example.com", "state", "INVITED"));
        act("recordMemberActivity", Shows.OTHER, Map.of("activities", List.of(Map.of("account", acme, "member", "ann"))));
        act("addMember", Shows.NEW, Map.of("account", acme, "key", "bob", "name", "Bob", "email", "bob@example.com"));
        act("eraseMember", Shows.OTHER, Map.of("account", acme, "member", "bob"));
        act("addPaymentMethod", Shows.NEW, Map.of("account", acme, "paymentMethod", "pm_card_visa"));
        AuditEntry second = act("addPaymentMethod", Shows.NEW, Map.of("account", acme, "paymentMethod", "pm_card_mastercard"));
        String first = story.backend().ask("query ($key: String) { account(key: $key) { paymentMethods { id } } }", "key", acme).at("/account/paymentMethods").valueStream()
                .map(card -> card.at("/id").asString()).filter(id -> !id.equals(second.subjectId())).findFirst().orElseThrow();
        act("preferPaymentMethod", Shows.OTHER, Map.of("account", acme, "paymentMethod", first));
        act("removePaymentMethod", Shows.GONE, Map.of("account", acme, "paymentMethod", second.subjectId()));
    }

    private void give() {
        AuditEntry grant = act("grantFeature", Shows.NEW, Map.of("account", acme, "feature", story.key("lane"), "kind", "BETA", "reason", "To try"));
        assertThat(grant.reason()).isEqualTo("To try");
        assertThat(act("revokeGrant", Shows.OTHER, Map.of("grant", grant.subjectId(), "reason", "Tried")).reason()).isEqualTo("Tried");
    }

    private void bill() {
        act("startSubscription", Shows.NEW, Map.of("account", acme, "plan", story.key("team"), "seats", 2));
        act("assignSeat", Shows.NEW, Map.of("account", acme, "member", "ann"));
        act("releaseSeat", Shows.GONE, Map.of("account", acme, "member", "ann"));
        act("addMember", Shows.NEW, Map.of("account", acme, "key", "gone", "name", "Gone", "email", "gone@example.com"));
        act("eraseMember", Shows.OTHER, Map.of("account", acme, "member", "gone"));
        act("setSeatExpansion", Shows.NEW, Map.of("account", acme, "mostSeats", 9));
        act("gatherSeats", Shows.NEW, Map.of("account", acme, "seats", 3));
        act("settleSeats", Shows.NEW, Map.of("account", acme));
        act("changePlan", Shows.NEW, Map.of("quoteToken", story.token(acme, Map.of("seats", 4))));
        String pro = waiting(Map.of("plan", story.key("pro"), "when", "PERIOD_END"));
        String more = waiting(Map.of("seats", 6, "when", "PERIOD_END"));
        act("reorderPlanChanges", Shows.OTHER, Map.of("account", acme, "order", List.of(more, pro)));
        act("cancelPlanChange", Shows.OTHER, Map.of("account", acme, "change", pro));
        act("cancelPlanChange", Shows.OTHER, Map.of("account", acme, "change", more));
        act("setCommitment", Shows.OTHER, Map.of("account", acme, "until", stories.clock().instant().plus(Duration.ofDays(60)).toString()));
    }

    private String waiting(Map<String, Object> change) {
        return act("changePlan", Shows.NEW, Map.of("quoteToken", story.token(acme, change))).subjectId();
    }

    private void negotiate() {
        Map<String, Object> wish = Map.of("account", acme, "change", Map.of("seats", 20), "discount", Map.of("percentOff", "10", "duration", "ONCE"), "reason", "We grow");
        AuditEntry asked = act("requestApproval", Shows.NEW, wish);
        assertThat(asked.reason()).isEqualTo("We grow");
        act("withdrawApproval", Shows.OTHER, Map.of("account", acme, "request", asked.subjectId()));
        AuditEntry again = act("requestApproval", Shows.NEW, wish);
        Api another = stories.api(stories.secret(Set.of(Permission.values())));
        AuditEntry decided = act(another, "decideApproval", Shows.OTHER, Map.of("request", again.subjectId(), "version", 1, "verdict", "REJECT", "comment", "Not this year"));
        assertThat(decided.reason()).isEqualTo("Not this year");
    }

    private void bring() {
        act("openRevenueHistory", Shows.NEW, Map.of("name", "past.csv"));
        Instant now = stories.clock().instant();
        Map<String, Object> range = Map.of("account", acme, "meters", List.of(story.key("calls")), "from", now.minus(Duration.ofHours(9)).toString(), "until", now.toString(), "reason", "Lost");
        Map<String, Object> first = Map.of("backfill", act("openUsageBackfill", Shows.NEW, range).subjectId());
        act("applyUsageBackfill", Shows.OTHER, first);
        act("reverseUsageBackfill", Shows.OTHER, first);
        act("discardUsageBackfill", Shows.OTHER, Map.of("backfill", act("openUsageBackfill", Shows.NEW, range).subjectId()));
    }
}
