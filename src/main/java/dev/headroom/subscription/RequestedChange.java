package dev.headroom.subscription;

import dev.headroom.catalog.PlanVersionId;
import dev.headroom.id.Ids;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different; whatever is absent stays.
 *
 * @param product  key; needed only by an account with several subscriptions when no plan is given
 * @param plan     key of the plan to move to
 * @param interval how often to be billed
 * @param seats    how many to have in all, not how many more
 * @param addOns   those that are named, each with how many to have in all; the others stay
 * @param offer    key of an offer to take with it, or alone
 * @param when     absent is at once for what grows, and at the end of the period for what shrinks
 * @param cancelAtPeriodEnd whether the subscription shall end with its period; asked for alone
 * @param cancel   whether it shall end, when that is asked for; asked for alone
 * @param offers   keys of several offers to take with it, in the order in which they reduce
 * @param at       when it shall be made, or, of an end, when the subscription shall end; absent leaves that to {@code when}
 * @param coterminateWith id of the subscription of the account with whose next period one of its own shall begin; asked for alone, and it says when
 * @param onto     the version that what it has of its plan, or of an add-on, shall be of; the vendor alone asks for it, and for nothing besides
 */
public record RequestedChange(
        @Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats, @Nullable List<AddOnQuantity> addOns,
        @Nullable String offer, @Nullable When when, @Nullable Boolean cancelAtPeriodEnd, @Nullable Boolean cancel,
        @Nullable Instant at, @Nullable List<String> offers, @Nullable String coterminateWith, @Nullable UUID onto) {

    /** When a change takes effect. */
    public enum When {
        NOW,
        /** With the next period; until then nothing is charged and nothing changes. */
        PERIOD_END,
        /** At the date that is asked for with it; until then nothing is charged and nothing changes. */
        AT_DATE
    }

    /** @param quantity in all; 0 takes it off */
    public record AddOnQuantity(String addOn, long quantity) {}

    public RequestedChange(@Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats) {
        this(product, plan, interval, seats, null, null, null, null);
    }

    public RequestedChange(
            @Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats, @Nullable List<AddOnQuantity> addOns,
            @Nullable String offer, @Nullable When when, @Nullable Boolean cancelAtPeriodEnd) {
        this(product, plan, interval, seats, addOns, offer, when, cancelAtPeriodEnd, null, null, null, null, null);
    }

    /** The end of a subscription: at once, or with its period. */
    public static RequestedChange end(@Nullable String product, When when) {
        return new RequestedChange(product, null, null, null, null, null, when, null, true, null, null, null, null);
    }

    /** Its end at a date. */
    public static RequestedChange end(@Nullable String product, Instant at) {
        return new RequestedChange(product, null, null, null, null, null, null, null, true, at, null, null, null);
    }

    /** To another plan, all else as it is. */
    public static RequestedChange toPlan(String plan) {
        return new RequestedChange(null, plan, null, null);
    }

    /** The same, of one product's subscription whatever others the account has. */
    public RequestedChange ofProduct(String key) {
        return new RequestedChange(key, plan, interval, seats, addOns, offer, when, cancelAtPeriodEnd, cancel, at, offers, coterminateWith, onto);
    }

    /** The same, with as many seats as the quote said, however many there are by the time that it is made. */
    public RequestedChange ofSeats(long count) {
        return new RequestedChange(product, plan, interval, count, addOns, offer, when, cancelAtPeriodEnd, cancel, at, offers, coterminateWith, onto);
    }

    /** The same, with one offer or without any. */
    public RequestedChange ofOffer(@Nullable String key) {
        return new RequestedChange(product, plan, interval, seats, addOns, key, when, cancelAtPeriodEnd, cancel, at, null, coterminateWith, onto);
    }

    /** The same at another time. */
    public RequestedChange at(When moment) {
        return new RequestedChange(product, plan, interval, seats, addOns, offer, moment, cancelAtPeriodEnd, null, null, offers, coterminateWith, onto);
    }

    /** The same at a date. */
    public RequestedChange at(Instant date) {
        return new RequestedChange(product, plan, interval, seats, addOns, offer, null, cancelAtPeriodEnd, cancel, date, offers, coterminateWith, onto);
    }

    /** The same once it is decided when it is made: what waits for the end of the period waits for no date, and a date is a whole second. */
    public RequestedChange decided(When moment) {
        return moment == When.PERIOD_END && at != null && !asksForEnd() ? at(moment) : new RequestedChange(
                product, plan, interval, seats, addOns, offer, when, cancelAtPeriodEnd, cancel, at == null ? null : at.truncatedTo(ChronoUnit.SECONDS), offers,
                coterminateWith, onto);
    }

    /** That its periods shall begin with those of another subscription of the account. */
    public static RequestedChange together(@Nullable String product, SubscriptionId other) {
        return new RequestedChange(product, null, null, null, null, null, null, null, null, null, null, other.toString(), null);
    }

    /** The same as it was asked for, before the other subscription said when. */
    public RequestedChange undecided() {
        return new RequestedChange(product, plan, interval, seats, addOns, offer, null, cancelAtPeriodEnd, cancel, null, offers, coterminateWith, onto);
    }

    /** That what a subscription has of a plan or add-on shall be of another version of it, all else as it is. */
    public static RequestedChange onto(PlanVersionId version, When when) {
        return new RequestedChange(null, null, null, null, null, null, when, null, null, null, null, null, version.value());
    }

    /** Whether its periods shall begin with another subscription's. */
    public boolean asksForPeriods() {
        return coterminateWith != null;
    }

    /** The subscription with whose periods its own shall begin; empty for none, and for what is no id. */
    public Optional<SubscriptionId> other() {
        return Optional.ofNullable(coterminateWith).flatMap(Ids::parse).map(SubscriptionId::new);
    }

    /** The keys of all offers that it names, in the order in which they reduce. */
    public List<String> namedOffers() {
        return Stream.concat(Stream.ofNullable(offer), Stream.ofNullable(offers).flatMap(List::stream)).toList();
    }

    /** Whether offers are all that it asks for. */
    public boolean asksForOffersAlone() {
        return !namedOffers().isEmpty() && Stream.of(plan, interval, seats, addOns).allMatch(each -> each == null);
    }

    public List<AddOnQuantity> namedAddOns() {
        return addOns == null ? List.of() : addOns;
    }

    /** Whether anything but its end is to be different. */
    public boolean asksForTerms() {
        return !namedOffers().isEmpty() || Stream.of(plan, interval, seats, addOns, onto).anyMatch(each -> each != null);
    }

    /** Whether it is about the end of the subscription. */
    public boolean asksForEnd() {
        return cancelAtPeriodEnd != null || cancel != null;
    }
}
