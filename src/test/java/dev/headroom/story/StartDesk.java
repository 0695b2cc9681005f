package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Period;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Where somebody asks what a start would cost, beside what an account has already, and starts it. */
public record StartDesk(Story story, StripeClient stripe, Accounts accounts, Subscriptions subscriptions) {

    private static final Actor.System SELF = new Actor.System("test");

    private static final String QUOTE = """
            query ($key: String, $start: StartInput!) { account(key: $key) { startQuote(start: $start) { __typename
              ... on StartQuote { token quotedAt expiresAt verified source offer { key } offers { offer { key } from until } coterminatedWith { id } period { from until }
                dueNow { amountMinor } total { amountMinor } recurring { amountMinor }
                lines { kind source description quantity fraction explanation amount { amountMinor } discount { amountMinor } period { from until } }
                nextInvoice { at due { amountMinor } } }
              ... on AlreadySubscribed { subscription { id } } ... on StartNotAllowed { rule reason } } } }""";

    /** Another product of the vendor's: a hundred walks cost 4,000.00 a month, and ten months a year. */
    public StartDesk besideAnotherProduct() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("guide"), "key", story.key("guide"), "name", "Guide", "features", List.of(
                        Map.of("key", story.key("tours"), "name", "Tours", "kind", "GATE")))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key("walks"), "product", story.key("guide"), "key", story.key("walks"), "name", "walks", "rank", 0,
                "prices", List.of(Map.of("perSeat", "4000", "interval", "MONTH", "currency", "USD"), Map.of("perSeat", "40000", "interval", "YEAR", "currency", "USD")),
                "entitlements", List.of(Map.of("feature", story.key("tours"))))).at("/createPlan/version");
        return this;
    }

    /** The last days of a month are not in all of them: what is about other things begins before. */
    public StartDesk early() {
        Instant now = story.world().clock().instant();
        if (now.atOffset(ZoneOffset.UTC).getDayOfMonth() > 27) {
            story.world().pass(Duration.ofDays(5));
        }
        return this;
    }

    public Map<String, Object> walks(Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(Map.of("plan", story.key("walks"), "seats", 100));
        wanted.putAll(more);
        return wanted;
    }

    public void offer(String product, String name, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key(product), "key", story.key(name), "name", name,
                "from", in(Duration.ZERO), "until", in(Duration.ofDays(3))));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .text("/createOffer/offer/id");
    }

    /** How many accounts have taken an offer, or are about to. */
    public int redemptions(String offer) {
        return story.backend().ask("query ($key: String!) { offer(key: $key) { redemptions } }", "key", offer).at("/offer/redemptions").asInt();
    }

    String in(Duration duration) {
        return story.world().clock().instant().plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    Api.Answer ask(Api api, String account, Map<String, Object> wanted) {
        return api.ask(QUOTE, "key", account, "start", wanted);
    }

    public JsonNode quote(String account, Map<String, Object> wanted) {
        return ask(story.backend(), account, wanted).at("/account/startQuote");
    }

    /** The rule against it, and why. */
    public String refused(String account, Map<String, Object> wanted) {
        JsonNode refused = quote(account, wanted);
        return refused.at("/rule").asString() + " " + refused.at("/reason").asString();
    }

    /** The code of an error, and the field that it blames. */
    String wrong(Api api, String account, Map<String, Object> wanted) {
        Api.Answer answer = ask(api, account, wanted);
        return answer.errorCode() + " " + answer.body().at("/errors/0/extensions/field").asString();
    }

    static long due(JsonNode quote) {
        return quote.at("/dueNow/amountMinor").asLong();
    }

    static long dueAtDate(JsonNode quote) {
        return quote.at("/dueAtDate/amountMinor").asLong();
    }

    static List<String> lines(JsonNode quote) {
        return quote.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()).toList();
    }

    Api.Answer accept(JsonNode quote) {
        return accept(quote, UUID.randomUUID().toString());
    }

    Api.Answer accept(JsonNode quote, String key) {
        return story.backend().ask("""
                mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename
                  ... on SubscriptionStarted { subscription { id state period { from until } } }
                  ... on FirstPaymentDeclined { code }
                  ... on StartQuoteIsStale { why freshQuote { __typename ... on StartQuote { token dueNow { amountMinor } } ... on StartNotAllowed { rule } } } } }""",
                "input", Map.of("quoteToken", quote.at("/token").asString(), "idempotencyKey", key));
    }

    /** The running subscription of a product. */
    public AccountSubscription of(String account, String product) {
        String id = story.backend().ask("query ($key: String, $product: String) { account(key: $key) { subscription(product: $product) { id } } }",
                "key", account, "product", story.key(product)).text("/account/subscription/id");
        return subscriptions.byId(SELF, accounts.meant(SELF, account).id(), new SubscriptionId(UUID.fromString(id)));
    }

    /** What Stripe has billed for a subscription, the oldest first. */
    public List<Long> billed(AccountSubscription subscription) throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setSubscription(subscription.stripeId()).build()).getData().reversed().stream()
                .map(Invoice::getAmountDue).toList();
    }

    /** The same, once it has been renewed so many times. */
    List<Long> renewed(String account, String product, int times) throws StripeException {
        for (int i = 0; i < times; i++) {
            story.world().pass(Duration.between(story.world().clock().instant(), of(account, product).period().until()).plusHours(1));
            story.world().settle();
        }
        return billed(of(account, product));
    }

    public int running(String account) throws StripeException {
        String customer = String.valueOf(accounts.meant(SELF, account).stripeCustomer());
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().size();
    }

    static String became(Api.Answer answer) {
        return answer.text("/startSubscription/__typename");
    }

    void requireStarted(Api.Answer answer) {
        assertThat(became(answer)).isEqualTo("SubscriptionStarted");
    }

    /** The part of a cycle's price that falls on what is left of it, to the nearest cent. */
    static long part(long price, Period cycle, Instant at) {
        BigInteger left = BigInteger.valueOf(ChronoUnit.SECONDS.between(at, cycle.until()));
        BigInteger whole = BigInteger.valueOf(cycle.seconds());
        return BigInteger.valueOf(price).multiply(left).multiply(BigInteger.TWO).add(whole).divide(whole.multiply(BigInteger.TWO)).longValueExact();
    }
}
