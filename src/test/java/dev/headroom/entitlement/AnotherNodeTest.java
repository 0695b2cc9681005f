package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.entitlement.Grants.GrantResult.FeatureGranted;
import dev.headroom.entitlement.UseResult.Consumed;
import dev.headroom.entitlement.UseResult.UseDenied;
import dev.headroom.entitlement.Uses.Use;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.postgres.Outages;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.Consumptions;
import dev.headroom.usage.TermsVersions;
import dev.headroom.usage.Usages;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** A second node, with memory of its own, that no broadcast ever reaches. */
@HeadroomTest
class AnotherNodeTest {

    private static final Actor.System SOMEBODY = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Accounts accounts;

    @Autowired
    Catalog catalog;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    TermsVersions versions;

    @Autowired
    Consumptions consumptions;

    @Autowired
    Usages usages;

    @Autowired
    Seats seats;

    @Autowired
    Notices notices;

    @Autowired
    NoticeRepository written;

    @Autowired
    ApplicationEventPublisher publisher;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Outages outages;

    @Autowired
    GrantRepository grants;

    @Autowired
    RuleRepository rules;

    @Autowired
    Grants elsewhere;

    @Autowired
    RollOuts rollOuts;

    private Story story;
    private String acme;
    private RememberedTerms memory;
    private Uses uses;
    private Entitlements entitlements;

    @BeforeEach
    void aNodeThatKnowsAnAccountOnTheFreePlan() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "free", 0);
        memory = new RememberedTerms(accounts, catalog, subscriptions, versions, new RememberedSources(grants, rules, stories.clock()), outages);
        uses = new Uses(accounts, catalog, memory, consumptions, stories.clock());
        entitlements = new Entitlements(memory, catalog, usages, seats, notices, outages, stories.clock());
        assertThat(remaining(null)).isEqualTo(100);
    }

    @Test
    void consumesWhatWasBoughtElsewhereAMomentAgo() {
        upgrade();

        assertThat(uses.consume(SOMEBODY, use("a", 900))).isInstanceOf(Consumed.class);
        assertThat(uses.consume(SOMEBODY, use("b", 101))).isInstanceOf(UseDenied.class);
    }

    @Test
    void answersFromBeforeAChangeUnlessItIsToldOfIt() {
        upgrade();
        String token = story.backend().ask("query ($key: String) { account(key: $key) { consistencyToken } }", "key", acme).text("/account/consistencyToken");

        assertThat(remaining(null)).isEqualTo(100);
        assertThat(remaining(token)).isEqualTo(1_000);
        assertThat(remaining(null)).isEqualTo(1_000);
    }

    @Test
    void ofManyAccountsThoseAloneAreReadAgainOfWhichItIsTold() {
        AccountId first = accounts.meant(SOMEBODY, acme).id();
        AccountId other = accounts.meant(SOMEBODY, story.subscribed("beta", "free", 0)).id();
        List<String> calls = List.of(story.key("calls"));
        assertThat(entitlements.check(SOMEBODY, List.of(first, other), calls, 0).get(other).getFirst().remaining()).isEqualTo(100);
        String token = upgrade();

        Map<AccountId, List<Entitlement>> told = entitlements.check(SOMEBODY, List.of(other, first), calls, 0L, List.of(token));

        assertThat(told.get(first).getFirst().remaining()).isEqualTo(1_000);
        assertThat(told.get(other).getFirst().remaining()).isEqualTo(100);
        assertThatThrownBy(() -> entitlements.check(SOMEBODY, List.of(other), calls, 0L, List.of(token)))
                .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("consistencyTokens[0]"));
    }

    @Test
    void answersRightWithWhatTheChangeItselfHandedOut() {
        String token = upgrade();

        assertThat(remaining(token)).isEqualTo(1_000);
    }

    @Test
    void answersRightWithWhatAStartHandedOut() {
        String beta = story.account("beta");
        Account account = accounts.meant(SOMEBODY, beta);
        List<String> calls = List.of(story.key("calls"));
        assertThat(entitlements.check(SOMEBODY, account.id(), calls, 1).getFirst().allowed()).isFalse();
        String token = story.backend().ask("""
                mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { ... on SubscriptionStarted { consistencyToken } } }""",
                "input", Map.of("idempotencyKey", story.key("start"), "account", beta, "plan", story.key("free"))).text("/startSubscription/consistencyToken");

        assertThat(entitlements.check(SOMEBODY, account.id(), calls, 1).getFirst().allowed()).isFalse();
        assertThat(entitlements.check(SOMEBODY, account.id(), calls, 1L, token).getFirst().allowed()).isTrue();
    }

    @Test
    void consumesWhatWasGrantedElsewhereAndStopsWhenItIsTakenBackThere() {
        String grant = grant();

        assertThat(uses.consume(SOMEBODY, use("a", 400))).isInstanceOf(Consumed.class);
        elsewhere.revoke(SOMEBODY, grant, "enough");
        assertThat(uses.consume(SOMEBODY, use("b", 1))).isInstanceOf(UseDenied.class);
    }

    @Test
    void answersFromBeforeAGrantUnlessItIsToldOfIt() {
        grant();
        String token = story.backend().ask("query ($key: String) { account(key: $key) { consistencyToken } }", "key", acme).text("/account/consistencyToken");

        assertThat(remaining(null)).isEqualTo(100);
        assertThat(remaining(token)).isEqualTo(500);
    }

    @Test
    void learnsOfARollOutWithTheVersionAlone() {
        rollOuts.set(SOMEBODY, story.key("sso"), 100);
        String token = entitlements.consistencyToken(SOMEBODY, accounts.meant(SOMEBODY, acme).id());

        assertThat(allowed("sso", null)).isFalse();
        assertThat(allowed("sso", token)).isTrue();
    }

    @Test
    void withoutTheDatabaseAnAnswerThatMayBeOlderThanTheTokenSaysSo() {
        String token = upgrade();
        during(() -> {
            Entitlement answer = calls(token);

            assertThat(answer.remaining()).isEqualTo(100);
            assertThat(answer.degraded()).isTrue();
        });

        assertThat(calls(token).remaining()).isEqualTo(1_000);
        assertThat(calls(token).degraded()).isFalse();
    }

    @Test
    void withoutTheDatabaseAnAccountThatItWasNeverAskedAboutIsLeftOut() {
        AccountId known = accounts.meant(SOMEBODY, acme).id();
        AccountId unknown = accounts.meant(SOMEBODY, story.subscribed("beta", "free", 0)).id();
        during(() -> assertThat(entitlements.check(SOMEBODY, List.of(known, unknown), List.of(story.key("calls")), 0)).containsOnlyKeys(known));

        assertThat(entitlements.check(SOMEBODY, List.of(known, unknown), List.of(story.key("calls")), 0)).containsOnlyKeys(known, unknown);
    }

    @Test
    void tellsNobodyAgainOfAnAmountThatAChangeElsewhereReplaced() {
        AccountId id = accounts.meant(SOMEBODY, acme).id();
        story.record(List.of(Map.of("id", "a", "account", acme, "meter", story.key("calls"), "quantity", 75)));
        assertThat(thresholds(id)).containsExactly(70);
        Notices here = new Notices(memory, catalog, usages, written, publisher, transaction, stories.clock());
        upgrade();

        transaction.executeWithoutResult(_ -> here.consider(usages.hold(SOMEBODY, id)));

        assertThat(thresholds(id)).as("75 is little of 1,000, though this node still knows of 100").containsExactly(70);
    }

    private List<Integer> thresholds(AccountId account) {
        return notices.newest(SOMEBODY, List.of(account), 100).getOrDefault(account, List.of()).stream().map(Notice::percent).toList();
    }

    /** The clock stands, so nobody tries again before a second is over. */
    private void during(Runnable asking) {
        outages.begins(new SQLTransientConnectionException("no connection"));
        try {
            asking.run();
        } finally {
            stories.clock().advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> accounts.byId(SOMEBODY, new AccountId(Ids.next()))).as("what was never known is asked of the database").isNotNull();
        }
    }

    private Entitlement calls(String token) {
        return entitlements.check(SOMEBODY, accounts.meant(SOMEBODY, acme).id(), List.of(story.key("calls")), 0L, token).getFirst();
    }

    private boolean allowed(String feature, String token) {
        return entitlements.check(SOMEBODY, accounts.meant(SOMEBODY, acme).id(), List.of(story.key(feature)), 0L, token).getFirst().allowed();
    }

    private String grant() {
        GrantFeature command = new GrantFeature(
                "once", acme, story.key("calls"), Grant.Kind.COURTESY, 500L, null, null, "why not", null, null);
        return ((FeatureGranted) elsewhere.grant(new Actor.System("test-" + acme), command)).grant().id().toString();
    }

    private String upgrade() {
        story.card(acme, "pm_card_visa");
        return story.accept(story.token(acme, Map.of("plan", story.key("starter")))).text("/changePlan/consistencyToken");
    }

    private Long remaining(String token) {
        Account account = accounts.meant(SOMEBODY, acme);
        return entitlements.check(SOMEBODY, account.id(), List.of(story.key("calls")), 0L, token).getFirst().remaining();
    }

    private Use use(String key, long quantity) {
        return new Use(key, acme, story.key("calls"), quantity, null);
    }
}
