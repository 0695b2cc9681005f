package dev.headroom.console.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.Query;
import dev.headroom.Story;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.DataTable;
import dev.headroom.console.SignedInAs;
import dev.headroom.id.Ids;
import dev.headroom.identity.Role;
import dev.headroom.reporting.ReportingRates;
import dev.headroom.reporting.ReportingRates.NewRate;
import dev.headroom.reporting.ReportingRates.SetRates;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.RevenueHistory;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Revenue of customers who pay in euros and in dollars, told in dollars by rates that finance sets. */
class RatesViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");
    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final YearMonth RATES = YearMonth.of(1975, 4);
    private static final String IN_DOLLARS = "in=USD&rates=1975-04";
    /** In this process, which is that of one world. */
    private static boolean lived;

    @Autowired
    private ApplicationContext context;
    @Autowired
    private Accounts accounts;
    @Autowired
    private ReportingRates rates;

    @BeforeEach
    void customersInTwoCurrencies() {
        if (lived) {
            return;
        }
        lived = true;
        EmptyLedger.make(stories.db());
        Story story = stories.begin();
        for (String code : List.of("EUR", "USD")) {
            List<AccountId> ids = IntStream.range(0, 4).mapToObj(number -> accounts.meant(SELF, story.account("birch-" + code + number)).id()).toList();
            new RevenueHistory(context, Currency.getInstance(code), story.key("team")).live(ids, stories.clock().instant());
        }
        rates.set(SELF, new SetRates(DOLLARS, List.of(rate("EUR", "1.0842"), rate("GBP", "1.2671"), rate("JPY", "0.0066")), null, Ids.next().toString()));
    }

    private static NewRate rate(String code, String rate) {
        return new NewRate(Currency.getInstance(code), RATES, new BigDecimal(rate));
    }

    @Test
    void openingAndMovementsAreTheClosingInDollarsAndTheRatesStandBesideThem() {
        ConsolePage.open("revenue?" + IN_DOLLARS);
        assertThat(page()).contains("All currencies in USD, by the rates of Apr 1975", "EUR 1 is $1.0842", "The month is closed");
        List<List<String>> rows = rows("From opening to closing MRR in USD");
        BigDecimal moved = rows.subList(0, rows.size() - 1).stream().map(row -> money(row.get(2))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(moved).isEqualByComparingTo(money(rows.getLast().get(2))).isPositive();
        for (List<String> row : rows("Movements by month in USD").subList(0, 12)) {
            assertThat(row.subList(1, row.size() - 1).stream().map(RatesViewTest::money).reduce(BigDecimal.ZERO, BigDecimal::add)).as("%s", row).isEqualByComparingTo(money(row.getLast()));
        }
    }

    @Test
    void aNumberLeadsToItsMovementsAsTheyAreAndConverted() {
        ConsolePage.open("revenue?" + IN_DOLLARS);
        Anchor upsell = find(Anchor.class).all().stream()
                .filter(link -> link.getHref().startsWith("revenue/movements?in=USD&rates=1975-04") && link.getHref().endsWith("kinds=UPSELL") && link.getText().contains("$")).findFirst().orElseThrow();
        BigDecimal figure = money(upsell.getText());
        ConsolePage.open(upsell.getHref());

        List<List<String>> parts = rows("By currency, and in USD");
        List<String> together = parts.getLast();
        BigDecimal exact = parts.subList(0, parts.size() - 1).stream().map(row -> money(row.get(3))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(parts).as("euros, dollars, together").hasSizeGreaterThanOrEqualTo(3);
        assertThat(exact.subtract(money(together.get(3))).abs()).isLessThanOrEqualTo(new BigDecimal("0.005"));
        assertThat(exact.subtract(figure).abs()).as("less than a cent in each month").isLessThan(new BigDecimal("0.12"));
        assertThat(page()).contains(together.get(3) + " together");
        Grid<?> grid = find(Grid.class).single();
        assertThat(grid.getColumnByKey("told").isVisible()).isTrue();
        assertThat(grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).count()).isEqualTo(Long.parseLong(together.get(1)));
    }

    @Test
    void theAccountsOfABalanceAreThoseOfEachCurrency() {
        ConsolePage.open("revenue?" + IN_DOLLARS);
        Anchor balance = find(Anchor.class).all().stream().filter(link -> link.getHref().startsWith("revenue/accounts?") && link.getHref().contains("in=USD")).toList().getLast();
        ConsolePage.open(balance.getHref());
        @SuppressWarnings("unchecked")
        Grid<PayingLists.Payer> grid = find(Grid.class).single();
        List<Currency> listed = grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).map(row -> row.paid().mrr().currency()).toList();
        assertThat(listed).contains(DOLLARS, Currency.getInstance("EUR"));
        assertThat(listed.stream().distinct().toList()).as("one after the other").hasSize((int) IntStream.range(0, listed.size()).filter(at -> at == 0 || !listed.get(at).equals(listed.get(at - 1))).count());
        assertThat(grid.getColumnByKey("told").isVisible()).isTrue();
    }

    @Test
    void segmentsCohortsAndTheReportAreToldInDollarsAsWell() {
        ConsolePage.open("revenue?" + IN_DOLLARS);
        String closing = rows("From opening to closing MRR in USD").getLast().get(2);
        for (String by : List.of("PRODUCT", "PLAN", "SIZE", "COUNTRY", "COHORT")) {
            ConsolePage.open("revenue/segments?" + IN_DOLLARS + "&by=" + by);
            List<List<String>> rows = rows(find(DataTable.class).single().getElement().getAttribute("aria-label"));
            int at = rows.getLast().size() - 3;
            assertThat(rows.getLast().get(at)).as("the whole is that of the other pages").isEqualTo(closing);
            BigDecimal pieces = rows.subList(0, rows.size() - 1).stream().map(row -> money(row.get(at))).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(pieces.subtract(money(closing)).abs()).as(by).isLessThanOrEqualTo(new BigDecimal("0.005").multiply(BigDecimal.valueOf(rows.size())));
        }
        ConsolePage.open("revenue/cohorts?" + IN_DOLLARS);
        assertThat(page()).contains("EUR 1 is $1.0842");
        ConsolePage.open("revenue/report?" + IN_DOLLARS);
        assertThat(page()).contains("EUR 1 is $1.0842", closing);
    }

    @Test
    void growthIsToldInDollarsAndEachPartLeadsToTheListThatAddsUpToIt() {
        ConsolePage.open("revenue/growth?" + IN_DOLLARS);
        assertThat(page()).contains("EUR 1 is $1.0842");
        List<String> rate = rows("Expansion").getFirst();
        assertThat(new BigDecimal(rate.get(1).replace("\u00a0%", "")).multiply(money(rate.get(4))).movePointLeft(2)).isCloseTo(money(rate.get(3)), Offset.offset(new BigDecimal("1.00")));
        List<String> parts = find(Anchor.class).all().stream().filter(link -> link.getText().contains("$") && link.getHref().startsWith("revenue/movements?in=USD&rates=1975-04")).map(link -> link.getHref() + " " + link.getText()).distinct().toList();
        assertThat(parts).hasSizeGreaterThan(4);
        for (String part : parts) {
            ConsolePage.open(part.split(" ")[0]);
            assertThat(page()).as(part).contains(part.split(" ")[1] + " together");
        }
        ConsolePage.open("revenue/growth?" + IN_DOLLARS);
        List<String> counted = find(Anchor.class).all().stream().filter(link -> link.getText().endsWith("accounts") && link.getHref().startsWith("revenue/accounts?") && link.getHref().contains("in=USD")).map(link -> link.getHref() + " " + link.getText()).distinct().toList();
        assertThat(counted).isNotEmpty();
        for (String part : counted) {
            ConsolePage.open(part.split(" ")[0]);
            assertThat(find(Grid.class).single().getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).count()).as(part).isEqualTo(part.split(" ")[1].equals("No") ? 0 : Long.parseLong(part.split(" ")[1]));
        }
    }

    @Test
    void whatIfGoesOnFromWhereTheMonthsToldInDollarsEnd() {
        ConsolePage.open("revenue/what-if?" + IN_DOLLARS);
        List<List<String>> told = rows("MRR of closed months and those to come, in USD");
        assertThat(told).hasSize(24);
        for (int at = 1; at < 24; at++) {
            assertThat(told.get(at).get(1)).isEqualTo(told.get(at - 1).get(told.get(at).size() - 4));
        }
        String looked = find(Anchor.class).all().stream().filter(link -> link.getParent().filter(ListItem.class::isInstance).isPresent()).map(Anchor::getHref).findFirst().orElseThrow();
        assertThat(looked).startsWith("revenue/movements?in=USD&rates=1975-04&from=");
        String range = looked.substring(looked.indexOf("&from="));
        ConsolePage.open("revenue?" + IN_DOLLARS + range);
        assertThat(rows("From opening to closing MRR in USD").getFirst().get(2)).as("the same months as on the first page").isEqualTo(told.getFirst().get(1));
        ConsolePage.open(looked);
        assertThat(page()).contains("together");
    }

    @Test
    void whoPaidAtTheStartIsListedInEachCurrencyAndTogether() {
        ConsolePage.open("revenue?" + IN_DOLLARS + "&definition=ACCOUNTS");
        List<List<String>> told = rows("From what to what retention leads");
        Anchor kept = find(Anchor.class).all().stream().filter(link -> link.getHref().startsWith("revenue/retained?in=USD&rates=1975-04")).findFirst().orElseThrow();
        ConsolePage.open(kept.getHref());
        List<List<String>> parts = rows("By currency, and together");
        List<String> together = parts.getLast();
        assertThat(together.subList(2, 5)).containsExactly(row(told, "Start:"), row(told, "End:"), row(told, "Kept"));
        assertThat(parts.subList(0, parts.size() - 1)).extracting(List::getFirst).containsExactlyInAnyOrder("EUR", "USD");
        @SuppressWarnings("unchecked")
        Grid<PayingLists.Kept> grid = find(Grid.class).single();
        List<PayingLists.Kept> listed = grid.getDataProvider().fetch(new Query<>(0, 500, List.of(), null, null)).toList();
        assertThat(listed).hasSize(Integer.parseInt(together.get(1)));
        assertThat(listed.stream().map(each -> each.became().start().currency()).distinct().toList()).hasSize(2);
        BigDecimal dollars = listed.stream().filter(each -> each.became().start().currency().equals(DOLLARS)).map(each -> each.became().kept().major()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(dollars).isEqualByComparingTo(money(parts.stream().filter(part -> part.getFirst().equals("USD")).findFirst().orElseThrow().get(4)));
    }

    private static String row(List<List<String>> rows, String name) {
        return rows.stream().filter(row -> row.getFirst().startsWith(name)).findFirst().orElseThrow().get(1);
    }

    @Test
    void withoutARateThereIsNoFigureButWhatToDo() {
        ConsolePage.open("revenue?in=GBP&rates=1970-02");
        assertThat(page()).contains("No rate of", "in GBP for Feb 1970").doesNotContain("NRR over");
        assertThat(find(Anchor.class).all().stream().filter(link -> link.getText().equals("Set rates")).map(Anchor::getHref)).containsExactly("revenue/rates?in=GBP");
    }

    @Test
    void ratesAreSetAndInAClosedMonthOnlyWithAReason() {
        ConsolePage.open("revenue/rates?in=EUR");
        press("Set rates");
        field("1 GBP in EUR").setValue("1.1701");
        press("Set these rates");
        String now = YearMonth.from(stories.clock().instant().atZone(ZoneOffset.UTC)).toString();
        assertThat(rows("What currencies are in EUR").getFirst()).contains("GBP", "€1.1701");
        assertThat(rates.entries(SELF, Currency.getInstance("EUR"), 1, null).getFirst().month()).hasToString(now);

        press("Set rates");
        field("1 JPY in EUR").setValue("many");
        press("Set these rates");
        assertThat(field("1 JPY in EUR").getErrorMessage()).isEqualTo("This is no number. Type it like 1.0842.");

        field("1 GBP in EUR").setValue("1.18");
        field("1 JPY in EUR").setValue("1000001");
        press("Set these rates");
        assertThat(field("1 JPY in EUR").isInvalid()).isTrue();
        assertThat(field("1 JPY in EUR").getErrorMessage()).startsWith("Expected more than 0 and at most 1000000");
        assertThat(field("1 GBP in EUR").isInvalid()).isFalse();
        press("Cancel");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayNotSeeRevenueSeesNoRates() {
        UI.getCurrent().navigate("revenue/rates");
        assertThat(heading()).isEqualTo("Nothing is here");
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream().filter(each -> label.equals(each.getLabel())).findFirst().orElseThrow();
    }

    private List<List<String>> rows(String table) {
        roundTrip();
        Component found = find(DataTable.class).all().stream().filter(each -> table.equals(each.getElement().getAttribute("aria-label"))).findFirst().orElseThrow();
        return within(found).filter(NativeTableRow.class::isInstance).skip(1).map(row -> row.getChildren().map(cell -> cell.getElement().getTextRecursively()).toList()).toList();
    }

    private static Stream<Component> within(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(RatesViewTest::within));
    }

    private static BigDecimal money(String text) {
        String number = text.replace("$", "").replace(",", "").replace("+", "");
        return number.isEmpty() ? BigDecimal.ZERO : new BigDecimal(number);
    }
}
