package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.QueryText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddOnsViewTest extends ConsoleTest {

    private Story story;

    @BeforeEach
    void aVendorWithThreeAddOns() {
        story = stories.beginWithCatalogOfItsOwn();
        story.backend().ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { ... on AddOnCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", "traffic", "product", story.key("suite"), "key", story.key("traffic"), "name", "traffic", "rank", 1, "description", "For launch days",
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "graduated", List.of(Map.of("upTo", 10, "unit", "900"), Map.of("unit", "500")))),
                "entitlements", List.of(Map.of("feature", story.key("calls"), "included", 1_000), Map.of("feature", story.key("sso"))))).at("/createAddOn/version");
    }

    @Test
    void addOnsAreListedWithWhatOneCostsAndGrants() {
        follow("add-ons", "q", "-" + story.number());

        assertThat(heading()).isEqualTo("Add-ons");
        assertThat(rows()).extracting(row -> row.plan().name()).containsExactly("seat-pack", "insights", "traffic");
        assertThat(rows()).extracting(PlanRow::prices).containsExactly(
                "$49.00 each a month · $490.00 each a year", "$29.00 a month · $290.00 a year", "from $9.00 each a month");
        assertThat(rows()).extracting(PlanRow::grants).containsExactly(
                "Seats: 5 more", "Insights", "API calls: 1,000 more each billing period · Single sign-on");
    }

    @Test
    void plansAreNoAddOnsNorAddOnsPlans() {
        follow("plans", "q", "seat-pack-" + story.number());
        assertThat(rows()).isEmpty();
        follow("add-ons", "q", "team-" + story.number());
        assertThat(find(QueryText.class).single().getValue()).isEqualTo("team-" + story.number());
        assertThat(rows()).isEmpty();
        assertThat(NotFound.at(() -> navigate("plans/" + story.key("seat-pack"), PlanView.class))).isTrue();
        assertThat(NotFound.at(() -> navigate("add-ons/" + story.key("team"), AddOnView.class))).isTrue();
    }

    @Test
    void anAddOnTellsItsPricesEntitlementsAndVersions() {
        navigate("add-ons/" + story.key("seat-pack"), AddOnView.class);
        roundTrip();
        assertThat(page()).contains("On sale", "$49.00 for each, every month.");
        follow("add-ons/" + story.key("seat-pack"), "tab", "entitlements");
        roundTrip();
        assertThat(page()).contains("Seats", "5 more", "As the plan says").doesNotContain("As many as bought");
        follow("add-ons/" + story.key("traffic"), "tab", "versions");
        roundTrip();
        assertThat(page()).contains("For launch days", "Version 1", "from $9.00 each a month");
        follow("add-ons/" + story.key("traffic"), "tab", "pricing");
        roundTrip();
        assertThat(page()).contains("Each tier prices those that fall into it, every month.");
        navigate("add-ons/" + story.key("insights"), AddOnView.class);
        roundTrip();
        assertThat(page()).contains("$29.00 a month. It is bought once.");
    }

    @Test
    void theyAreToldInGermanToo() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        follow("add-ons", "q", "seat-pack-" + story.number());

        assertThat(heading()).isEqualTo("Zusätze");
        assertThat(rows().getFirst().grants()).isEqualTo("Seats: 5 mehr");
    }

    private List<PlanRow> rows() {
        Grid<PlanRow> grid = find(PlanGrid.class).single();
        return IntStream.range(0, test(grid).size()).mapToObj(at -> test(grid).getRow(at)).toList();
    }
}
