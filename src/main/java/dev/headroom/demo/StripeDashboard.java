package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.Accounts;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.subscription.AccountSubscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a vendor arranges at Stripe itself, behind the product's back, and the product then reads. */
final class StripeDashboard {

    private final Sandbox sandbox;
    private final StripeInbox inbox;
    private final Accounts accounts;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newHttpClient();

    StripeDashboard(Sandbox sandbox, StripeInbox inbox, Accounts accounts, JsonMapper json) {
        this.sandbox = sandbox;
        this.inbox = inbox;
        this.accounts = accounts;
        this.json = json;
    }

    boolean sendInvoices(AccountSubscription subscription, int days) {
        post("/v1/subscriptions/" + subscription.stripeId(), Map.of("collection_method", "send_invoice", "days_until_due", String.valueOf(days)), null);
        inbox.follow(subscription.stripeId());
        return true;
    }

    boolean bill(AccountSubscription subscription, long minor, String what, String key) {
        String customer = get("/v1/subscriptions/" + subscription.stripeId()).at("/customer").asString();
        post("/v1/invoiceitems", Map.of(
                "customer", customer, "subscription", subscription.stripeId(), "amount", String.valueOf(minor), "currency",
                subscription.balance().currency().getCurrencyCode().toLowerCase(Locale.ROOT), "description", what), key);
        inbox.followCustomer(customer);
        return true;
    }

    boolean refund(String account, long minor, String key) {
        String customer = String.valueOf(accounts.meant(SELF, account).stripeCustomer());
        String payment = get("/v1/payment_intents?limit=1&customer=" + customer).at("/data/0/id").asString();
        post("/v1/refunds", Map.of("payment_intent", payment, "amount", String.valueOf(minor), "reason", "requested_by_customer"), key);
        return true;
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(sandbox.url().resolve(path)), null);
    }

    private JsonNode post(String path, Map<String, String> parameters, @Nullable String key) {
        String body = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(sandbox.url().resolve(path)).POST(BodyPublishers.ofString(body)), key);
    }

    private JsonNode send(HttpRequest.Builder request, @Nullable String key) {
        request.header("Authorization", "Bearer " + sandbox.secretKey());
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Stripe answered " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
