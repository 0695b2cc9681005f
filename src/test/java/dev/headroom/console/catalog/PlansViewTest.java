package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.QueryText;
import dev.headroom.draft.OwnPriceDesk;
import dev.headroom.time.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class PlansViewTest extends ConsoleTest {

    @Autowired
    private ApplicationContext headroom;

    private Story story;

    @BeforeEach
    void aVendorWithFourPlans() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void thePlansOfAProductAreListedLowestRankFirst() {
        follow("plans", "q", "-" + story.number());
        assertThat(rows()).extracting(row -> row.plan().name()).containsExactly("free", "starter", "team", "pro");
        assertThat(rows().get(1).prices()).isEqualTo("$99.00 a month · $990.00 a year");
        assertThat(rows().get(2).prices()).isEqualTo("$25.00 per seat a month · $250.00 per seat a year");
    }

    @Test
    void anOwnPriceIsListedWithItsAccountAndShownToNobodyElse() {
        String account = story.account("ada");
        String own = new OwnPriceDesk(story, headroom).sold(account, "pro", "3900");
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("q", "own price of ada", "whose", "own")));
        assertThat(rows()).extracting(row -> row.plan().key()).contains(own).allMatch(key -> key.contains("ada"));
        follow("plans", "q", account);
        assertThat(rows()).as("apart from what is for everybody").isEmpty();
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("q", account, "whose", "own")));
        assertThat(rows()).singleElement().satisfies(row -> assertThat(row.ownPrice()).isEqualTo("Own price of ada"));
        navigate("plans/" + own, PlanView.class);
        assertThat(page()).contains("Own price of ada");
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("tab", "buyers", "product", story.key("suite"))));
        assertThat(page()).contains("$49.00 per seat a month").doesNotContain("$39.00");
    }

    @Test
    void thePlansOfAProductStandTogether() {
        stories.beginWithCatalogOfItsOwn();
        UI.getCurrent().navigate("plans");
        assertThat(rows().stream().map(row -> row.product().key()).toList()).isEqualTo(rows().stream()
                .collect(Collectors.groupingBy(row -> row.product().key(), LinkedHashMap::new, Collectors.counting()))
                .entrySet().stream()
                .flatMap(product -> Collections.nCopies(product.getValue().intValue(), product.getKey()).stream())
                .toList());
    }

    @Test
    void seatsAreAsManyAsBoughtOnlyWhereTheyAreSold() {
        follow("plans/" + story.key("team"), "tab", "entitlements");
        roundTrip();
        assertThat(page()).contains("As many as bought");
        String unlimited = story.backend().ask("""
                mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { plan { key } } } } }""",
                "input", Map.of("idempotencyKey", story.key("whole"), "product", story.key("suite"), "key", story.key("whole"), "name", "whole", "rank", 9,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 89_900)),
                        "entitlements", List.of(Map.of("feature", story.key("seats"))))).text("/createPlan/version/plan/key");
        follow("plans/" + unlimited, "tab", "entitlements");
        roundTrip();
        assertThat(page()).contains("Unlimited").doesNotContain("As many as bought");
    }

    @Test
    void theFilterComesFromTheAddressAndNarrowsTheList() {
        follow("plans", "q", "starter-" + story.number());
        assertThat(rows()).hasSize(1);
        assertThat(find(QueryText.class).single().getValue()).isEqualTo("starter-" + story.number());
        test(find(QueryText.class).single()).setValue("no such plan");
        assertThat(rows()).isEmpty();
    }

    @Test
    void comparingShowsWhatEachPlanGrantsAndOnRequestOnlyWhatDiffers() {
        follow("plans", "tab", "compare");
        assertThat(find(TabSheet.class).single().getSelectedIndex()).isEqualTo(1);
        Select<Product> product = product();
        product.setValue(product.getListDataView().getItems().filter(each -> each.key().equals(story.key("suite"))).findFirst().orElseThrow());
        assertThat(page()).contains("Single sign-on", "Not included", "Included", "1,000 each billing period", "priority");
        find(Checkbox.class).single().setValue(true);
        assertThat(page()).contains("Single sign-on");
    }

    @Test
    void whatIsComparedStandsInTheAddress() {
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("tab", "compare", "product", story.key("suite"), "differences", "only")));
        assertThat(product().getValue().key()).isEqualTo(story.key("suite"));
        assertThat(find(Checkbox.class).single().getValue()).isTrue();
    }

    @Test
    @SuppressWarnings("unchecked")
    void buyersSeeEachPlanFromTheOneBelowItByTheMonthOrByTheYear() {
        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("tab", "buyers", "product", story.key("suite"))));
        assertThat(find(TabSheet.class).single().getSelectedIndex()).isEqualTo(2);
        assertThat(page()).contains("$25.00 per seat a month", "By the year it costs $50.00 less (16%)", "Everything in free, plus", "API calls: 10,000 each billing period",
                "Single sign-on").doesNotContain("$250.00 per seat a year");
        RadioButtonGroup<Interval> interval = find(RadioButtonGroup.class).single();
        test(interval).selectItem("by the year");
        assertThat(page()).contains("$250.00 per seat a year", "Saves $50.00 a year (16%)");

        UI.getCurrent().navigate("plans", QueryParameters.simple(Map.of("tab", "buyers", "product", story.key("suite"), "interval", "YEAR", "currency", "EUR")));
        assertThat(page()).contains("Nothing is sold in EUR", "team (no price in EUR)");
    }

    @SuppressWarnings("unchecked")
    private Select<Product> product() {
        return find(Select.class).single();
    }

    @Test
    void aPriceCanBeTriedWithTheArithmeticThatBills() {
        navigate("plans/" + story.key("team"), PlanView.class);
        assertThat(heading()).isEqualTo("team");
        test(find(IntegerField.class).all().getFirst()).setValue(12);
        assertThat(page()).contains("$25.00 for each seat, every month.", "$300.00 a month", "12 × 25.00 USD = $300.00");
        IntegerField quantity = find(IntegerField.class).all().getFirst();
        quantity.setValue(0);
        assertThat(quantity.isInvalid()).isTrue();
        assertThat(quantity.getErrorMessage()).isEqualTo("Enter 1 to 1,000,000");
        assertThat(page()).doesNotContain("$300.00 a month");
        quantity.setValue(2);
        assertThat(quantity.isInvalid()).isFalse();
        assertThat(page()).contains("$50.00 a month");
    }

    @Test
    void tiersAreShownAsStepsOfWhatOneCosts() {
        story.backend().ask("""
                mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { plan { key } } } } }""",
                "input", Map.of("idempotencyKey", story.key("tiers"), "product", story.key("suite"), "key", story.key("tiers"), "name", "tiers", "rank", 9,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "graduated",
                                List.of(Map.of("upTo", 10, "unit", "1000"), Map.of("unit", "500")))),
                        "entitlements", List.of(Map.of("feature", story.key("seats"))))).at("/createPlan/version");
        navigate("plans/" + story.key("tiers"), PlanView.class);
        roundTrip();
        TierChart chart = find(TierChart.class).single();
        assertThat(chart.getElement().getAttribute("aria-label")).isEqualTo("What one costs on average: of 1, $10.00; of 10, $10.00; of 20, $7.50");
        test(find(IntegerField.class).single()).setValue(12);
        assertThat(page()).contains("$110.00 a month", "Units 1 to 10: 10 × 10.00 USD = $100.00", "Units 11 to 12: 2 × 5.00 USD = $10.00");
    }

    @Test
    void aPlanTellsItsEntitlementsAndVersionsUnderAddressesOfTheirOwn() {
        navigate("plans/" + story.key("starter"), PlanView.class);
        roundTrip();
        assertThat(page()).contains("On sale", "$99.00 a month, whatever the number of seats.");
        follow("plans/" + story.key("starter"), "tab", "entitlements");
        roundTrip();
        assertThat(page()).contains("1,000 each billing period", "Blocked");
        find(TabSheet.class).single().setSelectedIndex(2);
        roundTrip();
        assertThat(page()).contains("Version 1", "$99.00 a month");
    }

    @Test
    void aPlanThatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("plans/nobody", PlanView.class))).isTrue();
    }

    private List<PlanRow> rows() {
        Grid<PlanRow> grid = find(PlanGrid.class).single();
        return IntStream.range(0, test(grid).size()).mapToObj(at -> test(grid).getRow(at)).toList();
    }
}
