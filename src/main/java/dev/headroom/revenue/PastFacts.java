package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.RevenueHistories.NotPlaced;
import dev.headroom.revenue.RevenueHistories.Obstacle;
import dev.headroom.revenue.RevenueHistories.PastState;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes facts of states: what an account paid from a day on becomes what changed on that day. A state that changes nothing, such as that of one more month, makes
 * none, nor does one that was brought before.
 */
final class PastFacts {

    private final AccountId account;
    private final Currency currency;
    private final Months months;
    private final Instant at;
    private final String cause;
    private final List<PastFact> known;
    private final Optional<LocalDate> end;
    private final Map<String, PastFact> current = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /**
     * A fact and the line that it was made of.
     *
     * @param line from 1
     */
    record Step(int line, PastFact past) {}

    /** What was made of states, up to the first that cannot be. */
    record Made(List<Step> steps, @Nullable NotPlaced obstacle) {}

    /** @param known what was brought of the account before, in its order */
    PastFacts(AccountId account, Currency currency, Months months, Instant at, String cause, List<PastFact> known) {
        this.account = account;
        this.currency = currency;
        this.months = months;
        this.at = at;
        this.cause = cause;
        this.known = known;
        this.end = known.stream().map(PastFact::starts).max(Comparator.naturalOrder());
        known.forEach(past -> current.put(past.subscription(), past));
    }

    /** @param states in the order of time */
    Made of(List<PastState> states) {
        for (PastState state : states) {
            PastFact before = current.get(state.subscription());
            if (before != null && !(before.fact().product().equals(state.product()) && before.fact().currency().equals(currency))) {
                return new Made(steps, new NotPlaced(state.line(), Obstacle.NAMES_ANOTHER));
            }
            if (isKnown(state) || before == null && state.year().signum() == 0 || before != null && same(before, state)) {
                continue;
            }
            Obstacle obstacle = obstacle(state, before);
            if (obstacle != null) {
                return new Made(steps, new NotPlaced(state.line(), obstacle));
            }
            PastFact past = new PastFact(known.size() + steps.size() + 1, state.subscription(), state.from(), state.planKey(), state.seats(), fact(state, before));
            current.put(state.subscription(), past);
            steps.add(new Step(state.line(), past));
        }
        return new Made(steps, null);
    }

    private @Nullable Obstacle obstacle(PastState state, @Nullable PastFact before) {
        if (end.isPresent() && !state.from().isAfter(end.get())) {
            return Obstacle.OVERLAPS;
        }
        if (state.year().signum() > 0 && current.values().stream().anyMatch(other -> runsBeside(other, state))) {
            return Obstacle.RUNS_TWICE;
        }
        return contradicts(state, before) ? Obstacle.KIND_CONTRADICTS : null;
    }

    private boolean runsBeside(PastFact other, PastState state) {
        return !other.subscription().equals(state.subscription()) && other.fact().product().equals(state.product()) && other.fact().currency().equals(currency)
                && other.fact().yearAfter().signum() > 0;
    }

    /** Whether it was brought as having begun that day, or as running then. */
    private boolean isKnown(PastState state) {
        List<PastFact> until = known.stream().filter(past -> past.subscription().equals(state.subscription()) && !past.starts().isAfter(state.from())).toList();
        return !until.isEmpty() && same(until.getLast(), state) || until.stream().anyMatch(past -> past.starts().equals(state.from()) && same(past, state));
    }

    private static boolean same(PastFact past, PastState state) {
        return past.fact().yearAfter().compareTo(state.year()) == 0
                && (state.year().signum() == 0 || past.plan().equals(state.planKey()) && Objects.equals(past.seats(), state.seats()));
    }

    private static boolean contradicts(PastState state, @Nullable PastFact before) {
        if (state.kind() == null) {
            return false;
        }
        int rise = state.year().compareTo(before == null ? BigDecimal.ZERO : before.fact().yearAfter());
        boolean falls = state.kind() == MovementKind.CONTRACTION || state.kind() == MovementKind.CHURN;
        return falls ? rise > 0 : rise < 0;
    }

    private Fact fact(PastState state, @Nullable PastFact before) {
        boolean ends = state.year().signum() == 0;
        UUID subscription = UUID.nameUUIDFromBytes((account + " " + state.subscription()).getBytes(StandardCharsets.UTF_8));
        return new Fact(
                Ids.next(), account, new SubscriptionId(subscription), state.product(), currency, before == null ? BigDecimal.ZERO : before.fact().yearAfter(),
                state.year().stripTrailingZeros(), growth(state, before), true, ends && state.kind() == MovementKind.CONTRACTION,
                before == null ? null : before.fact().planAfter(), state.plan(), cause, state.from().atStartOfDay(months.zone()).toInstant(), at);
    }

    /** Where nobody says why more was paid, another plan explains it, or more seats; otherwise the same cost more. */
    private static GrowthKind growth(PastState state, @Nullable PastFact before) {
        return switch (state.kind()) {
            case UPSELL -> GrowthKind.UPSELL;
            case CROSS_SELL -> GrowthKind.CROSS_SELL;
            case SEAT_EXPANSION -> GrowthKind.SEAT_EXPANSION;
            case USAGE_EXPANSION -> GrowthKind.USAGE_EXPANSION;
            case PRICE_INCREASE -> GrowthKind.PRICE_INCREASE;
            case DISCOUNT_END -> GrowthKind.NONE;
            case NEW, REACTIVATION, CONTRACTION, CHURN -> explained(state, before);
            case null -> explained(state, before);
        };
    }

    private static GrowthKind explained(PastState state, @Nullable PastFact before) {
        if (before == null || !before.plan().equals(state.planKey())) {
            return GrowthKind.UPSELL;
        }
        boolean seats = before.seats() != null && state.seats() != null && before.seats() < state.seats();
        return seats ? GrowthKind.SEAT_EXPANSION : GrowthKind.PRICE_INCREASE;
    }
}
