package dev.headroom.console.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.router.Location;
import dev.headroom.Story;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.DataTable;
import dev.headroom.console.QueryState;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.metrics.Metric;
import dev.headroom.projection.Assumptions;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.RevenueHistory;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.SettingsVersions;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The pages of revenue, over customers who pay in euros. */
class RevenueViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String CODE = "EUR";
    private static final int CUSTOMERS = 12;
    /** In this process, which is that of one world. */
    private static boolean lived;

    @Autowired
    private ApplicationContext context;
    @Autowired
    private Accounts accounts;
    @Autowired
    private SettingsVersions settings;
    @BeforeEach
    void customersOfTwoYears() {
        if (lived) {
            return;
        }
        lived = true;
        EmptyLedger.make(stories.db());
        Story story = stories.begin();
        List<AccountId> ids = IntStream.range(0, CUSTOMERS).mapToObj(number -> accounts.meant(SELF, story.account("maple-" + number)).id()).toList();
        new RevenueHistory(context, Currency.getInstance(CODE), story.key("team")).live(ids, stories.clock().instant());
    }

    @Test
    void openingAndMovementsAreTheClosingOnTheScreen() {
        ConsolePage.open("revenue?currency=EUR");
        assertThat(heading()).isEqualTo("Revenue");
        List<List<String>> rows = rows("From opening to closing MRR in EUR");
        assertThat(rows).hasSizeGreaterThan(4);
        BigDecimal moved = rows.subList(0, rows.size() - 1).stream().map(row -> money(row.get(2))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(moved).isEqualByComparingTo(money(rows.getLast().get(2))).isPositive();
        BigDecimal before = rows.subList(0, rows.size() - 1).stream().map(row -> money(row.get(3))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(before).as("the range before ends with what this one begins with").isEqualByComparingTo(money(rows.getLast().get(3)))
                .isEqualByComparingTo(money(rows.getFirst().get(2)));
    }

    @Test
    void eachMonthOpensWithWhatTheOneBeforeItClosedWith() {
        ConsolePage.open("revenue?currency=EUR");
        List<List<String>> rows = rows("Movements by month in EUR");
        assertThat(rows).hasSize(13);
        for (int at = 0; at < 12; at++) {
            List<String> row = rows.get(at);
            BigDecimal closing = row.subList(1, row.size() - 1).stream().map(RevenueViewTest::money).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(closing).as("%s", row).isEqualByComparingTo(money(row.getLast()));
            if (at > 0) {
                assertThat(row.get(1)).isEqualTo(rows.get(at - 1).getLast());
            }
        }
    }

    @Test
    void everyNumberLeadsToTheListThatAddsUpToIt() {
        ConsolePage.open("revenue?currency=EUR");
        List<Anchor> numbers = find(Anchor.class).all().stream()
                .filter(link -> link.getHref().startsWith("revenue/movements?") && link.getText().contains("€"))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(20);
        List<String> told = numbers.stream().map(link -> link.getHref() + " " + link.getText()).distinct().toList();
        for (String each : Stream.concat(told.stream().limit(8), told.reversed().stream().limit(8)).toList()) {
            String[] parts = each.split(" ", 2);
            assertThat(parts[0]).contains("currency=EUR", "from=", "until=", "kinds=");
            ConsolePage.open(parts[0]);
            assertThat(page()).as(parts[0]).contains(": " + parts[1] + " together");
            assertThat(listed().stream().map(row -> row.movement().amount().major()).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(money(parts[1]));
        }
    }

    @SuppressWarnings("unchecked")
    private List<MovementLists.Named> listed() {
        Grid<MovementLists.Named> grid = find(Grid.class).single();
        return grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).toList();
    }

    @Test
    void retentionIsToldByEitherDefinitionWithItsSentenceAndItsSum() {
        ConsolePage.open("revenue?currency=EUR");
        assertThat(page()).contains("Retention by movements:", "Reactivation does not count.", "NRR over 12 months", "Goal", "points against the 12 months before");
        assertSum("NRR: end / start", "End:");
        ConsolePage.open("revenue?currency=EUR&definition=ACCOUNTS");
        assertThat(page()).contains("Retention account by account:").doesNotContain("Retention by movements:");
        assertSum("GRR: kept / start", "Kept");
    }

    private void assertSum(String ratio, String part) {
        List<List<String>> rows = rows("From what to what retention leads");
        BigDecimal start = money(row(rows, "Start:"));
        BigDecimal percent = new BigDecimal(row(rows, ratio).replace("\u00a0%", ""));
        assertThat(percent.multiply(start).movePointLeft(2)).isCloseTo(money(row(rows, part)), Offset.offset(new BigDecimal("1.00")));
    }

    private static String row(List<List<String>> rows, String name) {
        return rows.stream().filter(row -> row.getFirst().startsWith(name)).findFirst().orElseThrow().get(1);
    }

    @Test
    void netRetentionOfACohortIsItsStartAndTheMovementsThatItLeadsTo() {
        ConsolePage.open("revenue/cohorts?currency=EUR&shown=ABSOLUTE");
        List<Anchor> row = find(Anchor.class).all().stream().filter(link -> link.getHref().contains("cohort=")).toList();
        Anchor start = row.stream().filter(link -> link.getHref().startsWith("revenue/accounts?")).findFirst().orElseThrow();
        Anchor later = row.get(row.indexOf(start) + 3);
        BigDecimal difference = net(later).subtract(net(start));
        ConsolePage.open(later.getHref());
        assertThat(listed().stream().map(each -> each.movement().amount().major()).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(difference);
    }

    private BigDecimal net(Anchor cell) {
        return money(cell.getElement().getAttribute("aria-label").replaceFirst(".*, (€[0-9.,]+).*", "$1"));
    }

    @Test
    void grossRetentionIsLedAccountByAccountAndWhatCountsStandsBesideIt() {
        ConsolePage.open("revenue?currency=EUR");
        assertThat(page()).contains("GRR over 12 months", "Account by account", "By movements: ", "What counts as recurring revenue", "A renewal that was given up as uncollectible", "is not over: figures of this range still change");
        ConsolePage.open("revenue/report?currency=EUR");
        assertThat(page()).contains("is not over: figures of this range still change");
    }

    @Test
    void aCohortsCellLeadsToTheAccountsThatItIsTheSumOf() {
        ConsolePage.open("revenue/cohorts?currency=EUR&shown=ABSOLUTE&measure=PAID");
        Anchor cell = find(Anchor.class).all().stream().filter(link -> link.getHref().contains("cohort=")).toList().getLast();
        String said = cell.getElement().getAttribute("aria-label");
        ConsolePage.open(cell.getHref());
        @SuppressWarnings("unchecked")
        Grid<PayingLists.Payer> grid = find(Grid.class).single();
        BigDecimal sum = grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).map(row -> row.paid().mrr().major()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(money(said.replaceFirst(".*, (€[0-9.,]+).*", "$1"))).isEqualByComparingTo(sum);
        assertThat(said).contains("(month not closed)");
        assertThat(page()).contains("Of those who paid for the first time in");
    }

    @Test
    void retentionAccountByAccountLeadsToTheAccountsThatAddUpToIt() {
        ConsolePage.open("revenue?currency=EUR&definition=ACCOUNTS");
        List<List<String>> told = rows("From what to what retention leads");
        List<Anchor> leading = find(Anchor.class).all().stream().filter(link -> link.getHref().startsWith("revenue/retained?")).toList();
        assertThat(leading).as("net and gross, end and kept").hasSize(4);
        ConsolePage.open(leading.getFirst().getHref());
        assertThat(page()).contains(": " + row(told, "Start:") + " at the start, " + row(told, "End:") + " at the end, " + row(told, "Kept") + " kept");
        @SuppressWarnings("unchecked")
        Grid<PayingLists.Kept> grid = find(Grid.class).single();
        List<PayingLists.Kept> listed = grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).toList();
        assertThat(listed).isNotEmpty();
        assertThat(listed.stream().map(each -> each.became().kept().major()).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(money(row(told, "Kept")));
        assertThat(listed.stream().map(each -> each.became().end().major()).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(money(row(told, "End:")));
    }

    @Test
    void everyFigureOfGrowthHasItsFormulaItsPartsAndTheListsThatAddUpToThem() {
        ConsolePage.open("revenue/growth?currency=EUR");
        List<List<String>> rows = Stream.of("Expansion", "Gained against lost", "Customers").flatMap(group -> rows(group).stream()).toList();
        assertThat(rows).hasSize(Metric.Kind.values().length);
        List<String> rate = rows.getFirst();
        assertThat(rate.getFirst()).contains("Expansion rate", "divided by what they paid then. Price increases are no expansion.");
        assertThat(new BigDecimal(rate.get(1).replace("\u00a0%", "")).multiply(money(rate.get(4))).movePointLeft(2)).isCloseTo(money(rate.get(3)), Offset.offset(new BigDecimal("1.00")));
        assertThat(rate.get(2)).as("the range before").isNotEqualTo(rate.get(1)).contains("%");

        List<Anchor> parts = find(Anchor.class).all().stream().filter(link -> link.getHref().startsWith("revenue/") && (link.getHref().contains("/movements?currency=EUR&") && link.getHref().contains("kinds=") || link.getHref().contains("/accounts?")))
                .toList();
        assertThat(parts).hasSizeGreaterThan(12);
        for (String each : parts.stream().map(link -> link.getHref() + " " + link.getText()).distinct().toList()) {
            String[] said = each.split(" ", 2);
            ConsolePage.open(said[0]);
            if (said[0].contains("/accounts?")) {
                @SuppressWarnings("unchecked")
                Grid<PayingLists.Payer> grid = find(Grid.class).single();
                List<PayingLists.Payer> listed = grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).toList();
                BigDecimal sum = listed.stream().map(row -> row.paid().mrr().major()).reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(said[1].contains("€") ? sum : BigDecimal.valueOf(listed.size())).as(each).isEqualByComparingTo(said[1].contains("€") ? money(said[1]) : number(said[1]));
            } else {
                List<MovementLists.Named> listed = listed();
                BigDecimal sum = listed.stream().map(row -> row.movement().amount().major()).reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(said[1].contains("€") ? sum : BigDecimal.valueOf(listed.size())).as(each).isEqualByComparingTo(said[1].contains("€") ? money(said[1]) : number(said[1]));
            }
        }
    }

    @Test
    void ofMonthsInWhichNobodyPaidThereIsNoGrowth() {
        ConsolePage.open("revenue/growth?currency=EUR&from=1972-01&until=1972-04");
        assertThat(page()).contains("Nothing grew and nothing was lost in this range");
    }

    @Test
    void whatIsAssumedStandsInSentencesInTheAddressAndInTheMonthsToCome() {
        ConsolePage.open("revenue/what-if?currency=EUR");
        assertThat(heading()).isEqualTo("What if");
        String table = "MRR of closed months and those to come, in EUR";
        List<List<String>> asItWas = rows(table);
        assertThat(asItWas).hasSize(24);
        for (int at = 0; at < 24; at++) {
            List<String> row = asItWas.get(at);
            BigDecimal closing = row.subList(1, row.size() - 4).stream().map(RevenueViewTest::money).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(closing).as("%s", row).isEqualByComparingTo(money(row.get(row.size() - 4)));
            assertThat(money(row.get(row.size() - 3))).isEqualByComparingTo(closing.multiply(BigDecimal.valueOf(12)));
            if (at > 0) {
                assertThat(row.get(1)).isEqualTo(asItWas.get(at - 1).get(row.size() - 4));
            }
        }
        assertThat(page()).contains("of what a month opens with, as it was.", "in four of five courses").doesNotContain("against months as they were");

        TextField churn = find(TextField.class).all().stream().filter(field -> field.getLabel().startsWith("Churn")).findFirst().orElseThrow();
        test(churn).setValue("1.5");
        assertThat(page()).contains("(+1.50 points).", "against months as they were");
        List<List<String>> worse = rows(table);
        assertThat(worse.subList(0, 12)).isEqualTo(asItWas.subList(0, 12));
        assertThat(money(worse.getLast().get(worse.getLast().size() - 4))).isLessThan(money(asItWas.getLast().get(asItWas.getLast().size() - 4)));
        test(churn).setValue("much");
        assertThat(churn.isInvalid()).isTrue();
        assertThat(churn.getErrorMessage()).startsWith("A number from -100 to 100 with at most 2 decimals.");
        assertThat(rows(table)).isEqualTo(worse);

        ConsolePage.open("revenue/what-if?currency=EUR&churnPoints=150");
        assertThat(rows(table)).isEqualTo(worse);
        ConsolePage.open("revenue/what-if?currency=EUR&risePoints=500&riseMonth=2&riseLossPoints=200&churnPoints=none");
        assertThat(page()).contains("All prices rise by 5.00\u00a0% in", "and 2.00\u00a0% of what that month opens with leave because of it.");
    }

    @Test
    void whatNobodyCouldHaveAssumedIsNotAssumed() {
        assertThat(WhatIfAddress.read(QueryState.of(new Location("revenue/what-if?churnPoints=99999&expansionPercent=-3&riseMonth=3")))).isEqualTo(Assumptions.NONE);
        assertThat(WhatIfAddress.read(QueryState.of(new Location("revenue/what-if?churnPoints=-50&expansionPercent=120&contractionPercent=0&newBusinessPercent=90&risePoints=500&riseMonth=3"))))
                .isEqualTo(new Assumptions(-50, 0, 120, 90, new Assumptions.PriceRise(3, 500, 0)));
    }

    /** As it begins a text, or nothing where the text has none. */
    private static BigDecimal number(String text) {
        String digits = text.split(" ")[0].replace(",", "");
        return digits.matches("\\d+") ? new BigDecimal(digits) : BigDecimal.ZERO;
    }

    @Test
    void segmentsAddUpToTheWholeAndEachLeadsToItsMovements() {
        ConsolePage.open("revenue?currency=EUR");
        BigDecimal closing = money(rows("From opening to closing MRR in EUR").getLast().get(2));
        for (String by : List.of("PLAN", "SIZE", "COUNTRY", "COHORT")) {
            ConsolePage.open("revenue/segments?currency=EUR&by=" + by);
            List<List<String>> rows = rows(find(DataTable.class).single().getElement().getAttribute("aria-label"));
            int at = rows.getLast().size() - 3;
            assertThat(rows.subList(0, rows.size() - 1).stream().map(row -> money(row.get(at))).reduce(BigDecimal.ZERO, BigDecimal::add)).as(by)
                    .isEqualByComparingTo(money(rows.getLast().get(at))).isEqualByComparingTo(closing);
            Anchor piece = find(Anchor.class).all().stream().filter(link -> link.getHref().contains("by=" + by) && link.getText().contains("€") && link.getHref().contains("kinds=")).findFirst().orElseThrow();
            ConsolePage.open(piece.getHref());
            assertThat(page()).as(piece.getHref()).contains(": " + piece.getText() + " together", "where it began in");
        }
    }

    @Test
    void whatIsChosenStandsInTheAddress() {
        ConsolePage.open("revenue?currency=EUR&from=2024-01&until=2024-04");
        @SuppressWarnings("unchecked")
        Select<Preset> range = find(Select.class).all().stream().filter(each -> "Range".equals(each.getLabel())).findFirst().orElseThrow();
        assertThat(range.getValue()).isNull();
        range.setValue(Preset.QUARTER);
        assertThat(rows("Movements by month in EUR")).hasSize(4);
    }

    @Test
    void aMovementLeadsToItsAccountAndThatToItsMovements() {
        ConsolePage.open("revenue/movements?currency=EUR");
        String account = listed().getFirst().account().orElseThrow().key();
        ConsolePage.open("accounts/" + account + "?tab=revenue");
        assertThat(page()).contains("Movements of revenue", "Each opens with what the one before it closed with");
        assertThat(listed()).isNotEmpty().allSatisfy(row -> assertThat(row.account().orElseThrow().key()).isEqualTo(account));
    }

    @Test
    void howRevenueIsToldIsSetAndSaidBesideTheNumbers() {
        ConsolePage.open("revenue?currency=EUR");
        press("How revenue is told");
        Checkbox rises = find(Checkbox.class).all().stream().filter(box -> box.getLabel().startsWith("Price increases")).findFirst().orElseThrow();
        boolean counted = rises.getValue();
        test(rises).click();
        press("Tell revenue like this");
        RevenueSettings now = settings.current(SELF);
        assertThat(now.priceIncrease()).isEqualTo(!counted);
        assertThat(page()).contains(counted ? "Price increases do not count" : "Price increases count", "Use past limits counts.");
        press("How revenue is told");
        test(find(Checkbox.class).all().stream().filter(box -> box.getLabel().startsWith("Use past limits")).findFirst().orElseThrow()).click();
        press("Tell revenue like this");
        assertThat(page()).contains("Use past limits does not count, at the start neither.");
        now = settings.current(SELF);
        assertThat(now.use()).isFalse();
        settings.set(SELF, new SettingsVersions.SetRevenueSettings(now.version(), now.zone().getId(), now.closingDays(), now.reactivation(), counted, true));
    }

    @Test
    void thePageForTheBoardHasTheSameNumbersAndSaysWhenAndHow() {
        ConsolePage.open("revenue?currency=EUR");
        List<List<String>> shown = rows("From opening to closing MRR in EUR");
        ConsolePage.open("revenue/report?currency=EUR");
        assertThat(rows("From opening to closing MRR in EUR")).isEqualTo(shown);
        assertThat(page()).contains("As of", "Retention: By movements", "NRR: end / start", "Reactivation does not count.");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotSeeRevenueFindsNothingOfIt() {
        String account = accounts.meant(SELF, stories.begin().subscribed("unseen", "team", 1)).key();
        for (String page : List.of("revenue", "revenue/movements", "revenue/accounts", "revenue/cohorts", "revenue/segments", "revenue/growth", "revenue/retained", "revenue/what-if", "revenue/report")) {
            UI.getCurrent().navigate(page);
            assertThat(heading()).isEqualTo("Nothing is here");
        }
        assertThat(said(shell())).doesNotContain("\"revenue\"");
        UI.getCurrent().navigate("accounts/" + account);
        assertThat(page()).doesNotContain("Revenue");
    }

    @Test
    @SignedInAs(Role.FINANCE)
    void financeSeesIt() {
        ConsolePage.open("revenue?currency=EUR");
        assertThat(heading()).isEqualTo("Revenue");
    }

    private List<List<String>> rows(String table) {
        roundTrip();
        Component found = find(DataTable.class).all().stream().filter(each -> table.equals(each.getElement().getAttribute("aria-label"))).findFirst().orElseThrow();
        return within(found).filter(NativeTableRow.class::isInstance).skip(1).map(row -> row.getChildren().map(cell -> cell.getElement().getTextRecursively()).toList()).toList();
    }

    private static Stream<Component> within(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(RevenueViewTest::within));
    }

    private static BigDecimal money(String text) {
        String number = text.replace("€", "").replace(",", "").replace("+", "");
        return number.isEmpty() ? BigDecimal.ZERO : new BigDecimal(number);
    }
}
