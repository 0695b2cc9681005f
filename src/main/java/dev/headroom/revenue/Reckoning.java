package dev.headroom.revenue;

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
        return before.leads(before.then(fact)) ? book(fact, before, months.holding(fact.effectiveAt())) : List.of();
    }

    void record(Fact fact, Months months) {
        Counted before = before(fact);
        YearMonth wanted = months.booking(fact.effectiveAt(), fact.at());
        Optional<Handover> over = Handover.wanted(before, fact) ? Handover.of(fact, running(fact)) : Optional.empty();
        if (over.isPresent()) {
            book(over.get().fact(), over.get().counted(), wanted);
            over.get().ended().forEach(each -> {
                counted.put(each, new Counted(BigDecimal.ZERO, false, true));
                handedOn.put(each, fact.subscription());
            });
        } else if (before.leads(before.then(fact))) {
            book(fact, before, wanted);
        }
    }

    Kept kept() {
        return Kept.of(standings, counted, handedOn, movements);
    }

    private Counted before(Fact fact) {
        return counted.getOrDefault(fact.subscription(), Counted.NOTHING);
    }

    private List<Running> running(Fact fact) {
        return brought.values().stream()
                .filter(each -> each.product().equals(fact.product()) && each.currency().equals(fact.currency()) && before(each).year().signum() > 0)
                .map(each -> new Running(each.subscription(), before(each).year(), each.planAfter()))
                .toList();
    }

    private List<RevenueMovement> book(Fact fact, Counted before, YearMonth wanted) {
        Booked booked = Ledger.book(standings.getOrDefault(fact.currency(), Standing.NOTHING), before, fact, wanted);
        standings.put(fact.currency(), booked.standing());
        counted.put(fact.subscription(), booked.counted());
        movements.addAll(booked.movements());
        return booked.movements();
    }
}
