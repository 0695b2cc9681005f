package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What an account has beside what it bought: given to it, rolled out to it, or earned; in force with the next question, and for its time. */
@HeadroomTest
class GrantStoryTest {

    private static final String GRANT = """
            grant { id account { key } feature { key } kind units setting reason from until state givenBy revocation { at by reason } }""";
    private static final String SOURCES = """
            allowed reason limit used remaining setting validUntil source { plan { key } } unlockedBy { plan { key } }
            sources { kind limit setting planVersion { plan { key } } grant { id kind until } }""";

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountOnTheFreePlan() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "free", 0);
    }

    @Test
    void whatIsGrantedIsUsedWithTheNextRequestAndEndsByTheClock() {
        assertThat(consume("a", 101)).isEqualTo("UseDenied");

        JsonNode grant = grant(Map.of("feature", story.key("calls"), "kind", "TRIAL", "units", 500, "until", in(Duration.ofDays(14)))).at("/grantFeature/grant");

        assertThat(grant.at("/state").asString()).isEqualTo("ACTIVE");
        assertThat(consume("a", 101)).isEqualTo("Consumed");
        JsonNode now = entitlement(acme, "calls");
        assertThat(now.at("/limit").asLong()).isEqualTo(500);
        assertThat(now.at("/remaining").asLong()).isEqualTo(399);
        assertThat(now.at("/validUntil").asString()).isEqualTo(grant.at("/until").asString());
        assertThat(now.at("/source/plan/key").asString()).isEqualTo(story.key("free"));
        assertThat(kinds(now)).containsExactly("GRANT", "PLAN");
        assertThat(now.at("/sources/0/grant/id")).isEqualTo(grant.at("/id"));
        assertThat(now.at("/sources/1/limit").asLong()).isEqualTo(100);

        stories.pass(Duration.ofDays(14).minusSeconds(1));
        assertThat(consume("b", 1)).isEqualTo("Consumed");
        stories.pass(Duration.ofSeconds(1));
        assertThat(consume("c", 1)).isEqualTo("UseDenied");
        assertThat(kinds(entitlement(acme, "calls"))).containsExactly("PLAN");
        assertThat(grants(acme).at("/0/state").asString()).isEqualTo("EXPIRED");
        assertThat(revoke(grant.at("/id").asString()).text("/revokeGrant/__typename")).isEqualTo("GrantEnded");
    }

    @Test
    void whatBeginsLaterWaitsForItsTime() {
        grant(Map.of("feature", story.key("calls"), "kind", "PROMOTION", "units", 500, "from", in(Duration.ofHours(1)), "until", in(Duration.ofHours(2))))
                .at("/grantFeature/grant");

        assertThat(grants(acme).at("/0/state").asString()).isEqualTo("PENDING");
        assertThat(consume("a", 101)).isEqualTo("UseDenied");
        stories.clock().advance(Duration.ofHours(1));
        assertThat(consume("a", 101)).isEqualTo("Consumed");
        stories.clock().advance(Duration.ofHours(1));
        assertThat(consume("b", 1)).isEqualTo("UseDenied");
    }

    @Test
    void whatIsTakenBackStopsWithTheNextRequestAndIsRemembered() {
        String courtesy = id(grant(Map.of("feature", story.key("calls"), "kind", "COURTESY", "unlimited", true)));
        assertThat(consume("a", 5_000)).isEqualTo("Consumed");
        assertThat(entitlement(acme, "calls").at("/reason").asString()).isEqualTo("UNLIMITED");

        assertThat(revoke(courtesy).text("/revokeGrant/__typename")).isEqualTo("GrantRevoked");

        assertThat(consume("b", 1)).isEqualTo("UseDenied");
        assertThat(revoke(courtesy).text("/revokeGrant/__typename")).isEqualTo("GrantRevoked");
        JsonNode kept = grants(acme).at("/0");
        assertThat(kept.at("/state").asString()).isEqualTo("REVOKED");
        assertThat(kept.at("/revocation/reason").asString()).isEqualTo("enough");
        assertThat(kept.at("/givenBy").asString()).startsWith("api-key:");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind } } }", "key", acme).at("/account/limitNotices").valueStream()
                .map(notice -> notice.at("/kind").asString()))
                .as("what is used now passes the plan's limit and its thresholds")
                .containsExactlyInAnyOrder("LIMIT_HIT", "THRESHOLD_PASSED", "THRESHOLD_PASSED", "THRESHOLD_PASSED", "THRESHOLD_PASSED");
    }

    @Test
    void aGateASettingAndAFeatureOfAProductThatWasNotBought() {
        String stranger = story.account("stranger");
        grant(acme, Map.of("feature", story.key("sso"), "kind", "BETA"));
        grant(acme, Map.of("feature", story.key("support"), "kind", "COURTESY", "setting", "priority"));
        grant(stranger, Map.of("feature", story.key("calls"), "kind", "COURTESY", "units", 10));

        assertThat(entitlement(acme, "sso").at("/allowed").asBoolean()).isTrue();
        assertThat(entitlement(acme, "sso").at("/source").isNull()).isTrue();
        assertThat(entitlement(acme, "sso").at("/unlockedBy/plan/key").asString()).as("for good").isEqualTo(story.key("pro"));
        assertThat(entitlement(acme, "support").at("/setting").asString()).isEqualTo("priority");
        assertThat(kinds(entitlement(acme, "support"))).containsExactly("GRANT", "PLAN");
        JsonNode all = story.backend().ask("query ($key: String) { account(key: $key) { entitlements { feature { key } remaining } meters { limit } } }", "key", stranger)
                .at("/account");
        assertThat(all.at("/entitlements").size()).isEqualTo(1);
        assertThat(all.at("/entitlements/0/feature/key").asString()).isEqualTo(story.key("calls"));
        assertThat(all.at("/entitlements/0/remaining").asLong()).isEqualTo(10);
        assertThat(all.at("/meters/0/limit").asLong()).isEqualTo(10);
        assertThat(consume(stranger, "a", 11)).isEqualTo("UseDenied");
        assertThat(consume(stranger, "a", 10)).isEqualTo("Consumed");
    }

    @Test
    void theMostGenerousWinsAndOfEqualOnesThePlanOrTheOneThatLastsLongest() {
        grant(Map.of("feature", story.key("calls"), "kind", "COURTESY", "units", 100));
        assertThat(kinds(entitlement(acme, "calls"))).containsExactly("PLAN", "GRANT");
        assertThat(entitlement(acme, "calls").at("/validUntil").isNull()).isTrue();

        grant(Map.of("feature", story.key("calls"), "kind", "TRIAL", "units", 300, "until", in(Duration.ofDays(2))));
        String longer = id(grant(Map.of("feature", story.key("calls"), "kind", "TRIAL", "units", 300, "until", in(Duration.ofDays(9)))));
        grant(Map.of("feature", story.key("calls"), "kind", "TRIAL", "units", 200, "until", in(Duration.ofDays(20))));

        assertThat(entitlement(acme, "calls").at("/sources/0/grant/id").asString()).isEqualTo(longer);
        assertThat(entitlement(acme, "calls").at("/limit").asLong()).isEqualTo(300);
    }

    @Test
    void theTokenOfAGrantIsNewerAndAQuoteLooksAtWhatIsBought() {
        String before = token();
        grant(Map.of("feature", story.key("sso"), "kind", "TRIAL", "until", in(Duration.ofDays(14))));

        assertThat(token()).isNotEqualTo(before);
        JsonNode quote = story.quote(story.backend(), acme, Map.of("plan", story.key("pro"), "seats", 2)).at("/account/quote");
        assertThat(quote.at("/gains").toString()).contains(story.key("sso"));
    }

    @Test
    void theSameCommandTwiceAtOnceGivesOnce() throws Exception {
        Map<String, Object> input = input(acme, Map.of(
                "idempotencyKey", "once", "feature", story.key("calls"), "kind", "TRIAL", "units", 500, "until", in(Duration.ofDays(14))));

        List<String> made = atOnce(IntStream.range(0, 6).mapToObj(_ -> (Callable<String>) () -> id(send(story.backend(), input))).toList());

        assertThat(Set.copyOf(made)).hasSize(1);
        assertThat(grants(acme).size()).isEqualTo(1);
        stories.clock().advance(Duration.ofDays(15));
        assertThat(id(send(story.backend(), input))).as("also when it is over").isEqualTo(made.getFirst());
        input.put("units", 501);
        assertThat(send(story.backend(), input).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void whatCannotBeGivenIsRefusedAtItsField() {
        String soon = in(Duration.ofDays(1));
        Map<String, Object> calls = Map.of("feature", story.key("calls"), "kind", "TRIAL", "units", 1, "until", soon);
        assertThat(refusal(grant(with(calls, "feature", "nope")))).isEqualTo("NOT_FOUND input.feature");
        assertThat(refusal(grant("nobody", calls))).isEqualTo("NOT_FOUND key");
        assertThat(refusal(grant(with(calls, "units", -1)))).isEqualTo("INVALID_INPUT input.units");
        assertThat(refusal(grant(with(calls, "units", 0)))).isEqualTo("INVALID_INPUT input.units");
        assertThat(refusal(grant(with(calls, "unlimited", true)))).isEqualTo("INVALID_INPUT input.units");
        assertThat(refusal(grant(with(calls, "units", null)))).isEqualTo("INVALID_INPUT input.units");
        assertThat(refusal(grant(with(calls, "setting", "x")))).isEqualTo("INVALID_INPUT input.setting");
        assertThat(refusal(grant(with(calls, "reason", " ")))).isEqualTo("INVALID_INPUT input.reason");
        assertThat(refusal(grant(with(calls, "until", in(Duration.ZERO))))).isEqualTo("INVALID_INPUT input.until");
        assertThat(refusal(grant(with(calls, "until", null)))).isEqualTo("INVALID_INPUT input.until");
        assertThat(refusal(grant(with(calls, "until", "+100000-01-01T00:00:00Z")))).isEqualTo("INVALID_INPUT input.until");
        assertThat(refusal(grant(with(calls, "from", soon)))).isEqualTo("INVALID_INPUT input.until");
        assertThat(refusal(grant(with(calls, "from", "1970-01-01T00:00:00Z")))).isEqualTo("INVALID_INPUT input.from");
        assertThat(refusal(grant(with(calls, "feature", story.key("sso"))))).isEqualTo("INVALID_INPUT input.units");
        assertThat(refusal(grant(with(calls, "feature", story.key("seats"))))).isEqualTo("INVALID_INPUT input.feature");
        assertThat(refusal(grant(Map.of("feature", story.key("support"), "kind", "BETA")))).isEqualTo("INVALID_INPUT input.setting");
        assertThat(refusal(revoke("x"))).isEqualTo("NOT_FOUND input.grant");
        assertThat(refusal(rollOut("sso", 101))).isEqualTo("INVALID_INPUT input.percent");
        assertThat(refusal(rollOut("sso", -1))).isEqualTo("INVALID_INPUT input.percent");
        assertThat(refusal(rollOut("calls", 10))).isEqualTo("INVALID_INPUT input.feature");
        assertThat(refusal(unlockRule("sso", "seats", 1))).isEqualTo("INVALID_INPUT input.meter");
        assertThat(refusal(unlockRule("calls", "calls", 1))).isEqualTo("INVALID_INPUT input.feature");
        assertThat(refusal(unlockRule("sso", "calls", 0))).isEqualTo("INVALID_INPUT input.units");
        assertThat(grants(acme).size()).isZero();
    }

    @Test
    void whoMayDoWhat() {
        grant(Map.of("feature", story.key("sso"), "kind", "BETA"));
        Map<String, Object> more = input(acme, Map.of("idempotencyKey", "k", "feature", story.key("calls"), "kind", "BETA", "units", 1));
        Api reader = stories.api(stories.secret(Set.of(Permission.READ, Permission.CHANGE, Permission.USAGE)));
        Api accounts = stories.api(stories.secret(Set.of(Permission.READ, Permission.ACCOUNTS)));
        Api token = accountToken();

        assertThat(send(reader, more).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(send(token, more).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(token.ask("{ account { grants { kind reason } } }").text("/account/grants/0/kind")).isEqualTo("BETA");
        assertThat(token.ask("{ rollOuts { percent } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(token.ask("{ unlockRules { units } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(rollOut(accounts, "sso", 10).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(send(accounts, more).text("/grantFeature/__typename")).isEqualTo("FeatureGranted");
    }

    @Test
    void aRollOutGrowsAndNobodyFallsOut() {
        List<String> all = IntStream.range(0, 12).mapToObj(number -> story.subscribed("customer" + number, "free", 0)).toList();
        String stranger = story.account("stranger");

        Set<String> few = having(all, 30);
        Set<String> many = having(all, 70);

        assertThat(many).containsAll(few).hasSizeBetween(1, 12);
        assertThat(having(all, 100)).hasSize(12);
        assertThat(kinds(entitlement(all.getFirst(), "sso"))).containsExactly("ROLL_OUT");
        assertThat(entitlement(stranger, "sso").at("/allowed").asBoolean()).as("without a subscription").isFalse();
        assertThat(having(all, 30)).isEqualTo(few);
        assertThat(story.backend().ask("{ rollOuts { feature { key } percent } }").at("/rollOuts").valueStream()
                .filter(each -> each.at("/feature/key").asString().equals(story.key("sso"))).map(each -> each.at("/percent").asInt())).containsExactly(30);
        assertThat(having(all, 0)).isEmpty();
    }

    @Test
    void whoUsesEnoughUnlocksForGood() {
        String busy = story.subscribed("busy", "free", 0);
        story.record(List.of(event(busy, "a", 60)));
        assertThat(unlockRule("sso", "calls", 50).text("/setUnlockRule/__typename")).isEqualTo("UnlockRuleSet");

        assertThat(kinds(entitlement(busy, "sso"))).as("who had used so much before").containsExactly("UNLOCK");
        story.record(List.of(event(acme, "a", 49)));
        assertThat(entitlement(acme, "sso").at("/allowed").asBoolean()).isFalse();
        assertThat(consume("b", 1)).isEqualTo("Consumed");
        assertThat(kinds(entitlement(acme, "sso"))).containsExactly("UNLOCK");
        JsonNode unlock = story.backend().ask("query ($key: String) { account(key: $key) { unlocks { feature { key } meter { key } units at } } }", "key", acme)
                .at("/account/unlocks/0");
        assertThat(unlock.at("/units").asLong()).isEqualTo(50);
        assertThat(unlock.at("/meter/key").asString()).isEqualTo(story.key("calls"));

        story.backend().ask("mutation ($input: RemoveUnlockRuleInput!) { removeUnlockRule(input: $input) { ... on UnlockRuleRemoved { feature { key } } } }",
                "input", Map.of("feature", story.key("sso"))).at("/removeUnlockRule/feature");
        stories.pass(Duration.ofDays(31));
        assertThat(entitlement(acme, "sso").at("/allowed").asBoolean()).isTrue();
    }

    private Set<String> having(List<String> accounts, int percent) {
        rollOut("sso", percent).at("/setRollOut/rollOut");
        return Set.copyOf(accounts.stream().filter(account -> entitlement(account, "sso").at("/allowed").asBoolean()).toList());
    }

    private Api.Answer grant(Map<String, Object> what) {
        return grant(acme, what);
    }

    private Api.Answer grant(String account, Map<String, Object> what) {
        return send(story.backend(), input(account, what));
    }

    private static Map<String, Object> input(String account, Map<String, Object> what) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", account, "reason", "why not"));
        input.putAll(what);
        return input;
    }

    private static Map<String, Object> with(Map<String, Object> what, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(what);
        changed.put(field, value);
        return changed;
    }

    private static Api.Answer send(Api api, Map<String, Object> input) {
        return api.ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename ... on FeatureGranted { %s } } }".formatted(GRANT),
                "input", input);
    }

    private Api.Answer revoke(String grant) {
        return story.backend().ask("""
                mutation ($input: RevokeGrantInput!) { revokeGrant(input: $input) { __typename
                  ... on GrantRevoked { grant { state } } ... on GrantEnded { grant { state } } } }""", "input", Map.of("grant", grant, "reason", "enough"));
    }

    private Api.Answer rollOut(String feature, int percent) {
        return rollOut(story.backend(), feature, percent);
    }

    private Api.Answer rollOut(Api api, String feature, int percent) {
        return api.ask("mutation ($input: SetRollOutInput!) { setRollOut(input: $input) { ... on RollOutSet { rollOut { percent } } } }",
                "input", Map.of("feature", story.key(feature), "percent", percent));
    }

    @Test
    void aWindowThatRollsUnlocksByWhatIsInIt() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("rolls"), "key", story.key("rolls"), "name", "Rolls", "features", List.of(
                        Map.of("key", story.key("week"), "name", "Week", "kind", "METER", "reset", "ROLLING", "rollingDays", 7)))).at("/createProduct/product");
        String busy = story.subscribed("busy", "free", 0);
        use(acme, "a", 30);
        use(busy, "a", 60);
        stories.pass(Duration.ofDays(8));
        use(acme, "b", 30);
        unlockRule("sso", "week", 50).at("/setUnlockRule");

        assertThat(kinds(entitlement(acme, "sso"))).as("60 in all, 30 in the week").isEmpty();
        assertThat(kinds(entitlement(busy, "sso"))).as("60 more than a week ago").isEmpty();
        use(busy, "b", 49);
        assertThat(kinds(entitlement(busy, "sso"))).isEmpty();
        use(busy, "c", 1);
        assertThat(kinds(entitlement(busy, "sso"))).containsExactly("UNLOCK");
        use(acme, "c", 20);
        assertThat(kinds(entitlement(acme, "sso"))).containsExactly("UNLOCK");
    }

    @Test
    void whoHasUsedEnoughInTheWindowThatEndsNowHasItAtOnce() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("rolls"), "key", story.key("rolls"), "name", "Rolls", "features", List.of(
                        Map.of("key", story.key("week"), "name", "Week", "kind", "METER", "reset", "ROLLING", "rollingDays", 7)))).at("/createProduct/product");
        use(acme, "a", 50);
        unlockRule("sso", "week", 50).at("/setUnlockRule");

        assertThat(kinds(entitlement(acme, "sso"))).containsExactly("UNLOCK");
    }

    private void use(String account, String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", account, "meter", story.key("week"), "quantity", quantity))).at("/recordUsage");
    }

    private Api.Answer unlockRule(String feature, String meter, long units) {
        return story.backend().ask("mutation ($input: SetUnlockRuleInput!) { setUnlockRule(input: $input) { __typename } }",
                "input", Map.of("feature", story.key(feature), "meter", story.key(meter), "units", units));
    }

    private JsonNode grants(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { grants { state givenBy revocation { reason } } } }", "key", account)
                .at("/account/grants");
    }

    private JsonNode entitlement(String account, String feature) {
        return story.backend().ask("query ($account: String, $feature: String!) { entitlement(account: $account, feature: $feature, requested: 0) { %s } }"
                .formatted(SOURCES), "account", account, "feature", story.key(feature)).at("/entitlement");
    }

    private String token() {
        return story.backend().ask("query ($key: String) { account(key: $key) { consistencyToken } }", "key", acme).text("/account/consistencyToken");
    }

    private Api accountToken() {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { id } } } }", "input",
                Map.of("idempotencyKey", story.key("ann"), "account", acme, "key", "ann", "name", "Ann", "email", "ann@example.com")).at("/addMember/member");
        return stories.api(story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }", "input",
                Map.of("account", acme, "member", "ann", "permissions", List.of("READ", "QUOTE", "CHANGE"), "lifetimeSeconds", 900))
                .text("/createAccountToken/token"));
    }

    private String consume(String key, long quantity) {
        return consume(acme, key, quantity);
    }

    private String consume(String account, String key, long quantity) {
        return story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", key, "account", account, "feature", story.key("calls"), "quantity", quantity)).text("/consume/__typename");
    }

    private Map<String, Object> event(String account, String id, long quantity) {
        return Map.of("id", id, "account", account, "meter", story.key("calls"), "quantity", quantity);
    }

    private String in(Duration time) {
        Instant at = stories.clock().instant().plus(time);
        return at.toString();
    }

    private static List<String> kinds(JsonNode entitlement) {
        return entitlement.at("/sources").valueStream().map(source -> source.at("/kind").asString()).toList();
    }

    private static String id(Api.Answer granted) {
        return granted.text("/grantFeature/grant/id");
    }

    private static String refusal(Api.Answer answer) {
        return answer.errorCode() + " " + answer.body().at("/errors/0/extensions/field").asString();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
