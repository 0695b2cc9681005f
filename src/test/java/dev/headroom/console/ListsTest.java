package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.headroom.StatementCounter;
import dev.headroom.StatementCounter.Asked;
import dev.headroom.Story;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A list costs as much with thousands of rows as with fifty: as many statements, and no more rows than it shows. */
class ListsTest extends ConsoleTest {

    private static final int MANY = 3_000;
    private static final int PAGE = 50;
    /** Of what a row shows beside itself: whose it is, what it has. */
    private static final int ROWS_A_ROW = 4;

    /** What is remembered for a second only may have to be asked again. */
    private static final int RENEWED = 5;

    @Autowired
    private StatementCounter counter;

    @Autowired
    private DSLContext db;

    @Autowired
    private TransactionTemplate transaction;

    private Story story;
    private String account;

    @BeforeEach
    void aVendorWithACustomer() {
        story = stories.begin();
        account = story.subscribed("listed", "team", 2);
        story.record(List.of(Map.of("id", story.key("event"), "account", account, "meter", story.key("calls"), "quantity", 3)));
        story.backend().ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("draft"), "newPlan", Map.of("product", story.key("suite"), "key", story.key("draft"))));
    }

    @Test
    void ofAccounts() {
        sameWithMany("accounts", "account.account", "'id', md5(random()::text || n)::uuid, 'key', 'listed-many-' || n, 'stripe_customer_id', null", "key = '%s'".formatted(account));
    }

    @Test
    void ofDrafts() {
        sameWithMany("drafts", "draft.draft", "'id', md5(random()::text || n)::uuid, 'plan_key', 'listed-many-' || n", "plan_key = '%s'".formatted(story.key("draft")));
    }

    @Test
    void ofWhatWasDone() {
        sameWithMany("audit", "audit.entry", "'id', md5(random()::text || n)::uuid", "subject = 'account'");
    }

    @Test
    void ofWhatWasUsed() {
        sameWithMany("events?account=" + account, "usage.event", "'event_id', 'listed-many-' || n", "event_id = '%s'".formatted(story.key("event")));
    }

    @Test
    void ofInvoices() {
        stories.settle();
        sameWithMany("accounts/" + account + "?tab=invoices", "invoice.invoice", "'id', md5(random()::text || n)::uuid, 'stripe_id', 'listed-many-' || n",
                "account_id = (select id from account.account where key = '%s')".formatted(account));
    }

    @Test
    void ofWhatThereIsToSeeFirst() {
        sameWithMany("overview", "draft.draft", "'id', md5(random()::text || n)::uuid, 'plan_key', 'listed-many-' || n", "plan_key = '%s'".formatted(story.key("draft")));
    }

    @Test
    void ofPlansWithWhatIsPrepared() {
        sameWithMany("plans", "draft.draft", "'id', md5(random()::text || n)::uuid, 'plan_key', 'listed-many-' || n", "plan_key = '%s'".formatted(story.key("draft")));
    }

    @Test
    void ofWhatWasSentToEndpoints() {
        String endpoint = story.backend().ask("mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { endpoint { id } } }", "input",
                Map.of("url", "https://localhost:1/hooks", "events", List.of("VERSION_PUBLISHED"))).text("/createWebhookEndpoint/endpoint/id");
        String event = story.backend().ask("mutation ($input: SendTestWebhookEventInput!) { sendTestWebhookEvent(input: $input) { event } }", "input", Map.of("endpoint", endpoint))
                .text("/sendTestWebhookEvent/event");
        sameWithMany("endpoints/deliveries", (name, many) -> {
            multiply("delivery.event", "'id', md5('%s' || n)::uuid".formatted(name), "id = '%s'".formatted(event), many);
            multiply("delivery.delivery", "'event_id', md5('%s' || n)::uuid".formatted(name), "event_id = '%s'".formatted(event), many);
        });
        story.backend().ask("mutation ($input: RemoveWebhookEndpointInput!) { removeWebhookEndpoint(input: $input) { removedAt } }", "input", Map.of("endpoint", endpoint)).at("");
    }

    private void sameWithMany(String address, String table, String different, String one) {
        sameWithMany(address, (name, many) -> multiply(table, different.replace("listed-many", name), one, many));
    }

    /** Puts as many there as are asked for, under a name that nothing else has. */
    private interface Putting {

        void put(String name, int many);
    }

    /** What is put there is gone afterwards. */
    private void sameWithMany(String address, Putting rows) {
        transaction.executeWithoutResult(status -> {
            rows.put("listed-many", PAGE);
            show(address);
            Asked page = counter.asked(() -> show(address));
            rows.put("listed-more", MANY);
            Asked many = counter.asked(() -> show(address));
            status.setRollbackOnly();
            assertThat(many.statements()).as("statements").isLessThanOrEqualTo(page.statements() + RENEWED);
            assertThat(many.rows()).as("rows").isLessThanOrEqualTo(page.rows() + PAGE * ROWS_A_ROW);
        });
    }

    /** As many like the one, in all but what must be different. */
    private void multiply(String table, String different, String one, int many) {
        int made = db.execute("insert into %s select made.* from (select * from %s where %s limit 1) one, generate_series(1, %d) n, jsonb_populate_record(one::%s, jsonb_build_object(%s)) made"
                .formatted(table, table, one, many, table, different));
        assertThat(made).isEqualTo(many);
    }

    /** The page with the first rows of all lists that are to be seen on it, and each of their cells that is more than a text. */
    private void show(String address) {
        ConsolePage.open(address);
        for (Grid<?> grid : find(Grid.class).all()) {
            rows(grid);
        }
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
