package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceLineItemListParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An invoice shows its first ten lines; whoever wants the others asks for them. */
class InvoiceLinesTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void anInvoiceEmbedsTenLinesAndTellsThatThereAreMore() throws StripeException {
        Subscription subscription = withItemsByHand(13);
        story.travelTo("2026-05-01T00:00:00Z");

        Invoice renewal = story.latestInvoice(subscription);
        assertThat(renewal.getTotal()).isEqualTo(1091);
        assertThat(renewal.getLines().getData()).hasSize(10);
        assertThat(renewal.getLines().getHasMore()).isTrue();
        assertThat(pagedBy(5, renewal)).isEqualTo(LongStream.concat(LongStream.rangeClosed(1, 13), LongStream.of(1000)).boxed().toList());
        Event paid = story.stripe.events().list(EventListParams.builder().setType("invoice.paid").build()).getData().getFirst();
        assertThat(((Invoice) paid.getDataObjectDeserializer().getObject().orElseThrow()).getLines().getData()).hasSize(10);
    }

    @Test
    void tenLinesAreAll() throws StripeException {
        Subscription subscription = withItemsByHand(9);
        story.travelTo("2026-05-01T00:00:00Z");

        assertThat(story.latestInvoice(subscription).getLines().getData()).hasSize(10);
        assertThat(story.latestInvoice(subscription).getLines().getHasMore()).isFalse();
    }

    @Test
    void theLinesOfALongPreviewAreFoundByItsIdForThreeDays() throws StripeException {
        Subscription subscription = withItemsByHand(11);
        Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build());

        assertThat(preview.getLines().getData()).hasSize(10);
        assertThat(preview.getLines().getHasMore()).isTrue();
        assertThat(pagedBy(10, preview)).endsWith(11L, 1000L).hasSize(12);
        assertThat(story.stripe.invoices().list().getData()).extracting(Invoice::getId).doesNotContain(preview.getId());
        story.travelTo(story.clock.instant().plus(Duration.ofDays(3)));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.invoices().retrieve(preview.getId()));
    }

    @Test
    void theUpcomingInvoiceIsNotThereAnyMore() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(story.sandbox.url() + "/v1/invoices/upcoming"))
                    .header("Authorization", "Bearer " + story.sandbox.secretKey()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    private List<Long> pagedBy(long limit, Invoice invoice) throws StripeException {
        List<InvoiceLineItem> lines = new ArrayList<>();
        StripeCollection<InvoiceLineItem> page;
        do {
            InvoiceLineItemListParams.Builder params = InvoiceLineItemListParams.builder().setLimit(limit);
            if (!lines.isEmpty()) {
                params.setStartingAfter(lines.getLast().getId());
            }
            page = story.stripe.invoices().lineItems().list(invoice.getId(), params.build());
            lines.addAll(page.getData());
        } while (page.getHasMore());
        return lines.stream().map(InvoiceLineItem::getAmount).toList();
    }

    private Subscription withItemsByHand(long items) throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        for (long amount = 1; amount <= items; amount++) {
            story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(customer.getId()).setAmount(amount).setCurrency("usd").build());
        }
        return subscription;
    }
}
