package dev.headroom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.limits.Limit;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.Transition;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import dev.headroom.time.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor is told of catalogue files is what their reader knows of them. */
class CatalogSchemaTest {

    private static final String TEXT = text(Path.of("src/main/resources/catalog.schema.json"));
    private static final JsonNode JSON = JsonMapper.builder().build().readTree(TEXT);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<!-- example -->\n```yaml\n(.*?)```");

    private static final String RIGHT = """
            catalog: 1
            products:
              - key: desk
                name: Desk
                creditGuard: {days: 3, measure: NO_CREDIT}
                features: [{key: calls, name: Calls, kind: METER, reset: DAY, thresholds: [], meter: {filter: [{property: method, values: [POST]}]}}]
                plans:
                  - key: basic
                    name: 2026
                    rank: 1
                    prices: [{interval: MONTH, currency: USD, perSeat: 0.000000000001}, {interval: YEAR, currency: USD, volume: [{upTo: 10, unit: 5}, {unit: 4}]}]
                    entitlements: [{feature: calls, included: 5, policy: OVERAGE, overage: [{currency: USD, unitMinor: "4.5"}]}]
                  - {key: own, name: Own, rank: 1, account: acme, insteadOf: basic, prices: [{interval: MONTH, currency: USD, flat: 100}]}
                offers:
                  - {key: spring, name: Spring, percentOff: 12.5, duration: MONTHS, months: 3, from: 2026-03-01T00:00:00Z, until: 2026-04-01T00:00:00+02:00}
                transitionRules: [{kind: START, transition: BY_APPROVAL}]
            bundles:
              - {key: both, name: Both, percentOff: 10, members: [{product: desk}, {addOn: pack, reduced: false}]}
            """;

    /** What is wrong with a file, as an editor would tell it. */
    static List<String> findings(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Error::toString).toList();
    }

    @Test
    void whatIsExportedIsRight() {
        Matcher example = EXAMPLE.matcher(text(Path.of("docs/catalog-file.md")));
        assertThat(example.find()).isTrue();
        assertThat(example.group(1)).startsWith("# yaml-language-server: $schema=catalog.schema.json\n");
        assertThat(findings(example.group(1))).isEmpty();
        assertThat(findings(RIGHT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            catalog: 1                | catalog: 2
            catalog: 1                | '# nothing'
            key: desk                 | key: a key
            name: Desk                | nam: Desk
            days: 3,                  | days: 400,
            measure: NO_CREDIT        | measure: NEVER
            kind: METER,              | kind: METRE,
            reset: DAY                | reset: WEEK
            thresholds: []            | thresholds: many
            values: [POST]            | value: POST
            rank: 1                   | rank: -1
            rank: 1                   | rang: 1
            interval: MONTH           | interval: WEEK
            currency: USD             | currency: dollars
            perSeat: 0.000000000001   | perSeat: -1
            perSeat: 0.000000000001   | flat: 0.5
            perSeat: 0.000000000001   | 'perSeat: 1, flat: 2'
            , perSeat: 0.000000000001 | ''
            {upTo: 10, unit: 5}       | {upTo: 10}
            feature: calls            | features: calls
            included: 5               | included: five
            policy: OVERAGE           | policy: LAX
            unitMinor: "4.5"          | unitMinor: "much"
            , insteadOf: basic        | ''
            flat: 100                 | flat: 10.5
            percentOff: 12.5          | percentOff: 101
            percentOff: 12.5,         | ''
            percentOff: 12.5          | 'percentOff: 1, amountOff: {minor: 1, currency: USD}'
            , months: 3               | ''
            duration: MONTHS          | duration: ONCE
            from: 2026-03-01T00:00:00Z | from: 2026-03-01
            kind: START               | kind: BEGIN
            transition: BY_APPROVAL   | transition: LATER
            , {addOn: pack, reduced: false} | ''
            addOn: pack               | 'addOn: pack, product: desk'
            reduced: false            | reduced: perhaps
            """)
    void whatIsWrongIsToldWhileItIsWritten(String right, String wrong) {
        assertThat(RIGHT).contains(right);
        assertThat(findings(RIGHT.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)))).isNotEmpty();
    }

    @Test
    void itKnowsTheFieldsThatTheReaderKnows() {
        Map<String, Set<String>> known = Map.ofEntries(
                Map.entry("", FileReading.FILE), Map.entry("/$defs/product", FileReading.PRODUCT), Map.entry("/$defs/product/properties/creditGuard", FileReading.GUARD),
                Map.entry("/$defs/rule", FileReading.RULE), Map.entry("/$defs/bundle", FileReading.BUNDLE), Map.entry("/$defs/bundle/properties/members/items", FileReading.MEMBER),
                Map.entry("/$defs/feature", FeatureReading.FEATURE), Map.entry("/$defs/meter", FeatureReading.METER),
                Map.entry("/$defs/meter/properties/filter/items", FeatureReading.FILTER), Map.entry("/$defs/plan", PlanReading.PLAN), Map.entry("/$defs/addOn", PlanReading.PLAN),
                Map.entry("/$defs/price", PlanReading.PRICE), Map.entry("/$defs/price/properties/packaged", PlanReading.PACKAGE), Map.entry("/$defs/tier", PlanReading.TIER),
                Map.entry("/$defs/entitlement", PlanReading.ENTITLEMENT), Map.entry("/$defs/entitlement/properties/overage/items", PlanReading.OVERAGE),
                Map.entry("/$defs/offer", OfferReading.OFFER), Map.entry("/$defs/offer/properties/amountOff", OfferReading.AMOUNT));
        known.forEach((at, fields) -> {
            assertThat(JSON.at(at).at("/properties").propertyNames()).as(at).containsExactlyInAnyOrderElementsOf(fields);
            assertThat(JSON.at(at).at("/additionalProperties").asBoolean(true)).as(at).isFalse();
        });
    }

    @Test
    void itKnowsTheWordsThatTheReaderKnows() {
        Map<String, Enum<?>[]> known = Map.ofEntries(
                Map.entry("feature/properties/kind", FeatureKind.values()), Map.entry("feature/properties/reset", Reset.values()),
                Map.entry("meter/properties/aggregation", Aggregation.values()), Map.entry("price/properties/interval", Interval.values()),
                Map.entry("plan/properties/visibility", Visibility.values()), Map.entry("entitlement/properties/policy", Limit.Policy.values()),
                Map.entry("offer/properties/duration", OfferDuration.values()), Map.entry("rule/properties/kind", ChangeKind.values()),
                Map.entry("rule/properties/transition", Transition.values()), Map.entry("product/properties/creditGuard/properties/measure", CreditGuard.Measure.values()));
        known.forEach((at, words) -> assertThat(JSON.at("/$defs/" + at + "/enum").valueStream().map(JsonNode::asString).collect(Collectors.toSet())).as(at)
                .isEqualTo(Stream.of(words).map(Enum::name).collect(Collectors.toSet())));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
