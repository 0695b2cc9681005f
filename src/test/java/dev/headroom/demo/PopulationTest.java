package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.headroom.account.MemberState;
import dev.headroom.demo.Step.Change;
import dev.headroom.demo.Step.Start;
import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who the demo vendor's customers are and what they do, before anything of it is told. */
class PopulationTest {

    private static final Instant END = Instant.parse("2026-11-21T20:00:00Z");

    private static List<Biography> vendor(long seed) {
        return new Vendor(seed, 60, END, null).biographies();
    }

    @Test
    void theSameSeedMakesTheSameVendorAndAnotherSeedAnother() {
        assertThat(vendor(1)).isEqualTo(vendor(1)).isNotEqualTo(vendor(2));
    }

    @Test
    void everyStepLiesInTheHistoryAndInOrder() {
        for (Biography biography : vendor(2026)) {
            assertThat(biography.steps()).isSortedAccordingTo(Comparator.comparing(Step::at));
            assertThat(biography.steps().getFirst()).isInstanceOf(Step.Open.class);
            assertThat(biography.steps()).allSatisfy(step -> assertThat(step.at()).isBetween(Instant.parse("2024-09-21T00:00:00Z"), END));
        }
    }

    @Test
    void retentionClimbsWhicheverTheSeedAndTheDay() {
        for (Vendor vendor : List.of(new Vendor(1, 60, END, null), new Vendor(2, 60, END, null), new Vendor(2026, 60, Instant.parse("2027-03-31T10:00:00Z"), null), new Vendor(2026, 60, Instant.parse("2028-02-01T08:00:00Z"), null))) {
            assertThat(retention(vendor, 12)).as("NRR a year ago, %s", vendor).isCloseTo(1.02, within(0.06));
            assertThat(retention(vendor, 0)).as("NRR now, %s", vendor).isCloseTo(1.18, within(0.06));
        }
    }

    @Test
    void whatIsUsedLaterIsTheSameWheneverItIsAskedFor() {
        Vendor vendor = new Vendor(2026, 60, END, null);
        List<UsageEvent> atOnce = vendor.usesAfterwards(END, END.plus(Duration.ofHours(40 * 7)));
        List<UsageEvent> piecemeal = IntStream.range(0, 40)
                .mapToObj(number -> vendor.usesAfterwards(END.plus(Duration.ofHours(number * 7)), END.plus(Duration.ofHours(number * 7 + 7))))
                .flatMap(List::stream)
                .toList();
        assertThat(piecemeal).containsExactlyInAnyOrderElementsOf(atOnce).doesNotHaveDuplicates();
        assertThat(vendor.usesAfterwards(END, END)).isEmpty();
    }

    @Test
    void theCustomersGoOnAsTheyWere() {
        Vendor vendor = new Vendor(2026, 60, END, null);
        List<UsageEvent> before = vendor.biographies().stream().flatMap(biography -> biography.steps().stream())
                .flatMap(step -> step instanceof Step.Use use ? use.events().stream() : Stream.empty()).toList();
        List<UsageEvent> after = vendor.usesAfterwards(END, END.plus(Duration.ofDays(30)));
        assertThat(Stream.concat(before.stream(), after.stream()).map(event -> event.account() + event.id())).doesNotHaveDuplicates();
        assertThat((double) used(after, END.plus(Duration.ofDays(30)))).isCloseTo(used(before, END), withinPercentage(25));
    }

    private static long used(List<UsageEvent> events, Instant until) {
        return events.stream().filter(event -> event.at().isAfter(until.minus(Duration.ofDays(30)))).mapToLong(UsageEvent::quantity).sum();
    }

    @Test
    void somebodyIsStillTrying() {
        assertThat(vendor(2026)).anyMatch(biography -> biography.steps().stream().anyMatch(step -> step instanceof Start start
                && start.trialDays() > 0 && start.at().plus(Duration.ofDays(start.trialDays())).isAfter(END)));
    }

    @Test
    void somebodyHasMorePeopleThanSeatsAndSomebodyHasNotComeYet() {
        Biography overfull = vendor(2026).stream().filter(each -> each.company().key().equals(Cast.OVERFULL)).findFirst().orElseThrow();
        long people = joined(overfull).count();
        long seats = overfull.steps().stream().filter(Change.class::isInstance).map(Change.class::cast).reduce((_, last) -> last).orElseThrow().to().seats();
        assertThat(people).isBetween(seats + 1, seats + 6);
        assertThat(joined(overfull)).anyMatch(person -> person.state() == MemberState.INVITED).anyMatch(person -> person.state() == MemberState.ACTIVE);
        Map<String, Instant> last = overfull.steps().stream().filter(Step.Work.class::isInstance).map(Step.Work.class::cast).findFirst().orElseThrow().last();
        assertThat(last).hasSizeBetween(5, (int) people - 1);
        assertThat(last.values()).allSatisfy(seen -> assertThat(seen).isBetween(overfull.steps().getFirst().at(), END));
    }

    private static Stream<Person> joined(Biography biography) {
        return biography.steps().stream().filter(Step.Join.class::isInstance).map(Step.Join.class::cast).flatMap(join -> join.people().stream());
    }

    /** MRR at the end of a month of those who paid in dollars when the eleventh before it began, over theirs then. */
    private static double retention(Vendor vendor, int monthsAgo) {
        YearMonth month = YearMonth.from(vendor.endedAt().atOffset(ZoneOffset.UTC)).minusMonths(monthsAgo);
        Instant before = month.minusMonths(11).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant now = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        double then = 0;
        double since = 0;
        for (Biography biography : vendor.biographies()) {
            double base = biography.company().inDollars() ? mrr(biography, before) : 0;
            then += base;
            since += base > 0 ? mrr(biography, now) : 0;
        }
        return since / then;
    }

    private static double mrr(Biography biography, Instant at) {
        Map<String, Double> paid = new HashMap<>();
        for (Step step : biography.steps()) {
            if (step.at().plus(step instanceof Start start ? Duration.ofDays(start.trialDays()) : Duration.ZERO).isBefore(at)) {
                switch (step) {
                    case Start start -> pay(paid, start.holding());
                    case Change change -> pay(paid, change.to());
                    case Step.Open _, Step.AddCard _, Step.Everyday _, Step.Affair _, Step.Use _ -> { }
                }
            }
        }
        return paid.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Enablement is a quarter off beside Launchpad. */
    private static void pay(Map<String, Double> paid, Holding holding) {
        boolean bundled = holding.product().equals("enablement") && paid.containsKey("launchpad");
        paid.put(holding.product(), holding.mrr() * (bundled ? 0.75 : 1));
    }
}
