package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Before an offer or a bundle is there, and before it ends, one sees whom it concerns. */
@HeadroomTest
class ReachStoryTest {

    private static final String REACH = """
            { accounts taken at totals { how currency accounts subscriptions mrrBefore { amountMinor } mrrAfter { amountMinor } difference { amountMinor } }
              lines { account { key } how has { number } standing revenue difference { amountMinor } } csv }""";

    @Autowired
    Stories stories;

    private Story story;
    private String acme;
    private String bolt;

    @BeforeEach
    void oneWithInsightsAndOneWithout() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.subscribed("acme", "team", 5);
        bolt = story.subscribed("bolt", "pro", 1);
        assertThat(story.accept(story.token(acme, insights())).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void whoHasAllOfABundleIsToldBeforeItIsMadeAndGetsJustThat() {
        JsonNode before = bundleReach();
        assertThat(before.at("/accounts").asInt()).isEqualTo(1);
        assertThat(totals(before)).containsExactly("NEXT_CHANGE USD 1/1 15400 -> 12320");
        assertThat(before.at("/lines/0/account/key").asString()).isEqualTo(acme);
        sumsAreThoseOfTheFile(before);
        assertThat(story.backend().ask("query ($key: String!) { bundle(key: $key) { key } }", "key", story.key("duo")).at("/bundle").isNull()).as("nothing was made").isTrue();

        assertThat(story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { __typename } }", "input", bundle())
                .text("/createBundle/__typename")).isEqualTo("BundleCreated");
        assertThat(totals(bundleEndReach())).as("it has not come to them yet").containsExactly("NEXT_CHANGE USD 1/1 15400 -> 12320");
        story.accept(story.token(acme, Map.of("seats", 6))).at("/changePlan/change/id");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", acme)
                .at("/account/subscription/recurring/amountMinor").asLong()).isEqualTo(14_320);
        JsonNode end = bundleEndReach();
        assertThat(totals(end)).containsExactly("KEEPS USD 1/1 17900 -> 14320");
        sumsAreThoseOfTheFile(end);
    }

    @Test
    void whoCouldTakeAnOfferIsToldByTheWayInWhichTheyWould() {
        String eve = story.account("eve");
        JsonNode reach = offerReach(Map.of("plans", List.of(story.key("team"))));
        assertThat(of(reach, acme)).contains("STAYING -1540");
        assertThat(of(reach, bolt)).as("with a change to the plan that it is for").contains("MOVING 0");
        assertThat(of(reach, eve)).contains("STARTING 0");
        sumsAreThoseOfTheFile(reach);
        assertThat(of(offerReach(Map.of("duration", "ONCE")), acme)).as("one invoice is nothing that recurs").contains("STAYING 0");
        JsonNode loyal = offerReach(Map.of("existingCustomers", true, "from", in(Duration.ofSeconds(1))));
        assertThat(of(loyal, bolt)).contains("STAYING -490");
        assertThat(of(loyal, eve)).isEmpty();
        assertThat(of(offerReach(Map.of("amountOff", Map.of("minor", 500, "currency", "EUR"))), acme)).as("in a currency that it does not pay").isEmpty();
    }

    @Test
    void whoTookItIsNotAmongThoseWhoCouldAnyMore() {
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", offer(Map.of())).at("/createOffer");
        assertThat(of(offerEndReach(), acme)).contains("STAYING -1540");
        story.accept(story.token(acme, Map.of("seats", 6, "offer", story.key("spring")))).at("/changePlan/change/id");
        JsonNode end = offerEndReach();
        assertThat(of(end, acme)).isEmpty();
        assertThat(of(end, bolt)).contains("STAYING -490");
        assertThat(end.at("/taken").asInt()).isEqualTo(1);
    }

    @Test
    void itRefusesWhatTheCommandRefusesAndWhoMayNotMakeIt() {
        Map<String, Object> none = new HashMap<>(bundle());
        none.put("percentOff", "101");
        assertThat(story.backend().ask("query ($input: CreateBundleInput!) { bundleReach(input: $input) " + REACH + " }", "input", none).body()
                .at("/errors/0/extensions/field").asString()).isEqualTo("input.percentOff");
        Api reader = stories.api(stories.secret(Set.of(Permission.READ)));
        assertThat(reader.ask("query ($key: String!) { bundleEndReach(bundle: $key) " + REACH + " }", "key", "any").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.backend().ask("query ($key: String!) { offerEndReach(offer: $key) " + REACH + " }", "key", "nothing").errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aNameThatIsAFormulaIsATextInTheFile() {
        story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { key } } } }",
                "input", Map.of("idempotencyKey", story.key("evil"), "key", story.key("evil"), "name", "=HYPERLINK(\"http://x\")", "email", "x@example.com",
                        "currency", "USD")).at("/createAccount/account/key");
        assertThat(offerReach(Map.of()).at("/csv").asString()).contains(story.key("evil") + ",\"'=HYPERLINK(\"\"http://x\"\")\",STARTING");
    }

    /** Of what counts as revenue. */
    private static void sumsAreThoseOfTheFile(JsonNode reach) {
        List<String> lines = Arrays.asList(reach.at("/csv").asString().split("\r\n"));
        List<String> heads = Arrays.asList(lines.getFirst().split(","));
        reach.at("/totals").forEach(total -> assertThat(lines.stream().skip(1).map(line -> line.split(",", -1))
                .filter(cells -> cells[heads.indexOf("how")].equals(total.at("/how").asString()))
                .filter(cells -> cells[heads.indexOf("currency")].equals(total.at("/currency").asString()))
                .filter(cells -> cells[heads.indexOf("counts_as_revenue")].equals("true"))
                .mapToLong(cells -> Long.parseLong(cells[heads.indexOf("mrr_difference_minor")])).sum()).isEqualTo(total.at("/difference/amountMinor").asLong()));
        assertThat(lines).hasSize(1 + reach.at("/totals").valueStream().mapToInt(total -> total.at("/how").asString().equals("STARTING")
                ? total.at("/accounts").asInt() : total.at("/subscriptions").asInt()).sum());
    }

    private static List<String> totals(JsonNode reach) {
        return reach.at("/totals").valueStream().map(total -> total.at("/how").asString() + " " + total.at("/currency").asString() + " " + total.at("/accounts").asInt()
                + "/" + total.at("/subscriptions").asInt() + " " + total.at("/mrrBefore/amountMinor").asLong() + " -> " + total.at("/mrrAfter/amountMinor").asLong()).toList();
    }

    /** By the file, because others that share the database may begin with it too. */
    private static Optional<String> of(JsonNode reach, String account) {
        return Stream.of(reach.at("/csv").asString().split("\r\n")).map(line -> line.split(",", -1)).filter(cells -> cells[0].equals(account))
                .map(cells -> cells[2] + " " + cells[12]).findFirst();
    }

    private JsonNode bundleReach() {
        return story.backend().ask("query ($input: CreateBundleInput!) { bundleReach(input: $input) " + REACH + " }", "input", bundle()).at("/bundleReach");
    }

    private JsonNode bundleEndReach() {
        return story.backend().ask("query ($key: String!) { bundleEndReach(bundle: $key) " + REACH + " }", "key", story.key("duo")).at("/bundleEndReach");
    }

    private JsonNode offerReach(Map<String, Object> more) {
        return story.backend().ask("query ($input: CreateOfferInput!) { offerReach(input: $input) " + REACH + " }", "input", offer(more)).at("/offerReach");
    }

    private JsonNode offerEndReach() {
        return story.backend().ask("query ($key: String!) { offerEndReach(offer: $key) " + REACH + " }", "key", story.key("spring")).at("/offerEndReach");
    }

    private Map<String, Object> bundle() {
        return Map.of("idempotencyKey", story.key("duo"), "key", story.key("duo"), "name", "duo", "percentOff", "20",
                "members", List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))));
    }

    private Map<String, Object> insights() {
        return Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)));
    }

    private Map<String, Object> offer(Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "key", story.key("spring"),
                "name", "spring", "duration", "FOREVER", "from", in(Duration.ZERO), "until", in(Duration.ofDays(7))));
        if (!more.containsKey("amountOff")) {
            input.put("percentOff", "10");
        }
        input.putAll(more);
        return input;
    }

    private String in(Duration later) {
        return stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(later).toString();
    }
}
