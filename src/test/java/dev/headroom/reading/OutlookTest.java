package dev.headroom.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.ProductId;
import dev.headroom.entitlement.Meter;
import dev.headroom.limits.Decision;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageHistories.UsageHistory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each kind of meter's past means to a forecast. */
class OutlookTest {

    /** Half an hour after a month began. */
    private static final Instant AT = Instant.parse("2026-06-01T00:30:00Z");
    private static final ProductId PRODUCT = new ProductId(new UUID(0, 2));
    private static final Account ACCOUNT = new Account(
            new AccountId(new UUID(0, 1)), "acme", "Acme", "acme@example.com", Currency.getInstance("USD"), "US", ZoneOffset.UTC, null, AT);

    @Test
    void aWindowThatHasJustBegunGoesOnAsTheOneBefore() {
        for (Aggregation kind : List.of(Aggregation.MAX, Aggregation.LATEST)) {
            Projection found = projection(kind, Reset.CALENDAR_MONTH, null, 0, 200L, 90);
            assertThat(found.until()).isEqualTo("2026-07-01T00:00:00Z");
            assertThat(found.expected()).as(kind.name()).isEqualTo(90);
        }
    }

    @Test
    void whatWasReachedBeforeIsExpectedAgainAtAnyMomentButNotReached() {
        assertThat(projection(Aggregation.MAX, Reset.CALENDAR_MONTH, null, 5, 80L, 90).reachesLimitAt())
                .isEqualTo(new LimitDate(LimitDate.State.EXPECTED, AT, AT, null));
        assertThat(projection(Aggregation.MAX, Reset.CALENDAR_MONTH, null, 85, 80L, 90).reachesLimitAt())
                .isEqualTo(new LimitDate(LimitDate.State.REACHED, null, null, null));
    }

    @Test
    void theLargestValueOfAWindowNeverFalls() {
        assertThat(projection(Aggregation.MAX, Reset.CALENDAR_MONTH, null, 120, null, 90).low()).isGreaterThanOrEqualTo(120);
        assertThat(projection(Aggregation.LATEST, Reset.CALENDAR_MONTH, null, 120, null, 90).low()).isLessThan(120);
    }

    @Test
    void ofAWindowThatRollsALevelIsTheDaysUpToIt() {
        Projection found = projection(Aggregation.SUM, Reset.ROLLING, 7, 630, 700L, 90);

        assertThat(found.expected()).isEqualTo(630);
        assertThat(found.until()).as("without a subscription the month").isEqualTo("2026-07-01T00:00:00Z");
    }

    @Test
    void aDayIsProjectedToMidnight() {
        assertThat(projection(Aggregation.SUM, Reset.DAY, null, 2, null, 90).until()).isEqualTo("2026-06-02T00:00:00Z");
    }

    @Test
    void whichValuesAWindowHeldThatRolledIsNotKnown() {
        Feature feature = feature(Aggregation.UNIQUE, Reset.ROLLING, 7);
        Outlook outlook = outlook(feature, 5, null);

        assertThat(outlook.projection(history(outlook, feature, 3))).isEqualTo(new NotEnoughData(NotEnoughData.Reason.PAST_NOT_KEPT, 0, 14));
        assertThat(outlook.growthPercent(history(outlook, feature, 3))).isNull();
    }

    @Test
    void howManyNewValuesWillComeIsNoMatterOfPace() {
        for (Reset reset : List.of(Reset.CALENDAR_MONTH, Reset.BILLING_PERIOD, Reset.DAY)) {
            Feature feature = feature(Aggregation.UNIQUE, reset, null);
            Outlook outlook = outlook(feature, 5, 10L);

            assertThat(outlook.projection(history(outlook, feature, 3))).isEqualTo(new NotEnoughData(NotEnoughData.Reason.UNIQUE_VALUES, 0, 0));
        }
    }

    /** A Sunday at the beginning of the eight weeks, on which an office uses nothing, does not hide that usage had begun before. */
    @Test
    void growthIsKnownToOneWhoRestsOnSundays() {
        Feature feature = feature(Aggregation.SUM, Reset.CALENDAR_MONTH, null);
        Outlook outlook = outlook(feature, 5, null);
        List<Long> days = IntStream.range(0, 91).mapToObj(day -> (day + 1) % 7 == 0 ? 0L : 10L).toList();
        assertThat(days.get(91 - 56 - 1)).isZero();

        assertThat(outlook.growthPercent(new UsageHistory(List.of(), Map.of(feature.id(), days)))).isZero();
    }

    private static Projection projection(Aggregation kind, Reset reset, Integer rollingDays, long used, Long limit, long each) {
        Feature feature = feature(kind, reset, rollingDays);
        Outlook outlook = outlook(feature, used, limit);
        return (Projection) outlook.projection(history(outlook, feature, each));
    }

    private static UsageHistory history(Outlook outlook, Feature feature, long each) {
        int days = (int) (outlook.span().period().seconds() / 86_400);
        return new UsageHistory(List.of(), Map.of(feature.id(), Collections.nCopies(days, each)));
    }

    private static Outlook outlook(Feature feature, long used, Long limit) {
        return new Outlook(ACCOUNT, new Meter(ACCOUNT.id(), feature, used, limit, null, null, Decision.State.OK, null, null, null, null), null, null, AT);
    }

    private static Feature feature(Aggregation kind, Reset reset, Integer rollingDays) {
        return new Feature(
                new FeatureId(new UUID(0, 3)), PRODUCT, "calls", "Calls", FeatureKind.METER, "call", reset, rollingDays, false,
                new MeterRule(kind, kind == Aggregation.UNIQUE ? "user" : null, Map.of(), List.of(), null), List.of(), "", null);
    }
}
