package dev.headroom.subscription;

import dev.headroom.pricing.Debit;
import dev.headroom.pricing.Discount;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a subscription became what it was read to be: its end, its start or the end of its trial, the begin of its period, the begin of what was billed
 * or of a discount that is new. Stripe tells of nothing else when it was; that counts from when it was read.
 */
final class Effect {

    private Effect() {}

    /** At the latest {@code read}. */
    static Instant of(@Nullable AccountSubscription before, AccountSubscription after, Instant read) {
        return candidates(before, after).filter(at -> !at.isAfter(read)).max(Comparator.naturalOrder()).orElse(read);
    }

    private static Stream<Instant> candidates(@Nullable AccountSubscription before, AccountSubscription after) {
        if (after.endedAt() != null) {
            return before == null || before.live() ? Stream.of(after.endedAt()) : Stream.empty();
        }
        if (before == null) {
            return Stream.of(after.state() == SubscriptionState.TRIALING || after.trialUntil() == null ? after.startedAt() : after.trialUntil());
        }
        if (before.state().recurs() != after.state().recurs()) {
            return before.state() == SubscriptionState.TRIALING && after.trialUntil() != null ? Stream.of(after.trialUntil()) : Stream.empty();
        }
        if (!before.period().from().equals(after.period().from())) {
            return Stream.of(after.period().from());
        }
        return Stream.concat(
                fresh(billed(before).toList(), billed(after), debit -> debit.period().from()),
                fresh(before.discounts(), after.discounts().stream(), Discount::from));
    }

    private static Stream<Debit> billed(AccountSubscription of) {
        return of.items().stream().flatMap(item -> item.debits().stream());
    }

    private static <T> Stream<Instant> fresh(Collection<T> before, Stream<T> after, Function<T, Instant> begins) {
        Set<T> known = new HashSet<>(before);
        return after.filter(each -> !known.contains(each)).map(begins);
    }
}
