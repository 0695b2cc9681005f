package dev.headroom.history;

import dev.headroom.stripe.StripeHistoryGateway.Billed;
import dev.headroom.stripe.StripeHistoryGateway.BilledLine;
import dev.headroom.stripe.StripeHistoryGateway.Reduced;
import dev.headroom.stripe.StripeHistoryGateway.Sold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription at Stripe stood, from when on, as its invoices tell: a line of a whole period says what is on it from the period's begin, a line of a part of one what is put on it, or taken off
 * it, at the part's begin. What no invoice was made for cannot be told.
 */
final class StripePast {

    private static final Set<String> NEVER_BEGAN = Set.of("incomplete", "incomplete_expired");
    /** A draft that is older waits for nobody. */
    private static final Duration AS_A_DRAFT = Duration.ofDays(1);

    private final Sold sold;
    private final Predicate<String> tier;
    private final List<Told> told;
    private final Map<String, Reduced> reductions = new LinkedHashMap<>();
    private final Set<String> gone = new TreeSet<>();
    private final Map<String, On> items = new LinkedHashMap<>();
    private boolean unasked;

    /** What a line tells, and with what invoice it came. */
    private record Told(BilledLine line, boolean unasked, Billed invoice) {}

    /** What is on it, since when, and until when that was billed. */
    private record On(long quantity, Instant since, Instant until) {}

    /**
     * How it stood from an instant on.
     *
     * @param quantities by price, in the order in which they came onto it
     * @param reductions that began, and were not taken away; of some the time may be over
     * @param paused     whether nobody was asked to pay
     * @param pays       whether it recurs: not while it is tried out, paused, or over
     */
    record Stand(Instant at, Map<String, Long> quantities, List<Reduced> reductions, boolean paused, boolean pays) {}

    /**
     * @param tier whether a price is a plan's, of which one is on a subscription at a time
     * @param now  when this was read
     */
    StripePast(Sold sold, Collection<Billed> invoices, Predicate<String> tier, Instant now) {
        this.sold = sold;
        this.tier = tier;
        this.told = invoices.stream().flatMap(each -> told(each, now))
                .sorted(Comparator.comparing((Told each) -> each.line().from()).thenComparing(each -> each.invoice().createdAt()).thenComparing(each -> !each.line().credit()))
                .toList();
        Stream.concat(told.stream().flatMap(each -> each.invoice().discounts().stream()), sold.discounts().stream())
                .filter(each -> !each.once()).forEach(each -> reductions.put(each.id(), each));
    }

    private Stream<Told> told(Billed invoice, Instant now) {
        boolean cycle = invoice.reason().equals("subscription_cycle");
        boolean unasked = cycle && !invoice.tried() && switch (invoice.status()) {
            case "void", "uncollectible" -> true;
            case "draft" -> invoice.createdAt().plus(AS_A_DRAFT).isBefore(now);
            case String asked -> false;
        };
        boolean stands = !invoice.status().equals("void") || unasked;
        return !stands ? Stream.empty() : invoice.lines().stream().filter(line -> line.subscription().equals(sold.id())).map(line -> new Told(line, unasked, invoice));
    }

    /** In the order of time; none of one whose first invoice was never paid. */
    List<Stand> stands() {
        if (NEVER_BEGAN.contains(sold.status()) || told.isEmpty()) {
            return List.of();
        }
        List<Stand> stands = new ArrayList<>();
        for (Instant at : instants()) {
            List<Told> then = told.stream().filter(each -> each.line().from().equals(at)).toList();
            take(at, then);
            stands.add(stand(at));
        }
        if (sold.endedAt() != null) {
            stands.add(new Stand(sold.endedAt(), Map.of(), List.of(), false, false));
        }
        return stands;
    }

    private TreeSet<Instant> instants() {
        Instant first = told.getFirst().line().from();
        Stream<@Nullable Instant> other = Stream.concat(reductions.values().stream().map(Reduced::since), Stream.of(sold.trialUntil()).filter(Objects::nonNull));
        return Stream.concat(told.stream().map(each -> each.line().from()), other.filter(at -> at != null && at.isAfter(first)))
                .filter(at -> sold.endedAt() == null || at.isBefore(sold.endedAt()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void take(Instant at, List<Told> then) {
        List<Told> whole = then.stream().filter(each -> !each.line().proration()).toList();
        if (!whole.isEmpty()) {
            items.values().removeIf(on -> !on.until().isAfter(at));
            unasked = whole.stream().allMatch(Told::unasked);
            takenAway(at, whole);
        }
        for (Told each : then) {
            if (each.line().credit()) {
                items.remove(each.line().price());
            } else {
                put(at, each.line());
            }
        }
    }

    /** Of what is not asked for, nobody tells by what it is reduced. */
    private void takenAway(Instant at, List<Told> whole) {
        Set<String> named = whole.stream().flatMap(each -> each.invoice().discounts().stream()).map(Reduced::id).collect(Collectors.toSet());
        if (!unasked && whole.stream().anyMatch(each -> each.line().amount() > 0)) {
            reductions.values().stream().filter(each -> each.since().isBefore(at) && !named.contains(each.id())).forEach(each -> gone.add(each.id()));
        }
    }

    private void put(Instant at, BilledLine line) {
        if (tier.test(line.price())) {
            items.entrySet().removeIf(on -> !on.getKey().equals(line.price()) && on.getValue().since().isBefore(at) && tier.test(on.getKey()));
        }
        On before = items.get(line.price());
        items.put(line.price(), new On(line.quantity(), before == null ? at : before.since(), line.until()));
    }

    private Stand stand(Instant at) {
        boolean trial = sold.trialFrom() != null && sold.trialUntil() != null && !at.isBefore(sold.trialFrom()) && at.isBefore(sold.trialUntil());
        Map<String, Long> quantities = new LinkedHashMap<>();
        items.forEach((price, on) -> quantities.put(price, on.quantity()));
        return new Stand(
                at, quantities, reductions.values().stream().filter(each -> !each.since().isAfter(at) && !gone.contains(each.id())).toList(), unasked, !trial && !unasked);
    }
}
