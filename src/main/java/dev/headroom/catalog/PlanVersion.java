package dev.headroom.catalog;

import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.Visibility;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or add-on cost and granted from one publication to the next. Subscriptions stay on the version they were sold.
 *
 * @param plan   as it is today: it is called what the version says that was put on sale last
 * @param number from 1
 * @param said   what this version itself says of its plan, which stays with it
 */
public record PlanVersion(
        PlanVersionId id, Plan plan, int number, State state, @Nullable Instant publishedAt, List<PlanPrice> prices,
        List<PlanEntitlement> entitlements, Said said) {

    /** Of what was written down before versions said it themselves, the plan did. */
    public PlanVersion {
        said = Objects.requireNonNullElseGet(said, () -> Said.of(plan));
    }

    /** What a version says of its plan or add-on beside what that costs and grants. */
    public record Said(String name, String description, int rank, Visibility visibility) {

        static Said of(Plan plan) {
            return new Said(plan.name(), plan.description(), plan.rank(), plan.visibility());
        }
    }

    /** One that says of its plan what that is. */
    public static PlanVersion of(
            PlanVersionId id, Plan plan, int number, State state, @Nullable Instant publishedAt, List<PlanPrice> prices, List<PlanEntitlement> entitlements) {
        return new PlanVersion(id, plan, number, state, publishedAt, prices, entitlements, Said.of(plan));
    }

    /** What its plan or add-on was called with it. */
    public String name() {
        return said.name();
    }

    public String description() {
        return said.description();
    }

    public int rank() {
        return said.rank();
    }

    public Visibility visibility() {
        return said.visibility();
    }

    /** Its plan or add-on as this version says that it is. */
    Plan whole() {
        return new Plan(plan.id(), plan.product(), plan.key(), said.name(), said.description(), said.rank(), plan.kind(), said.visibility(), plan.own());
    }

    /** Draft, then on sale, then kept only for those who have it. */
    public enum State {
        DRAFT,
        PUBLISHED,
        RETIRED
    }

    /** One price of the version; there is at most one for each interval and currency. */
    public record PlanPrice(PriceId id, Price price) {

        /** Whether among others there is one of its interval and currency. */
        boolean in(List<PlanPrice> others) {
            return others.stream().anyMatch(other -> other.price.interval() == price.interval() && other.price.currency().equals(price.currency()));
        }
    }

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

    /** All of it as JSON, for whoever keeps one that is in no catalogue. */
    public String written() {
        return ChargeModelJson.write(this);
    }

    /** What {@link #written} wrote. */
    public static PlanVersion read(String written) {
        return ChargeModelJson.version(written);
    }

    /** Of what it costs and grants alone: the same for two versions that say the same, in whatever order. */
    public String fingerprint() {
        return Fingerprints.of(this);
    }

    /**
     * That somebody could see what a version would do to every subscription: made of a whole run alone, and good for what that run was about.
     *
     * @param run         that computed it
     * @param fingerprint of the version's content
     * @param comparedWith the version that was on sale; absent where there was none
     * @param computedAt  when the run began to look
     */
    public record ImpactReceipt(UUID run, PlanId plan, String fingerprint, @Nullable PlanVersionId comparedWith, Instant computedAt) {

        /** Why it says nothing of what is to be published. */
        public enum Flaw {
            /** What was looked at cost or granted something else, or was of another plan. */
            OTHER_CONTENT,
            /** Another version went on sale since. */
            OTHER_ON_SALE,
            TOO_OLD
        }

        /** @param notBefore the oldest that is accepted, inclusive */
        public Optional<Flaw> flaw(PlanVersion published, @Nullable PlanVersion onSale, Instant notBefore) {
            if (!plan.equals(published.plan().id()) || !fingerprint.equals(published.fingerprint())) {
                return Optional.of(Flaw.OTHER_CONTENT);
            }
            if (!Objects.equals(comparedWith, onSale == null ? null : onSale.id())) {
                return Optional.of(Flaw.OTHER_ON_SALE);
            }
            return computedAt.isBefore(notBefore) ? Optional.of(Flaw.TOO_OLD) : Optional.empty();
        }
    }

    public boolean onSale() {
        return state == State.PUBLISHED;
    }

    /** The same where nobody knows of it but who imagines it: a draft was never published. */
    PlanVersion in(State other) {
        return new PlanVersion(id, plan, number, other, other == State.DRAFT ? null : publishedAt, prices, entitlements, said);
    }
}
