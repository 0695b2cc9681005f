package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** While something is done at once, Stripe holds nothing of what waits: it would be made of a subscription that is something else by then, and billed. */
@HeadroomTest
class KeptFromStripeStoryTest {

    private static final Duration LEASE_OVER = Duration.ofMinutes(3);
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
    private Instant until;

    @BeforeEach
    void aYearWaitsForTheEndOfTheMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
        until = Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
        story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).at("/changePlan/change");
    }

    @Test
    void aYearThatWasBilledAndNeverToldIsNotBilledAgainWhenTheMonthEnds() throws StripeException {
        unanswered(Map.of("interval", "YEAR", "when", "NOW"));

        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        assertThat(invoices()).hasSize(2);
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isZero();
    }

    @Test
    void whatWaitsIsMadeOfWhatWasMadeAtOnceAlthoughNobodyWasTold() throws StripeException {
        unanswered(Map.of("seats", 8));
        assertThat(stripes().getSchedule()).as("nobody tells Stripe yet what to make of eight").isNull();

        stories.pass(LEASE_OVER);
        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(invoices()).hasSize(3);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(8 * 25_000);
    }

    @Test
    void whereNobodyIsThereUntilTheMonthIsOverItIsSaidToBeMissed() throws StripeException {
        unanswered(Map.of("seats", 8));

        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("APPLIED", "ABANDONED not_made");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(8 * 2_500);
        assertThat(stripes().getSchedule()).isNull();
        assertThat(story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
    }

    @Test
    void whatStripeNeverHeardOfIsMadeByWhoeverComesNextAndTheRestWaitsOn() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.token(acme, Map.of("seats", 8))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(stripes().getSchedule()).isNull();

        stories.pass(LEASE_OVER);

        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        assertThat(stripes().getSchedule()).isNotNull();
    }

    @Test
    void whatExpiresBeforeStripeHearsOfItLeavesTheRestWaiting() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.token(acme, Map.of("seats", 8))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(Duration.ofMinutes(20));

        assertThat(states()).containsExactly("ABANDONED quote_expired", "SCHEDULED");
        theYearIsMade(5);
    }

    @Test
    void aCardThatIsDeclinedLeavesTheRestWaiting() throws StripeException {
        story.card(acme, "pm_card_chargeCustomerFail");
        assertThat(story.accept(story.token(acme, Map.of("seats", 8))).text("/changePlan/__typename")).isEqualTo("PaymentDeclined");
        story.card(acme, "pm_card_visa");

        assertThat(stripes().getSchedule()).isNotNull();
        theYearIsMade(5);
    }

    @Test
    void whatStripeRefusesLeavesTheRestWaiting() throws StripeException {
        String token = story.token(acme, Map.of("seats", 8));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 400, "parameter_invalid")) {
            assertThat(story.accept(token).text("/changePlan/__typename")).isEqualTo("ChangeRefused");
        }
        theYearIsMade(5);
    }

    @Test
    void anEndAtOnceThatStripeRefusesLeavesTheRestWaiting() throws StripeException {
        String token = story.token(acme, Map.of("cancel", true, "when", "NOW"));
        try (StripeWireCheck.Trouble _ = wire.trouble("DELETE /v1/subscriptions/.*", 400, "parameter_invalid")) {
            assertThat(story.accept(token).text("/changePlan/__typename")).isEqualTo("ChangeRefused");
        }
        theYearIsMade(5);
    }

    @Test
    void aChangeThatIsGivenUpLeavesTheRestWaiting() throws StripeException {
        Api.Answer waiting = unconfirmed();
        assertThat(stripes().getSchedule()).isNull();

        assertThat(story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("give-up"), "account", acme, "change", waiting.text("/changePlan/change/id"))).text("/cancelPlanChange/__typename"))
                .isEqualTo("PlanChangeCanceled");
        story.card(acme, "pm_card_visa");

        theYearIsMade(5);
    }

    @Test
    void whatIsConfirmedWhereNobodyHearsOfItIsNotBilledAgainWhenTheMonthEnds() throws StripeException {
        Api.Answer waiting = unconfirmed();
        stripe.v1().paymentIntents().confirm(waiting.text("/changePlan/clientSecret").replaceFirst("_secret.*", ""));
        story.card(acme, "pm_card_visa");

        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("APPLIED", "ABANDONED not_made");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(8 * 2_500);
    }

    /** Else the bank would keep what waits from being made, by saying nothing. */
    @Test
    void theBankIsNotWaitedForUntilItIsTooLateToTellStripeOfTheRest() throws StripeException {
        stories.pass(Duration.between(stories.clock().instant(), until.minus(Duration.ofHours(20))));
        Api.Answer waiting = unconfirmed();
        assertThat(Instant.parse(waiting.text("/changePlan/change/confirmBy"))).isEqualTo(until.minus(Duration.ofMinutes(10)));
        story.card(acme, "pm_card_visa");

        stories.pass(Duration.between(stories.clock().instant(), until.minus(Duration.ofMinutes(9))));

        assertThat(states()).containsExactly("DECLINED authentication_expired", "SCHEDULED");
        theYearIsMade(5);
    }

    @Test
    void nothingButAnEndIsDoneAtOnceRightBeforeTheMonthEnds() throws StripeException {
        stories.pass(Duration.between(stories.clock().instant(), until.minus(Duration.ofMinutes(10))));

        Api.Answer refused = story.accept(story.token(acme, Map.of("seats", 8)));

        assertThat(refused.text("/changePlan/__typename")).isEqualTo("ChangeInProgress");
        assertThat(refused.text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(states()).containsExactly("SCHEDULED");
        assertThat(stripes().getSchedule()).isNotNull();
        assertThat(story.accept(story.token(acme, Map.of("cancel", true, "when", "NOW"))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void whatCouldNotBeAskedInTimeIsGivenUpForWhatWaits() throws StripeException {
        stories.pass(Duration.between(stories.clock().instant(), until.minus(Duration.ofMinutes(12))));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.token(acme, Map.of("seats", 8))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(LEASE_OVER);

        assertThat(states()).containsExactly("ABANDONED quote_expired", "SCHEDULED");
        theYearIsMade(5);
    }

    private void unanswered(Map<String, Object> change) {
        String token = story.token(acme, change);
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            assertThat(story.accept(token).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
    }

    private Api.Answer unconfirmed() {
        story.card(acme, "pm_card_authenticationRequired");
        Api.Answer waiting = story.accept(story.token(acme, Map.of("seats", 8)));
        assertThat(waiting.text("/changePlan/__typename")).isEqualTo("PaymentActionRequired");
        return waiting;
    }

    private void theYearIsMade(long seats) throws StripeException {
        stories.pass(OVER_A_MONTH);
        assertThat(states()).contains("APPLIED");
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(seats * 25_000);
    }

    private Subscription stripes() throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer()).build()).getData().getFirst();
    }

    /** Newest first. */
    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).getData();
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    /** Newest first, with why. */
    private List<String> states() {
        JsonNode changes = story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", acme).at("/account/planChanges");
        return changes.valueStream().map(change -> (change.at("/state").asString() + " " + change.at("/failureCode").asString("")).strip()).toList();
    }
}
