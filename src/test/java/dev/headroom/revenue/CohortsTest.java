package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.CohortRepository.CohortMonth;
import dev.headroom.revenue.CohortRepository.StartMonth;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.Cohorts.Walk;
import dev.headroom.revenue.PayingAccounts.Filter;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Cohorts by worked examples, and of many accounts that do what they like: together they are the whole, and each cell is the accounts that it opens. */
@HeadroomTest
class CohortsTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final Currency YEN = Currency.getInstance("JPY");
    private static final YearMonth JANUARY = YearMonth.of(2024, 1);
    /** Long before whatever else is in the ledger. */
    private static final Instant BEGIN = Instant.parse("1993-01-15T00:00:00Z");
    private static final Set<MovementKind> COUNTED = EnumSet.complementOf(EnumSet.of(MovementKind.REACTIVATION, MovementKind.PRICE_INCREASE));
    private static final YearMonth FROM = YearMonth.of(1993, 1);

    @Autowired
    Cohorts cohorts;
    @Autowired
    PayingAccounts paying;
    @Autowired
    Revenues revenues;
    @Autowired
    MovementPages pages;
    @Autowired
    Bookings bookings;
    @Autowired
    TotalRepository totals;
    @Autowired
    SettingsRepository settings;
    @Autowired
    InstantSource clock;
    @Autowired
    TransactionTemplate transaction;

    @Test
    void byMovementsWhatWasKeptOfEachMonthIsMultiplied() {
        Cohort found = walk(Map.of(0, new CohortMonth(100_00, 0, 2, 3, 100_00), 1, new CohortMonth(10_00, -10_00, 0, 0, 10_00), 2, new CohortMonth(-11_00, -11_00, -1, 0, -11_00)), null, 3);

        assertThat(found.joined()).as("one stopped before the first month was over").isEqualTo(3);
        assertThat(found.start()).isEqualTo(Money.of(100_00, "USD"));
        assertThat(told(found.cells(), Cell::netPoints)).containsExactly(10_000L, 11_000L, 9_900L, 9_900L);
        assertThat(told(found.cells(), Cell::grossPoints)).as("90 % of the first month, 90 % of the second").containsExactly(10_000L, 9_000L, 8_100L, 8_100L);
        assertThat(told(found.cells(), cell -> cell.kept().minor())).containsExactly(100_00L, 90_00L, 81_00L, 81_00L);
        assertThat(told(found.cells(), Cell::accountPoints)).containsExactly(10_000L, 10_000L, 5_000L, 5_000L);
        assertThat(found.cells()).extracting(Cell::mature).containsExactly(true, true, true, false);
    }

    @Test
    void accountByAccountWhatRoseCoversNothingThatFell() {
        Cohort found = walk(
                Map.of(0, new CohortMonth(100_00, 0, 2, 2, 100_00), 1, new CohortMonth(0, -30_00, 0, 0, 0)), Map.of(
                        month(0), new StartMonth(100_00, 100_00), month(1), new StartMonth(0, -30_00), month(3), new StartMonth(10_00, 5_00)), 3);

        assertThat(told(found.cells(), Cell::netPoints)).containsExactly(10_000L, 10_000L, 10_000L, 11_000L);
        assertThat(told(found.cells(), Cell::mrrPoints)).containsExactly(10_000L, 10_000L, 10_000L, 10_000L);
        assertThat(told(found.cells(), Cell::grossPoints)).containsExactly(10_000L, 7_000L, 7_000L, 7_500L);
    }

    @Test
    void ofNobodyThereIsNoPercentage() {
        Cohort found = walk(Map.of(), null, 1);

        assertThat(found.cells()).allMatch(cell -> cell.netPoints() == null && cell.grossPoints() == null && cell.accountPoints() == null && cell.mrr().isZero());
    }

    @Test
    void whatAnAccountLostBeyondWhatItsMonthOpenedWithLeavesNothingAndNotLess() {
        Cohort found = walk(Map.of(0, new CohortMonth(10_00, 0, 1, 1, 10_00), 1, new CohortMonth(-10_00, -60_00, -1, 0, -10_00), 2, new CohortMonth(7_00, 0, 1, 0, 0)), null, 2);

        assertThat(told(found.cells(), Cell::grossPoints)).containsExactly(10_000L, 0L, 0L);
        assertThat(told(found.cells(), Cell::netPoints)).as("who comes back does not count here").containsExactly(10_000L, 0L, 0L);
        assertThat(told(found.cells(), Cell::mrrPoints)).as("and pays all the same").containsExactly(10_000L, 0L, 7_000L);
    }

    @Test
    void cohortsTogetherAreTheWholeAndACellIsTheAccountsThatItOpens() {
        SplittableRandom random = new SplittableRandom(11);
        List<Facts> lives = new ArrayList<>();
        for (int account = 0; account < 25; account++) {
            lives.add(live(random));
            if (account == 12) {
                assertThat(totals.fold()).isTrue();
            }
        }
        YearMonth until = FROM.plusMonths(50);
        List<Cohort> byMovements = cohorts.cohorts(SELF, YEN, Definition.MOVEMENTS, FROM, until, 60);
        List<Cohort> byAccounts = cohorts.cohorts(SELF, YEN, Definition.ACCOUNTS, FROM, until, 60);
        assertThat(byMovements).hasSize(50);

        revenues.months(SELF, YEN, FROM, until).forEach(month -> {
            List<Cell> column = byMovements.stream().flatMap(cohort -> cohort.cells().stream()).filter(cell -> cell.month().equals(month.month())).toList();
            assertThat(column.stream().mapToLong(cell -> cell.mrr().minor()).sum()).as("%s", month).isEqualTo(month.closing().minor());
            assertThat(column.stream().mapToLong(Cell::accounts).sum()).isEqualTo(month.closingAccounts());
        });
        for (int i = 0; i < byMovements.size(); i++) {
            check(byMovements.get(i), byAccounts.get(i), lives);
        }
        assertThat(byMovements.stream().mapToLong(Cohort::joined).sum()).isEqualTo(lives.stream().filter(life -> !life.movements.isEmpty()).count());
    }

    private void check(Cohort byMovements, Cohort byAccounts, List<Facts> lives) {
        List<Facts> members = lives.stream().filter(life -> !life.movements.isEmpty() && life.movements.getFirst().month().equals(byMovements.month())).toList();
        BigDecimal share = BigDecimal.ONE;
        for (int age = 0; age < byMovements.cells().size(); age++) {
            Cell cell = byMovements.cells().get(age);
            assertThat(cell.mrr()).isEqualTo(byAccounts.cells().get(age).mrr());
            assertThat(cell.mature()).isTrue();
            List<Facts> stayed = members.stream().filter(life -> unbroken(life, cell.month())).toList();
            assertThat(byAccounts.cells().get(age).kept().minor()).as("%s", cell).isEqualTo(
                    stayed.stream().mapToLong(life -> Math.min(paid(life, cell.month()), paid(life, byMovements.month()))).sum());
            assertThat(byAccounts.cells().get(age).net().minor()).as("%s", cell).isEqualTo(stayed.stream().mapToLong(life -> paid(life, cell.month())).sum());
            share = age == 0 ? BigDecimal.ONE : share.multiply(keptOf(members, cell.month()), MathContext.DECIMAL128);
            assertThat(cell.kept().minor()).as("%s", cell).isEqualTo(share.multiply(BigDecimal.valueOf(byMovements.start().minor())).setScale(0, RoundingMode.HALF_UP).longValueExact());
        }
        for (int age = 1; age < 25; age++) {
            assertThat(netOf(byMovements.month(), age)).as("as retention says of the cohort").isEqualTo(byMovements.cells().get(age).net().minor());
        }
        for (int age : List.of(0, 1, 7, 24)) {
            Cell cell = byMovements.cells().get(age);
            List<PayingAccount> opened = opened(new Filter(YEN, cell.month(), byMovements.month()));
            assertThat(opened.stream().mapToLong(each -> each.mrr().minor()).sum()).as("%s", cell).isEqualTo(cell.mrr().minor());
            assertThat(opened).hasSize((int) cell.accounts()).doesNotHaveDuplicates().allMatch(each -> each.cohort().equals(byMovements.month()));
        }
    }

    /** What retention by movements counts at the end of the range that begins when the cohort's month is over, from the lists of movements. */
    private long netOf(YearMonth cohort, int age) {
        MovementFilter stayed = new MovementFilter(YEN, cohort.plusMonths(1), cohort.plusMonths(age + 1L), COUNTED, null, cohort, cohort.plusMonths(1), null);
        MovementFilter before = new MovementFilter(YEN, null, cohort.plusMonths(1), Set.of(), null, cohort, null, null);
        return Stream.of(before, stayed).mapToLong(each -> pages.total(SELF, each).amount().minor()).sum();
    }

    private static boolean unbroken(Facts life, YearMonth month) {
        return life.movements.stream().filter(each -> !each.month().isAfter(month)).reduce((_, last) -> last).filter(last -> last.since().equals(last.cohort())).isPresent();
    }

    /** Of what they paid when a month began, movement by movement. */
    private static BigDecimal keptOf(List<Facts> members, YearMonth month) {
        long opening = members.stream().mapToLong(life -> paid(life, month.minusMonths(1))).sum();
        long lost = members.stream().flatMap(life -> life.movements.stream())
                .filter(each -> each.month().equals(month) && each.since().isBefore(month) && each.amount().isNegative())
                .mapToLong(each -> each.amount().minor()).sum();
        return opening + lost <= 0 ? BigDecimal.ZERO : BigDecimal.valueOf(opening + lost).divide(BigDecimal.valueOf(opening), MathContext.DECIMAL128);
    }

    private List<PayingAccount> opened(Filter filter) {
        List<PayingAccount> found = new ArrayList<>(paying.page(SELF, filter, null, 2));
        List<PayingAccount> page = found;
        while (!page.isEmpty()) {
            page = paying.page(SELF, filter, Mark.parse(Mark.of(found.getLast()).text()), 2);
            found.addAll(page);
        }
        return found;
    }

    @Test
    void whatIsToComeIsLeftOutAndWhatIsNotClosedIsNotMature() {
        YearMonth now = settings.current().months().holding(clock.instant());
        List<Cohort> found = cohorts.cohorts(SELF, DOLLARS, Definition.MOVEMENTS, now.minusMonths(2), now.plusMonths(3), 12);

        assertThat(found).extracting(Cohort::month).containsExactly(now.minusMonths(2), now.minusMonths(1), now);
        assertThat(found.getFirst().cells()).extracting(Cell::age).containsExactly(0, 1, 2);
        assertThat(found.getFirst().cells().getFirst().mature()).isTrue();
        assertThat(found.getFirst().cells().getLast().mature()).isFalse();
        assertThat(found.getLast().cells()).hasSize(1);
    }

    @Test
    void aRangeThatIsNoneIsRefusedAtItsField() {
        for (YearMonth until : List.of(JANUARY, JANUARY.plusMonths(61))) {
            assertThatThrownBy(() -> cohorts.cohorts(SELF, DOLLARS, Definition.MOVEMENTS, JANUARY, until, 12))
                    .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("until"));
        }
        assertThatThrownBy(() -> cohorts.cohorts(SELF, DOLLARS, Definition.MOVEMENTS, JANUARY, JANUARY.plusMonths(1), 61))
                .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("months"));
        assertThatThrownBy(() -> Mark.parse("5")).isInstanceOf(HeadroomException.class);
    }

    private static Cohort walk(Map<Integer, CohortMonth> moved, Map<YearMonth, StartMonth> started, int oldest) {
        Map<YearMonth, CohortMonth> months = new HashMap<>();
        moved.forEach((age, each) -> months.put(month(age), each));
        return new Walk(JANUARY, DOLLARS, months, started).cohort(oldest, month -> month.isBefore(month(3)));
    }

    private static YearMonth month(int age) {
        return JANUARY.plusMonths(age);
    }

    private static List<Long> told(List<Cell> cells, Function<Cell, Long> of) {
        return cells.stream().map(of).toList();
    }

    private static long paid(Facts life, YearMonth month) {
        return life.movements.stream().filter(each -> !each.month().isAfter(month)).reduce((_, last) -> last).map(each -> each.closing().minor()).orElse(0L);
    }

    /** Months are told by the zone of nobody's settings. */
    private Facts live(SplittableRandom random) {
        Facts facts = new Facts("JPY", "UTC", 5);
        assertThat(settings.asOf(BEGIN).months()).isEqualTo(new Months(ZoneId.of("UTC"), 5, null));
        bookings.catchUp(facts.account);
        Map<String, Long> brings = new HashMap<>();
        Instant at = BEGIN.plus(Duration.ofDays(random.nextInt(200)));
        for (int i = 0; i < 30; i++) {
            at = at.plus(Duration.ofHours(random.nextLong(700)));
            String name = "s" + random.nextInt(2);
            long after = random.nextInt(3) == 0 ? 0 : random.nextLong(500_000);
            GrowthKind growth = after < brings.getOrDefault(name, 0L) ? GrowthKind.CONTRACTION : Stream.of(GrowthKind.UPSELL, GrowthKind.SEAT_EXPANSION).toList().get(random.nextInt(2));
            Fact fact = facts.fact(name, brings.getOrDefault(name, 0L), after, growth, true, false, at, at);
            facts.told(fact);
            transaction.executeWithoutResult(_ -> bookings.book(fact));
            brings.put(name, after);
        }
        return facts;
    }
}
