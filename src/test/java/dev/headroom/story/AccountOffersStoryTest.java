package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offers;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term.Once;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** An account sees the offers that it may take with a change of what it has, and those that it may take with a start of what it has not. */
@HeadroomTest
class AccountOffersStoryTest {

    private static final Map<String, Object> TENTH_ONCE = Map.of("percentOff", "10", "duration", "ONCE");

    private static final Actor.System SELF = new Actor.System("test");
    private static final String ASK = """
            query ($account: String, $at: DateTime) { accountOffers(account: $account, at: $at) { takeable against { rule } offer { key product { key } }
              takenWith { __typename ... on TakenWithChange { subscription { id plan { key } } }
                ... on TakenWithStart { product { key } plans { key } against { rule reason } } } } }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    StatementCounter statements;

    @Autowired
    Catalog catalog;

    @Autowired
    Offers offers;

    @Autowired
    TransactionTemplate transaction;

    private Story story;
    private StartDesk desk;

    @BeforeEach
    void aVendorOfTwoProducts() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new StartDesk(story, stripe, accounts, subscriptions).besideAnotherProduct();
        desk.offer("suite", "tenth", TENTH_ONCE);
        desk.offer("guide", "walk", TENTH_ONCE);
    }

    @Test
    void whatRunsIsChangedAndWhatDoesNotIsStarted() {
        String acme = story.subscribed("acme", "team", 5);

        assertThat(words(acme)).containsExactly("tenth: with a change of team", "walk: with a start of guide by walks");
        assertThat(words(story.account("prospect"))).containsExactly("tenth: with a start of suite by free, starter, team, pro", "walk: with a start of guide by walks");
        JsonNode start = seen(acme).stream().filter(each -> name(each).equals("walk")).findFirst().orElseThrow();
        assertThat(start.at("/against/rule").asString()).as("whoever knows of changes alone takes it for none of them").isEqualTo("OFFER_NOT_ELIGIBLE");
        assertThat(start.at("/takeable").asBoolean()).isTrue();
        desk.requireStarted(desk.accept(desk.quote(acme, desk.walks(Map.of("offers", List.of(story.key("walk")))))));
        assertThat(words(acme)).containsExactly("tenth: with a change of team", "walk: with a change of walks, not OFFER_TAKEN");
    }

    @Test
    void whatIsNotMeantForWhoStartsSaysWhyNot() {
        desk.offer("suite", "for-pro", Map.of("percentOff", "5", "duration", "ONCE", "plans", List.of(story.key("pro"))));
        desk.offer("suite", "euros", Map.of("amountOff", Map.of("minor", 100, "currency", "EUR"), "duration", "ONCE"));
        desk.offer("suite", "loyal", Map.of("percentOff", "5", "duration", "ONCE", "existingCustomers", true));
        desk.offer("suite", "soon", Map.of("percentOff", "5", "duration", "ONCE", "from", desk.in(Duration.ofDays(1))));
        desk.offer("suite", "last", Map.of("percentOff", "5", "duration", "ONCE", "redemptionCap", 1));
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        desk.requireStarted(desk.accept(desk.quote(acme, Map.of("plan", story.key("starter"), "offers", List.of(story.key("last"))))));

        assertThat(words(story.account("prospect"))).containsExactlyInAnyOrder(
                "tenth: with a start of suite by free, starter, team, pro", "walk: with a start of guide by walks", "for-pro: with a start of suite by pro",
                "euros: with a start of suite by free, starter, team, pro, not OFFER_NOT_ELIGIBLE",
                "loyal: with a start of suite by free, starter, team, pro, not OFFER_NOT_ELIGIBLE",
                "last: with a start of suite by free, starter, team, pro, not OFFER_TAKEN");
    }

    @Test
    void aStartThatIsUnderWayHoldsIt() {
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        desk.requireStarted(desk.accept(desk.quote(acme, Map.of("plan", story.key("starter"), "trialDays", 10, "offers", List.of(story.key("tenth"))))));

        assertThat(words(acme)).containsExactly("tenth: with a change of starter, not OFFER_TAKEN", "walk: with a start of guide by walks");
    }

    @Test
    void whatIsAgreedWithOneAccountIsSeenByNoOther() {
        String acme = story.account("acme");
        String other = story.account("other");
        AccountId agreed = accounts.meant(SELF, acme).id();
        Instant now = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        transaction.executeWithoutResult(_ -> catalog.agree(SELF, offers.negotiated(
                "input", agreed.value(), catalog.snapshot().requireProduct("input", story.key("guide")).id(), new PercentOff(BigDecimal.TEN), new Once(),
                new Period(now, now.plus(Duration.ofDays(1))))));

        assertThat(seen(acme)).hasSize(3).allMatch(each -> each.at("/takeable").asBoolean());
        assertThat(seen(other)).hasSize(2);
    }

    /** As many statements for many offers of many products as for one. */
    @Test
    void howManyThereAreCostsNoMoreStatements() {
        String acme = story.subscribed("acme", "team", 5);
        seen(acme);
        int few = statements.during(() -> seen(acme));
        IntStream.range(0, 6).forEach(number -> desk.offer(number % 2 == 0 ? "suite" : "guide", "more-" + number, TENTH_ONCE));
        seen(acme);
        assertThat(statements.during(() -> assertThat(seen(acme)).hasSize(8))).isEqualTo(few).isLessThan(6);
    }

    /** Others may have left products and offers of theirs. */
    private List<JsonNode> seen(String account) {
        return story.backend().ask(ASK, "account", account).at("/accountOffers").valueStream()
                .filter(each -> List.of(story.key("suite"), story.key("guide")).contains(each.at("/offer/product/key").asString())).toList();
    }

    private List<String> words(String account) {
        return seen(account).stream().map(each -> name(each) + ": " + occasion(each.at("/takenWith")) + against(each)).toList();
    }

    private static String name(JsonNode seen) {
        return plain(seen.at("/offer/key"));
    }

    private static String occasion(JsonNode with) {
        return switch (with.at("/__typename").asString()) {
            case "TakenWithChange" -> "with a change of " + plain(with.at("/subscription/plan/key"));
            case String start -> "with a start of " + plain(with.at("/product/key")) + " by "
                    + with.at("/plans").valueStream().map(plan -> plain(plan.at("/key"))).collect(Collectors.joining(", "));
        };
    }

    private static String against(JsonNode seen) {
        JsonNode rule = seen.at("/takenWith/__typename").asString().equals("TakenWithStart") ? seen.at("/takenWith/against/rule") : seen.at("/against/rule");
        assertThat(seen.at("/takeable").asBoolean()).isEqualTo(rule.asString("").isEmpty());
        return Stream.of(rule.asString("")).filter(text -> !text.isEmpty()).map(text -> ", not " + text).collect(Collectors.joining());
    }

    private static String plain(JsonNode key) {
        return key.asString().replaceFirst("-[0-9]+$", "");
    }
}
