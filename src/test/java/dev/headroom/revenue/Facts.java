package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.invoice.UsageBilled;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One account's ledger in memory, told of its subscriptions by name. */
final class Facts {

    static final Instant MARCH = Instant.parse("2026-03-10T12:00:00Z");

    final AccountId account = new AccountId(Ids.next());
    final List<RevenueMovement> movements = new ArrayList<>();
    final Map<String, Counted> counted = new HashMap<>();
    private final Map<String, SubscriptionId> ids = new HashMap<>();
    private final Map<String, Long> brings = new HashMap<>();
    private final Currency currency;
    private final Months months;
    Standing standing = Standing.NOTHING;

    Facts(String currency, String zone, int closingDays) {
        this.currency = Currency.getInstance(currency);
        this.months = new Months(ZoneId.of(zone), closingDays, null);
    }

    static Facts usd() {
        return new Facts("USD", "UTC", 5);
    }

    /** A subscription comes to bring so much in twelve months. */
    List<RevenueMovement> brings(String name, long year, GrowthKind growth) {
        return told(fact(name, brings.getOrDefault(name, 0L), year, growth, true, false, MARCH, MARCH));
    }

    /** Likewise, at an instant. */
    List<RevenueMovement> begins(String name, long year, Instant at) {
        return told(fact(name, brings.getOrDefault(name, 0L), year, brings.containsKey(name) ? GrowthKind.UPSELL : GrowthKind.NEW, true, false, at, at));
    }

    List<RevenueMovement> told(Fact fact) {
        String name = name(fact.subscription());
        brings.put(name, fact.yearAfter().longValueExact());
        Counted before = counted.getOrDefault(name, Counted.NOTHING);
        return kept(name, Ledger.book(
                standing, before, fact, Ledger.begins(standing, before, fact) ? beside(fact) : Beside.NOTHING, months.booking(fact.effectiveAt(), fact.at())));
    }

    private Beside beside(Fact fact) {
        RevenueMovement began = movements.stream().filter(each -> each.opening().isZero()).toList().getLast();
        boolean alike = movements.stream().anyMatch(each -> each.product().equals(fact.product()) && counted.get(name(each.subscription())).whole().signum() > 0);
        return Beside.of(began.effectiveAt(), began.number() == 1, alike, fact.effectiveAt(), months);
    }

    /** An invoice bills so much use of a period, which twelve of are so much. */
    List<RevenueMovement> uses(String name, long year) {
        return used(usage(name, year, Ids.next(), MARCH, MARCH));
    }

    List<RevenueMovement> used(UsageBilled billed) {
        String name = name(billed.subscription());
        Counted before = counted.getOrDefault(name, Counted.NOTHING);
        if (!before.leads(before.then(billed))) {
            return List.of();
        }
        return kept(name, Ledger.book(standing, before, billed, months.booking(billed.effectiveAt(), billed.at())));
    }

    UsageBilled usage(String name, long year, @Nullable UUID invoice, Instant effective, Instant recorded) {
        return new UsageBilled(
                Ids.next(), account, ids.computeIfAbsent(name, _ -> new SubscriptionId(Ids.next())), product(name), new PlanVersionId(new UUID(8, 8)),
                currency, invoice, BigDecimal.valueOf(year), effective, recorded);
    }

    /** Of "team#2", the one that "team" is of. */
    private static ProductId product(String name) {
        return new ProductId(new UUID(7, name.split("#", 2)[0].hashCode()));
    }

    private String name(SubscriptionId subscription) {
        return ids.entrySet().stream().filter(each -> each.getValue().equals(subscription)).findFirst().orElseThrow().getKey();
    }

    private List<RevenueMovement> kept(String name, Booked booked) {
        standing = booked.standing();
        counted.put(name, booked.counted());
        movements.addAll(booked.movements());
        return booked.movements();
    }

    Fact fact(String name, long before, long after, GrowthKind growth, boolean dearer, boolean paused, Instant effective, Instant recorded) {
        return new Fact(
                Ids.next(), account, ids.computeIfAbsent(name, _ -> new SubscriptionId(Ids.next())), product(name), currency,
                BigDecimal.valueOf(before), BigDecimal.valueOf(after), growth, dearer, paused, null, new PlanVersionId(new UUID(8, 8)), "test:" + name,
                effective, recorded);
    }

    static List<String> told(List<RevenueMovement> movements) {
        return movements.stream().map(each -> each.kind() + " " + each.amount()).toList();
    }
}
