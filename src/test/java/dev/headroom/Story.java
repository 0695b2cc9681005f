package dev.headroom;

import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Accounts of one vendor and what they do, through the API only. Accounts and whatever else a story makes are its own; the catalogue is
 * one that many stories share, unless a story changes it for everybody.
 */
public record Story(Stories world, Api backend, String number, String catalog) {

    private static final Set<String> CATALOG = Set.of("suite", "seats", "calls", "sso", "support", "free", "starter", "team", "pro", "seat-pack", "insights");

    /** What a name stands for in this story: of the catalogue, or of the story's own. */
    public String key(String name) {
        return name + "-" + (CATALOG.contains(name) ? catalog : number);
    }

    /**
     * Team: 25.00 a seat a month, Pro: 49.00; Starter flat 99.00; Free: nothing. Beside them packs of five seats for 49.00 each, and insights
     * for 29.00. Yearly is ten months.
     */
    Story withCatalog() {
        backend.ask("""
                mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }""",
                "input", Map.of("idempotencyKey", key("suite"), "key", key("suite"), "name", "Suite", "features", List.of(
                        Map.of("key", key("seats"), "name", "Seats", "kind", "ALLOWANCE", "unit", "seat", "seats", true),
                        Map.of("key", key("calls"), "name", "API calls", "kind", "METER", "unit", "call", "reset", "BILLING_PERIOD"),
                        Map.of("key", key("sso"), "name", "Single sign-on", "kind", "GATE"),
                        Map.of("key", key("support"), "name", "Support", "kind", "SETTING"),
                        Map.of("key", key("insights"), "name", "Insights", "kind", "GATE")))).at("/createProduct");
        plan("free", 0, Map.of("flat", 0), 2, 100, false);
        plan("starter", 1, Map.of("flat", 9900), 5, 1_000, false);
        plan("team", 2, Map.of("perSeat", "2500"), 0, 10_000, false);
        plan("pro", 3, Map.of("perSeat", "4900"), 0, 100_000, true);
        addOn("seat-pack", Map.of("perSeat", "4900"), Map.of("feature", key("seats"), "included", 5));
        addOn("insights", Map.of("flat", 2900), Map.of("feature", key("insights")));
        return this;
    }

    /** Without the usual guard against going up and down for credit. */
    public Story crediting() {
        return crediting("suite");
    }

    public Story crediting(String product) {
        backend.ask("mutation ($input: SetCreditGuardInput!) { setCreditGuard(input: $input) { ... on CreditGuardSet { guard { days } } } }",
                "input", Map.of("product", key(product), "days", 0, "measure", "WAITS")).at("/setCreditGuard/guard");
        return this;
    }

    private void addOn(String name, Map<String, Object> model, Map<String, Object> granted) {
        backend.ask("""
                mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { ... on AddOnCreated { version { number } } } }""",
                "input", Map.of("idempotencyKey", key(name), "product", key("suite"), "key", key(name), "name", name,
                        "prices", List.of(priced("MONTH", model), priced("YEAR", yearly(model))), "entitlements", List.of(granted))).at("/createAddOn/version");
    }

    private void plan(String name, int rank, Map<String, Object> model, long seats, long calls, boolean sso) {
        List<Map<String, Object>> granted = new java.util.ArrayList<>(List.of(
                Map.of("feature", key("seats"), "included", seats),
                Map.of("feature", key("calls"), "included", calls, "softLimit", calls * 8 / 10),
                Map.of("feature", key("support"), "setting", name.equals("pro") ? "priority" : "standard")));
        if (sso) {
            granted.add(Map.of("feature", key("sso")));
        }
        backend.ask("""
                mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }""",
                "input", Map.of("idempotencyKey", key(name), "product", key("suite"), "key", key(name), "name", name, "rank", rank,
                        "prices", List.of(priced("MONTH", model), priced("YEAR", yearly(model))), "entitlements", granted)).at("/createPlan/version");
    }

    private static Map<String, Object> yearly(Map<String, Object> model) {
        return model.containsKey("flat")
                ? Map.of("flat", (int) model.get("flat") * 10)
                : Map.of("perSeat", String.valueOf(Integer.parseInt((String) model.get("perSeat")) * 10));
    }

    private static Map<String, Object> priced(String interval, Map<String, Object> model) {
        Map<String, Object> price = new java.util.HashMap<>(model);
        price.put("interval", interval);
        price.put("currency", "USD");
        return price;
    }

    public String account(String name) {
        return backend.ask("""
                mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { key } } } }""",
                "input", Map.of("idempotencyKey", key("account-" + name), "key", key(name), "name", name, "email", name + "@example.com",
                        "currency", "USD")).text("/createAccount/account/key");
    }

    public void card(String account, String paymentMethod) {
        backend.ask("""
                mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { ... on PaymentMethodAdded { paymentMethod { last4 } } } }""",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", account, "paymentMethod", paymentMethod))
                .at("/addPaymentMethod/paymentMethod");
    }

    public Api.Answer start(String account, Map<String, Object> more) {
        Map<String, Object> input = new java.util.HashMap<>(more);
        input.put("idempotencyKey", UUID.randomUUID().toString());
        input.put("account", account);
        return backend.ask("""
                mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename
                  ... on SubscriptionStarted { subscription { id state plan { key } recurring { amountMinor } seats { bought used } period { from until } } }
                  ... on FirstPaymentDeclined { code message } } }""",
                "input", input);
    }

    /** An account on a plan with some seats, paying by a card that works. */
    public String subscribed(String name, String plan, long seats) {
        String account = account(name);
        card(account, "pm_card_visa");
        start(account, seats == 0 ? Map.of("plan", key(plan)) : Map.of("plan", key(plan), "seats", seats)).at("/startSubscription/subscription/id");
        return account;
    }

    /** Time passes to the middle of an account's billing period, whatever month it is. */
    public void halfway(String account) {
        JsonNode period = backend.ask("query ($key: String) { account(key: $key) { subscription { period { from seconds } } } }", "key", account)
                .at("/account/subscription/period");
        Instant middle = Instant.parse(period.at("/from").asString()).plusSeconds(period.at("/seconds").asLong() / 2);
        world.pass(Duration.between(world.clock().instant(), middle));
    }

    public Api.Answer quote(Api api, String account, Map<String, Object> change) {
        return api.ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { id token quotedAt expiresAt when effectiveAt prorated growth plan { key } quantity dueNow { amountMinor formatted } dueAtDate { amountMinor } total { amountMinor }
                    lines { kind description quantity fraction unrounded explanation amount { amountMinor } period { from until } seconds { remaining total } }
                    nextInvoice { at total { amountMinor } due { amountMinor } }
                    recurring { before { amountMinor } after { amountMinor } mrrBefore { amountMinor } mrrAfter { amountMinor } }
                    gains { feature { key } before { included } after { included unlimited setting } } losses { feature { key } }
                    violations { feature { key } excess resolution } addOns { addOn { key } quantity } }
                  ... on PlanNotOnSale { plan { key } } ... on ChangeNotAllowed { rule reason }
                  ... on AgainstPolicy { transitionRule { id transition kind } approvalRequired allowed reason } ... on CreditTooSoon { expandedAt from allowed reason }
                  ... on PaymentPastDue { subscription { id } } } } }""",
                "key", account, "change", change);
    }

    public String token(String account, Map<String, Object> change) {
        return quote(backend, account, change).text("/account/quote/token");
    }

    public Api.Answer accept(String token) {
        return accept(backend, token, UUID.randomUUID().toString());
    }

    public Api.Answer accept(Api api, String token, String idempotencyKey) {
        return api.ask("""
                mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename
                  ... on PlanChanged { change { id state due { amountMinor } charged { amountMinor } invoice growth } account { key } consistencyToken }
                  ... on PlanChangeScheduled { change { id state effectiveAt due { amountMinor } growth from { plan { key } quantity } to { plan { key } quantity } }
                    account { subscription { scheduledChanges { id } } } }
                  ... on QuoteIsStale { why freshQuote { __typename ... on Quote { token dueNow { amountMinor } } ... on ChangeNotAllowed { rule } } }
                  ... on TooManyInvoices { from } ... on PaymentDeclined { code message } ... on ChangeRefused { code message change { id } } ... on PaymentActionRequired { clientSecret change { id confirmBy } }
                  ... on ChangeInProgress { change { id state } } } }""",
                "input", Map.of("quoteToken", token, "idempotencyKey", idempotencyKey));
    }

    public Api.Answer entitlement(Api api, String account, String feature, long requested) {
        return api.ask("""
                query ($account: String, $feature: String!, $requested: Long!) { entitlement(account: $account, feature: $feature, requested: $requested) {
                  allowed reason state limit used remaining percent resetsAt setting source { plan { key } } unlockedBy { plan { key } } } }""",
                "account", account, "feature", key(feature), "requested", requested);
    }

    public Api.Answer record(List<Map<String, Object>> events) {
        return backend.ask("""
                mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded outcomes { __typename
                  ... on UsageRecorded { eventId } ... on UsageDuplicate { eventId } ... on UsageRejected { eventId field reason } } } }""",
                "input", Map.of("events", events));
    }
}
