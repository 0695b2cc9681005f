package dev.headroom.catalog;

import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A discount that an account can take with a change or a start, once; never altered once it is there, and at most ended early.
 *
 * @param window            when it can be taken, of whole seconds
 * @param plans             those that it is for; empty is every plan of the product
 * @param existingCustomers whether it is only for subscriptions that began before the window did
 * @param cap               how many accounts may take it; absent is as many as want
 * @param account           the only one that may take it, and know of it; absent is every account
 * @param endedAt           when somebody ended it before its window did; absent for most
 */
public record Offer(
        OfferId id, ProductId product, String key, String name, Reduction reduction, Term term, Period window, List<PlanId> plans,
        boolean existingCustomers, @Nullable Integer cap, @Nullable UUID account, @Nullable Instant endedAt) {

    /** How many discounts a subscription can have at once: Stripe's own limit. */
    public static final int MOST_TOGETHER = 20;

    public Offer {
        plans = List.copyOf(plans);
    }

    /** Identifies an offer. */
    public record OfferId(UUID value) {

        /** What its discount is called until Stripe has given it a name of its own. */
        public String ref() {
            return "offer:" + value;
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** What it is on a subscription from an instant on, until Stripe has given it a name of its own. */
    public Discount from(Instant at) {
        return new Discount(id.ref(), reduction, term, at);
    }

    /** Whether it can be quoted at an instant; what was quoted before somebody ended it stands for its minutes. */
    public boolean open(Instant at) {
        return window.contains(at) && (endedAt == null || at.isBefore(endedAt));
    }

    /** When it can be quoted no more, by its window or by whoever ended it. */
    public Instant over() {
        return endedAt == null || window.until().isBefore(endedAt) ? window.until() : endedAt;
    }

    /** Whether an account may know of it at all. */
    public boolean isFor(UUID other) {
        return account == null || account.equals(other);
    }

    /** Whether it was agreed with one account, and is nobody else's. */
    public boolean negotiated() {
        return account != null;
    }

    public boolean isFor(Plan plan) {
        return plans.isEmpty() || plans.contains(plan.id());
    }

    /**
     * Asks for a new offer.
     *
     * @param product key of the product
     * @param plans   keys of tiers of the product; absent or empty is all of them
     */
    public record CreateOffer(
            String idempotencyKey, String product, String key, String name, Reduction reduction, Term term, Instant from, Instant until,
            @Nullable List<String> plans, @Nullable Boolean existingCustomers, @Nullable Integer cap) {

        /**
         * Whichever of a percentage and an amount is given; whatever the pricing core refuses is refused with its own words.
         *
         * @throws HeadroomException INVALID_INPUT, naming the field
         */
        public static Reduction reduction(@Nullable BigDecimal percentOff, @Nullable Long minor, @Nullable String currency) {
            if ((percentOff == null) == (minor == null || currency == null)) {
                throw HeadroomException.invalid("input.percentOff", "Give either percentOff or amountOff");
            }
            try {
                return percentOff == null
                        ? new AmountOff(Money.of(Objects.requireNonNull(minor), Objects.requireNonNull(currency)))
                        : new PercentOff(percentOff);
            } catch (IllegalArgumentException refused) {
                throw HeadroomException.invalid(
                        percentOff == null ? "input.amountOff" : "input.percentOff", Objects.requireNonNullElse(refused.getMessage(), "This reduction is not possible"));
            }
        }

        /** @throws HeadroomException INVALID_INPUT for months that are missing or mean nothing */
        public static Term term(OfferDuration duration, @Nullable Integer months) {
            if (months != null && duration != OfferDuration.MONTHS) {
                throw HeadroomException.invalid("input.months", "Only the duration MONTHS has a number of months");
            }
            return switch (duration) {
                case ONCE -> new Term.Once();
                case FOREVER -> new Term.Forever();
                case MONTHS -> new Term.Repeating((int) Check.between("input.months", Check.present("input.months", months), 1, Integer.MAX_VALUE));
            };
        }
    }

    /** {@link CreateOffer} as GraphQL can say it: a reduction is whichever of two fields is given. */
    public record CreateOfferInput(
            String idempotencyKey, String product, String key, String name, @Nullable BigDecimal percentOff, @Nullable NewAmountOff amountOff,
            OfferDuration duration, @Nullable Integer months, Instant from, Instant until, @Nullable List<String> plans,
            @Nullable Boolean existingCustomers, @Nullable Integer redemptionCap) {

        public record NewAmountOff(long minor, String currency) {}

        private Reduction reduction() {
            return CreateOffer.reduction(percentOff, amountOff == null ? null : amountOff.minor(), amountOff == null ? null : amountOff.currency());
        }

        /** @throws HeadroomException INVALID_INPUT, naming the field */
        public CreateOffer command() {
            return new CreateOffer(
                    idempotencyKey, product, key, name, reduction(), CreateOffer.term(duration, months), from, until, plans, existingCustomers, redemptionCap);
        }
    }

    /** For how long what is taken reduces invoices. */
    public enum OfferDuration {
        ONCE,
        MONTHS,
        FOREVER;

        public static OfferDuration of(Term term) {
            return switch (term) {
                case Term.Once _ -> ONCE;
                case Term.Repeating _ -> MONTHS;
                case Term.Forever _ -> FOREVER;
            };
        }
    }

    /** What came of {@link CreateOffer}. */
    public sealed interface CreateOfferResult {}

    public record OfferCreated(Offer offer) implements CreateOfferResult {}

    /** An offer with this key is there already. */
    public record OfferKeyTaken(Offer offer) implements CreateOfferResult {}
}
