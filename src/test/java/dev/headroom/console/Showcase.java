package dev.headroom.console;

import dev.headroom.Api;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.account.AddMember;
import dev.headroom.account.AddMemberResult.MemberAdded;
import dev.headroom.account.MemberState;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** A vendor worth looking at: Launchpad in three tiers, eight customers, one of whom has outgrown its plan. */
@TestComponent
class Showcase {

    static final String EMAIL = "olivia@launchpad.example";
    static final String PASSWORD = "correct horse battery";

    private static final Actor SELF = new Actor.System("showcase");
    private static final List<String> CUSTOMERS = List.of(
            "Acme Rockets", "Birchwood Analytics", "Cobalt Freight", "Dune Robotics", "Evergreen Health", "Fjord Media", "Granite Systems",
            "Harbor Foods");
    private static final List<String> PEOPLE = List.of(
            "Ada Lovelace", "Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov", "Ken Thompson", "Radia Perlman",
            "Margaret Hamilton", "Donald Knuth");

    /** Of the customers who call the API all day long; what each uses in six hours. */
    private static final Map<String, Long> CALLERS = Map.of("dune-robotics", 141L, "evergreen-health", 565L, "granite-systems", 3_600L, "cobalt-freight", 1_400L);

    private final ConsoleUsers users;
    private final Accounts accounts;
    private final Members members;
    private final Subscriptions subscriptions;
    private final Seats seats;

    Showcase(ConsoleUsers users, Accounts accounts, Members members, Subscriptions subscriptions, Seats seats) {
        this.users = users;
        this.accounts = accounts;
        this.members = members;
        this.subscriptions = subscriptions;
        this.seats = seats;
    }

    void open(Stories stories) {
        if (users.login(EMAIL).isPresent()) {
            return;
        }
        users.create(SELF, EMAIL, "Olivia Marsh", Set.of(Role.OWNER), PASSWORD);
        Api api = stories.api(stories.secret(Set.of(Permission.values())));
        sell(api);
        sellSeats(api);
        CUSTOMERS.forEach(name -> buy(api, name));
        catchUp(api, stories.clock().instant());
        for (int day = 1; day <= 11; day++) {
            stories.pass(Duration.ofDays(1));
            useEveryDay(api, stories.clock().instant(), day);
        }
        use(api);
        work(stories.clock().instant());
        outgrow(api);
        give(api, stories.clock().instant());
        wait(api);
        open(api);
        offer(api, stories.clock().instant());
        tellTheWorth(api);
        negotiate(api);
    }

    private static void sell(Api api) {
        api.ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", "launchpad", "key", "launchpad", "name", "Launchpad", "features", List.of(
                        feature("seats", "Seats", "ALLOWANCE", Map.of("unit", "seat", "seats", true)),
                        feature("launches", "Launches", "METER", Map.of("unit", "launch", "reset", "BILLING_PERIOD")),
                        feature("api-calls", "API calls", "METER", Map.of("unit", "call", "reset", "CALENDAR_MONTH")),
                        feature("analytics", "Analytics", "GATE", Map.of()), feature("sso", "Single sign-on", "GATE", Map.of()),
                        feature("support", "Support", "SETTING", Map.of())))).at("/createProduct");
        plan(api, "Starter", 1, 9_900, 10, 5L, 10_000, "E-mail", List.of());
        plan(api, "Pro", 2, 29_900, 25, null, 50_000, "Chat", List.of("analytics"));
        plan(api, "Enterprise", 3, 89_900, 200, null, 250_000, "Phone, day and night", List.of("analytics", "sso"));
        addOn(api, "5 more seats", Map.of("perSeat", "9900"), Map.of("perSeat", "99000"), Map.of("feature", "seats", "included", 5));
        addOn(api, "Launch pack", Map.of("perSeat", "1900"), Map.of("perSeat", "19000"), Map.of("feature", "launches", "included", 5));
        addOn(api, "Insights", Map.of("flat", 4_900), Map.of("flat", 49_000), Map.of("feature", "analytics"));
    }

    private static void addOn(Api api, String name, Map<String, Object> month, Map<String, Object> year, Map<String, Object> granted) {
        String key = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        api.ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { ... on AddOnCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", key, "product", "launchpad", "key", key, "name", name, "prices", List.of(
                        priced("MONTH", month), priced("YEAR", year)), "entitlements", List.of(granted))).at("/createAddOn/version");
    }

    private static Map<String, Object> priced(String interval, Map<String, Object> model) {
        Map<String, Object> price = new HashMap<>(model);
        price.putAll(Map.of("interval", interval, "currency", "USD"));
        return price;
    }

    /** Sold by the seat, the more of them the cheaper each. */
    private static void sellSeats(Api api) {
        api.ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", "enablement", "key", "enablement", "name", "Enablement", "features", List.of(
                        feature("learners", "Learners", "ALLOWANCE", Map.of("unit", "seat", "seats", true))))).at("/createProduct");
        api.ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", "crew", "product", "enablement", "key", "crew", "name", "Crew", "rank", 1, "description",
                "Courses for the whole crew; the price of a seat falls as the crew grows.", "prices", List.of(
                        Map.of("interval", "MONTH", "currency", "USD", "volume", List.of(
                                Map.of("upTo", 10, "unit", "2990"), Map.of("upTo", 25, "unit", "1996"), Map.of("unit", "1798"))),
                        Map.of("interval", "YEAR", "currency", "USD", "graduated", List.of(
                                Map.of("upTo", 10, "unit", "29900"), Map.of("unit", "17900")))),
                "entitlements", List.of(Map.of("feature", "learners")))).at("/createPlan/version");
    }

    private static Map<String, Object> feature(String key, String name, String kind, Map<String, Object> more) {
        Map<String, Object> feature = new HashMap<>(more);
        feature.putAll(Map.of("key", key, "name", name, "kind", kind));
        return feature;
    }

    private static void plan(
            Api api, String name, int rank, int cents, int seats, @Nullable Long launches, int calls, String support,
            List<String> gates) {
        List<Map<String, Object>> granted = new ArrayList<>(List.of(
                Map.of("feature", "seats", "included", seats, "softLimit", seats * 9 / 10),
                launches == null ? Map.of("feature", "launches") : Map.of("feature", "launches", "included", launches),
                Map.of(
                        "feature", "api-calls", "included", calls, "softLimit", calls * 8 / 10, "policy", "OVERAGE", "overage",
                        List.of(Map.of("currency", "USD", "unitMinor", "5"))),
                Map.of("feature", "support", "setting", support)));
        gates.forEach(gate -> granted.add(Map.of("feature", gate)));
        api.ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", name, "product", "launchpad", "key", name.toLowerCase(Locale.ROOT), "name", name, "rank", rank,
                "prices", List.of(
                        Map.of("interval", "MONTH", "currency", "USD", "flat", cents), Map.of("interval", "YEAR", "currency", "USD", "flat", cents * 10)),
                "entitlements", granted)).at("/createPlan/version");
    }

    private void buy(Api api, String name) {
        String key = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        api.ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "key", key, "name", name, "email", "billing@" + key + ".example", "currency", "USD", "zone",
                "America/New_York")).at("/createAccount");
        if (name.startsWith("Harbor")) {
            return;
        }
        api.ask("mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "account", key, "paymentMethod", "pm_card_visa")).at("/addPaymentMethod");
        String plan = name.length() % 3 == 0 && !name.startsWith("Acme") ? "enterprise" : name.length() % 2 == 0 && !name.startsWith("Acme") ? "pro" : "starter";
        api.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "account", key, "plan", plan)).at("/startSubscription");
    }

    private void use(Api api) {
        var acme = accounts.meant(SELF, "acme-rockets");
        AccountSubscription bought = subscriptions.live(SELF, acme.id()).getFirst();
        for (String name : PEOPLE) {
            String key = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
            MemberState state = name.equals(PEOPLE.getLast()) ? MemberState.INVITED : MemberState.ACTIVE;
            AddMember command = new AddMember(key, acme.key(), key, key + "@acme-rockets.example", name, state);
            if (members.add(SELF, command) instanceof MemberAdded(var member)) {
                seats.assign(SELF, acme.id(), bought.id(), member.id());
            }
        }
        api.ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded } }", "input", Map.of("events", List.of(
                Map.of("id", "1", "account", acme.key(), "meter", "launches", "quantity", 4),
                Map.of("id", "2", "account", acme.key(), "meter", "api-calls", "quantity", 8_000)))).at("/recordUsage");
        // From now on Fjord Media's bank wants to be asked.
        api.ask("mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", "fjord-asks", "account", "fjord-media", "paymentMethod", "pm_card_authenticationRequired")).at("/addPaymentMethod");
    }

    /** Who has not come yet was not seen; of one nobody has told. */
    private void work(Instant now) {
        Map<String, Instant> last = new HashMap<>();
        for (int at = 1; at < PEOPLE.size() - 1; at++) {
            String key = PEOPLE.get(at).substring(0, PEOPLE.get(at).indexOf(' ')).toLowerCase(Locale.ROOT);
            last.put(key, now.minus(Duration.ofHours(at % 3 == 0 ? 24L * 9 * at : 5L * at)));
        }
        members.active(SELF, "acme-rockets", last);
    }

    /** Dune Robotics' crew is larger than what it pays for by now. */
    private void outgrow(Api api) {
        String dune = "dune-robotics";
        api.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", "dune-crew", "account", dune, "plan", "crew", "seats", 4)).at("/startSubscription");
        for (String name : List.of("Paul Muad", "Chani Kynes", "Leto Minor", "Stilgar Tabr")) {
            String key = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
            members.add(SELF, new AddMember("dune-" + key, dune, key, key + "@dune-robotics.example", name, null));
            api.ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename ... on SeatAssigned { seats { used } } } }", "input", Map.of(
                    "account", dune, "product", "enablement", "member", key)).at("/assignSeat/seats/used");
        }
        String token = api.ask("query { account(key: \"dune-robotics\") { quote(change: {product: \"enablement\", seats: 2, when: NOW}) { ... on Quote { token } } } }")
                .text("/account/quote/token");
        api.ask("mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename ... on PlanChanged { change { id } } } }", "input", Map.of(
                "quoteToken", token, "idempotencyKey", "dune-crew-down")).at("/changePlan/change");
    }

    /** Granite Systems wants less from the next period on, in two steps. */
    private static void wait(Api api) {
        accept(api, "{plan: \"starter\"}", "granite-less");
        accept(api, "{addOns: [{addOn: \"launch-pack\", quantity: 2}], when: PERIOD_END}", "granite-packs");
    }

    private static void accept(Api api, String change, String key) {
        String token = api.ask("query { account(key: \"granite-systems\") { quote(change: " + change + ") { ... on Quote { token } } } }")
                .text("/account/quote/token");
        api.ask("mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename ... on PlanChangeScheduled { change { id } } } }", "input", Map.of(
                "quoteToken", token, "idempotencyKey", key)).at("/changePlan/change");
    }

    /** Two gates that are not only sold. */
    private static void open(Api api) {
        api.ask("mutation ($input: SetRollOutInput!) { setRollOut(input: $input) { ... on RollOutSet { rollOut { percent } } } }", "input", Map.of(
                "feature", "analytics", "percent", 25)).at("/setRollOut/rollOut");
        api.ask("mutation ($input: SetUnlockRuleInput!) { setUnlockRule(input: $input) { __typename } }", "input", Map.of(
                "feature", "sso", "meter", "api-calls", "units", 200_000)).at("/setUnlockRule");
    }

    /** Two offers that overlap, a bundle, and a way down that somebody has to approve of. */
    private static void offer(Api api, Instant now) {
        offer(api, "autumn", "An autumn at 10 % off", "10", now.minus(Duration.ofDays(10)), now.plus(Duration.ofDays(35)), Map.of("redemptionCap", 5));
        offer(api, "pro-this-week", "Pro at 20 % off, for a year", "20", now, now.plus(Duration.ofDays(7)), Map.of("plans", List.of("pro")));
        api.ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { key } } } }", "input", Map.of(
                "idempotencyKey", "together", "key", "together", "name", "Crew beside Launchpad", "percentOff", "25", "members", List.of(
                        Map.of("product", "launchpad", "reduced", false), Map.of("product", "enablement", "reduced", true)))).at("/createBundle/bundle/key");
        api.ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }", "input", Map.of(
                "idempotencyKey", "down", "product", "launchpad", "kind", "DOWNGRADE", "from", "enterprise", "transition", "BY_APPROVAL"))
                .at("/addTransitionRule/rule/id");
    }

    private static void offer(Api api, String key, String name, String percent, Instant from, Instant until, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of(
                "idempotencyKey", key, "product", "launchpad", "key", key, "name", name, "percentOff", percent, "duration", "MONTHS", "months", 12,
                "from", from.truncatedTo(ChronoUnit.SECONDS).toString(), "until", until.truncatedTo(ChronoUnit.SECONDS).toString()));
        api.ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { key } } } }", "input", input)
                .at("/createOffer/offer/key");
    }

    private static void tellTheWorth(Api api) {
        api.ask("mutation ($input: SetValueMetricsInput!) { setValueMetrics(input: $input) { ... on ValueMetricsSet { metrics { version } } } }", "input", Map.of(
                "product", "launchpad", "version", 0, "metrics", List.of(
                        Map.of("feature", "launches", "currency", "USD", "unitMinor", "6000", "minutes", 90, "basis", "Ninety minutes less, asked of twelve customers"),
                        Map.of("feature", "analytics", "currency", "USD", "unitMinor", "24000", "basis", "A report a week that nobody has to put together"))))
                .at("/setValueMetrics/metrics/version");
    }

    /** Cobalt Freight wishes for more, at less than its price. */
    private static void negotiate(Api api) {
        api.ask("mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { ... on ApprovalRequested { request { id } } } }", "input", Map.of(
                "idempotencyKey", "cobalt-wishes", "account", "cobalt-freight", "change", Map.of("plan", "enterprise"), "discount",
                Map.of("percentOff", "15", "duration", "MONTHS", "months", 12), "reason", "We would sign this week")).at("/requestApproval/request/id");
    }

    /** They did so before they were customers of Headroom's, which hears of it late. */
    private static void catchUp(Api api, Instant now) {
        for (int day = 0; day < 25; day++) {
            useEveryDay(api, now.minus(Duration.ofDays(day)), -day);
        }
    }

    /** Less at weekends and by night; now and then something is sent twice, or is wrong. */
    private static void useEveryDay(Api api, Instant until, int day) {
        List<Map<String, Object>> events = new ArrayList<>();
        CALLERS.forEach((account, usual) -> {
            for (int part = 0; part < 4; part++) {
                Instant at = until.minus(Duration.ofHours(6L * part));
                boolean weekend = at.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() > 5;
                long calls = usual * (weekend ? 4 : 10) * (part == 1 ? 5 : 11) / 100 + Math.floorMod(day * 37 + part * 11, 23);
                events.add(Map.of("id", account + "-" + day + "-" + part, "account", account, "meter", "api-calls", "quantity", calls, "at", at.toString(),
                        "properties", Map.of("region", part % 2 == 0 ? "eu-central" : "us-east", "method", "POST")));
            }
        });
        if (day > 0 && day % 4 == 0) {
            events.add(events.getFirst());
            events.add(Map.of("id", "wrong-" + day, "account", "dune-robotics", "meter", "api-calls", "quantity", -1));
            events.add(Map.of("id", "wrong-" + day, "account", "dune-robotic", "meter", "api-calls"));
        }
        api.ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded } }", "input", Map.of("events", events)).at("/recordUsage");
    }

    private static void give(Api api, Instant now) {
        grant(api, "TRIAL", "analytics", Map.of("reason", "Wants to see it before the renewal", "until", now.plus(Duration.ofDays(14)).toString()));
        grant(api, "COURTESY", "launches", Map.of("reason", "For the outage of last week", "units", 8));
        String beta = grant(api, "BETA", "sso", Map.of("reason", "Tests the new sign-on with us"));
        api.ask("mutation ($input: RevokeGrantInput!) { revokeGrant(input: $input) { __typename } }", "input", Map.of(
                "grant", beta, "reason", "The test is over")).at("/revokeGrant");
    }

    private static String grant(Api api, String kind, String feature, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of("idempotencyKey", "grant-" + feature, "account", "acme-rockets", "feature", feature, "kind", kind));
        return api.ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { ... on FeatureGranted { grant { id } } } }", "input", input)
                .text("/grantFeature/grant/id");
    }
}
