package dev.headroom.pricing;

import dev.headroom.money.Money;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the price of a change depends on.
 *
 * @param at         the quoted second; a whole one, inside {@code period} unless nothing is billed yet
 * @param current    the items now, empty for a new subscription; in classic mode with the discounts of their last invoice
 * @param target     all items afterwards, unchanged ones too, empty to cancel; with the discounts in force from now on
 * @param period     the running billing period; ignored for a new subscription and in a trial
 * @param anchor     where periods are counted from, moved to {@code at} when the billing interval changes or a new period is asked for; one that comes after the beginning of a new
 *                   subscription cuts its first period short there
 * @param trialUntil the end of a trial, if there is or was one; until then every change is free
 * @param cancelAt   exclusive end that was asked for; nothing is billed from then on
 * @param balance    the customer's as Stripe signs it: negative in the customer's favour, positive owed
 */
public record QuotationFacts(
        Instant at,
        BillingMode mode,
        Proration proration,
        List<BilledItem> current,
        List<Item> target,
        Period period,
        BillingAnchor anchor,
        @Nullable Instant trialUntil,
        @Nullable Instant cancelAt,
        Money balance) {

    /** @throws IllegalArgumentException when the facts contradict each other, saying which */
    public QuotationFacts {
        current = List.copyOf(current);
        target = List.copyOf(target);
        List<Item> held = current.stream().map(BilledItem::item).toList();
        requireAny(held, target);
        requireConsistent("current", held, balance.currency());
        requireConsistent("target", target, balance.currency());
        requireWholeSecond(at);
        boolean paid = !held.isEmpty() && (trialUntil == null || !at.isBefore(trialUntil));
        if (paid && !period.contains(at)) {
            throw new IllegalArgumentException(at + " is not in the billing period " + period);
        }
        if (held.isEmpty() && trialUntil == null && anchor.at().isAfter(at) && !cycle(anchor, target, at).until().equals(anchor.at())) {
            throw new IllegalArgumentException("A first period is no longer than the others: it cannot last from " + at + " to " + anchor.at());
        }
    }

    List<Item> held() {
        return current.stream().map(BilledItem::item).toList();
    }

    boolean inTrial() {
        return trialUntil != null && at.isBefore(trialUntil);
    }

    boolean endsBefore(Period next) {
        return cancelAt != null && !cancelAt.isAfter(next.from());
    }

    /** When a period ends that is to begin: before its time where the end that was asked for cuts it short. */
    Instant endOf(Period next) {
        return cancelAt != null && cancelAt.isBefore(next.until()) ? cancelAt : next.until();
    }

    boolean billsNow() {
        return !inTrial() && (current.isEmpty() || proration != Proration.NONE);
    }

    /** A new full period begins: at first, where that is asked for, with another interval, and in classic mode when something free starts to cost. */
    boolean startsPeriod() {
        return billsNow() && !target.isEmpty() && (current.isEmpty() || proration == Proration.NEW_PERIOD || changesInterval() || startsToCost());
    }

    /** A new subscription is billed up to where its anchor is, and whole periods from there on. */
    boolean beginsWithin() {
        return current.isEmpty() && billsNow() && anchor.at().isAfter(at);
    }

    /** The whole of what the running period is a part of: of one that was cut short, at its beginning or its end, Stripe prorates the whole one. */
    Period cycle() {
        Period counted = cycle(anchor, target.isEmpty() ? held() : target, at);
        boolean within = current.isEmpty() || !period.from().isBefore(counted.from()) && !period.until().isAfter(counted.until());
        return within ? counted : period;
    }

    private static Period cycle(BillingAnchor anchor, List<Item> items, Instant at) {
        return anchor.periodContaining(interval(items), at);
    }

    boolean changesInterval() {
        return !current.isEmpty() && !target.isEmpty() && interval(held()) != interval(target);
    }

    private boolean startsToCost() {
        return mode == BillingMode.CLASSIC && isFree(held()) && !isFree(target);
    }

    static Interval interval(List<Item> items) {
        return items.getFirst().price().interval();
    }

    private static boolean isFree(List<Item> items) {
        return items.stream().allMatch(item -> item.rating().amount().isZero());
    }

    private static void requireAny(List<Item> held, List<Item> target) {
        if (held.isEmpty() && target.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to quote: no item before and none after");
        }
    }

    private static void requireConsistent(String which, List<Item> items, Currency currency) {
        Set<String> refs = new HashSet<>();
        for (Item item : items) {
            Amounts.requireSameCurrency(currency, item.price().currency());
            if (!refs.add(item.ref())) {
                throw new IllegalArgumentException("The " + which + " items name " + item.ref() + " twice");
            }
            if (item.price().interval() != interval(items)) {
                throw new IllegalArgumentException("The " + which + " items mix billing intervals, starting with " + item.name());
            }
        }
    }

    private static void requireWholeSecond(Instant at) {
        if (at.getNano() != 0) {
            throw new IllegalArgumentException("Stripe prorates by whole seconds, " + at + " is not one");
        }
    }
}
