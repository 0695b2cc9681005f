package dev.headroom.start;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.preview.Beginning;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Item;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription would be when it begins.
 *
 * @param trialUntil a whole second
 * @param bundle     that reduces it from the beginning
 * @param together   absent where its periods are its own, and in a trial
 * @param offers     taken with it, in the order in which they reduce
 */
public record StartTarget(
        PlanVersion version, PlanPrice price, long quantity, @Nullable Instant trialUntil, @Nullable Bundle bundle, @Nullable Together together,
        List<Offer> offers) {

    public StartTarget {
        offers = List.copyOf(offers);
    }

    /**
     * The subscription with whose periods its own end.
     *
     * @param until where its first period ends; a whole second
     */
    public record Together(AccountSubscription with, Instant until) {}

    /** Whether something is to be paid before it begins. */
    public boolean dueAtOnce() {
        return trialUntil == null && price.price().rate(quantity).amount().isPositive();
    }

    /** The same with the trial that was promised. */
    StartTarget trialUntil(@Nullable Instant promised) {
        return new StartTarget(version, price, quantity, promised, bundle, together, offers);
    }

    StartTarget together(@Nullable Together other) {
        return new StartTarget(version, price, quantity, trialUntil, bundle, other, offers);
    }

    StartTarget taking(List<Offer> taken) {
        return new StartTarget(version, price, quantity, trialUntil, bundle, together, taken);
    }

    /** @param from the second from which it is billed */
    public Beginning beginning(Instant from) {
        return new Beginning(
                new ItemTerms(null, price.id(), quantity, Optional.ofNullable(bundle).map(Bundle::id).orElse(null)),
                offers.stream().map(Offer::id).toList(), trialUntil, together == null ? null : new Period(from, together.until()));
    }

    /** Where its whole periods begin. */
    BillingAnchor anchor(Instant from) {
        return new BillingAnchor(together == null ? from : together.until());
    }

    /** As {@code pricing} sees it. */
    Item priced(Instant at) {
        String ref = price.id().toString();
        Stream<Discount> bundled = Optional.ofNullable(bundle).map(reducing -> reducing.from(at, ref)).stream();
        Stream<Discount> offered = offers.stream().map(taken -> taken.from(at));
        return new Item(
                ref, version.plan().id().toString(), version.plan().name(), version.sells(), price.price(), quantity, Stream.concat(bundled, offered).toList());
    }
}
