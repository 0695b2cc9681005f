package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What waits is made in the order that its customer gives it. */
@HeadroomTest
class QueueStoryTest {

    private static final Duration OVER_A_MONTH = Duration.ofDays(35);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String acme;
    private String starter;
    private String pro;

    @BeforeEach
    void twoChangesOfPlanWait() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
        starter = wait(Map.of("plan", story.key("starter")));
        pro = wait(Map.of("plan", story.key("pro"), "when", "PERIOD_END"));
    }

    @Test
    void theOneThatIsMadeLastDecidesWhatStripeCharges() throws StripeException {
        assertThat(waiting()).containsExactly(starter + ": team → starter", pro + ": starter → pro");

        Api.Answer reordered = reorder(List.of(pro, starter), null);
        assertThat(reordered.text("/reorderPlanChanges/__typename")).isEqualTo("PlanChangesReordered");
        assertThat(ids(reordered)).containsExactly(pro, starter);
        assertThat(waiting()).containsExactly(pro + ": team → pro", starter + ": pro → starter");
        assertThat(nextInvoice()).isEqualTo(9_900);
        stories.pass(OVER_A_MONTH);

        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(9_900);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void anOrderOfSomethingElseIsRefusedWithWhatWaits() {
        String seats = wait(Map.of("seats", 7, "when", "PERIOD_END"));

        Api.Answer refused = reorder(List.of(pro, starter), null);
        assertThat(refused.text("/reorderPlanChanges/__typename")).isEqualTo("QueueHasChanged");
        assertThat(ids(refused)).containsExactly(starter, pro, seats);
        assertThat(reorder(List.of(pro, starter, seats), List.of(starter, pro, seats)).text("/reorderPlanChanges/__typename")).isEqualTo("PlanChangesReordered");
        assertThat(ids(reorder(List.of(starter, seats, pro), List.of(starter, pro, seats)))).as("seen before that").containsExactly(pro, starter, seats);
        assertThat(reorder(List.of(pro, pro, seats), null).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(reorder(List.of(), null).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(reorder(List.of("nonsense"), null).errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void nobodyReordersWhatAnotherAccountWaitsFor() {
        String globex = story.subscribed("globex", "team", 2);
        assertThat(reorder(globex, UUID.randomUUID().toString(), List.of(pro, starter), null).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(waiting().getFirst()).startsWith(starter);
    }

    @Test
    void theSameKeyReordersOnce() {
        String key = UUID.randomUUID().toString();
        reorder(acme, key, List.of(pro, starter), null).at("/reorderPlanChanges/changes");
        reorder(List.of(starter, pro), null).at("/reorderPlanChanges/changes");
        assertThat(ids(reorder(acme, key, List.of(pro, starter), null))).containsExactly(starter, pro);
        assertThat(reorder(acme, key, List.of(starter, pro), null).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void anOrderIsFollowedUpThatStripeDidNotAnswer() throws StripeException {
        String key = UUID.randomUUID().toString();
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 503, "api_error")) {
            assertThat(reorder(acme, key, List.of(pro, starter), null).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(reorder(acme, key, List.of(pro, starter), null).text("/reorderPlanChanges/__typename")).isEqualTo("ChangeInProgress");

        stories.pass(Duration.ofMinutes(3));
        assertThat(ids(reorder(acme, key, List.of(pro, starter), null))).containsExactly(pro, starter);
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(9_900);
    }

    @Test
    void anOrderThatStripeRefusesLeavesTheOneBefore() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/.*", 400, "resource_missing")) {
            Api.Answer refused = reorder(List.of(pro, starter), null);
            assertThat(refused.text("/reorderPlanChanges/__typename")).isEqualTo("ReorderRefused");
            assertThat(refused.text("/reorderPlanChanges/code")).isEqualTo("resource_missing");
        }
        assertThat(waiting()).containsExactly(starter + ": team → starter", pro + ": starter → pro");
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(4_900);
    }

    @Test
    void whatIsChargedIsToldAndWhatWaitsThatStripeRefusesIsOver() throws StripeException {
        Api.Answer more;
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 400, "price_inactive")) {
            more = story.accept(story.token(acme, Map.of("seats", 8)));
        }
        assertThat(more.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(story.accept(story.token(acme, Map.of("seats", 9))).text("/changePlan/change/state")).isEqualTo("APPLIED");

        assertThat(states()).containsExactly("APPLIED", "APPLIED", "REFUSED price_inactive", "REFUSED price_inactive");
        assertThat(waiting()).isEmpty();
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).as("Stripe makes nothing of it").isEqualTo(9 * 2_500);
    }

    @Test
    void whatIsChargedIsToldAndWhatWaitsFollowsWhenStripeAnswers() throws StripeException {
        Api.Answer more;
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 503, "api_error")) {
            more = story.accept(story.token(acme, Map.of("seats", 8)));
        }
        assertThat(more.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(states()).containsExactly("APPLIED", "REQUESTED", "SCHEDULED");

        stories.pass(Duration.ofMinutes(3));
        assertThat(waiting()).containsExactly(starter + ": team → starter", pro + ": starter → pro");
        stories.settle();
        story.accept(story.token(acme, Map.of("seats", 9))).at("/changePlan/change");
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(4_900);
    }

    @Test
    void whatIsTakenBackIsOverAlthoughStripeRefusesTheRest() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 400, "price_inactive")) {
            assertThat(story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                    "input", Map.of("account", acme, "change", pro, "idempotencyKey", pro)).text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
        }
        assertThat(states()).containsExactly("CANCELED", "REFUSED price_inactive");
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
    }

    @RepeatedTest(3)
    void ofTwoAtOnceOneIsFollowedAndTheOtherIsToldTheNewOrder() throws Exception {
        String seats = wait(Map.of("seats", 7, "when", "PERIOD_END"));
        List<List<String>> orders = List.of(List.of(pro, starter, seats), List.of(seats, pro, starter));
        CyclicBarrier together = new CyclicBarrier(2);
        List<Api.Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> running = orders.stream().map(order -> threads.submit(() -> {
                together.await();
                return reorder(order, List.of(starter, pro, seats));
            })).toList();
            for (Future<Api.Answer> each : running) {
                answers.add(each.get());
            }
        }

        List<String> told = answers.stream().map(answer -> answer.text("/reorderPlanChanges/__typename")).toList();
        assertThat(told).containsExactlyInAnyOrder("PlanChangesReordered", "QueueHasChanged");
        List<String> won = orders.get(told.indexOf("PlanChangesReordered"));
        assertThat(ids(answers.get(told.indexOf("QueueHasChanged")))).isEqualTo(won);
        assertThat(waiting().stream().map(line -> line.substring(0, line.indexOf(':'))).toList()).isEqualTo(won);
    }

    private String wait(Map<String, Object> change) {
        return story.accept(story.token(acme, change)).text("/changePlan/change/id");
    }

    private Api.Answer reorder(List<String> order, @Nullable List<String> seen) {
        return reorder(acme, UUID.randomUUID().toString(), order, seen);
    }

    private Api.Answer reorder(String account, String key, List<String> order, @Nullable List<String> seen) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", key, "account", account, "order", order));
        input.put("seen", seen);
        return story.backend().ask("""
                mutation ($input: ReorderPlanChangesInput!) { reorderPlanChanges(input: $input) { __typename
                  ... on PlanChangesReordered { changes { id } account { key } } ... on QueueHasChanged { changes { id } } ... on ReorderRefused { code message } } }""",
                "input", input);
    }

    private static List<String> ids(Api.Answer answer) {
        return answer.at("/reorderPlanChanges/changes").valueStream().map(change -> change.at("/id").asString()).toList();
    }

    private List<String> waiting() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { scheduledChanges { id from { plan { name } } to { plan { name } } } } } }""", "key", acme)
                .at("/account/subscription/scheduledChanges").valueStream().map(QueueStoryTest::line).toList();
    }

    private static String line(JsonNode change) {
        return change.at("/id").asString() + ": " + change.at("/from/plan/name").asString() + " → " + change.at("/to/plan/name").asString();
    }

    /** Newest first, with what failed. */
    private List<String> states() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", acme)
                .at("/account/planChanges").valueStream().map(change -> (change.at("/state").asString() + " " + change.at("/failureCode").asString("")).strip()).toList();
    }

    private long nextInvoice() {
        return story.quote(story.backend(), acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))))
                .at("/account/quote/nextInvoice/due/amountMinor").asLong() - 2_900;
    }

    private List<Invoice> invoices() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData();
    }
}
