package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.quote.Target.Sold;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which bundles reduce what is on a subscription: those of which the account has everything. Each item is reduced by one at most, by that
 * which takes most off it.
 *
 * @param offered that may reduce something, the oldest first
 * @param beside  whether the account has a member elsewhere
 */
record Bundling(List<Bundle> offered, Predicate<Member> beside) {

    /** What can be got at an instant, what the subscription has of before, and what was promised for its next period. */
    static Bundling at(Instant at, AccountSubscription subscription, List<AccountSubscription> others, CatalogSnapshot catalog, List<Bundle> bundles) {
        Set<BundleId> own = Stream.concat(subscription.terms().bundles().stream(), promised(subscription)).collect(Collectors.toSet());
        return new Bundling(
                bundles.stream().filter(bundle -> bundle.isOpen(at) || own.contains(bundle.id())).toList(),
                member -> others.stream().anyMatch(other -> has(other, member, catalog)));
    }

    /** What was promised for the next period, whatever can be got by now, and whatever the account has of other products. */
    static Bundling promised(AccountSubscription subscription, Target base, List<Bundle> bundles) {
        Set<BundleId> own = Stream.concat(base.terms().bundles().stream(), promised(subscription)).collect(Collectors.toSet());
        return new Bundling(
                bundles.stream().filter(bundle -> own.contains(bundle.id())).toList(), member -> !member.product().equals(subscription.product()));
    }

    /** Of those that can be got, the one that a new plan would be in. */
    static Optional<Bundle> ofStart(Plan plan, List<AccountSubscription> live, CatalogSnapshot catalog, List<Bundle> open) {
        return most(plan, open.stream()
                .filter(bundle -> bundle.isWhole(member -> member.is(plan) || live.stream().anyMatch(other -> has(other, member, catalog))))
                .toList());
    }

    /**
     * What a change of one subscription makes of another one of the account.
     *
     * @param now   of the one that is changed
     * @param after what that is then; without items where it ends
     */
    static Target elsewhere(AccountSubscription other, Circumstances now, Target after) {
        List<AccountSubscription> rest = now.others().stream().filter(each -> !each.id().equals(other.id())).toList();
        Bundling unchanged = at(now.at(), other, rest, now.catalog(), now.bundles());
        return new Bundling(unchanged.offered, member -> unchanged.beside.test(member) || after.items().stream().anyMatch(item -> member.is(item.version().plan())))
                .of(Target.of(other, now.catalog(), now.bundles()));
    }

    private static Stream<BundleId> promised(AccountSubscription subscription) {
        return subscription.scheduled().stream().map(ScheduledChange::bundles).flatMap(List::stream);
    }

    /** What grants nothing makes no bundle. */
    private static boolean has(AccountSubscription other, Member member, CatalogSnapshot catalog) {
        return other.state().grants() && other.items().stream().anyMatch(item -> item.quantity() > 0 && member.is(catalog.version(item.planVersion()).plan()));
    }

    /** The same with what reduces each item. */
    Target of(Target target) {
        List<Bundle> whole = offered.stream().filter(bundle -> isWhole(bundle, target)).toList();
        return target.with(target.items().stream().map(item -> item.in(most(item.version().plan(), whole).orElse(null))).toList());
    }

    private boolean isWhole(Bundle bundle, Target target) {
        return bundle.isWhole(member -> beside.test(member) || target.items().stream().anyMatch(item -> member.is(item.version().plan())));
    }

    private static Optional<Bundle> most(Plan plan, List<Bundle> whole) {
        return whole.stream()
                .filter(bundle -> bundle.reduces(plan))
                .min(Comparator.comparing((Bundle bundle) -> bundle.off().percent()).reversed().thenComparing(bundle -> bundle.id().value()));
    }

    /** Whether what comes new with a target still is what the account would get. */
    boolean holds(Target target, AccountSubscription before) {
        Target fresh = of(target);
        return target.items().stream().allMatch(item -> item.bundle() == null || isOn(before, item) || fresh.items().stream()
                .anyMatch(same -> Objects.equals(same.bundle(), item.bundle()) && same.price().equals(item.price())));
    }

    private static boolean isOn(AccountSubscription before, Sold item) {
        return before.items().stream().anyMatch(held -> held.id().equals(item.item()) && Objects.requireNonNull(item.bundle()).id().equals(held.bundle()));
    }
}
