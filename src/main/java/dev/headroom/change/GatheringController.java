package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.ProductId;
import dev.headroom.change.SeatGatherings.GatherSeatsResult;
import dev.headroom.change.SeatGatherings.SeatGathering;
import dev.headroom.change.SeatGatherings.SettleSeatsResult;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Seats.SeatExpansion;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class GatheringController {

    private static final long MOST_SEATS = 1_000_000;

    private final SeatGatherings gatherings;
    private final SeatSettlements settlements;
    private final Seats seats;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Catalog catalog;

    GatheringController(
            SeatGatherings gatherings, SeatSettlements settlements, Seats seats, Accounts accounts, Subscriptions subscriptions, Catalog catalog) {
        this.gatherings = gatherings;
        this.settlements = settlements;
        this.seats = seats;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
    }

    record GatherSeats(@Nullable String account, @Nullable String product, long seats) {}

    record SettleSeats(@Nullable String account, @Nullable String product) {}

    record SetSeatExpansion(@Nullable String account, @Nullable String product, @Nullable Long mostSeats) {}

    record SeatExpansionSet(AccountSubscription subscription) {}

    @MutationMapping
    GatherSeatsResult gatherSeats(@Argument GatherSeats input, @ContextValue Actor actor) {
        Check.between("input.seats", input.seats(), 1, MOST_SEATS);
        return gatherings.gather(actor, meant(actor, input.account(), input.product()), input.seats());
    }

    @MutationMapping
    SettleSeatsResult settleSeats(@Argument SettleSeats input, @ContextValue Actor actor) {
        return gatherings.settle(actor, meant(actor, input.account(), input.product()));
    }

    @MutationMapping
    SeatExpansionSet setSeatExpansion(@Argument SetSeatExpansion input, @ContextValue Actor actor) {
        if (input.mostSeats() != null) {
            Check.between("input.mostSeats", input.mostSeats(), 1, MOST_SEATS);
        }
        AccountSubscription subscription = meant(actor, input.account(), input.product());
        seats.expand(actor, subscription, input.mostSeats());
        return new SeatExpansionSet(subscription);
    }

    private AccountSubscription meant(Actor actor, @Nullable String key, @Nullable String product) {
        Account account = accounts.meant(actor, key);
        Optional<ProductId> wanted = Optional.ofNullable(product).map(named -> catalog.snapshot().requireProduct("input.product", named).id());
        List<AccountSubscription> found = subscriptions.live(actor, account.id()).stream()
                .filter(each -> wanted.isEmpty() || each.product().equals(wanted.get())).toList();
        if (found.size() > 1) {
            throw HeadroomException.invalid("input.product", "Several subscriptions run: name the product");
        }
        return found.stream().findFirst().orElseThrow(() -> HeadroomException.notFound("input.product", "No subscription of this product runs"));
    }

    @BatchMapping(typeName = "AccountSubscription")
    Map<AccountSubscription, SeatGathering> gatheredSeats(List<AccountSubscription> of, @ContextValue Actor actor) {
        return gatherings.of(actor, of);
    }

    @SchemaMapping(typeName = "AccountSubscription")
    Optional<SeatExpansion> seatExpansion(AccountSubscription subscription, @ContextValue Actor actor) {
        return seats.expansion(actor, subscription);
    }

    @SchemaMapping(typeName = "SeatExpansion")
    long mostSeats(SeatExpansion expansion) {
        return expansion.most();
    }

    @SchemaMapping(typeName = "SeatGathering")
    QuoteResult quote(SeatGathering gathering, @ContextValue Actor actor) {
        return settlements.quote(actor, subscriptions.byId(actor, gathering.account(), gathering.subscription()), gathering.seats());
    }
}
