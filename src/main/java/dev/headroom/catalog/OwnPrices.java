package dev.headroom.catalog;

import static java.util.stream.Collectors.groupingBy;

import dev.headroom.catalog.PlanVersion.PlanPrice;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What is on sale to single accounts, and in the place of what it stands there. */
record OwnPrices(Map<UUID, List<PlanVersion>> byAccount) {

    /** @param onSale by rank, whoever may have it */
    static OwnPrices among(Stream<PlanVersion> onSale) {
        return new OwnPrices(onSale.filter(version -> version.plan().own() != null).collect(groupingBy(version -> Objects.requireNonNull(version.plan().own()).account())));
    }

    Stream<PlanVersion> of(ProductId product) {
        return byAccount.values().stream().flatMap(List::stream).filter(version -> version.plan().product().equals(product));
    }

    Stream<PlanVersion> of(UUID account, ProductId product, Plan.Kind kind) {
        return byAccount.getOrDefault(account, List.of()).stream().filter(version -> version.plan().product().equals(product) && version.plan().kind() == kind);
    }

    /**
     * Whether nothing is left of a version for an account but its own price.
     *
     * @param counts whether a currency means anything to the account where a version is its own price
     */
    boolean replace(PlanVersion version, UUID account, BiPredicate<PlanVersion, Currency> counts) {
        return inPlaceOf(version, account).anyMatch(own -> {
            List<PlanPrice> counted = version.prices().stream().filter(price -> counts.test(own, price.price().currency())).toList();
            return !counted.isEmpty() && counted.stream().allMatch(price -> price.in(own.prices()));
        });
    }

    boolean replace(PlanPrice price, PlanVersion version, UUID account) {
        return inPlaceOf(version, account).anyMatch(own -> price.in(own.prices()));
    }

    /** Those that the account is shown. */
    private Stream<PlanVersion> inPlaceOf(PlanVersion version, UUID account) {
        return version.plan().own() != null ? Stream.empty() : byAccount.getOrDefault(account, List.of()).stream()
                .filter(own -> own.plan().open() && own.plan().ruled().equals(version.plan().id()));
    }
}
