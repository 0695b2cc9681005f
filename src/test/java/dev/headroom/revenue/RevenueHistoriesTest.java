package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.table;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.revenue.Retention.Compared;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.RevenueHistories.LeftOver;
import dev.headroom.revenue.RevenueHistories.NotPlaced;
import dev.headroom.revenue.RevenueHistories.Obstacle;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.RevenueHistories.PastState;
import dev.headroom.revenue.RevenueHistories.Placed;
import dev.headroom.revenue.RevenueHistories.Placing;
import dev.headroom.revenue.Revenues.Unbooked;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import dev.headroom.revenue.Segments.Slice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** What was paid before Headroom came stands in the months in which it was, and what is recorded later goes on where it ends. */
@HeadroomTest
class RevenueHistoriesTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency USD = Currency.getInstance("USD");
    private static final UUID RUN = new UUID(6, 6);

    @Autowired
    Stories stories;
    @Autowired
    RevenueHistories histories;
    @Autowired
    RangeComparisons comparisons;
    @Autowired
    CatchUpRepository progress;
    @Autowired
    SettingsRepository settings;
    @Autowired
    LedgerRebuilds rebuilds;
    @Autowired
    MovementPages pages;
    @Autowired
    Accounts accounts;
    @Autowired
    Catalog catalog;
    @Autowired
    Revenues revenues;
    @Autowired
    Segments segments;
    @Autowired
    RevenueRepository revenue;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    DSLContext db;

    private Story story;
    private String acme;

    @BeforeEach
    void begin() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
    }

    @Test
    void theMonthOfTakingInMovesNothingWhereStripeSaysTheSame() {
        assertThat(bring(state(2, "2021-03-01", "starter", 50_00, null), state(3, "2021-08-15", "starter", 99_00, MovementKind.UPSELL))).isInstanceOf(Placed.class);
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription/id");

        assertThat(told()).containsExactly("2021-03 NEW 5000", "2021-08 UPSELL 4900");
        agrees();
    }

    @Test
    void onlyTheDifferenceMovesWhereStripeSaysAnother() {
        bring(state(2, "2021-03-01", "starter", 90_00, null));
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription/id");

        List<RevenueMovement> booked = movements();
        assertThat(booked).extracting(each -> each.kind() + " " + each.amount().minor()).containsExactly("NEW 9000", "PRICE_INCREASE 900");
        assertThat(booked.getLast().since()).as("it pays without a break").isEqualTo(YearMonth.of(2021, 3));
        assertThat(booked.getLast().cohort()).isEqualTo(YearMonth.of(2021, 3));
        agrees();
    }

    @Test
    void whoLeftBeforeHeadroomCameIsChurnInTheMonthOfItsEndAndWhoComesBackIsReactivated() {
        bring(state(2, "2021-03-01", "starter", 90_00, null), state(3, "2021-04-01", "starter", 90_00, null), state(4, "2021-09-01", "starter", 0, null));
        assertThat(told()).containsExactly("2021-03 NEW 9000", "2021-09 CHURN -9000");

        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription/id");
        assertThat(movements().getLast().kind()).isEqualTo(MovementKind.REACTIVATION);
        agrees();
    }

    @Test
    void moreIsNamedByPlanSeatsOrTheKindThatIsSaid() {
        bring(seats(2, "2021-01-01", 2, 50_00), seats(3, "2021-02-01", 3, 75_00), seats(4, "2021-03-01", 3, 80_00), state(5, "2021-04-01", "pro", 100_00, null),
                state(6, "2021-05-01", "pro", 120_00, MovementKind.USAGE_EXPANSION), state(7, "2021-06-01", "pro", 60_00, null), state(8, "2021-07-01", "pro", 90_00, MovementKind.DISCOUNT_END));

        assertThat(told()).containsExactly("2021-01 NEW 5000", "2021-02 SEAT_EXPANSION 2500", "2021-03 PRICE_INCREASE 500", "2021-04 UPSELL 2000", "2021-05 USAGE_EXPANSION 2000",
                "2021-06 CONTRACTION -6000", "2021-07 DISCOUNT_END 3000");
        agrees();
    }

    @Test
    void theSameIsBroughtOnceAndWhatGoesOnFromThereIsBroughtAfterwards() {
        PastState march = state(2, "2021-03-01", "starter", 50_00, null);
        PastState may = state(3, "2021-05-01", "starter", 70_00, MovementKind.UPSELL);
        bring(march, may);

        assertThat(bring(march, may)).isEqualTo(new Placed(List.of()));
        assertThat(bring(state(2, "2021-04-01", "starter", 50_00, null), state(3, "2021-07-01", "starter", 70_00, null))).as("that ran then").isEqualTo(new Placed(List.of()));
        assertThat(bring(march, may, state(4, "2021-09-01", "starter", 80_00, MovementKind.UPSELL))).isInstanceOf(Placed.class);
        assertThat(told()).containsExactly("2021-03 NEW 5000", "2021-05 UPSELL 2000", "2021-09 UPSELL 1000");
        assertThat(bring(state(9, "2021-06-01", "starter", 60_00, null))).isEqualTo(new NotPlaced(9, Obstacle.OVERLAPS));
        agrees();
    }

    @Test
    void whatCannotBePlacedIsRefusedWithItsLineAndNothingOfTheAccountIsBooked() {
        PastState march = state(2, "2021-03-01", "starter", 50_00, null);

        assertThat(bring(march, state(3, "2021-05-01", "starter", 40_00, MovementKind.UPSELL))).isEqualTo(new NotPlaced(3, Obstacle.KIND_CONTRADICTS));
        assertThat(bring(march, state(4, "2999-05-01", "starter", 60_00, null))).isEqualTo(new NotPlaced(4, Obstacle.IN_FUTURE));
        assertThat(bring(new Open(true, null), march)).as("the past is closed").isEqualTo(new NotPlaced(2, Obstacle.MONTH_CLOSED));
        assertThat(bring(new Open(false, YearMonth.of(2021, 3)), march)).as("recorded since then").isEqualTo(new NotPlaced(2, Obstacle.MONTH_CLOSED));
        assertThat(told()).isEmpty();
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription/id");
        assertThat(bring(march)).isEqualTo(new NotPlaced(2, Obstacle.RECORDED));
        assertThat(movements()).extracting(RevenueMovement::kind).containsExactly(MovementKind.NEW);
        agrees();
    }

    @Test
    void whatNothingTakesOverIsEndedByHandAndMovesRevenue() {
        PlanVersion oak = another();
        assertThat(bring(state(2, "2021-03-01", "starter", 50_00, null), of(3, "2021-04-01", "desk", oak, 9_00))).isInstanceOf(Placed.class);
        assertThat(leftOver()).as("a file may still end it").isEmpty();
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription/id");
        assertThat(leftOver()).extracting(each -> each.subscription() + " " + each.plan() + " " + each.since() + " " + each.mrr().minor()).containsExactly("desk " + story.key("oak") + " 2021-04-01 900");

        LocalDate today = LocalDate.ofInstant(stories.clock().instant(), ZoneOffset.UTC);
        assertThat(end("main", today.toString())).as("it was taken over").isEqualTo("CONFLICT");
        assertThat(end("nobody", today.toString())).isEqualTo("NOT_FOUND");
        assertThat(end("desk", "2021-03-31")).isEqualTo("INVALID_INPUT");
        assertThat(end("desk", today.plusDays(1).toString())).isEqualTo("INVALID_INPUT");
        assertThat(end("desk", "soon")).isEqualTo("INVALID_INPUT");
        assertThat(end("desk", today.toString())).isEqualTo("false");
        assertThat(end("desk", today.toString())).as("once").isEqualTo("true");
        assertThat(end("desk", today.minusDays(1).toString())).isEqualTo("CONFLICT");

        assertThat(told()).hasSize(4).contains(YearMonth.from(today) + " CONTRACTION -900");
        assertThat(leftOver()).isEmpty();
        assertThat(bring(of(5, "2021-12-01", "desk", oak, 19_00))).as("it stays over").isEqualTo(new NotPlaced(5, Obstacle.RECORDED));
        agrees();
        assertThatThrownBy(() -> db.execute("delete from revenue.past_ended")).isInstanceOf(DataAccessException.class);
        String reader = stories.secret(Set.of(Permission.READ, Permission.REVENUE));
        assertThat(stories.api(reader).ask("mutation ($input: EndRevenueHistoryInput!) { endRevenueHistory(input: $input) { before } }", "input",
                Map.of("account", acme, "subscription", "desk", "day", "2021-05-01")).errorCode()).isEqualTo("FORBIDDEN");
    }

    private List<LeftOver> leftOver() {
        return histories.leftOver(SELF, null, 1_000).stream().filter(each -> each.account().equals(account())).toList();
    }

    private String end(String subscription, String day) {
        Api.Answer answer = story.backend().ask("mutation ($input: EndRevenueHistoryInput!) { endRevenueHistory(input: $input) { before account subscription } }", "input",
                Map.of("account", acme, "subscription", subscription, "day", day));
        return answer.body().path("errors").isEmpty() ? answer.at("/endRevenueHistory/before").asString() : answer.errorCode();
    }

    @Test
    void aMonthThatAPastMayStillChangeIsNotClosed() {
        Currency yen = opened();
        YearMonth past = YearMonth.of(2021, 3);
        RevenueMonth open = revenues.months(SELF, yen, past, past.plusMonths(1)).getFirst();
        assertThat(open.closed()).isFalse();
        assertThat(open.pastOpen()).isTrue();
        assertThat(histories.close(SELF, yen)).isTrue();
        RevenueMonth closed = revenues.months(SELF, yen, past, past.plusMonths(1)).getFirst();
        assertThat(closed.closed()).isTrue();
        assertThat(closed.pastOpen()).isFalse();
        YearMonth now = YearMonth.from(stories.clock().instant().atZone(ZoneOffset.UTC));
        assertThat(revenues.months(SELF, yen, now, now.plusMonths(1)).getFirst()).satisfies(month -> assertThat(month.closed() || month.pastOpen()).isFalse());
    }

    @Test
    void oneNameStandsForOneProduct() {
        PastState march = state(2, "2021-03-01", "starter", 50_00, null);
        assertThat(bring(march, of(3, "2021-04-01", "main", another(), 60_00))).isEqualTo(new NotPlaced(3, Obstacle.NAMES_ANOTHER));
        assertThat(bring(march, state(3, "2021-05-01", "starter", 0, null), of(4, "2021-06-01", "main", another(), 50_00))).as("nor when it has ended")
                .isEqualTo(new NotPlaced(4, Obstacle.NAMES_ANOTHER));

        assertThat(bring(march)).isInstanceOf(Placed.class);
        assertThat(bring(of(5, "2021-03-01", "main", another(), 50_00))).as("nor in what is brought later").isEqualTo(new NotPlaced(5, Obstacle.NAMES_ANOTHER));
        assertThat(bring(of(6, "2021-06-01", "other", another(), 10_00))).isInstanceOf(Placed.class);
        assertThat(told()).containsExactly("2021-03 NEW 5000", "2021-06 CROSS_SELL 1000");
        agrees();
    }

    @Test
    void aProductRunsOnceAtATime() {
        PastState march = state(2, "2021-03-01", "starter", 50_00, null);
        assertThat(bring(march, of(3, "2021-05-01", "second", version("pro"), 20_00))).isEqualTo(new NotPlaced(3, Obstacle.RUNS_TWICE));
        assertThat(bring(march, state(3, "2021-05-01", "starter", 0, null), of(4, "2021-05-01", "second", version("pro"), 20_00))).isInstanceOf(Placed.class);
        assertThat(told()).containsExactly("2021-03 NEW 5000", "2021-05 CHURN -5000", "2021-05 REACTIVATION 2000");
    }

    @Test
    void whatGoesOnAfterItWasTakenInIsOfThePlanThatItBeganWith() {
        story = stories.beginWithCatalogOfItsOwn();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        LocalDate began = LocalDate.ofInstant(stories.clock().instant(), ZoneOffset.UTC).minusYears(3).withDayOfMonth(1);
        bring(new Open(false, null), state(2, began.toString(), "starter", 90_00, null));
        story.start(acme, Map.of("plan", story.key("pro"), "seats", 3)).at("/startSubscription/subscription/id");

        YearMonth until = movements().getLast().month().plusMonths(1);
        for (YearMonth first : List.of(YearMonth.from(began).plusMonths(3), YearMonth.from(began).minusMonths(1))) {
            List<Segment> pieces = segments.segments(SELF, USD, Dimension.PLAN, first, until).stream().filter(each -> each.key().endsWith(story.catalog())).toList();
            assertThat(pieces).extracting(each -> each.key() + " " + each.closing().minor()).containsExactly(story.key("starter") + " 14700");
            assertThat(of(new Slice(Dimension.PLAN, story.key("starter"), first))).containsExactly(90_00L, 57_00L);
            assertThat(of(new Slice(Dimension.PLAN, story.key("pro"), first))).isEmpty();
        }
        agrees();
    }

    private List<Long> of(Slice slice) {
        return pages.page(SELF, new MovementFilter(null, null, null, Set.of(), account().value(), null, null, null, slice), null, 100).reversed().stream()
                .map(each -> each.amount().minor()).toList();
    }

    @Test
    void retentionIsImaginedAsItIsOnceItIsBooked() {
        YearMonth from = YearMonth.of(2021, 4);
        List<PastState> states = List.of(
                state(2, "2021-03-01", "starter", 90_00, null), state(3, "2021-05-01", "pro", 120_00, null), state(4, "2021-08-01", "pro", 0, null),
                state(5, "2021-10-01", "pro", 70_00, null));
        List<Unbooked> unbooked = ((Placed) histories.imagine(SELF, account(), USD, new Open(false, null), states)).movements().stream()
                .map(each -> new Unbooked(each.month(), each.since(), each.cohort(), each.kind(), each.amount().minor(), 1)).toList();
        Retention without = revenues.imagine(SELF, USD, from, from.plusYears(1), List.of());
        Retention imagined = revenues.imagine(SELF, USD, from, from.plusYears(1), unbooked);

        bring(states.toArray(PastState[]::new));
        assertThat(revenues.imagine(SELF, USD, from, from.plusYears(1), List.of())).isEqualTo(imagined);
        assertThat(revenues.retention(SELF, USD, Retention.Definition.MOVEMENTS, 12, from.plusMonths(11), from.plusYears(1))).containsExactly(imagined);
        assertThat(imagined.start().minor() - without.start().minor()).isEqualTo(90_00);
        assertThat(imagined.end().minor()).as("who left and came back is gone").isEqualTo(without.end().minor());
    }

    @Test
    void whatIsReckonedWhileAPastIsBroughtIsNotKept() throws Exception {
        YearMonth june = YearMonth.of(2021, 6);
        RevenueSettings told = settings.current();
        progress.reached(new UUID(0, 0), true);
        Compared compared = revenue.compare(USD, june, june.plusMonths(1), true);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            transaction.executeWithoutResult(_ -> {
                bring(state(2, "2021-03-01", "starter", 90_00, null));
                assertThat(thread.submit(() -> comparisons.of(USD, june, 1, told))).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(compared);
            });
        }
        assertThat(revenue.kept(USD, june, 1, true)).isEmpty();

        Compared now = comparisons.of(USD, june, 1, told);
        assertThat(now.start()).isEqualTo(compared.start() + 90_00);
        assertThat(revenue.kept(USD, june, 1, true)).contains(now);
    }

    @Test
    void whatWasBroughtIsNeverChanged() {
        bring(state(2, "2021-03-01", "starter", 50_00, null));
        assertThatThrownBy(() -> db.execute("update revenue.past set year_after = 1")).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> db.execute("delete from revenue.past")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void aPastIsClosedOnce() {
        Currency yen = Currency.getInstance("JPY");
        histories.close(SELF, yen);
        assertThat(histories.close(SELF, yen)).isFalse();
        assertThat(histories.open(yen).closed()).isTrue();
        assertThat(histories.open(Currency.getInstance("EUR")).closed()).isFalse();
    }

    @Test
    void nothingIsBroughtOnceAPastIsClosedThoughItWasOpenWhenThatWasAsked() {
        Currency yen = opened();
        Open open = histories.open(yen);
        histories.close(SELF, yen);

        assertThat(histories.bring(SELF, account(), yen, open, List.of(state(2, "2021-03-01", "starter", 50_00, null)), RUN)).isEqualTo(new NotPlaced(2, Obstacle.MONTH_CLOSED));
        assertThat(told()).isEmpty();
    }

    @Test
    void whoeverClosesWaitsForWhatIsBeingBrought() throws Exception {
        Currency yen = opened();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> closing = transaction.execute(_ -> {
                histories.bring(SELF, account(), yen, histories.open(yen), List.of(state(2, "2021-03-01", "starter", 50_00, null)), RUN);
                Future<Boolean> waits = thread.submit(() -> histories.close(SELF, yen));
                while (!waits.isDone() && db.fetchCount(table("pg_locks"), condition("not granted")) == 0) {
                    Thread.onSpinWait();
                }
                assertThat(waits.isDone()).isFalse();
                return waits;
            });
            assertThat(closing.get()).isTrue();
        }
        assertThat(told()).containsExactly("2021-03 NEW 5000");
    }

    /** Yen, which others may have paid, or closed the past of. */
    private Currency opened() {
        EmptyLedger.make(db);
        return Currency.getInstance("JPY");
    }

    private Placing bring(PastState... states) {
        return bring(new Open(false, YearMonth.of(2022, 1)), states);
    }

    private Placing bring(Open open, PastState... states) {
        return histories.bring(SELF, account(), USD, open, List.of(states), RUN);
    }

    private PastState state(int line, String from, String plan, long mrr, @Nullable MovementKind kind) {
        return state(line, from, plan, null, mrr, kind);
    }

    private PastState seats(int line, String from, long seats, long mrr) {
        return state(line, from, "team", seats, mrr, null);
    }

    private PastState state(int line, String from, String plan, @Nullable Long seats, long mrr, @Nullable MovementKind kind) {
        PlanVersion version = version(plan);
        return new PastState(line, "main", version.plan().product(), version.id(), version.plan().key(), seats, BigDecimal.valueOf(mrr * 12), kind, LocalDate.parse(from));
    }

    private static PastState of(int line, String from, String subscription, PlanVersion version, long mrr) {
        return new PastState(line, subscription, version.plan().product(), version.id(), version.plan().key(), null, BigDecimal.valueOf(mrr * 12), null, LocalDate.parse(from));
    }

    private PlanVersion version(String plan) {
        return catalog.snapshot().onSale(catalog.snapshot().plan(story.key(plan)).orElseThrow()).orElseThrow();
    }

    /** A plan of another product. */
    private PlanVersion another() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("desk"), "key", story.key("desk"), "name", "Desk", "features", List.of(Map.of("key", story.key("drawer"), "name", "Drawer", "kind", "GATE"))))
                .at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("oak"), "product", story.key("desk"), "key", story.key("oak"), "name", "Oak", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 900)), "entitlements", List.of(Map.of("feature", story.key("drawer"))))).at("/createPlan");
        return version("oak");
    }

    private AccountId account() {
        return accounts.byKeys(SELF, Set.of(acme)).get(acme).id();
    }

    private void agrees() {
        List<String> said = new ArrayList<>();
        rebuilds.compare(account(), said::add);
        rebuilds.compareTotals(said::add);
        assertThat(said).isEmpty();
    }

    private List<RevenueMovement> movements() {
        return pages.page(SELF, new MovementFilter(null, null, null, Set.of(), account().value(), null, null, null), null, 100).reversed();
    }

    private List<String> told() {
        return movements().stream().map(each -> each.month() + " " + each.kind() + " " + each.amount().minor()).toList();
    }
}
