package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.invoice.UsageBilled;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.Retained;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Figures are exactly the sums of the movements that they open, of many accounts that do what they like. */
@HeadroomTest
class RevenuesTest {

    private static final Actor.System SELF = new Actor.System("test");
    /** Nobody else's, and in a time that no clock comes to. */
    private static final Currency POUNDS = Currency.getInstance("GBP");
    private static final Instant BEGIN = Instant.parse("2090-01-15T00:00:00Z");
    private static final YearMonth FROM = YearMonth.of(2090, 1);

    @Autowired
    Revenues revenues;
    @Autowired
    PayingAccounts paying;
    @Autowired
    RetainedRepository retained;
    @Autowired
    Bookings bookings;
    @Autowired
    MovementPages pages;
    @Autowired
    TotalRepository totals;
    @Autowired
    KeptRepository kept;
    @Autowired
    CatchUpRepository histories;
    @Autowired
    SettingsRepository settings;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    DSLContext db;

    @Test
    void everyFigureIsTheSumOfTheMovementsThatItOpens() {
        SplittableRandom random = new SplittableRandom(7);
        for (int account = 0; account < 25; account++) {
            live(random);
            if (account == 12) {
                assertThat(totals.fold()).isTrue();
            }
        }
        assertThat(kept.wrongTotals()).isEmpty();
        YearMonth until = FROM.plusMonths(36);

        long closing = revenues.months(SELF, POUNDS, FROM, FROM.plusMonths(1)).getFirst().opening().minor();
        for (RevenueMonth month : revenues.months(SELF, POUNDS, FROM, until)) {
            assertThat(month.opening().minor()).isEqualTo(closing);
            month.movements().forEach(sum -> assertThat(opened(filter(month.month(), month.month().plusMonths(1), sum.kind(), null, null))).as("%s", sum).isEqualTo(told(sum)));
            closing += month.movements().stream().mapToLong(sum -> sum.amount().minor()).sum();
            assertThat(month.closing().minor()).isEqualTo(closing);
            assertThat(month.closingAccounts()).isEqualTo(paying(month.month()));
        }
        assertThat(closing).isEqualTo(db.fetchOne("select coalesce(sum(mrr_minor), 0) from revenue.balance where currency = 'GBP'").get(0, Long.class));

        for (int length : List.of(1, 12)) {
            List<Retention> moved = revenues.retention(SELF, POUNDS, Definition.MOVEMENTS, length, FROM.plusMonths(12), until);
            List<Retention> compared = revenues.retention(SELF, POUNDS, Definition.ACCOUNTS, length, FROM.plusMonths(12), until);
            assertThat(moved).hasSize(24).hasSameSizeAs(compared);
            for (int i = 0; i < moved.size(); i++) {
                check(moved.get(i), compared.get(i));
            }
        }
    }

    private void check(Retention moved, Retention compared) {
        assertThat(settings.current().reactivation()).as("what these figures are without").isFalse();
        assertThat(moved.start()).isEqualTo(compared.start());
        moved.movements().forEach(sum ->
                assertThat(opened(filter(moved.from(), moved.until(), sum.kind(), moved.from(), null))).isEqualTo(told(sum)));
        assertThat(moved.end().minor()).isEqualTo(moved.start().minor() + moved.movements().stream().mapToLong(sum -> sum.amount().minor()).sum());
        long others = opened(filter(moved.from(), moved.until(), MovementKind.PRICE_INCREASE, moved.from(), null)).amount()
                + opened(filter(moved.from(), moved.until(), MovementKind.REACTIVATION, moved.from(), null)).amount();
        assertThat(compared.end().minor()).as("what those pay who stayed is what they paid and all that moved it").isEqualTo(moved.end().minor() + others);
        assertThat(compared.kept().minor()).isBetween(moved.kept().minor(), moved.start().minor());
        Range range = new Range(POUNDS, compared.from(), compared.until());
        List<Retained> listed = paying.retained(SELF, range, null, 1_000);
        assertThat(listed).isSortedAccordingTo(Comparator.comparing(Retained::start).reversed());
        assertThat(new RetainedSum(listed.size(), sum(listed, Retained::start), sum(listed, Retained::end), sum(listed, Retained::kept)))
                .isEqualTo(new RetainedSum(listed.size(), compared.start(), compared.end(), compared.kept())).isEqualTo(paying.retainedSum(SELF, range));
        if (listed.size() > 3) {
            assertThat(paying.retained(SELF, range, listed.get(1).mark(), 2)).as("the next page").isEqualTo(listed.subList(2, 4));
        }
    }

    private static Money sum(List<Retained> of, Function<Retained, Money> part) {
        return of.stream().map(part).reduce(Money.zero(POUNDS), Money::plus);
    }

    /** Where those count who come back, they do in the list as well. */
    @Test
    void whoCameBackIsInTheListAsItIsInTheFigure() {
        Facts back = new Facts("JPY", "UTC", 5);
        bookings.catchUp(back.account);
        Instant march = Instant.parse("1981-03-10T00:00:00Z");
        book(back.fact("a", 0, 12_000, GrowthKind.NEW, true, false, march, march));
        Instant may = Instant.parse("1981-05-10T00:00:00Z");
        book(back.fact("a", 12_000, 0, GrowthKind.CHURN, true, false, may, may));
        Instant june = Instant.parse("1981-06-10T00:00:00Z");
        book(back.fact("a", 0, 24_000, GrowthKind.NEW, true, false, june, june));
        Range range = new Range(Currency.getInstance("JPY"), YearMonth.of(1981, 4), YearMonth.of(1981, 8));

        assertThat(retained.sum(range, counting(false))).extracting(each -> each.end().minor(), each -> each.kept().minor()).containsExactly(0L, 0L);
        assertThat(retained.sum(range, counting(true))).extracting(each -> each.end().minor(), each -> each.kept().minor()).containsExactly(2_000L, 1_000L);
        Instant july = Instant.parse("1981-09-10T00:00:00Z");
        book(back.fact("a", 24_000, 0, GrowthKind.CHURN, true, false, july, july));
    }

    @Test
    void aRangeThatIsNoneHasNoList() {
        for (YearMonth until : List.of(FROM, FROM.plusMonths(61))) {
            assertThatThrownBy(() -> new Range(POUNDS, FROM, until)).isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("filter.until"));
        }
    }

    @Test
    void whatHappensAtOnceToManyIsBookedWholeAndOneByOne() throws Exception {
        Facts shared = new Facts("JPY", "UTC", 5);
        bookings.catchUp(shared.account);
        Instant at = BEGIN.plus(Duration.ofDays(2_000));
        List<Fact> facts = Stream.of("a", "b", "c", "d", "e", "f").map(name -> shared.fact(name, 0, 5_000, GrowthKind.NEW, true, false, at, at)).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = facts.stream().<Future<?>>map(fact -> threads.submit(() -> transaction.executeWithoutResult(_ -> bookings.book(fact)))).toList();
            for (Future<?> end : ends) {
                end.get();
            }
        }
        List<RevenueMovement> booked = pages.page(SELF, new MovementFilter(null, null, null, Set.of(), shared.account.value(), null, null, null), null, 50);
        assertThat(booked).hasSize(6);
        assertThat(booked).as("they began on one day").allMatch(each -> each.kind() == MovementKind.NEW);
        assertThat(booked.stream().filter(each -> each.opening().isZero())).hasSize(1);
        assertThat(booked.stream().mapToLong(each -> each.amount().minor()).sum()).isEqualTo(2_500);
    }

    @Test
    void whatIsComparedWhileSomethingIsBookedInItsMonthsIsNotKept() throws Exception {
        Facts late = new Facts("JPY", "UTC", 5);
        histories.reached(new UUID(0, 0), true);
        bookings.catchUp(late.account);
        Instant march = Instant.parse("1971-03-10T00:00:00Z");
        book(late.fact("a", 0, 12_000, GrowthKind.NEW, true, false, march, march));
        Instant may = Instant.parse("1971-05-10T00:00:00Z");
        CountDownLatch booked = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> end = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                bookings.book(late.fact("a", 12_000, 6_000, GrowthKind.CONTRACTION, true, false, may, may));
                booked.countDown();
                assertThat(arrived(looked)).isTrue();
            }));
            assertThat(arrived(booked)).isTrue();
            assertThat(endOf1971()).as("it is not there yet").isEqualTo(1_000);
            looked.countDown();
            end.get();
        }
        assertThat(endOf1971()).isEqualTo(500);
        Instant june = Instant.parse("1971-08-10T00:00:00Z");
        book(late.fact("a", 6_000, 0, GrowthKind.CHURN, true, false, june, june));
    }

    private static boolean arrived(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private long endOf1971() {
        YearMonth last = YearMonth.of(1971, 6);
        return revenues.retention(SELF, Currency.getInstance("JPY"), Definition.ACCOUNTS, 2, last, last.plusMonths(1)).getFirst().end().minor();
    }

    @Test
    void whatIsKeptOfAClosedRangeIsForgottenWhenSomethingIsBookedInIt() {
        Facts one = new Facts("JPY", "UTC", 5);
        bookings.catchUp(one.account);
        Instant march = Instant.parse("1985-03-10T00:00:00Z");
        book(one.fact("a", 0, 12_000, GrowthKind.NEW, true, false, march, march));
        YearMonth may = YearMonth.of(1985, 5);
        Currency yen = Currency.getInstance("JPY");
        db.execute("delete from revenue.caught_up");
        assertThat(revenues.retention(SELF, yen, Definition.ACCOUNTS, 1, may, may.plusMonths(1)).getFirst().end().minor()).isEqualTo(1_000);
        assertThat(db.fetchOne("select count(*) from revenue.retained where month = {0}", val(may.atDay(1))).get(0, Integer.class)).as("histories are booked still").isZero();
        histories.reached(new UUID(0, 0), true);
        assertThat(revenues.retention(SELF, yen, Definition.ACCOUNTS, 1, may, may.plusMonths(1)).getFirst().end().minor()).isEqualTo(1_000);
        assertThat(db.fetchOne("select count(*) from revenue.retained where month = {0}", val(may.atDay(1))).get(0, Integer.class)).isOne();

        Instant inMay = Instant.parse("1985-05-10T00:00:00Z");
        book(one.fact("a", 12_000, 6_000, GrowthKind.CONTRACTION, true, false, inMay, inMay));
        Retention then = revenues.retention(SELF, yen, Definition.ACCOUNTS, 1, may, may.plusMonths(1)).getFirst();
        assertThat(then.end().minor()).isEqualTo(500);
        assertThat(then.netPoints()).isEqualTo(5_000);
        book(one.fact("a", 6_000, 0, GrowthKind.CHURN, true, false, inMay, inMay));
    }

    private void live(SplittableRandom random) {
        Facts facts = new Facts("GBP", "UTC", 5);
        bookings.catchUp(facts.account);
        Map<String, Long> brings = new HashMap<>();
        Instant at = BEGIN;
        for (int i = 0; i < 12; i++) {
            at = at.plus(Duration.ofHours(random.nextLong(2_000)));
            String name = "s" + random.nextInt(2);
            if (random.nextInt(4) == 0) {
                UsageBilled billed = facts.usage(name, random.nextInt(3) == 0 ? 0 : random.nextLong(20_000), Ids.next(), at, at);
                transaction.executeWithoutResult(_ -> bookings.book(billed));
                continue;
            }
            long before = brings.getOrDefault(name, 0L);
            long after = random.nextInt(3) == 0 ? 0 : random.nextLong(50_000);
            GrowthKind growth = after < before ? GrowthKind.CONTRACTION : List.of(GrowthKind.UPSELL, GrowthKind.PRICE_INCREASE, GrowthKind.SEAT_EXPANSION).get(random.nextInt(3));
            book(facts.fact(name, before, after, growth, true, false, at, at));
            brings.put(name, after);
        }
    }

    private void book(Fact fact) {
        transaction.executeWithoutResult(_ -> bookings.book(fact));
    }

    private record Opened(long amount, long movements) {}

    private static Opened told(KindSum sum) {
        return new Opened(sum.amount().minor(), sum.movements());
    }

    private static MovementFilter filter(YearMonth from, YearMonth until, MovementKind kind, YearMonth paying, UUID account) {
        return new MovementFilter(POUNDS, from, until, Set.of(kind), account, null, paying, null);
    }

    private Opened opened(MovementFilter filter) {
        List<RevenueMovement> found = pages.page(SELF, filter, null, 10_000);
        return new Opened(found.stream().mapToLong(each -> each.amount().minor()).sum(), found.size());
    }

    /** Counted the long way: the last movement of each account until then. */
    private long paying(YearMonth month) {
        return db.fetchOne("select count(*) from (select distinct on (account_id) closing_minor from revenue.movement where currency = 'GBP' and month <= {0} order by account_id, number desc) last_ where closing_minor > 0",
                val(month.atDay(1))).get(0, Long.class);
    }

    private static RevenueSettings counting(boolean reactivation) {
        return new RevenueSettings(1, ZoneOffset.UTC, 5, reactivation, false, true, "test", null, null);
    }
}
