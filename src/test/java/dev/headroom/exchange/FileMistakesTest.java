package dev.headroom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Everything that is wrong in a file is told at once, where it stands, and with what would be right. */
@HeadroomTest
class FileMistakesTest {

    @Autowired
    Stories stories;

    private JsonNode preview(String yaml) {
        return new FileDesk(stories.begin().backend()).preview(yaml);
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsLine() {
        List<String> told = FileDesk.errors(preview("""
                catalog: 2
                product: []
                products:
                  - key: mistaken
                    name: " "
                    features:
                      - {key: mistaken-seats, name: Seats, kind: ALLOWENCE, seats: true}
                      - {key: mistaken-calls, name: Calls, kind: METER}
                      - {key: mistaken-calls, name: Again, kind: GATE}
                      - {key: mistaken-days, name: Days, kind: GATE, rollingDays: 5}
                      - {key: mistaken-source, name: Source, kind: METER, reset: DAY, meter: {source: mistaken-nothing}}
                    plans:
                      - key: mistaken-one
                        name: One
                        rank: -1
                        name: Two
                        prices:
                          - {interval: MONTH, currency: USD}
                          - {interval: MONTH, currency: EUR, flat: 100, perSeat: 5}
                          - {interval: YEAR, currency: XXX, flat: -5}
                          - {interval: YEAR, currency: GBP, perSeat: 1e999}
                          - {interval: YEAR, currency: GBP, flat: many}
                        entitlements:
                          - {feature: mistaken-nothing}
                          - {feature: mistaken-seats, included: -1, policy: SOFT}
                          - {feature: mistaken-calls, included: 5, policy: OVERAGE}
                      - key: mistaken-empty
                        name: Empty
                        rank: 1
                      - {key: mistaken-one, name: Again, rank: 1}
                    addOns:
                      - {key: mistaken-pack, name: Pack, prices: [{interval: MONTH, currency: USD, perSeat: 1}], entitlements: [{feature: mistaken-calls, softLimit: 4}]}
                    offers:
                      - {key: mistaken-o1, name: O, percentOff: 101, duration: ONCE, from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z}
                      - {key: mistaken-o2, name: O, percentOff: 10, duration: ONCE, from: 2027-01-01T00:00:00Z, until: 2026-01-01T00:00:00Z}
                      - {key: mistaken-o3, name: O, percentOff: 10, duration: MONTHS, from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z}
                      - {key: mistaken-o4, name: O, percentOff: 10, duration: ONCE, from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z, plans: [mistaken-none]}
                      - {key: mistaken-o5, name: O, duration: ONCE, from: 2026-01-01, until: 2027-01-01T00:00:00Z}
                    transitionRules:
                      - {kind: UPGRADE, from: mistaken-one, to: mistaken-one, transition: PERIOD_END}
                      - {kind: START, transition: NOW_PRORATED}
                    creditGuard: {days: 400, measure: WAITS}
                bundles:
                  - {key: mistaken-b, name: B, percentOff: 10, members: [{product: mistaken}, {bundle: mistaken-b}]}
                  - {key: mistaken-c, name: C, percentOff: 100.5, members: [{product: mistaken}, {addOn: mistaken-c}, {product: mistaken}]}
                """));
        assertThat(told).isSortedAccordingTo((one, other) -> Integer.compare(line(one), line(other)));
        assertThat(told).containsExactlyInAnyOrder(
                "1: catalog: A file is written in the form 1; the form 2 is not known here",
                "2: product: There is no field \"product\" here; did you mean \"products\"?",
                "5: products[0].name: Expected one line of 1 to 200 characters",
                "7: products[0].features[0].kind: Expected one of GATE, ALLOWANCE, METER, SETTING, not \"ALLOWENCE\"; did you mean \"ALLOWANCE\"?",
                "8: products[0].features[1].reset: This field is required",
                "9: products[0].features[2].key: The key \"mistaken-calls\" is there already, in line 8",
                "10: products[0].features[3].rollingDays: Only a rolling window looks back so many days",
                "11: products[0].features[4].meter.source: No feature of this product that counts its own events has the key \"mistaken-nothing\"",
                "15: products[0].plans[0].rank: Expected 0 to 1000, not -1",
                "16: products[0].plans[0].name: \"name\" is said twice: line 14 says it too; remove one of them",
                "18: products[0].plans[0].prices[0]: Give exactly one of flat, perSeat, volume, graduated, packaged",
                "19: products[0].plans[0].prices[1]: Give exactly one of flat, perSeat, volume, graduated, packaged",
                "20: products[0].plans[0].prices[2].currency: XXX is not supported; use one of USD, EUR, GBP, JPY",
                "20: products[0].plans[0].prices[2].flat: A flat fee cannot be negative: -0.05 USD",
                "21: products[0].plans[0].prices[3].perSeat: Expected a number such as 2900 or 0.04, not \"1e999\"",
                "22: products[0].plans[0].prices[4].interval: Two prices for YEAR in GBP",
                "22: products[0].plans[0].prices[4].flat: Expected a whole number, not \"many\"",
                "24: products[0].plans[0].entitlements[0].feature: The product has no feature \"mistaken-nothing\"",
                "25: products[0].plans[0].entitlements[1].included: Expected 0 to 9223372036854775807, not -1",
                "25: products[0].plans[0].entitlements[1].policy: Seats are bought before they are assigned: their policy is HARD",
                "26: products[0].plans[0].entitlements[2].overage: The policy OVERAGE needs a price for each unit beyond the included amount",
                "27: products[0].plans[1].prices: There must be at least one price; what is free has the price 0",
                "30: products[0].plans[2].key: The key \"mistaken-one\" is there already, in line 13",
                "32: products[0].addOns[0].entitlements[0]: An add-on says how much it adds; what happens past that is said by the plan",
                "32: products[0].addOns[0].entitlements[0].included: Unlimited is not bought several times: say how many units each includes, or give it flat prices",
                "34: products[0].offers[0].percentOff: A discount is more than 0 and at most 100 percent, not 101",
                "35: products[0].offers[1].until: An offer ends after it begins",
                "36: products[0].offers[2].months: This field is required",
                "37: products[0].offers[3].plans[0]: No plan has the key \"mistaken-none\"",
                "38: products[0].offers[4].percentOff: Give either percentOff or amountOff",
                "38: products[0].offers[4].from: Expected a point in time with its zone, such as 2026-03-01T00:00:00Z, not \"2026-01-01\"",
                "40: products[0].transitionRules[0].to: From One to One is no upgrade",
                "41: products[0].transitionRules[1].transition: A subscription is started at once, or BY_APPROVAL; what nobody shall start is retired",
                "42: products[0].creditGuard.days: Expected 0 to 366, not 400",
                "44: bundles[0].members[1].product: Give either product or addOn",
                "44: bundles[0].members[1].bundle: There is no field \"bundle\" here; there are addOn, product, reduced",
                "45: bundles[1].percentOff: A percentage is more than 0 and at most 100, with at most two decimals",
                "45: bundles[1].members[1].addOn: No add-on has the key \"mistaken-c\"",
                "45: bundles[1].members[2]: This is in the bundle already");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(FileDesk.errors(preview("""
                products:
                  - name: No key
                    features: [{name: F}]
                    plans: [{rank: 1}]
                    offers: [{key: missing-o}]
                    transitionRules: [{}]
                    creditGuard: {}
                  - just a text
                bundles: [{}]
                """)).stream().map(told -> told.replaceAll("^([0-9]+: [^:]+):.*", "$1"))).contains(
                "1: catalog", "2: products[0].key", "3: products[0].features[0].key", "3: products[0].features[0].kind", "4: products[0].plans[0].key",
                "4: products[0].plans[0].name", "5: products[0].offers[0].name", "5: products[0].offers[0].duration", "5: products[0].offers[0].until",
                "6: products[0].transitionRules[0].kind", "7: products[0].creditGuard.days", "8: products[1]", "9: bundles[0].members");
        assertThat(FileDesk.errors(preview("- a list"))).containsExactly("1: : Expected fields (name: value), not a list");
        assertThat(FileDesk.errors(preview("catalog: 1\nproducts: [unclosed\n"))).singleElement().asString().startsWith("3: : This is not YAML");
        assertThat(FileDesk.findings(preview("catalog: 1\n"), true)).isEmpty();
    }

    @Test
    void textsAreTextsWhateverTheyLookLike() {
        JsonNode preview = preview("""
                catalog: 1
                products:
                  - key: plain-texts
                    name: "<script>alert(1)</script>"
                    features: []
                    plans:
                      - {key: plain-plan, name: "=HYPERLINK(1)", rank: 1, prices: [{interval: MONTH, currency: USD, flat: 1}]}
                """);
        assertThat(FileDesk.errors(preview)).isEmpty();
        assertThat(FileDesk.findings(preview, false)).hasSize(2);
        assertThat(FileDesk.findings(preview, false).getFirst()).contains("4: products[0].name", "markup");
        assertThat(FileDesk.findings(preview, false).getLast()).contains("7: products[0].plans[0].name", "begins like a formula");
        assertThat(preview.at("/differences/0/words/0").asString()).isEqualTo("\"<script>alert(1)</script>\"");
    }

    private static int line(String told) {
        return Integer.parseInt(told.substring(0, told.indexOf(':')));
    }
}
