package dev.headroom.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import dev.headroom.Story;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.NotFound;
import dev.headroom.console.QueryText;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountViewTest extends ConsoleTest {

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void accountsAreFoundByTheirNameWithWhatTheyBoughtAndWhatThatBrings() {
        story.subscribed("ada", "team", 4);
        story.account("bob");
        follow("accounts", "q", "-" + story.number());
        assertThat($(QueryText.class).single().getValue()).isEqualTo("-" + story.number());
        Grid<AccountRow> grid = grid();
        assertThat(test(grid).getRow(0).account().name()).isEqualTo("ada");
        assertThat(texts(grid, 0)).contains("team", "USD", "$100.00");
        assertThat(texts(grid, 1)).contains("bob-" + story.number(), "Nothing bought");
    }

    @Test
    void aListThatIsLongIsReadByPages() {
        IntStream.range(0, 60).forEach(at -> story.account("many%02d".formatted(at)));
        follow("accounts", "q", "many");
        assertThat(test(grid()).getRow(55).account().name()).isEqualTo("many55");
    }

    @Test
    void thePageOfAnAccountTellsWhatWasBoughtUsedAndMayBeUsed() {
        String account = story.subscribed("ada", "starter", 0);
        story.record(List.of(Map.of("id", "e1", "account", account, "meter", story.key("calls"), "quantity", 850)));
        navigate("accounts/" + account, AccountView.class);
        assertThat(heading()).isEqualTo("ada");
        assertThat(page())
                .contains("starter", "Active", "850 of 1,000 · 85%", "Nearly used up", "Warns from 800 on")
                .contains("Not in this plan", "starter, version 1")
                .contains("Visa ending in 4242")
                .contains("Account created", "Card saved", "Subscription started", "New business: MRR went from $0.00 to $99.00");
    }

    @Test
    void anAccountThatBoughtNothingSaysSo() {
        String account = story.account("bob");
        navigate("accounts/" + account, AccountView.class);
        assertThat(page()).contains("Nothing bought yet", "Nothing to measure", "No members");
        assertThat(button("Change plan")).isEmpty();
    }

    @Test
    void anAccountThatIsNotThereIsNotFound() {
        assertThat(NotFound.at(() -> navigate("accounts/nobody", AccountView.class))).isTrue();
    }

    @SuppressWarnings("unchecked")
    private Grid<AccountRow> grid() {
        return $(Grid.class).single();
    }

    private List<String> texts(Grid<AccountRow> grid, int row) {
        return IntStream.range(0, grid.getColumns().size()).mapToObj(column -> String.valueOf(test(grid).getCellText(row, column))).toList();
    }
}
