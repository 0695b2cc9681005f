package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.error.Check;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SeatCount;
import dev.headroom.subscription.Seats;
import java.util.List;
import java.util.Optional;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Says where more is held than was bought, and what would heal it; nothing is ever taken away. */
@Controller
class ViolationController {

    private static final int MOST_SUGGESTED = 100;

    private final Entitlements entitlements;
    private final Seats seats;
    private final Members members;
    private final Catalog catalog;

    ViolationController(Entitlements entitlements, Seats seats, Members members, Catalog catalog) {
        this.entitlements = entitlements;
        this.seats = seats;
        this.members = members;
        this.catalog = catalog;
    }

    @SchemaMapping(typeName = "Account")
    List<Violation> violations(Account account, @ContextValue Actor actor) {
        return entitlements.check(actor, account.id(), null, 0).stream().map(Violation::of).flatMap(Optional::stream).toList();
    }

    @SchemaMapping(typeName = "Entitlement")
    Optional<Violation> violation(Entitlement entitlement) {
        return Violation.of(entitlement);
    }

    @SchemaMapping(typeName = "Seats")
    Optional<Violation> violation(SeatCount count) {
        Long bought = count.bought();
        return bought == null || count.used() <= bought
                ? Optional.empty()
                : catalog.snapshot().featuresOf(count.subscription().product()).stream()
                        .filter(Feature::seats)
                        .findFirst()
                        .map(feature -> new Violation(count.subscription().account(), feature, bought, count.used()));
    }

    @SchemaMapping(typeName = "Violation")
    List<Member> membersToRelease(Violation violation, @Argument int first, @ContextValue Actor actor) {
        Check.between("first", first, 1, MOST_SUGGESTED);
        if (!violation.feature().seats()) {
            return List.of();
        }
        List<AccountSubscription> seated = entitlements.subscriptions(actor, violation.account()).stream()
                .filter(each -> each.product().equals(violation.feature().product()))
                .toList();
        return seated.stream()
                .flatMap(each -> members.longestInactive(actor, violation.account(), seats.holders(actor, violation.account(), each.id()),
                        (int) Math.min(first, violation.excess())).stream())
                .toList();
    }
}
