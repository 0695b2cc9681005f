package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks to change about what a subscription bills.
 *
 * @param at          the second to prorate at, when the request names one
 * @param resetAnchor whether a new billing cycle begins now
 * @param trial       a new end of the trial, if any
 * @param discounts   the discounts from now on; null to keep those there are
 */
record Change(List<ItemChange> items, ProrationBehavior proration, @Nullable Instant at, boolean resetAnchor,
        @Nullable Trial trial, @Nullable List<DiscountRequest> discounts) {

    enum ProrationBehavior {
        CREATE_PRORATIONS, ALWAYS_INVOICE, NONE;

        static ProrationBehavior of(String spelling) {
            return valueOf(spelling.toUpperCase(Locale.ROOT));
        }
    }

    enum PaymentBehavior { ALLOW_INCOMPLETE, DEFAULT_INCOMPLETE, ERROR_IF_INCOMPLETE, PENDING_IF_INCOMPLETE }

    /** @param end null for now */
    record Trial(@Nullable Instant end) {}

    /** Names a coupon or a promotion code to redeem, or a discount to keep. */
    record DiscountRequest(@Nullable String coupon, @Nullable String promotionCode, @Nullable String discount, String parameter) {

        private static DiscountRequest read(Parameters request) {
            String parameter = Stream.of("coupon", "promotion_code", "discount").filter(request::has).findFirst().orElse("coupon");
            return new DiscountRequest(request.text("coupon"), request.text("promotion_code"), request.text("discount"), request.at(parameter));
        }
    }

    /**
     * @param id       the item; null to add one
     * @param price    null to keep the item's
     * @param quantity null when not sent: kept, or 1 when the price changes
     * @param discounts the item's own from now on; null to keep those there are
     */
    record ItemChange(@Nullable String id, @Nullable String price, @Nullable Long quantity, boolean deleted, Map<String, String> metadata,
            @Nullable List<DiscountRequest> discounts, String parameter) {

        /** Whether it may wait for a payment: only a price and a quantity can. */
        boolean isPendable() {
            return metadata.isEmpty() && discounts == null;
        }
    }

    static Change read(Parameters parameters) {
        ProrationBehavior proration = parameters.choice("proration_behavior", ProrationBehavior.class);
        String anchor = parameters.text("billing_cycle_anchor");
        if (anchor != null && !anchor.equals("now") && !anchor.equals("unchanged")) {
            throw StripeError.invalid(null, "billing_cycle_anchor", "Invalid billing_cycle_anchor: must be one of now or unchanged");
        }
        parameters.ignore("off_session");
        return new Change(parameters.hashes("items").stream().map(Change::item).toList(),
                Objects.requireNonNullElse(proration, ProrationBehavior.CREATE_PRORATIONS),
                parameters.time("proration_date"), "now".equals(anchor), trial(parameters), discounts(parameters));
    }

    /** Nothing but how to prorate what a changed {@code cancel_at} makes longer or shorter. */
    static Change prorating(ProrationBehavior how) {
        return read(Parameters.of(Json.object().put("proration_behavior", Parameters.spelling(how))));
    }

    static @Nullable List<DiscountRequest> discounts(Parameters parameters) {
        if (!parameters.has("discounts")) {
            return null;
        }
        return parameters.clears("discounts") ? List.of() : parameters.hashes("discounts").stream()
                .map(DiscountRequest::read).toList();
    }

    static ItemChange item(Parameters item) {
        boolean deleted = Boolean.TRUE.equals(item.flag("deleted"));
        item.ignore("clear_usage");
        return new ItemChange(item.text("id"), item.text("price"), item.count("quantity"), deleted, item.pairs("metadata"), discounts(item),
                item.at("id"));
    }

    private static @Nullable Trial trial(Parameters parameters) {
        String end = parameters.text("trial_end");
        if (end == null) {
            return null;
        }
        return end.equals("now") ? new Trial(null) : new Trial(parameters.time("trial_end"));
    }

    Change discountedBy(@Nullable List<DiscountRequest> requests) {
        return new Change(items, proration, at, resetAnchor, trial, requests);
    }

    boolean changesNothing() {
        return items.isEmpty() && !resetAnchor && trial == null && discounts == null;
    }
}
