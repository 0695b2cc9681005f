package dev.headroom.overage;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.overage.UsageWindow.Look;
import dev.headroom.overage.UsageWindow.PricedLimit;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which units are charged for, held against a list of all of them in which each is judged by itself. */
class UsageWindowTest {

    private static final UUID PRICE = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UsageWindow NEW = UsageWindow.unseen(
            new AccountId(PRICE), new FeatureId(PRICE), new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")));

    /** @param included absent where nothing is charged for */
    private record Step(long used, @Nullable Long included) {}

    @Test
    void whatWasIncludedIsNeverChargedForAndWhatWasChargedForStays() {
        assertThat(charges(step(8, 10), step(12, 10))).containsExactly(0L, 2L);
        assertThat(charges(step(12, 10), step(12, 20), step(21, 20))).as("more is included").containsExactly(2L, 0L, 1L);
        assertThat(charges(step(15, 20), step(15, 10), step(16, 10))).as("less is included").containsExactly(0L, 0L, 1L);
        assertThat(charges(step(15, 20), step(16, 10), step(17, 10))).as("and something was used before anybody looked").containsExactly(0L, 0L, 1L);
        assertThat(charges(step(15, null), step(18, 10), step(19, 10))).as("it cost nothing before").containsExactly(0L, 0L, 1L);
        assertThat(charges(step(15, 10))).as("nobody had looked").containsExactly(5L);
    }

    @Test
    void whatIsReversedIsTakenBackOnceAndCountsAgainWhenItIsUsedAgain() {
        assertThat(charges(step(15, 10), step(13, 10), step(14, 10))).containsExactly(5L, -2L, 1L);
        assertThat(charges(step(15, 10), step(8, 10), step(11, 10))).containsExactly(5L, -5L, 1L);
        assertThat(charges(step(20, 20), step(20, 10), step(23, 10), step(21, 10), step(15, 10))).as("what was included is not given back")
                .containsExactly(0L, 0L, 3L, -2L, -1L);
        assertThat(charges(step(15, 10), step(15, 100), step(60, 100), step(50, 100))).as("the last units were included").containsExactly(5L, 0L, 0L, 0L);
    }

    @Test
    void asManyAreChargedForAsAListOfThemSays() {
        forAll(UsageWindowTest::story, steps -> {
            List<Boolean> units = new ArrayList<>();
            UsageWindow window = NEW;
            Step before = null;
            for (Step step : steps) {
                judge(units, step, before);
                Look look = window.look(step.used(), window.revision() + 1, limit(step.included()));
                assertThat(look.after().charged()).isEqualTo(window.charged() + look.more()).isEqualTo(units.stream().filter(each -> each).count());
                window = look.after();
                before = step;
            }
        });
    }

    /** Each unit remembers whether it is charged for; those that go are the last. */
    private static void judge(List<Boolean> units, Step step, @Nullable Step before) {
        while (units.size() > step.used()) {
            units.removeLast();
        }
        while (units.size() < step.used()) {
            long number = units.size() + 1;
            boolean past = step.included() != null && number > step.included();
            units.add(past && (before == null || before.included() != null && number > before.included()));
        }
    }

    /** Of a plan that stays, and of others between which use only rises: where both come together, the account is given the benefit. */
    private static List<Step> story(SplittableRandom random) {
        boolean plansChange = random.nextBoolean();
        long included = random.nextInt(20);
        List<Step> steps = new ArrayList<>();
        long used = 0;
        for (int i = 0; i < 2 + random.nextInt(12); i++) {
            used = plansChange ? used + random.nextInt(10) : Math.max(0, used + random.nextInt(-8, 10));
            steps.add(new Step(used, !plansChange ? Long.valueOf(included) : random.nextInt(6) == 0 ? null : Long.valueOf(random.nextInt(40))));
        }
        return steps;
    }

    private static Step step(long used, @Nullable Integer included) {
        return new Step(used, included == null ? null : Long.valueOf(included));
    }

    private static List<Long> charges(Step... steps) {
        List<Long> charges = new ArrayList<>();
        UsageWindow window = NEW;
        for (Step step : steps) {
            Look look = window.look(step.used(), window.revision() + 1, limit(step.included()));
            charges.add(look.more());
            window = look.after();
        }
        return charges;
    }

    private static @Nullable PricedLimit limit(@Nullable Long included) {
        return included == null ? null : new PricedLimit(included, PRICE);
    }
}
