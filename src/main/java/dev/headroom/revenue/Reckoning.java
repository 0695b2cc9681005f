package dev.headroom.revenue;

import dev.headroom.invoice.UsageBilled;
import dev.headroom.revenue.Handover.Running;
import dev.headroom.revenue.KeptRepository.Kept;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One account's ledger in memory: what was brought first, then what was recorded, by the same rules as what is stored. */
final class Reckoning {

    private final Map<Currency, Standing> standings = new HashMap<>();
    private final Map<SubscriptionId, Counted> counted = new HashMap<>();
    private final Map<SubscriptionId, Fact> brought = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    private final Map<SubscriptionId, SubscriptionId> handedOn = new HashMap<>();
    private final List<RevenueMovement> movements = new ArrayList<>();

    /** @return what it moved */
    List<RevenueMovement> bring(PastFact past, Months months) {
        Fact fact = past.fact();
        brought.put(fact.subscription(), fact);
        Counted before = before(fact);
        return before.leads(before.then(fact)) ? book(fact, before, months, months.holding(fact.effectiveAt())) : List.of();
    }

    void record(Recorded recorded, Months months) {
        switch (recorded) {
            case Recorded.Changed(Fact fact) -> record(fact, months);
            case Recorded.Used(UsageBilled billed) -> record(billed, months);
        }
    }

    private void record(UsageBilled billed, Months months) {
        Counted before = before(billed.subscription());
        YearMonth wanted = months.booking(billed.effectiveAt(), billed.at());
        Fact fact = Ledger.fact(billed, before.year());
        Optional<Handover> over = Handover.wanted(before, billed) ? Handover.ofUse(fact, running(fact)) : Optional.empty();
        if (over.isPresent()) {
            keep(billed.currency(), billed.subscription(), Ledger.book(standing(billed.currency()), over.get(), billed, wanted));
            handOn(over.get());
        } else if (before.leads(before.then(billed))) {
            keep(billed.currency(), billed.subscription(), Ledger.book(standing(billed.currency()), before, billed, wanted));
        }
    }

    private void record(Fact fact, Months months) {
        Counted before = before(fact);
        YearMonth wanted = months.booking(fact.effectiveAt(), fact.at());
        Optional<Handover> over = Handover.wanted(before, fact) ? Handover.of(fact, before, running(fact)) : Optional.empty();
        if (over.isPresent()) {
            book(over.get().fact(), over.get().counted(), months, wanted);
            handOn(over.get());
        } else if (before.leads(before.then(fact))) {
            book(fact, before, months, wanted);
        }
    }

    private void handOn(Handover over) {
        over.ended().forEach(each -> {
            counted.put(each, new Counted(BigDecimal.ZERO, false, true));
            handedOn.put(each, over.fact().subscription());
        });
    }

    /**
     * From then on the currency stands as the history says, behind the movements that are there: those stay as they were booked.
     *
     * @param booked through the correction, in their order
     */
    void correct(Currency currency, List<RevenueMovement> booked) {
        Standing here = standing(currency);
        Standing corrected = booked.isEmpty()
                ? new Standing(0, here.year(), here.mrr(), here.use(), null, null, null)
                : behind(booked.getLast(), here);
        standings.put(currency, corrected);
        movements.removeIf(each -> each.amount().currency().equals(currency));
        movements.addAll(booked);
    }

    private static Standing behind(RevenueMovement last, Standing here) {
        return new Standing(last.number(), here.year(), here.mrr(), here.use(), last.month(), last.cohort(), here.mrr() == 0 ? null : last.since());
    }

    Kept kept() {
        return Kept.of(standings, counted, handedOn, movements);
    }

    private Counted before(Fact fact) {
        return before(fact.subscription());
    }

    private Counted before(SubscriptionId subscription) {
        return counted.getOrDefault(subscription, Counted.NOTHING);
    }

    private Standing standing(Currency currency) {
        return standings.getOrDefault(currency, Standing.NOTHING);
    }

    private List<Running> running(Fact fact) {
        return brought.values().stream()
                .filter(each -> each.product().equals(fact.product()) && each.currency().equals(fact.currency()) && before(each).year().signum() > 0)
                .map(each -> new Running(each.subscription(), before(each).year(), each.planAfter()))
                .toList();
    }

    private List<RevenueMovement> book(Fact fact, Counted before, Months months, YearMonth wanted) {
        Standing standing = standing(fact.currency());
        Beside beside = Ledger.begins(standing, before, fact) ? beside(fact, months) : Beside.NOTHING;
        return keep(fact.currency(), fact.subscription(), Ledger.book(standing, before, fact, beside, wanted));
    }

    private Beside beside(Fact fact, Months months) {
        List<RevenueMovement> there = movements.stream().filter(each -> each.amount().currency().equals(fact.currency())).toList();
        RevenueMovement began = there.stream().filter(each -> each.opening().isZero()).toList().getLast();
        boolean alike = there.stream().anyMatch(each -> each.product().equals(fact.product()) && before(each.subscription()).whole().signum() > 0);
        return Beside.of(began.effectiveAt(), began.number() == 1, alike, fact.effectiveAt(), months);
    }

    private List<RevenueMovement> keep(Currency currency, SubscriptionId subscription, Booked booked) {
        standings.put(currency, booked.standing());
        counted.put(subscription, booked.counted());
        movements.addAll(booked.movements());
        return booked.movements();
    }
}
