package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static dev.headroom.sandbox.SandboxStory.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceItemListParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What waited for its invoice before there were invoice items is billed after them. */
class WaitingLinesUpgradeTest {

    private static final Path CHANGESET = Path.of("db/sandbox/0003-invoice-items.sql");

    /** As the subscription kept it: the lines, with the id that their invoice items would have had. */
    private static final String BEFORE = """
            update sandbox.document subscription set body = jsonb_set(body, '{sandbox}', coalesce(body -> 'sandbox', '{}') || jsonb_build_object('pending_lines', (
                select jsonb_agg(jsonb_build_object('id', item.body #> '{sandbox,line}', 'object', 'line_item', 'parent', jsonb_build_object(
                        'type', 'invoice_item_details', 'subscription_item_details', null, 'invoice_item_details', jsonb_build_object(
                            'invoice_item', item.id, 'proration', true, 'subscription', subscription.id)))
                    || (select jsonb_object_agg(field, item.body -> field) from unnest(
                        array['amount', 'currency', 'description', 'metadata', 'period', 'pricing', 'quantity', 'quantity_decimal']) field)
                    order by item.sequence)
                from sandbox.document item where item.kind = 'invoiceitem')))
            where kind = 'subscription'""";

    @Test
    void whatASubscriptionKeptToItselfIsAnInvoiceItemNow() throws StripeException, SQLException, IOException {
        try (SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z")) {
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
            story.travelTo("2026-04-16T00:00:00Z");
            story.update(subscription, to(subscription, story.monthly(2000), 1));
            try (Connection connection = story.database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
                statement.execute(BEFORE);
                statement.execute("delete from sandbox.document where kind = 'invoiceitem'");
                assertThat(story.stripe.invoiceItems().list().getData()).isEmpty();
                statement.execute(Files.readString(CHANGESET));
            }

            assertThat(story.stripe.invoiceItems().list(InvoiceItemListParams.builder().setPending(true).setCustomer(subscription.getCustomer()).build())
                    .getData()).allMatch(item -> item.getParent().getSubscriptionDetails().getSubscription().equals(subscription.getId())).hasSize(2);
            story.travelTo("2026-05-01T00:00:00Z");
            assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1000L, 2000L);
        }
    }
}
