package dev.headroom.catalog;

import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or add-on cost and granted from one publication to the next. Subscriptions stay on the version they were sold.
 *
 * @param number from 1
 */
public record PlanVersion(
        PlanVersionId id, Plan plan, int number, State state, @Nullable Instant publishedAt, List<PlanPrice> prices,
        List<PlanEntitlement> entitlements) {

    /** Draft, then on sale, then kept only for those who have it. */
    public enum State {
        DRAFT,
        PUBLISHED,
        RETIRED
    }

    /** One price of the version; there is at most one for each interval and currency. */
    public record PlanPrice(PriceId id, Price price) {}

    public Optional<PlanPrice> price(Interval interval, Currency currency) {
        return prices.stream()
                .filter(each -> each.price().interval() == interval && each.price().currency().equals(currency))
                .findFirst();
    }

    /** What it grants of a feature; empty when it does not. */
    public Optional<PlanEntitlement> entitlement(Feature feature) {
        return entitlements.stream().filter(each -> each.feature().id().equals(feature.id())).findFirst();
    }

    /** What more of it means for growth: a pack of seats or of a meter's units grows seats or usage, anything else is a product. */
    public Item.Kind sells() {
        if (plan.tier()) {
            return Item.Kind.PRODUCT;
        }
        if (entitlements.stream().anyMatch(granted -> granted.feature().seats())) {
            return Item.Kind.SEATS;
        }
        return entitlements.stream().anyMatch(granted -> granted.feature().kind() == FeatureKind.METER) ? Item.Kind.USAGE : Item.Kind.PRODUCT;
    }

    /** Whether it has one price whatever the quantity. */
    public boolean soldFlat(PriceId price) {
        return prices.stream().filter(each -> each.id().equals(price)).allMatch(each -> each.price().model() instanceof ChargeModel.Flat);
    }

    /** Whether the quantity bought is the number of seats: not where every price is flat, and not of an add-on. */
    public boolean soldBySeat() {
        return plan.tier() && prices.stream().anyMatch(each -> !(each.price().model() instanceof ChargeModel.Flat));
    }

    /** The same in an editor's words: prices are named by their ids, what is granted by features. */
    public PlanSheet sheet() {
        return PlanSheets.of(this);
    }

    public boolean onSale() {
        return state == State.PUBLISHED;
    }
}
