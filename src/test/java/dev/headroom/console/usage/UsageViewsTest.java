package dev.headroom.console.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.usage.NearLimits.Filter;
import dev.headroom.console.usage.NearLimits.Near;
import dev.headroom.limits.Decision;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Usage across customers: who is near a limit, and event by event. */
class UsageViewsTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private NearLimits limits;

    @Autowired
    private Catalog catalog;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    private void use(String account, String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", account, "meter", story.key("calls"), "quantity", quantity)));
    }

    private Filter calls(Decision.State state) {
        return new Filter(catalog.snapshot().feature(story.key("calls")).orElseThrow().id(), state);
    }

    private List<String> near(Filter filter, Near last, int size) {
        return limits.after(SELF, filter, last, size).stream().map(near -> near.account().name()).toList();
    }

    @Test
    void whoIsNearestToALimitComesFirstAndWhoIsFarFromItIsNotThere() {
        use(story.subscribed("far", "starter", 0), "1", 500);
        use(story.subscribed("near", "starter", 0), "1", 750);
        use(story.subscribed("nearest", "starter", 0), "1", 990);
        use(story.subscribed("full", "starter", 0), "1", 1_000);

        assertThat(near(calls(null), null, 10)).containsExactly("full", "nearest", "near");
        assertThat(near(calls(Decision.State.WARNING), null, 10)).containsExactly("nearest");
        assertThat(near(calls(null), limits.after(SELF, calls(null), null, 1).getFirst(), 1)).containsExactly("nearest");
    }

    @Test
    void whoseLimitWasRaisedSinceIsNotNearAnyMore() {
        String account = story.subscribed("ada", "starter", 0);
        use(account, "1", 900);
        assertThat(near(calls(null), null, 10)).containsExactly("ada");
        story.accept(story.token(account, Map.of("plan", story.key("team"), "seats", 1, "when", "NOW")));
        assertThat(near(calls(null), null, 10)).isEmpty();
    }

    @Test
    void theListIsFilteredByItsAddressAndSaysItInWords() {
        use(story.subscribed("ada", "starter", 0), "1", 850);
        follow("usage", "feature", story.key("calls"));
        roundTrip();
        Grid<Near> grid = grid();
        assertThat(IntStream.range(0, grid.getColumns().size()).mapToObj(column -> String.valueOf(test(grid).getCellText(0, column))).toList())
                .contains("API calls", "Nearly used up");
        assertThat(test(grid).size()).isEqualTo(1);
        UI.getCurrent().navigate("usage", QueryParameters.simple(Map.of("feature", story.key("calls"), "state", "GRACE")));
        roundTrip();
        assertThat(test(this.<Near>grid()).size()).isZero();
    }

    @Test
    void everybodysEventsAreCountedOnATabOfTheirOwn() {
        use("nobody", "1", 1);
        follow("usage", "tab", "events");
        assertThat(page()).contains("Last 30 days", "account: ", "By the day in UTC");
    }

    @Test
    void theEventsOfAnAccountAreListedNewestFirst() {
        String account = story.subscribed("ada", "starter", 0);
        use(account, "first", 1);
        stories.pass(Duration.ofHours(3));
        story.record(List.of(Map.of("id", "second", "account", account, "meter", story.key("calls"), "at", stories.clock().instant().minus(Duration.ofHours(2)).toString(),
                "properties", Map.of("region", "eu"))));
        follow("events", "account", account);
        Grid<RecordedEvent> grid = grid();
        assertThat(test(grid).getRow(0).id()).isEqualTo("second");
        assertThat(test(grid).getRow(1).id()).isEqualTo("first");
        UI.getCurrent().navigate("events", QueryParameters.simple(Map.of("account", account, "id", "first")));
        assertThat(test(this.<RecordedEvent>grid()).size()).isEqualTo(1);
    }

    @Test
    void moreThanADayOfEverybodysIsRefusedBesideTheField() {
        String from = stories.clock().instant().minus(Duration.ofDays(3)).toString();
        follow("events", "from", from);
        assertThat(page()).contains("at most a day is looked through");
        assertThat(test(this.<RecordedEvent>grid()).size()).isZero();
    }

    @Test
    void bothListsCanBeDownloaded() {
        follow("events", "account", story.subscribed("ada", "starter", 0));
        assertThat(find(Anchor.class).all()).extracting(Anchor::getText).contains("Download CSV");
    }

    @SuppressWarnings("unchecked")
    private <T> Grid<T> grid() {
        roundTrip();
        return find(Grid.class).single();
    }
}
