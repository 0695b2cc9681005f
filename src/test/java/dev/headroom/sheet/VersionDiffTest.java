package dev.headroom.sheet;

import static dev.headroom.sheet.Sheets.flat;
import static dev.headroom.sheet.Sheets.granting;
import static dev.headroom.sheet.Sheets.grants;
import static dev.headroom.sheet.Sheets.packaged;
import static dev.headroom.sheet.Sheets.perSeat;
import static dev.headroom.sheet.Sheets.sheet;
import static dev.headroom.sheet.Sheets.volume;
import static dev.headroom.time.Interval.MONTH;
import static dev.headroom.time.Interval.YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.ForAll;
import dev.headroom.limits.Limit.Policy;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import dev.headroom.sheet.VersionDiff.Change;
import dev.headroom.sheet.VersionDiff.EntitlementChange;
import dev.headroom.sheet.VersionDiff.FieldChange;
import dev.headroom.sheet.VersionDiff.PriceChange;
import dev.headroom.sheet.VersionDiff.TierChange;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In what two versions differ. */
class VersionDiffTest {

    @Test
    void pricesAreComparedByIntervalAndCurrency() {
        VersionDiff diff = VersionDiff.of(
                sheet(flat("1", MONTH, "USD", 2_900L), flat("2", YEAR, "USD", 29_000L), flat("3", MONTH, "EUR", 2_900L)),
                sheet(flat("4", MONTH, "EUR", 2_900L), flat("5", MONTH, "usd", 3_400L), flat("6", YEAR, "GBP", 1L)));

        assertThat(diff.prices()).extracting(PriceChange::change).containsExactly(Change.CHANGED, Change.REMOVED, Change.ADDED);
        assertThat(diff.prices()).extracting(PriceChange::currency).containsExactly("USD", "USD", "GBP");
        assertThat(diff.prices()).extracting(PriceChange::percent).containsExactly("17.24", null, null);
    }

    @ParameterizedTest
    @CsvSource({"4900,5900,20.41", "4900,4900.00,", "3,4,33.33", "3,5,66.67", "8,8.001,0.01", "5000,2500,-50", "1000,999.95,-0.01", "0,5,", "0.04,0.05,25"})
    void aRiseIsRoundedOnce(String before, String after, String percent) {
        List<PriceChange> changes = VersionDiff.of(sheet(perSeat("1", before)), sheet(perSeat("2", after))).prices();

        assertThat(changes.stream().map(change -> String.valueOf(change.percent())).toList())
                .isEqualTo(before.equals("4900") && after.equals("4900.00") ? List.of() : List.of(String.valueOf(percent)));
    }

    @Test
    void onlyLikeIsComparedWithLike() {
        assertThat(VersionDiff.of(sheet(flat("1", MONTH, "USD", 1_000L)), sheet(perSeat("2", "2000"))).prices().getFirst().percent()).isNull();
        assertThat(VersionDiff.of(sheet(packaged("1", 10L, "100")), sheet(packaged("2", 10L, "110"))).prices().getFirst().percent()).isEqualTo("10");
        assertThat(VersionDiff.of(sheet(packaged("1", 10L, "100")), sheet(packaged("2", 20L, "110"))).prices().getFirst().percent()).isNull();
    }

    @Test
    void tiersAreComparedByTheirPlace() {
        PriceChange change = VersionDiff.of(
                        sheet(volume("1", new TierLine(10L, "500", null), new TierLine(20L, "400", 100L), new TierLine(null, "300", null))),
                        sheet(volume("2", new TierLine(10L, "550", 0L), new TierLine(25L, "400", 100L), new TierLine(50L, "300.0", null), new TierLine(null, "200", null))))
                .prices().getFirst();

        assertThat(change.percent()).isNull();
        assertThat(change.tiers()).extracting(TierChange::number).containsExactly(1, 2, 3, 4);
        assertThat(change.tiers()).extracting(TierChange::change).containsExactly(Change.CHANGED, Change.CHANGED, Change.CHANGED, Change.ADDED);
        assertThat(change.tiers()).extracting(TierChange::percent).containsExactly("10", null, null, null);
    }

    @Test
    void whatIsGrantedIsComparedFieldByField() {
        VersionDiff diff = VersionDiff.of(
                granting(sheet(), grants("seats", 5L), grants("calls", 1_000L, Policy.OVERAGE, new OverageLine("USD", "5.0")), grants("sso", null)),
                granting(sheet(), grants("calls", null, null, new OverageLine("usd", "5"), new OverageLine("EUR", "4")), grants("seats", 5L, Policy.HARD), grants("support", null)));

        assertThat(diff.entitlements()).extracting(EntitlementChange::feature).containsExactly("calls", "sso", "support");
        assertThat(diff.entitlements()).extracting(EntitlementChange::change).containsExactly(Change.CHANGED, Change.REMOVED, Change.ADDED);
        assertThat(diff.entitlements().getFirst().fields()).containsExactly(
                new FieldChange("included", "1000", null), new FieldChange("policy", "OVERAGE", "HARD"), new FieldChange("overage[EUR]", null, "4"));
    }

    @Test
    void thePlanItselfIsComparedToo() {
        assertThat(VersionDiff.of(sheet(), sheet().withName("Pro+").withRank(3).withDescription(null).withVisibility(Visibility.HIDDEN)).plan())
                .containsExactly(new FieldChange("name", "Pro", "Pro+"), new FieldChange("rank", "2", "3"), new FieldChange("visibility", "PUBLIC", "HIDDEN"));
    }

    @Test
    void whatIsNotFinishedIsNotLost() {
        VersionDiff diff = VersionDiff.of(sheet(flat("1", MONTH, "USD", 1L)), sheet(flat("1", null, "USD", 1L), flat("2", null, null, null)));

        assertThat(diff.prices()).extracting(PriceChange::change).containsExactly(Change.REMOVED, Change.ADDED, Change.ADDED);
    }

    @Test
    void nothingDiffersFromItselfAndTheWayBackIsTheReverse() {
        ForAll.forAll(random -> List.of(any(random), any(random)), two -> {
            assertThat(VersionDiff.of(two.getFirst(), two.getFirst()).identical()).isTrue();
            VersionDiff there = VersionDiff.of(two.getFirst(), two.getLast());
            VersionDiff back = VersionDiff.of(two.getLast(), two.getFirst());
            assertThat(back.plan()).hasSameSizeAs(there.plan());
            assertThat(back.prices().stream().map(change -> reversed(change.change())).sorted().toList()).isEqualTo(there.prices().stream().map(PriceChange::change).sorted().toList());
            assertThat(back.entitlements().stream().map(change -> reversed(change.change())).sorted().toList())
                    .isEqualTo(there.entitlements().stream().map(EntitlementChange::change).sorted().toList());
        });
    }

    private static Change reversed(Change change) {
        return switch (change) {
            case ADDED -> Change.REMOVED;
            case REMOVED -> Change.ADDED;
            case CHANGED -> Change.CHANGED;
        };
    }

    private static PlanSheet any(SplittableRandom random) {
        List<PriceLine> prices = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            String currency = random.nextInt(5) == 0 ? null : List.of("USD", "EUR").get(random.nextInt(2));
            prices.add(flat(String.valueOf(i), random.nextInt(5) == 0 ? null : List.of(MONTH, YEAR).get(random.nextInt(2)), currency, (long) random.nextInt(3)));
        }
        List<EntitlementLine> granted = new ArrayList<>();
        for (String feature : List.of("seats", "calls", "sso")) {
            if (random.nextBoolean()) {
                granted.add(grants(feature, (long) random.nextInt(2)));
            }
        }
        return granting(sheet(prices.toArray(PriceLine[]::new)).withName("Pro " + random.nextInt(2)), granted.toArray(EntitlementLine[]::new));
    }
}
