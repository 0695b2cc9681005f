package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.metrics.Metric;
import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.metrics.Metrics;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.Revenues.Waited;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A year of six customers, and every figure of docs/metrics.md reckoned by hand. */
@HeadroomTest
class MetricsTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency POUNDS = Currency.getInstance("GBP");
    /** Before whatever else is in the ledger. */
    private static final YearMonth FROM = YearMonth.of(1975, 1);
    private static final YearMonth UNTIL = YearMonth.of(1976, 1);

    @Autowired
    Metrics metrics;
    @Autowired
    Revenues revenues;
    @Autowired
    MovementPages pages;
    @Autowired
    PayingAccounts paying;
    @Autowired
    Bookings bookings;
    @Autowired
    SettingsRepository settings;
    @Autowired
    TransactionTemplate transaction;

    private static boolean lived;

    @BeforeEach
    void live() {
        if (lived) {
            return;
        }
        lived = true;
        Customer a = new Customer();
        Customer b = new Customer();
        a.pays("plan", 100_00, GrowthKind.NEW, "1974-03-10");
        b.pays("plan", 100_00, GrowthKind.NEW, "1974-05-10");
        a.pays("plan", 120_00, GrowthKind.SEAT_EXPANSION, "1975-02-10");
        b.pays("plan", 0, GrowthKind.CHURN, "1975-03-10");
        Customer c = new Customer();
        c.pays("plan", 50_00, GrowthKind.NEW, "1975-04-10");
        c.pays("plan", 80_00, GrowthKind.UPSELL, "1975-05-10");
        new Customer().pays("plan", 40_00, GrowthKind.NEW, "1975-06-10");
        Customer e = new Customer();
        e.pays("plan", 10_00, GrowthKind.NEW, "1975-06-10");
        e.pays("plan", 0, GrowthKind.CHURN, "1975-07-10");
        a.pays("plan", 130_00, GrowthKind.USAGE_EXPANSION, "1975-08-10");
        a.pays("plan", 125_00, GrowthKind.CONTRACTION, "1975-09-10");
        a.pays("beside", 25_00, GrowthKind.NEW, "1975-10-10");
        b.pays("plan", 60_00, GrowthKind.NEW, "1975-11-10");
    }

    @Test
    void everyFigureIsWhatItIsByHand() {
        assertThat(settings.current().priceIncrease()).as("what these figures are without").isFalse();
        Map<Kind, Long> expected = new EnumMap<>(Kind.class);
        expected.put(Kind.EXPANSION_RATE, 27_50L);
        expected.put(Kind.SEAT_EXPANSION_RATE, 10_00L);
        expected.put(Kind.AVERAGE_EXPANSION, 21_25L);
        expected.put(Kind.EXPANSION_SHARE, 45_95L);
        expected.put(Kind.USAGE_SHARE, 11_76L);
        expected.put(Kind.EXPANSION_VELOCITY, 7_08L);
        expected.put(Kind.QUICK_RATIO, 1_61L);
        expected.put(Kind.QUICK_RATIO_OF_ALL, 2_13L);
        expected.put(Kind.LOGO_RETENTION, 50_00L);
        expected.put(Kind.TIME_TO_EXPANSION, null);
        expected.put(Kind.SEVERAL_PRODUCTS, 25_00L);
        expected.put(Kind.ATTACH_RATE, null);

        Map<Kind, Long> found = new EnumMap<>(Kind.class);
        metrics.metrics(SELF, POUNDS, Set.of(), FROM, UNTIL).forEach(each -> found.put(each.kind(), each.value()));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everySumOfAFigureOpensTheListThatAddsUpToIt() {
        List<Part> parts = metrics.metrics(SELF, POUNDS, Set.of(), FROM, UNTIL).stream()
                .flatMap(each -> Stream.concat(Stream.of(each.numerator()), Stream.ofNullable(each.denominator()))).toList();
        assertThat(parts.stream().filter(each -> each.movements() != null)).hasSizeGreaterThan(8).allSatisfy(part -> {
            List<RevenueMovement> listed = pages.page(SELF, part.movements(), null, 1_000);
            assertThat(part.money() == null || listed.stream().map(RevenueMovement::amount).reduce(Money.zero(POUNDS), Money::plus).equals(part.money())).isTrue();
            assertThat(listed).hasSize((int) part.count());
        });
        assertThat(parts.stream().filter(each -> each.accounts() != null)).hasSizeGreaterThan(5).allSatisfy(part -> {
            List<PayingAccount> listed = paying.page(SELF, part.accounts(), null, 1_000);
            assertThat(listed).hasSize((int) part.count());
            assertThat(part.money() == null || listed.stream().map(PayingAccount::mrr).reduce(Money.zero(POUNDS), Money::plus).equals(part.money())).isTrue();
        });
    }

    @Test
    void whoStoppedIsWatchedUntilThenAndWhoDidNotGrowUntilTheRangesEnd() {
        assertThat(revenues.waited(SELF, POUNDS, FROM, UNTIL)).containsExactly(new Waited(30, false, 1), new Waited(30, true, 1), new Waited(204, false, 1));
        assertThat(one(Kind.TIME_TO_EXPANSION, YearMonth.of(1975, 4), YearMonth.of(1975, 6)).value()).isEqualTo(30);
        assertThat(revenues.waited(SELF, POUNDS, YearMonth.of(1975, 4), YearMonth.of(1975, 5))).as("it grew after the range").containsExactly(new Waited(20, false, 1));
    }

    @Test
    void whoGrewOnlyAfterComingBackIsWatchedUntilStopping() {
        Customer gone = new Customer();
        gone.pays("plan", 50_00, GrowthKind.NEW, "1970-03-10");
        gone.pays("plan", 0, GrowthKind.CHURN, "1970-04-10");
        gone.pays("plan", 50_00, GrowthKind.NEW, "1970-05-10");
        gone.pays("plan", 80_00, GrowthKind.UPSELL, "1970-06-10");
        gone.pays("plan", 0, GrowthKind.CHURN, "1970-07-10");

        assertThat(revenues.waited(SELF, POUNDS, YearMonth.of(1970, 3), YearMonth.of(1970, 12))).containsExactly(new Waited(31, false, 1));
    }

    @Test
    void whatRoundingLeftOfAProductThatEndedIsNoProduct() {
        Customer yearly = new Customer();
        for (String product : List.of("one", "two", "three")) {
            yearly.brings(product, 500_00, GrowthKind.NEW, "1971-03-10");
        }
        assertThat(revenues.several(SELF, POUNDS, YearMonth.of(1971, 4))).isOne();
        yearly.brings("two", 0, GrowthKind.CONTRACTION, "1971-04-10");
        yearly.brings("one", 0, GrowthKind.CONTRACTION, "1971-04-10");

        assertThat(pages.page(SELF, new MovementFilter(POUNDS, null, YearMonth.of(1971, 5), Set.of(), yearly.facts.account.value(), null, null, null), null, 9))
                .extracting(each -> each.amount().minor()).as("of the first, one is left").containsExactlyInAnyOrder(41_67L, 41_66L, 41_67L, -41_67L, -41_66L);
        assertThat(revenues.several(SELF, POUNDS, YearMonth.of(1971, 5))).isZero();
        yearly.brings("three", 0, GrowthKind.CHURN, "1971-05-10");
    }

    @Test
    void aProductIsOneHoweverLittleOfItIsUsed() {
        Customer caller = new Customer();
        caller.pays("plan", 50_00, GrowthKind.NEW, "1973-03-10");
        caller.uses("calls", 3, "1973-04-10");
        caller.uses("calls", 5, "1973-05-10");
        caller.uses("calls", 2, "1973-06-10");
        caller.uses("calls", 1, "1973-07-10");
        assertThat(revenues.several(SELF, POUNDS, YearMonth.of(1973, 8))).as("a penny in four movements").isOne();
        caller.uses("calls", 0, "1973-08-10");
        assertThat(revenues.several(SELF, POUNDS, YearMonth.of(1973, 9))).isZero();
        caller.pays("plan", 0, GrowthKind.CHURN, "1973-09-10");
    }

    @Test
    void retentionWithoutUseIsOfWhatRecursByEitherDefinition() {
        Customer caller = new Customer();
        caller.pays("plan", 100_00, GrowthKind.NEW, "1972-06-10");
        caller.uses("plan", 30_00, "1972-07-10");
        caller.uses("plan", 50_00, "1972-09-10");
        caller.pays("plan", 120_00, GrowthKind.UPSELL, "1972-10-10");
        RevenueSettings before = settings.current();
        assertThat(retained()).containsOnly("13000 17000 13000");
        insert(before.version() + 1, before, false);
        try {
            assertThat(retained()).containsOnly("10000 12000 10000");
            assertThat(paying.retainedSum(SELF, new PayingAccounts.Range(POUNDS, YearMonth.of(1972, 8), YearMonth.of(1972, 11))).end().minor()).isEqualTo(120_00);
        } finally {
            insert(before.version() + 2, before, before.use());
        }
        assertThat(retained()).as("what was kept of one is not told as the other").containsOnly("13000 17000 13000");
        caller.pays("plan", 0, GrowthKind.CHURN, "1972-11-10");
        assertThat(pages.total(SELF, new MovementFilter(POUNDS, null, YearMonth.of(1973, 1), Set.of(), caller.facts.account.value(), null, null, null)).use().minor()).isZero();
    }

    private List<String> retained() {
        return Stream.of(Definition.values()).map(each -> revenues.retention(SELF, POUNDS, each, 3, YearMonth.of(1972, 10), YearMonth.of(1972, 11)).getFirst())
                .map(each -> each.start().minor() + " " + each.end().minor() + " " + each.kept().minor()).toList();
    }

    private void insert(int version, RevenueSettings like, boolean use) {
        settings.insert(new RevenueSettings(version, like.zone(), like.closingDays(), like.reactivation(), like.priceIncrease(), use, "test", Instant.parse("2020-01-01T00:00:00Z"), null));
    }

    @Test
    void ofARangeInWhichNothingHappenedThereAreNoQuotients() {
        assertThat(metrics.metrics(SELF, POUNDS, Set.of(), YearMonth.of(1972, 1), YearMonth.of(1972, 2)).stream().filter(each -> each.value() != null))
                .extracting(Metric::kind, Metric::value).containsExactly(tuple(Kind.EXPANSION_VELOCITY, 0L));
    }

    @Test
    void onlyWhatIsAskedForIsReckonedAndARangeThatIsNoneIsRefused() {
        assertThat(metrics.metrics(SELF, POUNDS, Set.of(Kind.QUICK_RATIO, Kind.EXPANSION_RATE), FROM, UNTIL)).extracting(Metric::kind).containsExactly(Kind.EXPANSION_RATE, Kind.QUICK_RATIO);
        for (YearMonth until : List.of(FROM, FROM.plusMonths(121))) {
            assertThatThrownBy(() -> one(Kind.QUICK_RATIO, FROM, until)).isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("until"));
        }
    }

    private Metric one(Kind kind, YearMonth from, YearMonth until) {
        return metrics.metrics(SELF, POUNDS, Set.of(kind), from, until).getFirst();
    }

    private final class Customer {
        private final Facts facts = new Facts("GBP", "UTC", 5);
        private final Map<String, Long> brings = new HashMap<>();

        private Customer() {
            bookings.catchUp(facts.account);
        }

        /** At noon of a day, and so much a month from then on. */
        private void pays(String name, long month, GrowthKind growth, String day) {
            brings(name, 12 * month, growth, day);
        }

        /** Past its limits, so much a month. */
        private void uses(String name, long month, String day) {
            Instant at = Instant.parse(day + "T12:00:00Z");
            transaction.executeWithoutResult(_ -> bookings.book(facts.usage(name, 12 * month, Ids.next(), at, at)));
        }

        private void brings(String name, long year, GrowthKind growth, String day) {
            Instant at = Instant.parse(day + "T12:00:00Z");
            Fact fact = facts.fact(name, brings.getOrDefault(name, 0L), year, growth, true, false, at, at);
            transaction.executeWithoutResult(_ -> bookings.book(fact));
            brings.put(name, year);
        }
    }
}
