package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.id.Ids;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Books two years of customers who come, grow, shrink and go, in a currency that is theirs alone; the same each time. */
public final class RevenueHistory {

    private static final int MONTHS = 26;
    private static final int DAYS = 30;
    private static final int SEED = 4;
    private static final List<GrowthKind> GROWTHS = List.of(GrowthKind.UPSELL, GrowthKind.SEAT_EXPANSION, GrowthKind.SEAT_EXPANSION, GrowthKind.CROSS_SELL, GrowthKind.PRICE_INCREASE);

    private final Bookings bookings;
    private final TransactionTemplate transaction;
    private final PlanVersion plan;
    private final Currency currency;
    private final SplittableRandom random = new SplittableRandom(SEED);

    public RevenueHistory(ApplicationContext context, Currency currency, String plan) {
        this.bookings = context.getBean(Bookings.class);
        this.transaction = context.getBean(TransactionTemplate.class);
        this.plan = context.getBean(Catalog.class).snapshot().plan(plan).flatMap(known -> context.getBean(Catalog.class).snapshot().onSale(known)).orElseThrow();
        this.currency = currency;
    }

    /** Each account begins some months after the one before it. */
    public void live(List<AccountId> accounts, Instant now) {
        for (int at = 0; at < accounts.size(); at++) {
            int begin = MONTHS * at / accounts.size();
            live(accounts.get(at), now.minus(Duration.ofDays((long) DAYS * (MONTHS - begin) - random.nextInt(DAYS - 2) - 1)), now);
        }
    }

    private void live(AccountId account, Instant from, Instant now) {
        bookings.catchUp(account);
        SubscriptionId subscription = new SubscriptionId(Ids.next());
        long year = 0;
        for (Instant at = from; at.isBefore(now); at = at.plus(Duration.ofDays(DAYS))) {
            long next = year == 0 ? 12L * (200 + random.nextInt(900)) * 100 : after(year);
            if (next != year) {
                book(account, subscription, year, next, at);
            }
            year = next;
        }
    }

    /** Mostly as before, now and then more, sometimes less, and now and then nothing any more. */
    private long after(long year) {
        int dice = random.nextInt(100);
        if (dice < 72) {
            return year;
        }
        if (dice < 91) {
            return year * (110 + random.nextInt(30)) / 100;
        }
        return dice < 97 ? year * (75 + random.nextInt(20)) / 100 : 0;
    }

    private void book(AccountId account, SubscriptionId subscription, long before, long after, Instant at) {
        GrowthKind growth = before == 0 ? GrowthKind.NEW : after == 0 ? GrowthKind.CHURN : after < before ? GrowthKind.CONTRACTION : GROWTHS.get(random.nextInt(GROWTHS.size()));
        Fact fact = new Fact(
                Ids.next(), account, subscription, plan.plan().product(), currency, BigDecimal.valueOf(before), BigDecimal.valueOf(after), growth, true, false,
                before == 0 ? null : plan.id(), plan.id(), "stripe:test", at, at);
        transaction.executeWithoutResult(_ -> bookings.book(fact));
    }
}
