package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Mortality;
import dev.headroom.Mortality.Death;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A roll-out can be held up, ended and taken up again by people, and by processes that die: each account is moved once or not at all. */
@HeadroomTest
class RolloutTurnStoryTest {

    private static final int STATEMENTS_APART = 3;
    private static final Map<String, Object> NOW = Map.of("timing", "NOW");

    @Autowired
    Stories stories;

    @Autowired
    ApplicationContext headroom;

    @Autowired
    RolloutRuns runs;

    @Autowired
    Mortality mortality;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private RolloutDesk desk;

    @BeforeEach
    void begin() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new RolloutDesk(story, headroom);
        desk.sell();
        Map<String, Object> unannounced = RolloutDesk.usual();
        unannounced.put("riseNoticeDays", 0);
        desk.policy(unannounced);
        // What others have left would take the steps that are counted here.
        desk.work();
    }

    @AfterEach
    void holdToWhatIsUsual() {
        desk.policy(RolloutDesk.usual());
    }

    private List<String> bought(int count) {
        return IntStream.range(0, count).mapToObj(i -> desk.bought("account" + i, Map.of("seats", 1))).toList();
    }

    private static long in(Map<String, String> accounts, String state) {
        return accounts.values().stream().filter(each -> each.startsWith(state)).count();
    }

    @Test
    void nobodyIsMovedWhileItIsHeldUp() {
        bought(3);
        JsonNode rollout = desk.published("1500", NOW);
        runs.sweep(2);
        assertThat(in(desk.accounts(rollout), "MOVED")).isEqualTo(1);
        assertThat(desk.turn("pauseRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutPaused");
        desk.work();
        stories.pass(Duration.ofDays(1));
        desk.work();
        assertThat(in(desk.accounts(rollout), "MOVED")).isEqualTo(1);
        JsonNode next = desk.drafted(story.backend(), "1600");
        assertThat(desk.refused(next, desk.looked(next), Map.of("timing", "NEW_ONLY"), null)).isEqualTo("RolloutNotOver");

        assertThat(desk.turn("resumeRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutResumed");
        desk.work();
        assertThat(in(desk.accounts(rollout), "MOVED")).isEqualTo(3);
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");
        assertThat(desk.turn("pauseRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutStateForbids");
    }

    @Test
    void whoeverWaitsKeepsTheVersionOnceItIsStopped() {
        List<String> all = bought(2);
        JsonNode rollout = desk.published("1500", Map.of("timing", "AT_RENEWAL"));
        runs.sweep(2);
        assertThat(desk.accounts(rollout).values()).containsExactlyInAnyOrder("SCHEDULED", "WAITING");
        assertThat(desk.turn("withdrawVersion", rollout).at("/__typename").asString()).isEqualTo("VersionInUse");
        assertThat(desk.turn("stopRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutStopped");
        desk.work();
        assertThat(desk.accounts(rollout).values()).containsOnly("SKIPPED STOPPED");
        assertThat(desk.turn("resumeRollout", rollout).at("/__typename").asString()).isEqualTo("RolloutStateForbids");
        stories.pass(Duration.ofDays(32));
        assertThat(all).allSatisfy(account -> assertThat(desk.recurring(account)).isEqualTo(1_000));
        assertThat(desk.turn("withdrawVersion", rollout).at("/__typename").asString()).isEqualTo("VersionWithdrawn");
    }

    @Test
    void severalAtWorkMoveEachOnce() throws Exception {
        List<String> all = bought(4);
        JsonNode rollout = desk.published("1500", NOW);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Callable<Void> work = () -> {
                desk.work();
                return null;
            };
            for (Future<Void> done : both.invokeAll(List.of(work, work))) {
                done.get();
            }
        }
        desk.work();
        assertThat(desk.accounts(rollout).values()).hasSize(all.size()).containsOnly("MOVED 500");
        assertThat(invoices(all)).containsOnly(2);
    }

    @Test
    void whoeverGoesToAnotherPlanWhileItWaitsIsNotMoved() {
        String account = bought(1).getFirst();
        JsonNode rollout = desk.published("1500", Map.of("timing", "AT_RENEWAL"));
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "SCHEDULED"));
        story.accept(story.token(account, Map.of("plan", story.key("team"), "when", "NOW"))).at("/changePlan/change/id");
        stories.pass(Duration.ofDays(32));
        desk.work();
        assertThat(desk.accounts(rollout).get(account)).startsWith("SKIPPED");
        assertThat(desk.recurring(account)).isEqualTo(2_500);
    }

    @Test
    void whatFailedIsTriedAgain() {
        String good = desk.bought("good", Map.of("seats", 1));
        String broke = desk.bought("broke", Map.of("seats", 1));
        story.card(broke, "pm_card_chargeCustomerFail");
        JsonNode rollout = desk.published("1500", NOW);
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(good, "MOVED 500"), Map.entry(broke, "FAILED DECLINED"));
        assertThat(desk.recurring(broke)).isEqualTo(1_000);
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");

        story.card(broke, "pm_card_visa");
        JsonNode retried = story.backend().ask("mutation ($input: RetryRolloutInput!) { retryRollout(input: $input) { ... on RolloutRetried { accounts rollout { state } } } }",
                "input", Map.of("rollout", rollout.at("/id").asString())).at("/retryRollout");
        assertThat(retried.at("/accounts").asInt()).isEqualTo(1);
        assertThat(retried.at("/rollout/state").asString()).isEqualTo("RUNNING");
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(good, "MOVED 500"), Map.entry(broke, "MOVED 500"));
        assertThat(desk.read(rollout).at("/state").asString()).isEqualTo("DONE");
    }

    @Test
    void anAccountSeesWhatComesToItAndCannotTakeItBack() {
        String account = desk.bought("account", Map.of("seats", 1));
        String other = desk.bought("other", Map.of("seats", 1));
        JsonNode rollout = desk.published("1500", Map.of("timing", "AT_RENEWAL", "segment", Map.of("accounts", List.of(account))));
        desk.work();
        Api ann = token(account);
        assertThat(desk.coming(ann, null)).hasSize(1);
        assertThat(desk.coming(token(other), null)).isEmpty();
        assertThat(ann.ask("query ($account: String) { comingVersions(account: $account) { plan } }", "account", other).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(ann.ask("query ($id: ID!) { rollout(id: $id) { id } }", "id", rollout.at("/id").asString()).errorCode()).isEqualTo("FORBIDDEN");
        String change = story.backend().ask("query ($key: String) { account(key: $key) { subscription { scheduledChanges { id } } } }", "key", account)
                .text("/account/subscription/scheduledChanges/0/id");
        assertThat(ann.ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "change", change)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "SCHEDULED"));
    }

    @Test
    void whatItWasToldOfItSeesBilledBeforeItIsCharged() {
        String account = desk.bought("account", Map.of("seats", 2));
        desk.published("1500", Map.of("timing", "NOW", "noticeDays", 20, "segment", Map.of("accounts", List.of(account))));
        desk.work();
        String previewed = "{ comingVersions { version preview { when dueNow { amountMinor } lines { amount { amountMinor } } recurring { after { amountMinor } } } } }";
        stories.pass(Duration.ofDays(20).plusSeconds(1));
        Api ann = token(account);
        JsonNode preview = ann.ask(previewed).at("/comingVersions/0/preview");
        assertThat(preview.at("/when").asString()).isEqualTo("NOW");
        assertThat(preview.at("/lines").size()).isEqualTo(2);
        assertThat(preview.at("/recurring/after/amountMinor").asLong()).isEqualTo(3_000);
        JsonNode rollout = story.backend().ask("query ($plan: String) { rollouts(plan: $plan) { edges { node { id } } } }", "plan", desk.plan()).at("/rollouts/edges/0/node");
        desk.work();
        assertThat(desk.accounts(rollout)).containsOnly(Map.entry(account, "MOVED " + preview.at("/dueNow/amountMinor").asLong()));
        assertThat(preview.at("/dueNow/amountMinor").asLong()).isPositive();
        assertThat(ann.ask(previewed).at("/comingVersions").size()).isZero();
    }

    private Api token(String account) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "key", "ann", "name", "Ann", "email", "ann@example.com")).at("/addMember");
        return new Api(stories.url(), story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", "ann", "permissions", List.of("READ", "QUOTE", "CHANGE"))).text("/createAccountToken/token"));
    }

    @Test
    void whoeverDiesOverWhicheverStatementEachAccountIsChargedOnce() throws StripeException {
        List<String> all = bought(20);
        JsonNode rollout = desk.published("1500", NOW);
        stories.pass(Duration.ofSeconds(1));
        runs.sweep(all.size());
        assertThat(in(desk.accounts(rollout), "NOTIFIED")).isEqualTo(all.size());
        int died = 0;
        int sent = 2;
        while (died(sent)) {
            died++;
            sent += STATEMENTS_APART;
        }
        assertThat(died).as("a move that sends " + sent + " statements dies over many of them").isGreaterThan(6).isLessThan(all.size());
        for (int i = 0; i < 4; i++) {
            stories.pass(Duration.ofMinutes(6));
            desk.work();
        }
        assertThat(desk.accounts(rollout).values()).containsOnly("MOVED 500");
        assertThat(all).allSatisfy(account -> assertThat(desk.recurring(account)).isEqualTo(1_500));
        assertThat(invoices(all)).containsOnly(2);
    }

    private List<Integer> invoices(List<String> all) throws StripeException {
        List<Integer> invoices = new ArrayList<>();
        for (String account : all) {
            String customer = String.valueOf(accounts.meant(new Actor.System("test"), account).stripeCustomer());
            invoices.add(stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData().size());
        }
        return invoices;
    }

    /** False where it lived, and was done with. */
    private boolean died(int sent) {
        try {
            mortality.dyingAfter(sent, () -> runs.sweep(1));
            return false;
        } catch (Death expected) {
            return true;
        }
    }
}
