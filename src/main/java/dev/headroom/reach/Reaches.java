package dev.headroom.reach;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.subscription.Subscriptions.Holder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Whom an offer or a bundle concerns: looked at whole, as everybody is at one moment, and nothing written. For whoever may CATALOG. */
@Service
public class Reaches {

    private static final Actor.System SELF = new Actor.System("reach");
    private static final int PAGE = 2_000;

    private final Catalog catalog;
    private final Bundles bundles;
    private final Offers offers;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    Reaches(Catalog catalog, Bundles bundles, Offers offers, Accounts accounts, Subscriptions subscriptions, InstantSource clock) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.offers = offers;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /**
     * Who has everything of a bundle by now that is not there yet, and what it takes off.
     *
     * @throws HeadroomException as {@link Bundles#create} has it, naming the field
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Reach ofBundle(Actor actor, CreateBundle command) {
        actor.requireEveryAccount(Permission.CATALOG);
        return ofBundle(actor, command, null);
    }

    /** The same of a bundle with which another one ends. @param ended key; absent is none */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Reach ofBundle(Actor actor, CreateBundle command, @Nullable String ended) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Bundle made = bundles.imagine(command, known, Refusals.thrown());
        return reach(made, bundles.all().stream().map(bundle -> bundle.key().equals(ended) ? bundle.ending(made.from()) : bundle).toList(), known);
    }

    /**
     * Who has a bundle and keeps it, and who would have got it and does not when it ends.
     *
     * @throws HeadroomException NOT_FOUND
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Reach ofBundleEnd(Actor actor, String key) {
        actor.requireEveryAccount(Permission.CATALOG);
        Bundle ended = bundles.all().stream().filter(bundle -> bundle.key().equals(key)).findFirst()
                .orElseThrow(() -> HeadroomException.notFound("bundle", "No bundle has the key \"" + key + "\""));
        return reach(ended, bundles.all().stream().filter(other -> !other.id().equals(ended.id())).toList(), catalog.snapshot());
    }

    private Reach reach(Bundle bundle, List<Bundle> others, CatalogSnapshot known) {
        Instant at = later(bundle.from());
        BundleReach look = new BundleReach(bundle, others, known, at);
        List<ReachLine> lines = new ArrayList<>();
        eachAccount(known, live -> look.lines(live).forEach(lines::add));
        return new Reach(at, 0, lines);
    }

    /**
     * Who could take an offer that is not there yet, and what all of them together would bring less.
     *
     * @throws HeadroomException as {@link Catalog#create} has it, naming the field
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Reach ofOffer(Actor actor, CreateOffer command) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        return reach(known.imagine(command, Refusals.thrown()), known, of -> (_, _) -> Availability.FREE, 0);
    }

    /**
     * Who could take an offer now, and could not when it ends.
     *
     * @throws HeadroomException NOT_FOUND, also for one that was agreed with an account
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Reach ofOfferEnd(Actor actor, String key) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Offer ended = Optional.of(known.requireOffer("offer", key)).filter(offer -> !offer.negotiated())
                .orElseThrow(() -> HeadroomException.notFound("offer", "No offer has the key \"" + key + "\""));
        return reach(
                ended, known, of -> offers.availabilities(List.of(ended), of), offers.redemptions(SELF, List.of(ended)).getOrDefault(ended.id(), 0));
    }

    private interface Availabilities {

        /** Two statements, however many accounts these are. */
        BiFunction<Offer, UUID, Availability> of(Collection<UUID> accounts);
    }

    private Reach reach(Offer offer, CatalogSnapshot known, Availabilities availabilities, int taken) {
        Instant at = later(offer.window().from());
        OfferReach look = new OfferReach(offer, known, bundles.all(), at);
        List<ReachLine> lines = new ArrayList<>();
        Set<AccountId> having = new HashSet<>();
        eachPage(known, page -> {
            List<AccountSubscription> own = page.stream().filter(each -> each.product().equals(offer.product())).toList();
            BiFunction<Offer, UUID, Availability> free = availabilities.of(own.stream().map(each -> each.account().value()).distinct().toList());
            own.forEach(each -> {
                having.add(each.account());
                look.change(each, free.apply(offer, each.account().value())).ifPresent(lines::add);
            });
        });
        if (!offer.existingCustomers()) {
            eachOfAllAccounts(page -> {
                List<Account> others = page.stream().filter(account -> !having.contains(account.id())).toList();
                BiFunction<Offer, UUID, Availability> free = availabilities.of(others.stream().map(account -> account.id().value()).toList());
                others.forEach(account -> look.start(account, free.apply(offer, account.id().value())).ifPresent(lines::add));
            });
        }
        return new Reach(at, taken, lines);
    }

    private Instant later(Instant begins) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return begins.isAfter(now) ? begins : now;
    }

    /** Everything that an account has, however the pages fall. */
    private void eachAccount(CatalogSnapshot known, Consumer<List<AccountSubscription>> look) {
        List<AccountSubscription> held = new ArrayList<>();
        eachPage(known, page -> page.forEach(each -> {
            if (!held.isEmpty() && !held.getFirst().account().equals(each.account())) {
                look.accept(List.copyOf(held));
                held.clear();
            }
            held.add(each);
        }));
        if (!held.isEmpty()) {
            look.accept(held);
        }
    }

    /** In the order of accounts. */
    private void eachPage(CatalogSnapshot known, Consumer<List<AccountSubscription>> look) {
        List<PlanVersionId> versions = Stream.concat(known.plans().stream(), known.addOns().stream())
                .map((Plan plan) -> known.versionsOf(plan)).flatMap(List::stream).map(PlanVersion::id).toList();
        List<AccountSubscription> page;
        Holder last = null;
        do {
            page = subscriptions.holding(SELF, versions, last, PAGE);
            look.accept(page);
            last = page.isEmpty() ? null : new Holder(page.getLast().account(), page.getLast().id());
        } while (page.size() == PAGE);
    }

    private void eachOfAllAccounts(Consumer<List<Account>> look) {
        List<Account> page;
        AccountId last = null;
        do {
            page = accounts.page(SELF, "", last, PAGE);
            look.accept(page);
            last = page.isEmpty() ? null : page.getLast().id();
        } while (page.size() == PAGE);
    }
}
