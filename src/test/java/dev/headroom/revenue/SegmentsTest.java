package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.Retention.Sum;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Named;
import dev.headroom.revenue.Segments.Range;
import dev.headroom.revenue.Segments.Segment;
import dev.headroom.revenue.Segments.Slice;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** However revenue is cut, the pieces are the whole, and each opens the movements that it is the sum of. */
@HeadroomTest
class SegmentsTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency EUROS = Currency.getInstance("EUR");
    /** Long before whatever else is in the ledger. */
    private static final Instant BEGIN = Instant.parse("1997-01-15T00:00:00Z");
    private static final YearMonth FROM = YearMonth.of(1997, 9);
    private static final YearMonth UNTIL = YearMonth.of(1998, 9);
    private static final List<PlanVersionId> PLANS = List.of(new PlanVersionId(new UUID(9, 1)), new PlanVersionId(new UUID(9, 2)), new PlanVersionId(new UUID(9, 3)));

    @Autowired
    Segments segments;
    @Autowired
    SegmentRepository parts;
    @Autowired
    MovementPageRepository movements;
    @Autowired
    Revenues revenues;
    @Autowired
    Bookings bookings;
    @Autowired
    TotalRepository totals;
    @Autowired
    SettingsRepository settings;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    DSLContext db;

    private static boolean lived;

    @BeforeEach
    void live() {
        if (!lived) {
            SplittableRandom random = new SplittableRandom(5);
            for (int account = 0; account < 20; account++) {
                live(random, List.of("DE", "US", "").get(account % 3));
                if (account == 9) {
                    assertThat(totals.fold()).isTrue();
                }
            }
            lived = true;
        }
    }

    @Test
    void thePiecesOfEveryCutAreTheWhole() {
        List<RevenueMonth> whole = revenues.months(SELF, EUROS, FROM, UNTIL);
        Retention retention = revenues.retention(SELF, EUROS, Definition.MOVEMENTS, 12, UNTIL.minusMonths(1), UNTIL).getFirst();
        for (Dimension by : Dimension.values()) {
            List<Segment> cut = cut(by);
            assertThat(cut).as("%s", by).hasSizeGreaterThan(1);
            assertThat(sum(cut.stream().map(Segment::opening).toList())).as("%s", by).isEqualTo(whole.getFirst().opening());
            assertThat(sum(cut.stream().map(Segment::closing).toList())).as("%s", by).isEqualTo(whole.getLast().closing());
            for (int i = 0; i < whole.size(); i++) {
                int month = i;
                assertThat(kinds(cut.stream().flatMap(each -> each.months().get(month).movements().stream()).toList())).as("%s %s", by, whole.get(i)).isEqualTo(kinds(whole.get(i).movements()));
                assertThat(sum(cut.stream().map(each -> each.months().get(month).closing()).toList())).isEqualTo(whole.get(i).closing());
            }
            assertThat(kinds(cut.stream().flatMap(each -> each.movements().stream()).toList())).isEqualTo(kinds(whole.stream().flatMap(each -> each.movements().stream()).toList()));
            assertThat(sum(cut.stream().map(each -> each.retention().start()).toList())).isEqualTo(retention.start());
            assertThat(sum(cut.stream().map(each -> each.retention().end()).toList())).isEqualTo(retention.end());
            assertThat(sum(cut.stream().map(each -> each.retention().kept()).toList())).isEqualTo(retention.kept());
            if (by != Dimension.PRODUCT && by != Dimension.PLAN) {
                assertThat(cut.stream().mapToLong(Segment::openingAccounts).sum()).as("%s", by).isEqualTo(whole.getFirst().openingAccounts());
                assertThat(cut.stream().mapToLong(Segment::closingAccounts).sum()).as("%s", by).isEqualTo(whole.getLast().closingAccounts());
            }
        }
    }

    @Test
    void aPieceOpensTheMovementsThatItIsTheSumOf() {
        for (Dimension by : Dimension.values()) {
            for (Segment each : cut(by)) {
                assertThat(opened(by, each.key(), null, FROM, Set.of()).amount()).as("%s %s", by, each.key()).isEqualTo(each.opening().minor());
                each.movements().forEach(sum -> assertThat(opened(by, each.key(), FROM, UNTIL, Set.of(sum.kind()))).as("%s %s", by, sum).isEqualTo(new Sum(sum.amount().minor(), 0, sum.movements())));
                assertThat(opened(by, each.key(), FROM, UNTIL, Set.of()).amount()).isEqualTo(each.closing().minor() - each.opening().minor());
            }
        }
    }

    @Test
    void whatMovesToAnotherPlanIsGrowthOfTheOneThatItLeaves() {
        Facts acme = new Facts("EUR", "UTC", 5);
        bookings.catchUp(acme.account);
        Instant before = Instant.parse("1995-03-10T00:00:00Z");
        Instant within = Instant.parse("1995-06-10T00:00:00Z");
        PlanVersionId starter = new PlanVersionId(new UUID(10, 1));
        PlanVersionId pro = new PlanVersionId(new UUID(10, 2));
        book(on(starter, acme.fact("plan", 0, 1_200_00, GrowthKind.NEW, true, false, before, before)));
        book(on(pro, acme.fact("plan", 1_200_00, 3_600_00, GrowthKind.UPSELL, true, false, within, within)));
        book(on(pro, acme.fact("beside", 0, 240_00, GrowthKind.NEW, true, false, within, within)));
        YearMonth from = YearMonth.of(1995, 4);

        List<Segment> plans = cut(Dimension.PLAN, from, from.plusMonths(12));
        assertThat(plans).extracting(Segment::key).containsExactlyInAnyOrder(starter.value().toString(), pro.value().toString());
        Segment left = plans.stream().filter(each -> each.key().equals(starter.value().toString())).findFirst().orElseThrow();
        assertThat(left.opening()).isEqualTo(Money.of(100_00, "EUR"));
        assertThat(left.closing()).isEqualTo(Money.of(300_00, "EUR"));
        assertThat(left.retention().netPoints()).isEqualTo(30_000);
        assertThat(plans.stream().filter(each -> each != left).findFirst().orElseThrow().opening().isZero()).as("what began in the range").isTrue();

        assertThat(cut(Dimension.SIZE, from, from.plusMonths(12))).extracting(Segment::key).as("100.00 is the least of its size").containsExactly("10000");
        assertThat(cut(Dimension.SIZE, from, from.plusMonths(12)).getFirst().retention().netPoints()).isEqualTo(32_000);
        book(on(pro, acme.fact("plan", 3_600_00, 0, GrowthKind.CHURN, true, false, within, within)));
        book(on(pro, acme.fact("beside", 240_00, 0, GrowthKind.CHURN, true, false, within, within)));
    }

    @Test
    void aRangeThatIsNoneIsRefusedAtItsField() {
        for (YearMonth until : List.of(FROM, FROM.plusMonths(61))) {
            assertThatThrownBy(() -> segments.segments(SELF, EUROS, Dimension.SIZE, FROM, until))
                    .isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo("until"));
        }
    }

    private List<Segment> cut(Dimension by) {
        return cut(by, FROM, UNTIL);
    }

    /** By what the database calls them: these plans are in no catalogue. */
    private List<Segment> cut(Dimension by, YearMonth from, YearMonth until) {
        Range range = new Range(EUROS, from, until, settings.current(), false);
        return Segments.cut(parts.parts(EUROS, by, from, until), each -> each).entrySet().stream()
                .map(each -> range.segment(new Named(each.getKey(), each.getKey()), each.getValue())).toList();
    }

    private Sum opened(Dimension by, String key, YearMonth from, YearMonth until, Set<MovementKind> kinds) {
        List<UUID> ids = by == Dimension.PRODUCT || by == Dimension.PLAN ? List.of(UUID.fromString(key)) : List.of();
        List<RevenueMovement> found = movements.page(
                new MovementFilter(EUROS, from, until, kinds, null, null, null, null), SegmentRepository.of(new Slice(by, key, FROM), ids), null, 10_000);
        return new Sum(found.stream().mapToLong(each -> each.amount().minor()).sum(), 0, found.size());
    }

    private static Money sum(Collection<Money> of) {
        return of.stream().reduce(Money.zero(EUROS), Money::plus);
    }

    private static Map<MovementKind, Sum> kinds(Collection<KindSum> of) {
        return of.stream().collect(Collectors.toMap(KindSum::kind, each -> new Sum(each.amount().minor(), 0, each.movements()), Sum::plus, () -> new EnumMap<>(MovementKind.class)));
    }

    private void live(SplittableRandom random, String country) {
        Facts facts = new Facts("EUR", "UTC", 5);
        bookings.catchUp(facts.account);
        db.execute("update revenue.account set country = {0} where account_id = {1}", val(country), val(facts.account.value()));
        Map<String, Long> brings = new HashMap<>();
        Instant at = BEGIN.plus(Duration.ofDays(random.nextInt(500)));
        for (int i = 0; i < 20; i++) {
            at = at.plus(Duration.ofHours(random.nextLong(900)));
            String name = "s" + random.nextInt(3);
            long before = brings.getOrDefault(name, 0L);
            long after = random.nextInt(3) == 0 ? 0 : (long) Math.pow(10, 3 + random.nextInt(6)) + random.nextLong(50_000);
            GrowthKind growth = after < before ? GrowthKind.CONTRACTION : List.of(GrowthKind.UPSELL, GrowthKind.PRICE_INCREASE, GrowthKind.SEAT_EXPANSION).get(random.nextInt(3));
            book(on(PLANS.get(random.nextInt(3)), facts.fact(name, before, after, growth, true, false, at, at)));
            brings.put(name, after);
        }
    }

    private static Fact on(PlanVersionId plan, Fact of) {
        return new Fact(
                of.id(), of.account(), of.subscription(), of.product(), of.currency(), of.yearBefore(), of.yearAfter(), of.growth(), of.dearer(), of.paused(),
                of.planBefore(), plan, of.cause(), of.effectiveAt(), of.at());
    }

    private void book(Fact fact) {
        transaction.executeWithoutResult(_ -> bookings.book(fact));
    }
}
