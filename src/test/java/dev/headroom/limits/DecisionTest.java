package dev.headroom.limits;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.limits.Decision.Reason;
import dev.headroom.limits.Decision.State;
import dev.headroom.limits.EffectiveLimit.Earlier;
import dev.headroom.limits.Source.Kind;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.time.Reset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

    private static final Instant NOW = Instant.parse("2026-04-16T00:00:00Z");

    private static final Map<String, Limit> LIMITS = Map.of(
            "hard", Limit.hard(10, Reset.NEVER).warningAt(8),
            "zero", Limit.hard(0, Reset.NEVER),
            "soft", Limit.soft(10, Reset.NEVER),
            "overage", Limit.overage(10, UnitPrice.of(Money.of(5, "USD")), Reset.BILLING_PERIOD),
            "percent", Limit.hard(10, new Grace(0, 25), Reset.NEVER),
            "days", Limit.hard(10, new Grace(7, 0), Reset.NEVER),
            "both", Limit.hard(10, new Grace(7, 20), Reset.NEVER));

    @ParameterizedTest
    @CsvSource({
        // limit, used, requested: allowed, reason, state, remaining, percent, overage
        "hard,      0,  1, true,  INCLUDED,          OK,      9,  10, 0",
        "hard,      7,  1, true,  INCLUDED,          WARNING, 2,  80, 0",
        "hard,      9,  1, true,  INCLUDED,          BLOCKED, 0, 100, 0",
        "hard,     10,  0, true,  INCLUDED,          BLOCKED, 0, 100, 0",
        "hard,     10,  1, false, LIMIT_REACHED,     BLOCKED, 0, 100, 0",
        "hard,      6,  5, false, LIMIT_REACHED,     OK,      4,  60, 0",
        "hard,     12,  0, false, LIMIT_REACHED,     BLOCKED, 0, 120, 0",
        "zero,      0,  1, false, LIMIT_REACHED,     BLOCKED, 0, 100, 0",
        "soft,      9,  1, true,  INCLUDED,          WARNING, 0, 100, 0",
        "soft,     10,  5, true,  SOFT_LIMIT_PASSED, WARNING, 0, 150, 0",
        "overage,   9,  1, true,  INCLUDED,          WARNING, 0, 100, 0",
        "overage,   8,  5, true,  OVERAGE_PRICED,    OVERAGE, 0, 130, 3",
        "overage,  13,  2, true,  OVERAGE_PRICED,    OVERAGE, 0, 150, 2",
        "percent,  10,  1, true,  WITHIN_GRACE,      GRACE,   0, 110, 0",
        "percent,  10,  2, true,  WITHIN_GRACE,      BLOCKED, 0, 120, 0",
        "percent,  10,  3, false, LIMIT_REACHED,     WARNING, 0, 100, 0",
        "days,     10, 90, true,  WITHIN_GRACE,      GRACE,   0, 1000, 0",
        "both,     10,  1, true,  WITHIN_GRACE,      GRACE,   0, 110, 0",
        "both,     10,  3, false, LIMIT_REACHED,     WARNING, 0, 100, 0",
    })
    void aDemandIsDecided(
            String limit,
            long used,
            long requested,
            boolean allowed,
            Reason reason,
            State state,
            long remaining,
            long percent,
            long overage) {
        Decision decision = decide(LIMITS.get(limit), Demand.of(used, requested, NOW));

        assertThat(decision).usingRecursiveComparison().ignoringFields("graceUntil", "blocksAt")
                .isEqualTo(new Decision(allowed, reason, state, remaining, percent, overage, null, null));
    }

    @Test
    void aGraceOfDaysRunsFromWhenTheLimitWasPassed() {
        Instant passed = Instant.parse("2026-04-10T00:00:00Z");
        Instant end = Instant.parse("2026-04-17T00:00:00Z");

        assertThat(decide(LIMITS.get("days"), Demand.of(10, 1, passed)).graceUntil()).isEqualTo(end);
        assertThat(decide(LIMITS.get("days"), new Demand(11, 1, end.minusSeconds(1), passed)).graceUntil()).isEqualTo(end);
        assertThat(decide(LIMITS.get("days"), new Demand(11, 1, end, passed)))
                .isEqualTo(new Decision(false, Reason.GRACE_ENDED, State.BLOCKED, 0L, 110L, 0, null, 10L));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"hard, 10", "zero, 0", "soft, -", "overage, -", "percent, 12", "days, -", "both, 12"})
    void whereItBlocksIsKnownInAdvance(String limit, @Nullable Long blocksAt) {
        assertThat(decide(LIMITS.get(limit), Demand.of(0, 0, NOW)).blocksAt()).isEqualTo(blocksAt);
    }

    @Test
    void whereItBlocksComesNearerWhenTheDaysOfGraceAreOver() {
        Instant passed = NOW.minus(Duration.ofDays(7));

        assertThat(decide(LIMITS.get("both"), new Demand(11, 0, NOW.minusSeconds(1), passed)).blocksAt()).isEqualTo(12);
        assertThat(decide(LIMITS.get("both"), new Demand(11, 0, NOW, passed)).blocksAt()).isEqualTo(10);
        assertThat(decide(LIMITS.get("days"), new Demand(11, 0, NOW, passed)).blocksAt()).isEqualTo(10);
        assertThat(Decision.on(EffectiveLimit.of(List.of()), Demand.of(0, 0, NOW)).blocksAt()).as("not granted").isNull();
    }

    @Test
    void graceRunsFromTheEndOfWhatHeldSoMuch() {
        Instant ended = NOW.minus(Duration.ofDays(2));
        EffectiveLimit fell = EffectiveLimit.of(List.of(new Source(Kind.PLAN, "plan", LIMITS.get("days"))))
                .after(List.of(new Earlier(20L, NOW.minusSeconds(1)), new Earlier(null, ended), new Earlier(40L, NOW.minus(Duration.ofDays(3)))));

        assertThat(Decision.on(fell, Demand.of(30, 0, NOW)).graceUntil()).as("20 did not hold it").isEqualTo(ended.plus(Duration.ofDays(7)));
        assertThat(Decision.on(fell, Demand.of(15, 0, NOW)).graceUntil()).isEqualTo(NOW.minusSeconds(1).plus(Duration.ofDays(7)));
        assertThat(Decision.on(fell, new Demand(30, 0, NOW, NOW.minus(Duration.ofDays(9)))).graceUntil())
                .as("passed before, then held").isEqualTo(ended.plus(Duration.ofDays(7)));
        assertThat(Decision.on(fell, new Demand(30, 0, NOW, NOW.minus(Duration.ofDays(1)))).graceUntil())
                .as("fell below, and was passed again").isEqualTo(NOW.plus(Duration.ofDays(6)));
        assertThat(Decision.on(fell, Demand.of(10, 0, NOW)).graceUntil()).as("not passed").isNull();
    }

    @Test
    void unlimitedHasNoRestAndNoPercentage() {
        assertThat(decide(Limit.unlimited(), Demand.of(Long.MAX_VALUE, 1, NOW)))
                .isEqualTo(new Decision(true, Reason.UNLIMITED, State.OK, null, null, 0, null, null));
    }

    @Test
    void whatNothingGrantsIsDeniedEvenForNoUnit() {
        Decision decision = Decision.on(EffectiveLimit.of(List.of()), Demand.of(0, 0, NOW));

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).isEqualTo(Reason.NOT_GRANTED);
    }

    @Test
    void enormousNumbersStopInsteadOfWrapping() {
        Decision decision = decide(LIMITS.get("hard"), Demand.of(Long.MAX_VALUE, Long.MAX_VALUE, NOW));

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.usedPercent()).isEqualTo(Long.MAX_VALUE);
        assertThat(decision.remaining()).isZero();
    }

    @Test
    void whatIsAllowedNeverPassesTheCeilingAndOneMoreThanTheCeilingIsDenied() {
        record Case(Limit limit, long used, long requested) {}
        forAll(
                random -> new Case(
                        Limit.hard(random.nextLong(0, 100), new Grace(0, random.nextInt(50)), Reset.DAY),
                        random.nextLong(0, 100), random.nextLong(1, 50)),
                one -> {
                    EffectiveLimit effective = EffectiveLimit.of(List.of(new Source(Kind.PLAN, "plan", one.limit)));
                    Long ceiling = effective.ceiling(NOW, null);
                    assertThat(Decision.on(effective, Demand.of(one.used, one.requested, NOW)).allowed())
                            .isEqualTo(one.used + one.requested <= ceiling);
                    assertThat(Decision.on(effective, Demand.of(ceiling, 1, NOW)).allowed()).isFalse();
                });
    }

    @Test
    void negativeUnitsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Demand.of(-1, 0, NOW))
                .withMessage("Units cannot be negative: -1 used, 0 requested");
    }

    private static Decision decide(Limit limit, Demand demand) {
        return Decision.on(EffectiveLimit.of(List.of(new Source(Kind.PLAN, "plan", limit))), demand);
    }
}
