package dev.headroom.story;

import static dev.headroom.story.RandomStoriesCast.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.account.AccountId;
import dev.headroom.change.PlanChange;
import dev.headroom.subscription.AccountSubscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold between Stripe and us for one customer, whatever has happened. */
final class RandomStoriesLedger {

    private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

    private final RandomStoriesCast cast;
    private final AccountId account;
    private final String customer;

    RandomStoriesLedger(RandomStoriesCast cast, AccountId account, String customer) {
        this.cast = cast;
        this.account = account;
        this.customer = customer;
    }

    /** The last hundred, newest first. */
    List<Invoice> invoices() {
        return asked(() -> cast.spectator().v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build()).getData());
    }

    /** The last few of one subscription, newest first. */
    List<Invoice> invoicesOf(String subscription) {
        return asked(() -> cast.spectator().v1().invoices().list(InvoiceListParams.builder().setSubscription(subscription).setLimit(20L).build()).getData());
    }

    Invoice invoice(String id) {
        return asked(() -> cast.spectator().v1().invoices().retrieve(id));
    }

    /** How many there are of after another one; of all where that is absent. */
    int since(@Nullable String invoice) {
        InvoiceListParams.Builder parameters = InvoiceListParams.builder().setCustomer(customer).setLimit(100L);
        if (invoice != null) {
            parameters.setEndingBefore(invoice);
        }
        return asked(() -> cast.spectator().v1().invoices().list(parameters.build())).getData().size();
    }

    @Nullable String newest() {
        return asked(() -> cast.spectator().v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).setLimit(1L).build()).getData()).stream()
                .map(Invoice::getId).findFirst().orElse(null);
    }

    List<Subscription> running() {
        SubscriptionListParams parameters = SubscriptionListParams.builder().setCustomer(customer).setStatus(SubscriptionListParams.Status.ALL).addExpand("data.customer").build();
        return asked(() -> cast.spectator().v1().subscriptions().list(parameters).getData()).stream().filter(each -> !OVER.contains(each.getStatus())).toList();
    }

    /** Our state is Stripe's, and there is not one subscription more there than here. */
    void agrees() {
        List<Subscription> there = running();
        List<AccountSubscription> ours = cast.subscriptions().live(SELF, account);
        assertThat(ours.stream().map(AccountSubscription::stripeId)).as("running").containsExactlyInAnyOrderElementsOf(there.stream().map(Subscription::getId).toList());
        ours.forEach(each -> agrees(each, there.stream().filter(other -> other.getId().equals(each.stripeId())).findFirst().orElseThrow()));
        List<AccountSubscription> waiting = ours.stream().filter(each -> !each.scheduled().isEmpty()).toList();
        if (!waiting.isEmpty()) {
            assertThat(cast.changes().scheduled(SELF, waiting).values()).as("what waits").noneMatch(List::isEmpty);
        }
    }

    /** Of one that was changed just now; of the others something may have happened that nobody has told us yet. */
    void agreesOn(String subscription) {
        Optional<Subscription> there = running().stream().filter(each -> each.getId().equals(subscription)).findFirst();
        Optional<AccountSubscription> ours = cast.subscriptions().live(SELF, account).stream().filter(each -> each.stripeId().equals(subscription)).findFirst();
        assertThat(ours.isPresent()).as("running").isEqualTo(there.isPresent());
        ours.ifPresent(each -> agrees(each, there.orElseThrow()));
    }

    private void agrees(AccountSubscription ours, Subscription there) {
        assertThat(ours.items().stream().map(item -> item.stripeId() + " × " + item.quantity()).toList()).as("items")
                .isEqualTo(there.getItems().getData().stream().map(item -> item.getId() + " × " + item.getQuantity()).toList());
        SubscriptionItem first = there.getItems().getData().getFirst();
        assertThat(ours.period().from().getEpochSecond()).as("the period's beginning").isEqualTo(first.getCurrentPeriodStart());
        assertThat(ours.period().until().getEpochSecond()).as("the period's end").isEqualTo(first.getCurrentPeriodEnd());
        assertThat(ours.state().name().toLowerCase()).as("state").isEqualTo(there.getStatus());
        assertThat(ours.balance().minor()).as("balance").isEqualTo(there.getCustomerObject().getBalance());
        assertThat(ours.discounts().stream().map(discount -> discount.ref()).toList()).as("discounts").isEqualTo(there.getDiscounts());
        assertThat(Optional.ofNullable(ours.cancelAt()).map(at -> at.getEpochSecond())).as("its end").isEqualTo(Optional.ofNullable(there.getCancelAt()));
    }

    /**
     * Every change is invoiced once and to the cent, nothing else is but what still waits for the bank, and nothing is given back twice or without
     * having been billed.
     */
    void balances() {
        List<Invoice> invoices = invoices();
        Map<String, PlanChange> billed = cast.changes().history(SELF, account, 100).stream()
                .filter(change -> change.state() == PlanChange.State.APPLIED && change.invoice() != null)
                .collect(Collectors.toMap(PlanChange::invoice, change -> change));
        List<Invoice> charged = invoices.stream()
                .filter(invoice -> invoice.getBillingReason().equals("subscription_update") && invoice.getStatus().equals("paid")).toList();
        if (invoices.size() < 100) {
            assertThat(charged.stream().map(Invoice::getId)).as("invoices of changes").containsExactlyInAnyOrderElementsOf(billed.keySet());
        }
        charged.forEach(invoice -> assertThat(invoice.getAmountPaid()).as("paid on " + invoice.getId()).isEqualTo(billed.get(invoice.getId()).due().minor()));
        long paid = invoices.stream().mapToLong(Invoice::getAmountPaid).sum();
        long credit = running().stream().mapToLong(each -> -each.getCustomerObject().getBalance()).max().orElse(0);
        assertThat(credit).as("what is left of credits, of what was paid in all").isLessThanOrEqualTo(paid);
        nothingIsGivenBackTwice(invoices);
    }

    private void nothingIsGivenBackTwice(List<Invoice> invoices) {
        Map<String, Long> debits = new HashMap<>();
        Map<String, Long> givenBack = new HashMap<>();
        invoices.stream().filter(invoice -> !invoice.getStatus().equals("void")).flatMap(invoice -> lines(invoice).stream()).forEach(line -> {
            long net = line.getAmount() - Optional.ofNullable(line.getDiscountAmounts()).orElse(List.of()).stream().mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum();
            debits.put(line.getId(), net);
            credited(line).forEach(id -> givenBack.merge(id, -net, Long::sum));
        });
        givenBack.forEach((debit, credit) -> {
            if (invoices.size() < 100 || debits.containsKey(debit)) {
                assertThat(credit).as("given back of " + debit).isLessThanOrEqualTo(debits.getOrDefault(debit, 0L));
            }
        });
    }

    private static List<String> credited(InvoiceLineItem line) {
        InvoiceLineItem.Parent parent = line.getParent();
        if (parent.getInvoiceItemDetails() != null && parent.getInvoiceItemDetails().getProrationDetails() != null
                && parent.getInvoiceItemDetails().getProrationDetails().getCreditedItems() != null) {
            return parent.getInvoiceItemDetails().getProrationDetails().getCreditedItems().getInvoiceLineItems();
        }
        return parent.getSubscriptionItemDetails() != null && parent.getSubscriptionItemDetails().getProrationDetails() != null
                        && parent.getSubscriptionItemDetails().getProrationDetails().getCreditedItems() != null
                ? parent.getSubscriptionItemDetails().getProrationDetails().getCreditedItems().getInvoiceLineItems()
                : List.of();
    }

    private List<InvoiceLineItem> lines(Invoice invoice) {
        if (!Boolean.TRUE.equals(invoice.getLines().getHasMore())) {
            return invoice.getLines().getData();
        }
        return new ArrayList<>(asked(() -> cast.spectator().v1().invoices().lineItems()
                .list(invoice.getId(), InvoiceLineItemListParams.builder().setLimit(100L).build()).getData()));
    }

    /** What asks Stripe for something. */
    interface Question<T> {
        T ask() throws StripeException;
    }

    static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
