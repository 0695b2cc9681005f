package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.SubscriptionItemListParams;
import dev.headroom.stripe.StripeCalls.Call;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists of Stripe's to their end, however many pages that takes. */
final class StripePages {

    /** As many as Stripe gives in one answer. */
    static final long MOST_A_PAGE = 100;

    private StripePages() {}

    /** What a list has from its first page on; a page is asked for when something on it is. */
    static <T extends HasId> Stream<T> from(Call<StripeCollection<T>> first) {
        Iterator<T> pages = call(first).autoPagingIterable().iterator();
        return Stream.generate(() -> next(pages)).takeWhile(Optional::isPresent).map(Optional::orElseThrow);
    }

    /** The page that was promised may be empty by the time that it is asked for. */
    private static <T extends HasId> Optional<T> next(Iterator<T> pages) {
        if (!pages.hasNext()) {
            return Optional.empty();
        }
        try {
            return Optional.of(call(() -> unwrapped(pages)));
        } catch (NoSuchElementException gone) {
            return Optional.empty();
        }
    }

    /** Stripe's library wraps what goes wrong with a page that is not the first; asked again, it asks for that page again. */
    private static <T extends HasId> T unwrapped(Iterator<T> pages) throws StripeException {
        try {
            return pages.next();
        } catch (RuntimeException wrapped) {
            if (wrapped.getCause() instanceof StripeException failed) {
                throw failed;
            }
            throw wrapped;
        }
    }

    /** All lines of an invoice, of which Stripe embeds the first ones; of a preview too. */
    static List<InvoiceLineItem> lines(StripeClient stripe, Invoice invoice) {
        List<InvoiceLineItem> embedded = invoice.getLines().getData();
        if (!Boolean.TRUE.equals(invoice.getLines().getHasMore())) {
            return embedded;
        }
        InvoiceLineItemListParams rest =
                InvoiceLineItemListParams.builder().setLimit(MOST_A_PAGE).setStartingAfter(embedded.getLast().getId()).build();
        return Stream.concat(embedded.stream(), from(() -> stripe.v1().invoices().lineItems().list(invoice.getId(), rest))).toList();
    }

    /** The subscription with all its items, with their discounts; Stripe embeds the first ones. */
    static Subscription whole(StripeClient stripe, Subscription subscription) {
        List<SubscriptionItem> embedded = subscription.getItems().getData();
        if (Boolean.TRUE.equals(subscription.getItems().getHasMore())) {
            SubscriptionItemListParams rest = SubscriptionItemListParams.builder()
                    .setSubscription(subscription.getId())
                    .setLimit(MOST_A_PAGE)
                    .setStartingAfter(embedded.getLast().getId())
                    .addExpand("data.discounts")
                    .build();
            subscription.getItems().setData(Stream.concat(embedded.stream(), from(() -> stripe.v1().subscriptionItems().list(rest))).toList());
            subscription.getItems().setHasMore(false);
        }
        return subscription;
    }
}
