package dev.headroom.eligibility;

import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.quote.OfferTerms;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offer as one account would see it, with one thing that it would be taken with.
 *
 * @param takenWith what that is
 */
public record AccountOffer(Offer offer, OfferOccasion takenWith) {

    /** What an offer would be taken with. */
    public sealed interface OfferOccasion {

        /** Whether it can be taken with it, as things stand. */
        boolean allowed();
    }

    /**
     * A change of what runs.
     *
     * @param against why it can be taken with no change of it; absent where it can, with one of the offer's plans
     */
    public record TakenWithChange(AccountSubscription subscription, @Nullable ChangeNotAllowed against) implements OfferOccasion {

        @Override
        public boolean allowed() {
            return against == null;
        }
    }

    /**
     * The start of something of a product of which nothing runs.
     *
     * @param plans   those that it is for, as far as they are sold in the account's currency, lowest first
     * @param against why it can be taken with none of them; absent where it can
     */
    public record TakenWithStart(Product product, List<Plan> plans, @Nullable StartNotAllowed against) implements OfferOccasion {

        public TakenWithStart {
            plans = List.copyOf(plans);
        }

        @Override
        public boolean allowed() {
            return against == null;
        }
    }

    public boolean takeable() {
        return takenWith.allowed();
    }

    /** Why it can be taken with no change. */
    public @Nullable ChangeNotAllowed against() {
        return switch (takenWith) {
            case TakenWithChange change -> change.against();
            case TakenWithStart start -> OfferTerms.ofNothing(start.product());
        };
    }
}
