package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SeatCount;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class SeatController {

    private final Accounts accounts;
    private final Members members;
    private final Subscriptions subscriptions;
    private final Seats seats;
    private final Entitlements entitlements;
    private final Catalog catalog;

    SeatController(
            Accounts accounts, Members members, Subscriptions subscriptions, Seats seats, Entitlements entitlements, Catalog catalog) {
        this.accounts = accounts;
        this.members = members;
        this.subscriptions = subscriptions;
        this.seats = seats;
        this.entitlements = entitlements;
        this.catalog = catalog;
    }

    record SeatOf(@Nullable String account, @Nullable String product, String member) {}

    sealed interface AssignSeatResult {}

    record SeatAssigned(Member member, SeatCount seats) implements AssignSeatResult {}

    record NoSeatFree(SeatCount seats) implements AssignSeatResult {}

    record Released(boolean released, SeatCount seats) {}

    @MutationMapping
    AssignSeatResult assignSeat(@Argument SeatOf input, @ContextValue Actor actor) {
        Account account = accounts.meant(actor, input.account());
        AccountSubscription subscription = subscription(actor, account, input.product());
        Member member = members.byKey(actor, account.id(), input.member());
        return switch (seats.assign(actor, account.id(), subscription.id(), member.id())) {
            case ASSIGNED, HELD_ALREADY -> new SeatAssigned(member, count(actor, subscription));
            case NONE_FREE -> noneFree(actor, subscription);
        };
    }

    /** Asking whether one more would fit notes that it did not. */
    private NoSeatFree noneFree(Actor actor, AccountSubscription subscription) {
        List<String> features = catalog.snapshot().featuresOf(subscription.product()).stream().filter(Feature::seats).map(Feature::key).toList();
        entitlements.check(actor, subscription.account(), features, 1);
        return new NoSeatFree(count(actor, subscription));
    }

    @MutationMapping
    Released releaseSeat(@Argument SeatOf input, @ContextValue Actor actor) {
        Account account = accounts.meant(actor, input.account());
        AccountSubscription subscription = subscription(actor, account, input.product());
        Member member = members.byKey(actor, account.id(), input.member());
        return new Released(seats.release(actor, account.id(), subscription.id(), member.id()), count(actor, subscription));
    }

    private SeatCount count(Actor actor, AccountSubscription subscription) {
        long held = seats.held(actor, List.of(subscription.account())).getOrDefault(subscription.id(), 0L);
        return SeatCount.of(subscription, catalog.snapshot(), held);
    }

    /** The one subscription that has seats, unless a product says which. */
    private AccountSubscription subscription(Actor actor, Account account, @Nullable String product) {
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> seated = subscriptions.live(actor, account.id()).stream()
                .filter(subscription -> product == null || known.product(subscription.product()).key().equals(product))
                .filter(subscription -> known.featuresOf(subscription.product()).stream().anyMatch(Feature::seats))
                .toList();
        if (seated.size() != 1) {
            throw HeadroomException.invalid("input.product", seated.isEmpty()
                    ? "The account has no running subscription with seats" + (product == null ? "" : " of \"" + product + "\"")
                    : "The account has several subscriptions with seats; name the product");
        }
        return seated.getFirst();
    }
}
