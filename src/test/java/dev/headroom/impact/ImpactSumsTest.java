package dev.headroom.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions.Holder;
import dev.headroom.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever the lines are, the totals that are shown are the sums of the file that is downloaded. */
@HeadroomTest
class ImpactSumsTest {

    private static final Actor.System TEST = new Actor.System("test");
    private static final List<String> CURRENCIES = List.of("EUR", "JPY", "USD");
    private static final int CASES = 5;
    /** More than are read at once. */
    private static final int MANY = 4_500;

    @Autowired
    Stories stories;

    @Autowired
    Impacts impacts;

    @Autowired
    ImpactRuns runs;

    @Autowired
    RunRepository repository;

    @Autowired
    LineRepository lines;

    @Autowired
    SummaryRepository summaries;

    @Autowired
    LinePages pages;

    @Autowired
    Catalog catalog;

    @Test
    void theTotalsAreTheSumsOfTheFile() {
        while (runs.step(ImpactRuns.PAGE)) { }
        Story story = stories.beginWithCatalogOfItsOwn();
        Desk desk = new Desk(story);
        desk.sell();
        for (int seed = 1; seed <= CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ImpactRun run = impacts.byId(TEST, UUID.fromString(desk.preview(desk.next(String.valueOf(2_000 + seed)))));
            PlanVersion has = catalog.snapshot().onSale(run.next().plan()).orElseThrow();
            List<ImpactLine> made = IntStream.range(0, seed == CASES ? MANY : random.nextInt(40)).mapToObj(_ -> line(run, has, random)).toList();
            if (!made.isEmpty()) {
                lines.insert(run.id(), made);
                repository.advance(run, new Holder(made.getLast().account(), made.getLast().subscription()), made.size());
            }
            repository.finish(run, summaries.of(run.id()), run.beganAt());

            agrees(impacts.byId(TEST, run.id()), made);
        }
    }

    private void agrees(ImpactRun run, List<ImpactLine> made) {
        List<String[]> file = new ArrayList<>();
        pages.write(TEST, run.id(), row -> file.add(row.strip().split(Desk.BETWEEN_CELLS, -1)));
        List<String> columns = List.of(file.removeFirst());
        assertThat(file).hasSameSizeAs(made);
        ImpactSummary summary = run.summary();
        assertThat(summary.accounts()).isEqualTo(made.size());
        for (ImpactSummary.StandingTotal each : summary.standings()) {
            List<String[]> own = file.stream().filter(row -> row[columns.indexOf("standing")].equals(each.standing().name())
                    && row[columns.indexOf("currency")].equals(each.total().currency().getCurrencyCode())).toList();
            assertThat(own).hasSize(each.total().accounts());
            assertThat(sum(own, columns.indexOf("mrr_before_minor"))).isEqualTo(each.total().mrrBefore().minor());
            assertThat(sum(own, columns.indexOf("mrr_after_minor"))).isEqualTo(each.total().mrrAfter().minor());
            assertThat(sum(own, columns.indexOf("mrr_difference_minor"))).isEqualTo(each.total().difference().minor());
        }
        for (ImpactSummary.Total each : summary.totals()) {
            List<String[]> own = file.stream().filter(row -> row[columns.indexOf("counts_as_revenue")].equals("true")
                    && row[columns.indexOf("currency")].equals(each.currency().getCurrencyCode())).toList();
            assertThat(sum(own, columns.indexOf("mrr_before_minor"))).isEqualTo(each.mrrBefore().minor());
            assertThat(sum(own, columns.indexOf("mrr_after_minor"))).isEqualTo(each.mrrAfter().minor());
            assertThat(own.stream().filter(row -> row[columns.indexOf("moves")].equals("true")).count()).isEqualTo(each.moving());
        }
        assertThat(summary.limits().stream().mapToInt(ImpactSummary.LimitTally::passed).sum())
                .isEqualTo((int) made.stream().flatMap(line -> line.limits().stream()).filter(PassedLimit::passed).count());
        assertThat(summary.hindrances().stream().mapToInt(ImpactSummary.HindranceTotal::accounts).sum())
                .isEqualTo((int) made.stream().filter(line -> !line.moves()).count());
    }

    private static long sum(List<String[]> rows, int column) {
        return rows.stream().mapToLong(row -> Long.parseLong(row[column])).sum();
    }

    private ImpactLine line(ImpactRun run, PlanVersion has, SplittableRandom random) {
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        long before = random.nextInt(5) == 0 ? 0 : random.nextLong(1_000_000);
        Hindrance hindrance = random.nextInt(4) == 0 ? Hindrance.values()[random.nextInt(Hindrance.values().length)] : null;
        long after = hindrance != null ? before : random.nextLong(1_500_000);
        Standing[] standings = Standing.values();
        PassedLimit limit = new PassedLimit(
                has.entitlements().get(random.nextInt(2)).feature().id(), Limit.Policy.HARD, random.nextBoolean() ? null : 1_000L, 500, random.nextLong(1_000),
                random.nextLong(2_000), random.nextInt(5) == 0);
        PlanVersionId version = has.id();
        return new ImpactLine(
                run.id(), new AccountId(Ids.next()), new SubscriptionId(Ids.next()), 1, version, standings[random.nextInt(standings.length)],
                random.nextBoolean() ? Interval.MONTH : Interval.YEAR, 1 + random.nextLong(9), Money.of(before, currency), Money.of(after, currency),
                Money.of(before, currency), Money.of(after, currency), Band.of(before, after), hindrance, null,
                hindrance == null && random.nextBoolean() ? List.of(limit) : List.of());
    }
}
