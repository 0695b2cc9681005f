package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Coupon;
import com.stripe.model.Discount;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.param.CouponRetrieveParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.stripe.StripeAccountGateway.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was ever sold and billed by subscriptions at Stripe, read in pages of a hundred, the newest first. Nothing is changed by it. */
@Component
public class StripeHistoryGateway {

    private static final long PAGE = 100;
    private static final String DISCOUNTS = "data.discounts.source.coupon";

    private final StripeClient stripe;
    private final OveragePriceGateway overage;
    private final Map<String, List<String>> reduced = new ConcurrentHashMap<>();

    StripeHistoryGateway(StripeClient stripe, OveragePriceGateway overage) {
        this.stripe = stripe;
        this.overage = overage;
    }

    /**
     * A subscription as it stands, also one that is over.
     *
     * @param status     Stripe's word
     * @param trialFrom  of its last trial; absent without one
     * @param discounts  of the whole of it, at present
     */
    public record Sold(
            String id, String customer, String status, Currency currency, Instant startedAt, @Nullable Instant endedAt, @Nullable Instant trialFrom, @Nullable Instant trialUntil,
            List<Reduced> discounts) {}

    /**
     * A discount of a whole subscription.
     *
     * @param percent  absent for an amount
     * @param once     whether it reduces one invoice alone
     * @param months   absent for one that lasts, and for one that counts once
     * @param products whose items alone it reduces; none is all
     */
    public record Reduced(
            String id, @Nullable BigDecimal percent, @Nullable Long amountMinor, boolean once, @Nullable Integer months, Instant since, List<String> products) {}

    /**
     * What an invoice bills of subscriptions.
     *
     * @param status  {@code draft}, {@code open}, {@code paid}, {@code void}, {@code uncollectible}
     * @param reason  why it was made, in Stripe's word
     * @param tried   whether anybody tried to collect it
     * @param lines   without what was billed by hand, or by use past limits
     */
    public record Billed(String invoice, String customer, String status, String reason, boolean tried, Instant createdAt, List<BilledLine> lines, List<Reduced> discounts) {}

    /**
     * What a line says was sold for a time.
     *
     * @param proration whether it is for the rest of a period that was billed already
     * @param credit    whether it gives back
     * @param amount    before discounts and without what is added for taxes, in minor units
     */
    public record BilledLine(String subscription, String price, long quantity, long amount, boolean proration, boolean credit, Instant from, Instant until) {}

    /** @param after as the page before says; absent for the first one */
    public Page<Sold> subscriptions(@Nullable String after) {
        SubscriptionListParams.Builder parameters =
                SubscriptionListParams.builder().setStatus(SubscriptionListParams.Status.ALL).setLimit(PAGE).addExpand(DISCOUNTS);
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().subscriptions().list(parameters.build())), this::sold);
    }

    /** @param after as the page before says; absent for the first one */
    public Page<Billed> invoices(@Nullable String after) {
        InvoiceListParams.Builder parameters = InvoiceListParams.builder().setLimit(PAGE).addExpand(DISCOUNTS);
        if (after != null) {
            parameters.setStartingAfter(after);
        }
        return page(call(() -> stripe.v1().invoices().list(parameters.build())), this::billed);
    }

    private static <S extends HasId, T> Page<T> page(StripeCollection<S> read, Function<S, T> reading) {
        List<S> data = read.getData();
        return new Page<>(data.stream().map(reading).toList(), read.getHasMore() && !data.isEmpty() ? data.getLast().getId() : null);
    }

    private Sold sold(Subscription source) {
        return new Sold(
                source.getId(), source.getCustomer(), source.getStatus(), Currency.getInstance(source.getCurrency().toUpperCase(Locale.ROOT)),
                Instant.ofEpochSecond(source.getStartDate()), StripeReading.instant(source.getEndedAt()), StripeReading.instant(source.getTrialStart()),
                StripeReading.instant(source.getTrialEnd()), discounts(source.getDiscountObjects()).map(this::reduced).toList());
    }

    private Billed billed(Invoice source) {
        return new Billed(
                source.getId(), source.getCustomer(), String.valueOf(source.getStatus()), Optional.ofNullable(source.getBillingReason()).orElse(""),
                Optional.ofNullable(source.getAttemptCount()).orElse(0L) > 0, Instant.ofEpochSecond(source.getCreated()),
                StripePages.lines(stripe, source).stream().flatMap(each -> line(each).stream()).toList(),
                discounts(source.getDiscountObjects()).filter(each -> each.getSubscription() != null).map(this::reduced).toList());
    }

    private static Stream<Discount> discounts(@Nullable List<Discount> named) {
        return Stream.ofNullable(named).flatMap(List::stream).filter(each -> each != null && each.getSource() != null && each.getSource().getCouponObject() != null);
    }

    private Optional<BilledLine> line(InvoiceLineItem source) {
        InvoiceLineItem.Parent parent = source.getParent();
        String subscription = subscription(parent);
        if (subscription == null || source.getPricing() == null || source.getPricing().getPriceDetails() == null) {
            return Optional.empty();
        }
        String price = source.getPricing().getPriceDetails().getPrice();
        boolean proration = StripeReading.proration(parent);
        boolean credit = proration && (source.getAmount() < 0 || !StripeReading.credits(parent).isEmpty());
        return Optional.of(new BilledLine(
                subscription, price, Optional.ofNullable(source.getQuantity()).orElse(1L), source.getAmount(), proration, credit,
                Instant.ofEpochSecond(source.getPeriod().getStart()), Instant.ofEpochSecond(source.getPeriod().getEnd())));
    }

    /** Absent for what was billed by hand. */
    private static @Nullable String subscription(InvoiceLineItem.@Nullable Parent parent) {
        if (parent == null) {
            return null;
        }
        if (parent.getSubscriptionItemDetails() != null) {
            return parent.getSubscriptionItemDetails().getSubscription();
        }
        InvoiceLineItem.Parent.InvoiceItemDetails item = parent.getInvoiceItemDetails();
        return item != null && Boolean.TRUE.equals(item.getProration()) ? item.getSubscription() : null;
    }

    /** Whether a price bills what was used past a limit of ours. */
    public boolean billsOverage(String price) {
        return overage.months(price).isPresent();
    }

    private Reduced reduced(Discount source) {
        Coupon coupon = source.getSource().getCouponObject();
        return new Reduced(
                source.getId(), coupon.getPercentOff(), coupon.getAmountOff(), "once".equals(coupon.getDuration()),
                Optional.ofNullable(coupon.getDurationInMonths()).map(Long::intValue).orElse(null), Instant.ofEpochSecond(source.getStart()),
                reduced.computeIfAbsent(coupon.getId(), this::products));
    }

    /** In a list this is too deep for Stripe to expand, and it never changes; a coupon that was deleted does not tell any more. */
    private List<String> products(String coupon) {
        try {
            CouponRetrieveParams parameters = CouponRetrieveParams.builder().addExpand("applies_to").build();
            Coupon found = call(() -> stripe.v1().coupons().retrieve(coupon, parameters));
            return Optional.ofNullable(found.getAppliesTo()).map(Coupon.AppliesTo::getProducts).map(List::copyOf).orElse(List.of());
        } catch (StripeRefusedException deleted) {
            if (Objects.equals(deleted.code(), "resource_missing")) {
                return List.of();
            }
            throw deleted;
        }
    }
}
