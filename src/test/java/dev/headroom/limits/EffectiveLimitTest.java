package dev.headroom.limits;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.limits.Limit.Policy;
import dev.headroom.limits.Source.Kind;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.time.Reset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EffectiveLimitTest {

    private static final Limit TEN = Limit.hard(10, Reset.NEVER);
    private static final Source PLAN = new Source(Kind.PLAN, "starter", TEN);
    private static final Source PACK = new Source(Kind.ADD_ON, "pack", Limit.hard(5, Reset.NEVER));

    @Test
    void nothingGrantsNothing() {
        EffectiveLimit none = EffectiveLimit.of(List.of());

        assertThat(none.isGranted()).isFalse();
        assertThat(none.limit().included()).isZero();
    }

    @Test
    void addOnsAddToThePlan() {
        EffectiveLimit effective = EffectiveLimit.of(List.of(PACK, PLAN, PACK));

        assertThat(effective.limit()).isEqualTo(Limit.hard(20, Reset.NEVER));
        assertThat(effective.sources()).containsExactly(PLAN, PACK, PACK);
    }

    @Test
    void aGrantReplacesThePlanOnlyWhenItGivesMore() {
        Source small = new Source(Kind.GRANT, "courtesy", Limit.hard(10, Reset.NEVER));
        Source large = new Source(Kind.GRANT, "beta", Limit.hard(16, Reset.NEVER));

        assertThat(EffectiveLimit.of(List.of(small, PLAN)).sources()).containsExactly(PLAN);
        assertThat(EffectiveLimit.of(List.of(PLAN, PACK, large)).sources()).containsExactly(large);
        assertThat(EffectiveLimit.of(List.of(PLAN, PACK, PACK, large)).limit().included()).isEqualTo(20);
    }

    @Test
    void unlimitedBeatsEverything() {
        Source all = new Source(Kind.UNLOCK, "earned", Limit.unlimited());

        assertThat(EffectiveLimit.of(List.of(PLAN, all, PACK)).limit().isUnlimited()).isTrue();
    }

    @Test
    void withEqualAmountsThePolicyThatBlocksLeastWins() {
        Source soft = new Source(Kind.GRANT, "soft", Limit.soft(10, Reset.NEVER));

        assertThat(EffectiveLimit.of(List.of(PLAN, soft)).limit().policy()).isEqualTo(Policy.SOFT);
    }

    @Test
    void amountsThatResetDifferentlyCompeteOverAMonth() {
        Source monthly = new Source(Kind.PLAN, "plan", Limit.hard(20_000, Reset.CALENDAR_MONTH));
        Source daily = new Source(Kind.ADD_ON, "boost", Limit.hard(1_000, Reset.DAY));

        assertThat(EffectiveLimit.of(List.of(monthly, daily)).limit()).isEqualTo(Limit.hard(1_000, Reset.DAY));
    }

    @Test
    void theSoftLimitKeepsItsDistanceWhenAnAddOnAdds() {
        Source warned = new Source(Kind.PLAN, "plan", TEN.warningAt(8));

        assertThat(EffectiveLimit.of(List.of(warned, PACK)).limit()).isEqualTo(Limit.hard(15, Reset.NEVER).warningAt(13));
    }

    @Test
    void anotherSourceNeverTakesAwayAndTheirOrderNeverMatters() {
        record Case(List<Source> sources, Source more, long seed) {}
        forAll(
                random -> new Case(
                        Stream.generate(() -> source(random)).limit(random.nextInt(1, 6)).toList(), source(random), random.nextLong()),
                one -> {
                    List<Source> shuffled = new ArrayList<>(one.sources);
                    Collections.shuffle(shuffled, new Random(one.seed));
                    EffectiveLimit before = EffectiveLimit.of(one.sources);
                    assertThat(EffectiveLimit.of(shuffled).limit().included()).isEqualTo(before.limit().included());
                    shuffled.add(one.more);
                    assertThat(units(EffectiveLimit.of(shuffled))).isGreaterThanOrEqualTo(units(before));
                });
    }

    @Test
    void soManyOfTheSameStopAtTheLargestNumber() {
        Limit each = Limit.hard(5, Reset.NEVER).warningAt(4);

        assertThat(each.times(3)).isEqualTo(Limit.hard(15, Reset.NEVER).warningAt(12));
        assertThat(each.times(0).included()).isZero();
        assertThat(Limit.hard(Long.MAX_VALUE / 2, Reset.NEVER).times(3).included()).isEqualTo(Long.MAX_VALUE);
        assertThat(Limit.unlimited().times(0)).isEqualTo(Limit.unlimited());
    }

    @Test
    void contradictoryLimitsAreRefused() {
        UnitPrice cent = UnitPrice.of(Money.of(1, "USD"));

        assertThatIllegalArgumentException().isThrownBy(() -> Limit.hard(-1, Reset.DAY))
                .withMessage("An included amount cannot be negative: -1");
        assertThatIllegalArgumentException().isThrownBy(() -> TEN.warningAt(11))
                .withMessage("A soft limit lies between 0 and what is included, 10, not at 11");
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit(10L, Policy.HARD, null, Grace.NONE, Reset.DAY, cent))
                .withMessage("Overage, and only overage, has a price; the policy is HARD");
        assertThatIllegalArgumentException().isThrownBy(() -> new Limit(10L, Policy.SOFT, null, new Grace(1, 0), Reset.DAY, null))
                .withMessage("Only a hard limit has a grace, not SOFT");
        assertThatIllegalArgumentException().isThrownBy(() -> new Grace(-1, 0));
    }

    private static Source source(SplittableRandom random) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        Limit limit = random.nextInt(10) == 0 ? Limit.unlimited() : Limit.hard(random.nextLong(0, 50), Reset.NEVER);
        return new Source(kind, "s" + random.nextInt(1000), limit);
    }

    private static long units(EffectiveLimit effective) {
        Long included = effective.limit().included();
        return included == null ? Long.MAX_VALUE : included;
    }
}
