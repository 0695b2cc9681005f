package dev.headroom.console.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.headroom.StatementCounter;
import dev.headroom.StatementCounter.Asked;
import dev.headroom.Story;
import dev.headroom.account.AccountId;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.ConsoleTest;
import dev.headroom.id.Ids;
import dev.headroom.revenue.EmptyLedger;
import dev.headroom.revenue.RevenueHistory;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a page of revenue asks for does not grow with the customers that it tells of. */
class RevenueListsTest extends ConsoleTest {

    private static final Currency POUNDS = Currency.getInstance("GBP");
    private static final int SOME = 150;
    private static final int MORE = 450;
    private static final int PAGE = 50;
    /** An account and its name. */
    private static final int ROWS_A_ROW = 3;
    /** What is remembered for a second only may have to be asked again. */
    private static final int RENEWED = 5;
    private static final List<String> LISTS = List.of(
            "revenue/accounts?currency=GBP", "revenue/accounts?currency=GBP&severalProducts=true", "revenue/retained?currency=GBP", "revenue/movements?currency=GBP");
    private static final List<String> FIGURES = List.of("revenue?currency=GBP", "revenue?currency=GBP&definition=ACCOUNTS", "revenue/growth?currency=GBP", "revenue/what-if?currency=GBP");

    @Autowired
    private StatementCounter counter;
    @Autowired
    private ApplicationContext context;

    @Test
    void asManyStatementsAndRowsWithManyCustomersAsWithAPageOfThem() {
        EmptyLedger.make(stories.db());
        Story story = stories.begin();
        live(story, SOME);
        Map<String, Asked> some = asked();
        live(story, MORE);
        Map<String, Asked> many = asked();

        many.forEach((page, asked) -> {
            assertThat(asked.statements()).as(page).isLessThanOrEqualTo(some.get(page).statements() + RENEWED);
            if (LISTS.contains(page)) {
                assertThat(asked.rows()).as(page).isLessThanOrEqualTo(some.get(page).rows() + PAGE * ROWS_A_ROW);
            }
        });
        assertThat(some.get("revenue/retained?currency=GBP").rows()).as("a page of them").isGreaterThan(PAGE);
    }

    private void live(Story story, int customers) {
        new RevenueHistory(context, POUNDS, story.key("team")).live(Stream.generate(() -> new AccountId(Ids.next())).limit(customers).toList(), stories.clock().instant());
    }

    private Map<String, Asked> asked() {
        Map<String, Asked> asked = new LinkedHashMap<>();
        Stream.concat(LISTS.stream(), FIGURES.stream()).forEach(page -> {
            show(page);
            asked.put(page, counter.asked(() -> show(page)));
        });
        return asked;
    }

    /** With the first rows of what is listed, and each of their cells that is more than a text. */
    private void show(String page) {
        ConsolePage.open(page);
        find(Grid.class).all().forEach(RevenueListsTest::rows);
    }

    private static <T> void rows(Grid<T> grid) {
        List<T> rows = grid.getDataProvider().fetch(new Query<>(0, PAGE, List.of(), null, null)).toList();
        rows.forEach(row -> grid.getColumns().forEach(column -> {
            if (column.getRenderer() instanceof ComponentRenderer<?, T> renderer) {
                renderer.createComponent(row);
            }
        }));
    }
}
