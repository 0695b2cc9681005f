package dev.headroom.sheet;

import static dev.headroom.sheet.Sheets.ADD_ON;
import static dev.headroom.sheet.Sheets.PLAN;
import static dev.headroom.sheet.Sheets.flat;
import static dev.headroom.sheet.Sheets.graced;
import static dev.headroom.sheet.Sheets.granting;
import static dev.headroom.sheet.Sheets.grants;
import static dev.headroom.sheet.Sheets.packaged;
import static dev.headroom.sheet.Sheets.perSeat;
import static dev.headroom.sheet.Sheets.sheet;
import static dev.headroom.sheet.Sheets.volume;
import static dev.headroom.time.Interval.MONTH;
import static dev.headroom.time.Interval.YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.limits.Limit.Policy;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.Finding.Rule;
import dev.headroom.sheet.Finding.Severity;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.sheet.PriceLine.TierLine;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a sheet is said at its field. */
class SheetRulesTest {

    private static final PriceLine FREE = flat("a", MONTH, "USD", 0L);

    @Test
    void nothingIsWrongWithWhatIsRight() {
        PlanSheet right = granting(sheet(flat("a", MONTH, "USD", 2_900L), flat("b", YEAR, "usd", 29_000L), flat("c", MONTH, "EUR", 2_900L)),
                grants("seats", 5L), grants("calls", 1_000L, Policy.OVERAGE, new OverageLine("USD", "0.04"), new OverageLine("EUR", "4e-2")), grants("sso", null));

        assertThat(SheetRules.findings(right, Sheets.facts(false, Set.of("USD", "EUR")))).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        PlanSheet wrong = new PlanSheet("pro", " ", "", 1_001, Visibility.PUBLIC,
                List.of(new PriceLine("a", null, "ISK", Model.VOLUME, null, null,
                        List.of(new TierLine(10L, "x", null), new TierLine(5L, "1", -1L), new TierLine(null, "0.0000000000001", null), new TierLine(20L, null, null)), null, null)),
                List.of(graced("calls", -1L, null, 367, null), grants("nothing", null)));

        assertThat(SheetRules.findings(wrong, PLAN)).extracting(Finding::path).containsExactly(
                "name", "rank", "prices[a].interval", "prices[a].currency", "prices[a].volume[1].upTo", "prices[a].volume[2].upTo", "prices[a].volume[3].upTo",
                "prices[a].volume[0].unit", "prices[a].volume[1].fee", "prices[a].volume[2].unit", "entitlements[calls].included", "entitlements[calls].graceDays",
                "entitlements[nothing].feature");
        assertThat(SheetRules.findings(wrong, PLAN)).allMatch(Finding::blocks);
    }

    /** One thing wrong, its rule and its path. */
    static Stream<Arguments> wrongs() {
        return Stream.of(
                wrong(sheet(), Rule.REQUIRED, "prices"),
                wrong(sheet(flat("a", MONTH, "USD", null)), Rule.REQUIRED, "prices[a]"),
                wrong(sheet(new PriceLine("a", MONTH, "USD", Model.FLAT, null, "1", null, null, null)), Rule.REQUIRED, "prices[a].flat"),
                wrong(sheet(new PriceLine("a", MONTH, "USD", null, 1L, "1", null, null, null)), Rule.REQUIRED, "prices[a]"),
                wrong(sheet(flat("a", MONTH, "USD", -1L)), Rule.RANGE, "prices[a].flat"),
                wrong(sheet(flat("a", MONTH, " ", 1L)), Rule.REQUIRED, "prices[a].currency"),
                wrong(sheet(flat("a", MONTH, "euro", 1L)), Rule.CURRENCY, "prices[a].currency"),
                wrong(sheet(perSeat("a", "-1")), Rule.RANGE, "prices[a].perSeat"),
                wrong(sheet(perSeat("a", "1,50")), Rule.FORMAT, "prices[a].perSeat"),
                wrong(sheet(perSeat("a", "1e1000000000")), Rule.FORMAT, "prices[a].perSeat"),
                wrong(sheet(perSeat("a", "")), Rule.REQUIRED, "prices[a].perSeat"),
                wrong(sheet(volume("a")), Rule.TIERS, "prices[a].volume"),
                wrong(sheet(volume("a", new TierLine(null, "1", null), new TierLine(null, "1", null))), Rule.TIERS, "prices[a].volume[0].upTo"),
                wrong(sheet(packaged("a", 0L, "1")), Rule.RANGE, "prices[a].packaged.size"),
                wrong(sheet(packaged("a", null, "1")), Rule.REQUIRED, "prices[a].packaged.size"),
                wrong(sheet(packaged("a", 1L, null)), Rule.REQUIRED, "prices[a].packaged.each"),
                wrong(sheet(FREE, flat("b", MONTH, "usd", 1L)), Rule.DUPLICATE, "prices[b].interval"),
                wrong(granting(sheet(FREE), grants("calls", 1L), grants("calls", 1L)), Rule.DUPLICATE, "entitlements[calls].feature"),
                wrong(granting(sheet(FREE), grants("calls", 1L, Policy.OVERAGE)), Rule.OVERAGE, "entitlements[calls].overage"),
                wrong(granting(sheet(FREE), grants("calls", 1L, Policy.OVERAGE, new OverageLine("USD", "1"), new OverageLine("usd", "2"))), Rule.DUPLICATE,
                        "entitlements[calls].overage[1].currency"),
                wrong(granting(sheet(FREE), grants("calls", 1L, Policy.OVERAGE, new OverageLine("USD", null))), Rule.REQUIRED, "entitlements[calls].overage[0].unitMinor"),
                wrong(granting(sheet(FREE), grants("seats", 1L, Policy.SOFT)), Rule.SEATS, "entitlements[seats].policy"),
                wrong(granting(sheet(FREE), graced("calls", 1L, null, null, 1_001)), Rule.RANGE, "entitlements[calls].gracePercent"),
                wrong(granting(sheet(FREE), graced("calls", null, null, 1, null)), Rule.GRACE, "entitlements[calls].graceDays"),
                wrong(granting(sheet(FREE), graced("seats", 1L, null, 1, null)), Rule.GRACE, "entitlements[seats].graceDays"),
                wrong(sheet(FREE).withName("x".repeat(201)), Rule.FORMAT, "name"),
                wrong(sheet(FREE).withName(null), Rule.REQUIRED, "name"),
                wrong(sheet(FREE).withRank(null), Rule.REQUIRED, "rank"),
                wrong(sheet(FREE).withRank(-1), Rule.RANGE, "rank"));
    }

    private static Arguments wrong(PlanSheet sheet, Rule rule, String path) {
        return Arguments.of(sheet, rule, path);
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void oneThingIsWrong(PlanSheet sheet, Rule rule, String path) {
        assertThat(SheetRules.findings(sheet, PLAN)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.path()).isEqualTo(path);
        });
    }

    @Test
    void whatSomebodyShouldLookAtBlocksNothing() {
        assertThat(SheetRules.findings(sheet(FREE), Sheets.facts(false, Set.of("USD", "EUR"))))
                .containsExactly(new Finding(Severity.WARNING, Rule.CURRENCY, "prices", "Other plans of the product are sold in EUR: who is billed in it cannot have this one"));
        assertThat(warned(sheet(FREE).withName("<b>Pro</b>"))).containsExactly("name");
        assertThat(warned(sheet(FREE).withName("=1+1"))).containsExactly("name");
        assertThat(warned(sheet(FREE).withDescription("@SUM(A1)"))).containsExactly("description");
        assertThat(warned(sheet(FREE).withName("a < b, and b > c"))).isEmpty();
        EntitlementLine warnsLate = new EntitlementLine("calls", "calls", 10L, null, 11L, null, null, null, List.of());
        assertThat(warned(granting(sheet(FREE), warnsLate))).containsExactly("entitlements[calls].softLimit");
        assertThat(warned(granting(sheet(FREE), grants("support", null)))).containsExactly("entitlements[support].setting");
        assertThat(warned(granting(sheet(FREE), grants("calls", 1L, Policy.OVERAGE, new OverageLine("EUR", "1"))))).containsExactly("entitlements[calls].overage");
        assertThat(warned(granting(sheet(FREE), grants("calls", 1L, null, new OverageLine("USD", "1"))))).containsExactly("entitlements[calls].overage");
    }

    private static List<String> warned(PlanSheet sheet) {
        List<Finding> findings = SheetRules.findings(sheet, PLAN);
        assertThat(findings).noneMatch(Finding::blocks);
        return findings.stream().map(Finding::path).toList();
    }

    @Test
    void moreOfAnAddOnMustBeMore() {
        assertThat(ofAddOn(sheet(perSeat("a", "1")), grants("seats", 5L))).isEmpty();
        assertThat(ofAddOn(sheet(FREE), grants("seats", null))).isEmpty();
        assertThat(ofAddOn(sheet(FREE, new PriceLine("b", YEAR, "USD", null, null, "1", null, null, null)), grants("seats", 5L))).containsExactly("prices");
        assertThat(ofAddOn(sheet(perSeat("a", "1")), grants("sso", null))).containsExactly("prices");
        assertThat(ofAddOn(sheet(perSeat("a", "1")), grants("calls", null))).containsExactly("entitlements[calls].included");
        assertThat(ofAddOn(sheet(FREE), grants("calls", 0L))).containsExactly("entitlements[calls].included");
        assertThat(ofAddOn(sheet(FREE), graced("calls", 1L, null, 3, null))).containsExactly("entitlements[calls]");
    }

    private static List<String> ofAddOn(PlanSheet sheet, EntitlementLine granted) {
        return SheetRules.findings(granting(sheet, granted), ADD_ON).stream().map(Finding::path).toList();
    }
}
