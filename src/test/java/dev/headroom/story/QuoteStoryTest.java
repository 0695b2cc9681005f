package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.RequestedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A quote explains itself, writes nothing, and is kept or refused. */
@HeadroomTest
class QuoteStoryTest {

    private static final Actor BACKEND = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    @Autowired
    Accounts accounts;

    @Autowired
    Entitlements entitlements;

    @Autowired
    Quotes quotes;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithFiveSeatsHalfwayThroughItsMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @Test
    void everyLineShowsItsArithmeticAndTheLinesMakeTheTotal() {
        JsonNode quote = story.quote(story.backend(), acme, Map.of("seats", 8)).at("/account/quote");

        assertThat(quote.at("/lines").size()).isEqualTo(2);
        assertThat(quote.at("/lines/0/kind").asString()).isEqualTo("CREDIT");
        assertThat(quote.at("/lines/0/fraction").asString()).isEqualTo("1/2");
        assertThat(quote.at("/lines/0/unrounded").asString()).isEqualTo("-6250.000000");
        assertThat(quote.at("/lines/0/amount/amountMinor").asLong()).isEqualTo(-6_250);
        assertThat(quote.at("/lines/1/description").asString()).contains("8 × team");
        assertThat(quote.at("/lines/1/amount/amountMinor").asLong()).isEqualTo(10_000);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(3_750);
        assertThat(quote.at("/growth").asString()).isEqualTo("SEAT_EXPANSION");
        assertThat(quote.at("/recurring/before/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(20_000);
        assertThat(quote.at("/nextInvoice/total/amountMinor").asLong()).isEqualTo(20_000);
    }

    @Test
    void amountsAreWrittenInTheLocaleOfTheRequest() {
        Api.Answer german = story.backend().post("/graphql", """
                {"query": "{ account(key: \\"%s\\") { subscription { recurring { formatted } } } }"}""".formatted(acme), Map.of("Accept-Language", "de"));

        assertThat(german.text("/account/subscription/recurring/formatted")).startsWith("125,00").endsWith("$");
    }

    @Test
    void askingTakesThreeStatementsWhenNothingIsInMemoryAndWritesNothing() {
        AccountId id = accounts.meant(BACKEND, acme).id();
        RequestedChange nine = new RequestedChange(null, null, null, 9L);
        entitlements.forget(id);

        int cold = statements.during(() -> assertThat(quotes.quote(BACKEND, id, nine)).isInstanceOf(Quote.class));

        assertThat(cold).as("subscriptions, counters, seats").isEqualTo(3);
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id } } }", "key", acme)
                .at("/account/planChanges").size()).isZero();
    }

    @Test
    void everyWayUpIsQuotedFromFactsThatAreReadOnce() {
        String small = story.subscribed("small", "free", 0);
        entitlements.forget(accounts.meant(BACKEND, small).id());
        List<String> plans = new ArrayList<>();

        int taken = statements.during(() -> story.backend().ask("""
                query ($key: String) { account(key: $key) { upgradeOptions { quote { ... on Quote { token plan { key } } } } } }""", "key", small)
                .at("/account/upgradeOptions").forEach(option -> plans.add(option.at("/quote/plan/key").asString())));

        assertThat(plans).containsExactly(story.key("starter"), story.key("team"), story.key("pro"));
        assertThat(taken).as("subscriptions, counters, seats; and the credential, unless it was just used").isBetween(3, 4);
    }

    @Test
    void moreOfASeatIsOneMoreSeatAndMoreOfAMeterIsTheNextPlan() {
        String unlock = """
                query ($key: String, $features: [String!]) { account(key: $key) { entitlements(features: $features) {
                  unlockedBy { plan { key } seats quote { ... on Quote { token dueNow { amountMinor } } } } } } }""";
        JsonNode unlocked = story.backend()
                .ask(unlock, "key", acme, "features", List.of(story.key("seats"), story.key("calls"), story.key("sso"))).at("/account/entitlements");

        assertThat(unlocked.at("/0/unlockedBy/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(unlocked.at("/0/unlockedBy/seats").asLong()).isEqualTo(6);
        assertThat(unlocked.at("/0/unlockedBy/quote/dueNow/amountMinor").asLong()).as("half a month of one seat").isEqualTo(1_250);
        assertThat(unlocked.at("/1/unlockedBy/plan/key").asString()).isEqualTo(story.key("pro"));
        assertThat(unlocked.at("/1/unlockedBy/seats").isNull()).isTrue();
        assertThat(unlocked.at("/2/unlockedBy/plan/key").asString()).isEqualTo(story.key("pro"));
        assertThat(story.entitlement(story.backend(), acme, "calls", 100_000).text("/entitlement/unlockedBy/plan/key")).isEqualTo(story.key("pro"));
        assertThat(story.entitlement(story.backend(), acme, "calls", 100_001).at("/entitlement/unlockedBy").isNull()).as("nothing fits so much").isTrue();
    }

    @Test
    void whoHasNoPlanIsOfferedOneInWhichItFits() {
        String nobody = story.account("nobody");
        assertThat(story.entitlement(story.backend(), nobody, "calls", 1).text("/entitlement/unlockedBy/plan/key")).isEqualTo(story.key("free"));
        assertThat(story.entitlement(story.backend(), nobody, "calls", 100_000).text("/entitlement/unlockedBy/plan/key")).isEqualTo(story.key("pro"));
        assertThat(story.entitlement(story.backend(), nobody, "calls", 100_001).at("/entitlement/unlockedBy").isNull()).isTrue();
    }

    @Test
    void theLastSecondHoldsAndTheNextOneIsRefusedWithAFreshQuote() {
        String token = story.token(acme, Map.of("seats", 6));
        stories.clock().advance(Duration.ofMinutes(15));

        Api.Answer late = story.accept(token);

        assertThat(late.text("/changePlan/__typename")).isEqualTo("QuoteIsStale");
        assertThat(late.text("/changePlan/why")).isEqualTo("EXPIRED");
        String fresh = late.text("/changePlan/freshQuote/token");
        stories.clock().advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(story.accept(fresh).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aSeatChangedInBetweenMakesTheOtherQuoteStale() {
        String six = story.token(acme, Map.of("seats", 6));
        String seven = story.token(acme, Map.of("seats", 7));
        story.accept(six).at("/changePlan/change");

        Api.Answer stale = story.accept(seven);

        assertThat(stale.text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
        assertThat(stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong()).isPositive();
        assertThat(seats()).isEqualTo(6);
    }

    @Test
    void anIntervalSwitchChargesAFullYearLessWhatIsUnused() {
        Api.Answer yearly = story.quote(story.backend(), acme, Map.of("interval", "YEAR"));

        assertThat(yearly.at("/account/quote/dueNow/amountMinor").asLong()).isEqualTo(125_000 - 6_250);
        Api.Answer changed = story.accept(yearly.text("/account/quote/token"));
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(118_750);
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aDowngradeLeavesItsCreditOnTheBalanceAndSaysWhatIsLost() {
        JsonNode quote = story.quote(story.backend(), acme, Map.of("plan", story.key("free"), "when", "NOW")).at("/account/quote");

        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/total/amountMinor").asLong()).isEqualTo(-6_250);
        assertThat(quote.at("/losses").toString()).contains(story.key("calls"));
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { balance { amountMinor } } } }", "key", acme)
                .at("/account/subscription/balance/amountMinor").asLong()).isEqualTo(-6_250);
    }

    @Test
    void whatCannotBeBoughtIsRefusedWithItsRule() {
        assertThat(rule(Map.of("seats", 5))).isEqualTo("NOTHING_CHANGES");
        assertThat(rule(Map.of("plan", story.key("starter"), "seats", 3))).isEqualTo("SEATS_NOT_SOLD");
        assertThat(story.quote(story.backend(), story.account("nobody"), Map.of("seats", 3)).text("/account/quote/rule")).isEqualTo("NO_SUBSCRIPTION");
        assertThat(story.quote(story.backend(), acme, Map.of("seats", -1)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.quote(story.backend(), acme, Map.of("plan", "nope")).errorCode()).isEqualTo("NOT_FOUND");
    }

    private String rule(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).text("/account/quote/rule");
    }

    private long seats() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", acme)
                .at("/account/subscription/seats/bought").asLong();
    }
}
