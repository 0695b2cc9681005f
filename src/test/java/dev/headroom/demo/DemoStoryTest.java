package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.TestDatabase;
import dev.headroom.actor.Actor;
import dev.headroom.demo.Pasts.Past;
import dev.headroom.metrics.Metric;
import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metrics;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.Revenues;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** What somebody sees of the demo vendor who opens its revenue: told through the services, and read from the ledger. */
class DemoStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final Instant END = Instant.parse("2026-11-21T20:00:00Z");
    private static final Vendor VENDOR = new Vendor(2026, 60, END, null);
    /** After the month that runs. */
    private static final YearMonth UNTIL = YearMonth.of(2026, 12);

    @Test
    void retentionAndExpansionClimbAndNewCustomersGrowSooner() {
        try (TestDatabase database = TestDatabase.fresh()) {
            new VendorRepository(DSL.using(database.dataSource(), SQLDialect.POSTGRES)).insert(VENDOR);
            try (Past past = DemoLoadTest.pasts(database).of(VENDOR)) {
                assertThat(past.tell(() -> false, _ -> {})).isTrue();
                Revenues revenues = past.bean(Revenues.class);
                Metrics metrics = past.bean(Metrics.class);

                assertThat(revenues.currencies(SELF)).as("what the console opens with").startsWith(DOLLARS);
                List<Long> net = revenues.retention(SELF, DOLLARS, Definition.MOVEMENTS, 12, UNTIL.minusMonths(13), UNTIL).stream()
                        .sorted(Comparator.comparing(Retention::until)).map(Retention::netPoints).map(Objects::requireNonNull).toList();
                assertThat(net).hasSize(13);
                assertThat(net.getFirst()).as("NRR a year ago, %s", net).isCloseTo(102_00L, within(3_00L));
                assertThat(net.getLast()).as("NRR now, %s", net).isCloseTo(118_00L, within(3_00L));
                assertThat(net.subList(1, 12)).as("no hump between them").allSatisfy(each -> assertThat(each).isBetween(98_00L, 124_00L));

                assertThat(figure(metrics, Kind.EXPANSION_RATE, UNTIL.minusMonths(12))).isCloseTo(12_00L, within(3_00L));
                assertThat(figure(metrics, Kind.EXPANSION_RATE, UNTIL)).isCloseTo(28_00L, within(3_00L));
                assertThat(figure(metrics, Kind.TIME_TO_EXPANSION, UNTIL.minusMonths(12))).isCloseTo(240L, within(20L));
                assertThat(figure(metrics, Kind.TIME_TO_EXPANSION, UNTIL)).isCloseTo(140L, within(20L));
            }
        }
    }

    /** Of the twelve months before another one. */
    private static long figure(Metrics metrics, Kind kind, YearMonth until) {
        Metric metric = metrics.metrics(SELF, DOLLARS, Set.of(kind), until.minusMonths(12), until).getFirst();
        return Objects.requireNonNull(metric.value());
    }
}
