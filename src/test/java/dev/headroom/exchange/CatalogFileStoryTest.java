package dev.headroom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A vendor keeps the catalogue in a file: what is in it is made, what is sold is prepared, and nothing happens that was not seen before. */
@HeadroomTest
class CatalogFileStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    Interjection interjection;

    private Story story;
    private FileDesk desk;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new FileDesk(story.backend());
    }

    /** Keys of its own in every run. */
    private String file() {
        return """
                catalog: 1
                products:
                  - key: $-desk
                    name: Desk
                    description: "Everything, at once: <b>bold</b>"
                    creditGuard: {days: 3, measure: NO_CREDIT}
                    features:
                      - {key: $-seats, name: Seats, kind: ALLOWANCE, unit: seat, seats: true}
                      - key: $-calls
                        name: Calls
                        kind: METER
                        unit: call
                        reset: BILLING_PERIOD
                        thresholds: [50, 100]
                        meter:
                          aggregation: SUM
                          filter: [{property: method, values: [POST, PUT]}]
                          groupBy: [region]
                      - {key: $-users, name: Users, kind: METER, reset: ROLLING, rollingDays: 30, meter: {aggregation: UNIQUE, property: user, source: $-calls}}
                      - {key: $-sso, name: SSO, kind: GATE}
                      - {key: $-support, name: "=SUM(A1)", kind: SETTING}
                    plans:
                      - key: $-basic
                        name: Basic
                        rank: 1
                        prices:
                          - {interval: MONTH, currency: USD, flat: 0}
                          - {interval: YEAR, currency: USD, perSeat: 2900.5}
                        entitlements:
                          - {feature: $-seats, included: 3}
                          - {feature: $-calls, included: 1000, policy: OVERAGE, softLimit: 800, overage: [{currency: USD, unitMinor: 0.04}]}
                      - key: $-plus
                        name: Plus
                        rank: 2
                        visibility: HIDDEN
                        prices:
                          - interval: MONTH
                            currency: USD
                            volume: [{upTo: 10, unit: 1000}, {unit: 900, fee: 500}]
                          - interval: YEAR
                            currency: EUR
                            graduated: [{upTo: 10, unit: 1000}, {unit: 900}]
                        entitlements:
                          - {feature: $-seats, included: 0}
                          - {feature: $-calls, included: 5000, graceDays: 3, gracePercent: 10}
                          - {feature: $-users, included: 10, policy: SOFT}
                          - {feature: $-sso}
                          - {feature: $-support, setting: fast}
                    addOns:
                      - key: $-pack
                        name: Pack
                        prices: [{interval: MONTH, currency: USD, packaged: {size: 5, each: 2500}}]
                        entitlements: [{feature: $-calls, included: 100}]
                    offers:
                      - key: $-spring
                        name: Spring
                        percentOff: 12.50
                        duration: MONTHS
                        months: 3
                        from: 2026-03-01T00:00:00Z
                        until: 2099-04-01T00:00:00Z
                        plans: [$-basic]
                        existingCustomers: true
                        redemptionCap: 100
                      - {key: $-ten, name: Ten, amountOff: {minor: 1000, currency: USD}, duration: ONCE, from: 2026-03-01T00:00:00Z, until: 2099-04-01T00:00:00Z, ended: true}
                    transitionRules:
                      - {kind: DOWNGRADE, from: $-plus, to: $-basic, transition: PERIOD_END}
                      - {kind: START, to: $-plus, transition: BY_APPROVAL}
                bundles:
                  - key: $-both
                    name: Both
                    percentOff: 10
                    members:
                      - product: $-desk
                      - {addOn: $-pack, reduced: false}
                    from: 2026-01-01T00:00:00Z
                """.replace("$", story.key("f"));
    }

    private String key(String name) {
        return story.key("f") + "-" + name;
    }

    @Test
    void aWholeCatalogueIsMadeOfOneFileAndWrittenAgainAsItWas() {
        List<String> done = desk.apply(file());
        assertThat(done).contains("CREATED PRODUCT " + key("desk"), "CREATED FEATURE " + key("calls"), "CREATED PLAN " + key("plus"), "CREATED ADD_ON " + key("pack"),
                "CREATED OFFER " + key("spring"), "CREATED TRANSITION_RULE " + key("desk") + ", START to " + key("plus"), "CREATED BUNDLE " + key("both"),
                "CHANGED CREDIT_GUARD " + key("desk"));

        JsonNode again = desk.preview(file());
        assertThat(FileDesk.differing(again)).as(again.toString()).isEmpty();
        assertThat(again.at("/agrees").asBoolean()).isTrue();

        String written = desk.export(key("desk"));
        assertThat(written).contains("name: \"=SUM(A1)\"", "unitMinor: 0.04", "percentOff: 12.5\n", "perSeat: 2900.5", "ended: true", "visibility: HIDDEN");
        assertThat(CatalogSchemaTest.findings(written)).isEmpty();
        assertThat(FileDesk.differing(desk.preview(written))).isEmpty();
        assertThat(desk.export(key("desk"))).as("the same catalogue, the same text").isEqualTo(written);
    }

    @Test
    void whatIsSoldIsPreparedInADraftAndStaysAsItIs() {
        desk.apply(file());
        String raised = file().replace("flat: 0", "flat: 1500").replace("included: 1000,", "included: 2000,");
        JsonNode preview = desk.preview(raised);
        assertThat(FileDesk.differing(preview)).containsExactly("DRAFTED PLAN " + key("basic"));
        assertThat(preview.at("/differences").toString()).contains("Month, USD: $0.00 a month → $15.00 a month", "Calls: 1,000 → 2,000 included");

        assertThat(desk.apply(raised)).containsExactly("DRAFTED PLAN " + key("basic"));
        assertThat(sold("basic").at("/onSale/prices/0/summary").asString()).isEqualTo("$0.00 a month");
        assertThat(sold("basic").at("/draft/findings").valueStream().map(each -> each.at("/severity").asString())).doesNotContain("ERROR");
        assertThat(sold("basic").at("/draft/diff/prices/0/words").asString()).isEqualTo("Month, USD: $0.00 a month → $15.00 a month");

        JsonNode waiting = desk.preview(raised);
        assertThat(FileDesk.differing(waiting)).containsExactly("WAITING PLAN " + key("basic"));
        assertThat(waiting.at("/agrees").asBoolean()).as("what is sold is still another").isFalse();
        assertThat(desk.apply(raised)).as("again changes nothing").isEmpty();
        assertThat(sold("basic").at("/draft/revision").asInt()).isEqualTo(1);

        JsonNode other = desk.preview(raised.replace("flat: 1500", "flat: 1600"));
        assertThat(other.at("/differences").toString()).contains("The draft that is open, changed last by", "loses: Month, USD: $16.00 a month → $15.00 a month");
        desk.apply(raised.replace("flat: 1500", "flat: 1600"));
        assertThat(sold("basic").at("/draft/diff/prices/0/words").asString()).contains("$16.00");
    }

    @Test
    void namesChangeAtOnceAndWhatIsCountedBySomethingStays() {
        desk.apply(file());
        String renamed = file().replace("name: Desk", "name: The desk").replace("name: Calls", "name: Requests").replace("transition: PERIOD_END", "transition: NOW_UNPRORATED")
                .replace("days: 3,", "days: 5,").replace("{key: $-sso, name: SSO, kind: GATE}".replace("$", story.key("f")),
                        "{key: $-sso, name: SSO, kind: GATE}\n      - {key: $-audit, name: Audit log, kind: GATE}".replace("$", story.key("f")));
        assertThat(desk.apply(renamed)).containsExactlyInAnyOrder("CHANGED PRODUCT " + key("desk"), "CHANGED FEATURE " + key("calls"), "CREATED FEATURE " + key("audit"),
                "CHANGED TRANSITION_RULE " + key("desk") + ", DOWNGRADE from " + key("plus") + " to " + key("basic"), "CHANGED CREDIT_GUARD " + key("desk"));
        assertThat(FileDesk.differing(desk.preview(renamed))).isEmpty();

        assertThat(FileDesk.errors(desk.preview(file().replace("reset: BILLING_PERIOD", "reset: DAY")))).singleElement().asString()
                .contains("products[0].features[1].reset", "stays as it is: BILLING_PERIOD, not DAY");
        assertThat(FileDesk.errors(desk.preview(file().replace("percentOff: 12.50", "percentOff: 15")))).singleElement().asString()
                .contains("products[0].offers[0].percentOff", "Here percentOff is 15 %, there it is 12.5 %");
    }

    @Test
    void whatTheFileDoesNotNameStaysAndIsTold() {
        desk.apply(file());
        String less = file().replaceFirst("(?s)    addOns:.*?    offers:", "    offers:").replaceFirst("(?s)bundles:.*", "");
        JsonNode preview = desk.preview(less);
        assertThat(FileDesk.differing(preview)).isEmpty();
        assertThat(FileDesk.told(preview.at("/differences"))).contains("LEFT ADD_ON " + key("pack"), "LEFT BUNDLE " + key("both"), "LEFT PRODUCT " + story.key("suite"));
        assertThat(preview.at("/agrees").asBoolean()).isTrue();
        assertThat(desk.apply(less)).isEmpty();
        assertThat(desk.export(key("desk"))).contains(key("pack"), key("both"));
    }

    @Test
    void anOwnPriceIsCarriedByTheKeysOfItsAccountAndOfWhatItIsInThePlaceOf() {
        String account = story.account("acme");
        String own = file().replaceFirst("( +)addOns:", """
                $1  - key: %1$s
                $1    name: Plus
                $1    rank: 2
                $1    account: %2$s
                $1    insteadOf: %3$s
                $1    prices: [{interval: MONTH, currency: USD, perSeat: 700}]
                $1addOns:""".formatted(key("plus-own"), account, key("plus")));
        JsonNode preview = desk.preview(own);
        assertThat(FileDesk.errors(preview)).isEmpty();
        assertThat(preview.at("/differences").toString()).contains("for the account \\\"" + account + "\\\" alone, in the place of \\\"" + key("plus"));
        assertThat(desk.apply(own)).contains("CREATED PLAN " + key("plus-own"));
        assertThat(sold("plus-own").at("/account/key").asString()).isEqualTo(account);

        String written = desk.export(key("desk"));
        assertThat(written).contains("account: " + account, "insteadOf: " + key("plus"));
        assertThat(FileDesk.differing(desk.preview(written))).isEmpty();
        assertThat(FileDesk.told(desk.preview(file()).at("/differences"))).as("what the file does not name is told").contains("LEFT PLAN " + key("plus-own"));

        assertThat(FileDesk.errors(desk.preview(own.replace("account: " + account, "account: nobody")))).singleElement().asString().contains("\"" + account + "\"", "stays so");
        assertThat(FileDesk.errors(desk.preview(own.replace(key("plus-own"), key("other")).replace("account: " + account, "account: nobody")))).singleElement().asString()
                .contains("No account has the key \"nobody\"");
        assertThat(FileDesk.errors(desk.preview(own.replace(key("plus-own"), key("other")).replace("insteadOf: " + key("plus"), "insteadOf: nothing")))).singleElement().asString()
                .contains("insteadOf", "\"nothing\"");
    }

    @Test
    void whatIsInThePlaceOfAPlanThatIsNotSoldIsLeftOutAndNamed() {
        String account = story.account("acme");
        desk.apply(file().replaceFirst("( +)addOns:", """
                $1  - key: %1$s
                $1    name: Plus
                $1    rank: 2
                $1    account: %2$s
                $1    insteadOf: %3$s
                $1    prices: [{interval: MONTH, currency: USD, perSeat: 700}]
                $1addOns:""".formatted(key("plus-own"), account, key("plus"))));
        story.backend().ask("mutation ($input: RetirePlanInput!) { retirePlan(input: $input) { __typename } }", "input", Map.of("plan", key("plus"))).at("/retirePlan");

        String written = desk.export(key("desk"));
        assertThat(written).as("nothing in it names a plan that it does not hold").doesNotContain("insteadOf", "key: " + key("plus-own"))
                .contains("# Not here, though on sale: \"" + key("plus-own") + "\", in the place of \"" + key("plus") + "\", which is not sold any more.");
        JsonNode preview = desk.preview(written);
        assertThat(FileDesk.errors(preview)).isEmpty();
        assertThat(FileDesk.told(preview.at("/differences"))).contains("LEFT PLAN " + key("plus-own"));
    }

    @Test
    void offersAndBundlesAreEnded() {
        desk.apply(file());
        String ended = file().replace("redemptionCap: 100", "redemptionCap: 100\n        ended: true")
                .replace("from: 2026-01-01T00:00:00Z", "from: 2026-01-01T00:00:00Z\n    until: 2026-01-02T00:00:00Z");
        assertThat(desk.apply(ended)).containsExactly("ENDED OFFER " + key("spring"), "ENDED BUNDLE " + key("both"));
        assertThat(FileDesk.differing(desk.preview(ended))).isEmpty();
        assertThat(FileDesk.findings(desk.preview(file()), false)).anyMatch(told -> told.contains("does not begin again"));
    }

    @Test
    void whatWasNotSeenIsNotDone() {
        JsonNode seen = desk.preview(file());
        String fingerprint = seen.at("/fingerprint").asString();
        JsonNode another = desk.applying("k1" + key("a"), file().replace("flat: 0", "flat: 1"), fingerprint).at("/applyCatalog");
        assertThat(another.at("/__typename").asString()).as("another file").isEqualTo("CatalogMoved");
        desk.api().ask("mutation ($input: EditProductInput!) { editProduct(input: $input) { __typename } }", "input",
                Map.of("product", story.key("suite"), "name", "Another suite")).at("/editProduct");
        JsonNode moved = desk.applying("k2" + key("a"), file(), fingerprint).at("/applyCatalog");
        assertThat(moved.at("/__typename").asString()).as("another catalogue").isEqualTo("CatalogMoved");
        assertThat(product().isNull()).isTrue();

        JsonNode wrong = desk.applying("k3" + key("a"), file().replace("rank: 2", "rank: two"), fingerprint).at("/applyCatalog");
        assertThat(wrong.at("/__typename").asString()).isEqualTo("CatalogHasFindings");

        String key = "k2" + key("a");
        String current = moved.at("/now/fingerprint").asString();
        assertThat(desk.applying(key, file(), current).text("/applyCatalog/__typename")).as("a refused key is free").isEqualTo("CatalogApplied");
        JsonNode repeated = desk.applying(key, file(), current).at("/applyCatalog");
        assertThat(repeated.at("/done")).isEmpty();
        assertThat(repeated.at("/remaining/agrees").asBoolean()).isTrue();
    }

    @Test
    void twiceAtOnceIsOnce() {
        String file = file();
        String fingerprint = desk.preview(file).at("/fingerprint").asString();
        List<String> ends = Stream.of("a", "b", "c").map(key -> CompletableFuture.supplyAsync(() -> desk.applying(key + key("once"), file, fingerprint))).toList().stream()
                .map(CompletableFuture::join).map(answer -> answer.text("/applyCatalog/__typename")).sorted().toList();
        assertThat(ends).containsExactly("CatalogApplied", "CatalogMoved", "CatalogMoved");
        assertThat(FileDesk.differing(desk.preview(file))).isEmpty();

        String raised = file.replace("flat: 0", "flat: 700");
        String seen = desk.preview(raised).at("/fingerprint").asString();
        List<Integer> done = Stream.of(1, 2, 3).map(_ -> CompletableFuture.supplyAsync(() -> desk.applying("same" + key("once"), raised, seen))).toList().stream()
                .map(CompletableFuture::join).map(answer -> answer.at("/applyCatalog/done").size()).sorted().toList();
        assertThat(done).as("one key, one effect").containsExactly(0, 0, 1);
        assertThat(sold("basic").at("/draft/revision").asInt()).isEqualTo(1);
    }

    @Test
    void whoeverIsOutrunOrDiesLeavesNothingHalfDone() {
        String fingerprint = desk.preview(file()).at("/fingerprint").asString();
        interjection.after("insert into \"catalog\".\"plan\"", () -> {
            throw new IllegalStateException("the process dies here");
        });
        assertThat(desk.applying("dies" + key("a"), file(), fingerprint).errorCode()).isEqualTo("INTERNAL");
        assertThat(product().isNull()).isTrue();

        interjection.after("insert into \"catalog\".\"product\"", () -> desk.api().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", key("quick"), "product", story.key("suite"), "key", key("plus"), "name", "Quicker", "rank", 40,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 100)), "entitlements", List.of())).at("/createPlan"));
        assertThat(desk.applying("outrun" + key("a"), file(), fingerprint).errorCode()).isEqualTo("CONFLICT");
        assertThat(interjection.happened()).isTrue();
        assertThat(product().isNull()).isTrue();
        assertThat(FileDesk.errors(desk.preview(file()))).first().asString()
                .contains("products[0].plans[1].key", "is that of a plan of the product \"" + story.key("suite") + "\"");

        String other = file().replace(key("plus"), key("more"));
        assertThat(desk.applying("dies" + key("b"), other, desk.preview(other).at("/fingerprint").asString()).text("/applyCatalog/__typename")).isEqualTo("CatalogApplied");
    }

    private JsonNode product() {
        return desk.api().ask("query ($key: String!) { product(key: $key) { key } }", "key", key("desk")).at("/product");
    }

    @Test
    void anEditorIsToldHowAFileIsWritten() throws IOException, InterruptedException {
        HttpRequest asked = HttpRequest.newBuilder(URI.create(story.world().url() + "/v1/catalog.schema.json")).header("Authorization", "Bearer " + desk.api().credential()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(asked, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/schema+json");
            assertThat(answer.body()).isEqualTo(Files.readString(Path.of("src/main/resources/catalog.schema.json")));
        }
    }

    @Test
    void onlyWhoMayEditTheCatalogueOfEveryAccount() {
        String reader = desk.api().ask("mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }", "input",
                Map.of("name", "Reader", "permissions", EnumSet.complementOf(EnumSet.of(Permission.CATALOG)))).text("/createApiKey/secret");
        FileDesk other = new FileDesk(new Api(story.world().url(), reader));
        assertThat(other.api().ask("{ exportCatalog }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(other.api().ask("{ previewCatalogImport(yaml: \"a\") { agrees } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(other.applying("key", "a", "b").errorCode()).isEqualTo("FORBIDDEN");
    }

    private JsonNode sold(String plan) {
        return desk.api().ask("query ($key: String!) { plan(key: $key) { account { key } onSale { prices { summary } } draft { revision findings { severity } diff { prices { words } } } } }",
                "key", key(plan)).at("/plan");
    }
}
