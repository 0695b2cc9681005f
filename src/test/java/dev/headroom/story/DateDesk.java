package dev.headroom.story;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Where an account asks for changes at dates, and looks what has become of them and what was billed. */
record DateDesk(Story story, StripeClient stripe, Accounts accounts, Subscriptions subscriptions, String account) {

    private static final Actor.System SELF = new Actor.System("test");

    /** The same for another account. */
    DateDesk of(String other) {
        return new DateDesk(story, stripe, accounts, subscriptions, other);
    }

    static Map<String, Object> at(Instant date, Map<String, Object> change) {
        Map<String, Object> dated = new HashMap<>(change);
        dated.put("at", date.toString());
        return dated;
    }

    void card(String paymentMethod) {
        story.card(account, paymentMethod);
    }

    /** Swept twice: what comes due with a period begins when that is known. */
    void pass(Instant until) {
        story.world().pass(Duration.between(story.world().clock().instant(), until));
        story.world().settle();
    }

    /** With what it says of other dates, and why it would be refused. */
    JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on ChangeNotAllowed { rule reason field latest }
                  ... on Quote { token when effectiveAt dueNow { amountMinor } dueAtDate { amountMinor } total { amountMinor } recurring { after { amountMinor } }
                    lines { amount { amountMinor } discount { amountMinor } period { from until } seconds { total } } nextInvoice { due { amountMinor } }
                    later { change at due { amountMinor } total { amountMinor } } } } } }""",
                "key", account, "change", change).at("/account/quote");
    }

    JsonNode quote(Instant date, Map<String, Object> change) {
        return quote(at(date, change));
    }

    Api.Answer accept(JsonNode quote) {
        return story.accept(quote.at("/token").asString());
    }

    Api.Answer accepted(Map<String, Object> change) {
        return story.accept(story.token(account, change));
    }

    boolean scheduled(JsonNode quote) {
        return accept(quote).text("/changePlan/__typename").equals("PlanChangeScheduled");
    }

    static long due(JsonNode quote) {
        return quote.at("/dueAtDate/amountMinor").asLong();
    }

    JsonNode subscription() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { plan { key } seats { bought } period { from until }
                  scheduledChanges { id due { amountMinor } from { quantity } } } } }""",
                "key", account).body().at("/data/account/subscription");
    }

    Instant until() {
        return Instant.parse(subscription().at("/period/until").asString());
    }

    /** What waits, in the order in which it is made. */
    List<String> queue() {
        return subscription().at("/scheduledChanges").valueStream().map(change -> change.at("/id").asString()).toList();
    }

    /** Newest first. */
    JsonNode changes() {
        return story.backend().ask(
                "query ($key: String) { account(key: $key) { planChanges { id state failureCode failureMessage charged { amountMinor } } } }", "key", account).at("/account/planChanges");
    }

    List<String> states() {
        return changes().valueStream().map(change -> change.at("/state").asString()).toList();
    }

    String cancel(String change) {
        return story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", account, "change", change)).text("/cancelPlanChange/__typename");
    }

    Api.Answer reorder(List<String> order) {
        return story.backend().ask("mutation ($input: ReorderPlanChangesInput!) { reorderPlanChanges(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", account, "order", order));
    }

    String stripeSubscription() {
        return subscriptions.live(SELF, accounts.meant(SELF, account).id()).getFirst().stripeId();
    }

    String customer() {
        return String.valueOf(accounts.meant(SELF, account).stripeCustomer());
    }

    /** Newest first. */
    List<Invoice> invoices() {
        try {
            return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).getData();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What is due of each invoice, the newest first. */
    List<Long> amounts() {
        return invoices().stream().map(Invoice::getAmountDue).toList();
    }
}
