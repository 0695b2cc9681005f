package dev.headroom.storefront;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Plan.OwnPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.Product;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.storefront.PricingTable.Listed;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a buyer sees of a product: for whoever may read what is sold. One statement, for how many have taken each offer. */
@Service
public class PricingTables {

    private static final Actor.System SELF = new Actor.System("storefront");
    private static final Comparator<Currency> BY_CODE = Comparator.comparing(Currency::getCurrencyCode);

    private final Catalog catalog;
    private final Offers offers;
    private final Bundles bundles;
    private final Accounts accounts;
    private final InstantSource clock;

    PricingTables(Catalog catalog, Offers offers, Bundles bundles, Accounts accounts, InstantSource clock) {
        this.catalog = catalog;
        this.offers = offers;
        this.bundles = bundles;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * What is on sale now, for the account that asks with its own prices; empty where nothing of the product is listed, or no product has the key.
     *
     * @param currency absent is that of the account that asks, or else the one that most of what is listed is sold in
     */
    public Optional<PricingTable> of(Actor actor, String product, @Nullable Currency currency) {
        actor.require(Permission.READ);
        return actor instanceof Actor.Member member
                ? table(product, catalog.snapshot(), currency, accounts.byId(SELF, new AccountId(member.account())))
                : table(product, catalog.snapshot(), currency, null);
    }

    /** The same as one account sees it, with its own prices in the place of what they were made of. */
    public Optional<PricingTable> of(Actor actor, String account, String product, @Nullable Currency currency) {
        return table(product, catalog.snapshot(), currency, accounts.meant(actor, account));
    }

    /** The same as if a version that is not sold were, in the place of the one that is; of an own price as its account would see it. */
    public Optional<PricingTable> drafted(Actor actor, PlanVersion drafted, @Nullable Currency currency) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot().selling(drafted);
        OwnPrice own = drafted.plan().own();
        Account account = own == null ? null : accounts.byId(SELF, new AccountId(own.account()));
        return table(known.product(drafted.plan().product()).key(), known, currency, account);
    }

    private Optional<PricingTable> table(String key, CatalogSnapshot known, @Nullable Currency wanted, @Nullable Account account) {
        return known.product(key).flatMap(product -> Optional.ofNullable(wanted)
                .or(() -> account == null ? most(known.listed(product.id())) : Optional.of(account.currency()))
                .flatMap(currency -> table(product, new Shelves(known, account == null ? null : account.id().value(), currency))));
    }

    private Optional<PricingTable> table(Product product, Shelves seen) {
        List<PlanVersion> plans = seen.listed(product.id(), Plan.Kind.TIER);
        List<Currency> sold = plans.stream().flatMap(PricingTables::currencies).distinct().sorted(BY_CODE).toList();
        if (sold.isEmpty()) {
            return Optional.empty();
        }
        List<Offer> running = running(seen.known(), product, seen.currency(), clock.instant());
        Ladder ladder = new Ladder(seen.known().featuresOf(product.id()), seen.currency());
        return Optional.of(new PricingTable(
                product, seen.currency(), sold, plans(seen, seen.priced(product.id(), Plan.Kind.TIER), ladder, running),
                seen.priced(product.id(), Plan.Kind.ADD_ON).stream().map(addOn -> listed(seen, addOn, null, ladder, List.of())).toList(),
                bundles.open().stream().filter(bundle -> seen.shows(bundle, product)).toList()));
    }

    private static Stream<Currency> currencies(PlanVersion version) {
        return version.prices().stream().map(price -> price.price().currency()).distinct();
    }

    private static Optional<Currency> most(List<PlanVersion> plans) {
        Map<Currency, Long> counts = plans.stream().flatMap(PricingTables::currencies).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream().min(Map.Entry.<Currency, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey(BY_CODE))).map(Map.Entry::getKey);
    }

    private static List<Listed> plans(Shelves seen, List<PlanVersion> plans, Ladder ladder, List<Offer> running) {
        List<Listed> listed = new ArrayList<>();
        PlanVersion below = null;
        PlanVersion last = null;
        for (PlanVersion version : plans) {
            // An own price and what is left of the plan that it is in the place of stand on one step.
            below = last == null || last.plan().ruled().equals(version.plan().ruled()) ? below : last;
            listed.add(listed(seen, version, below, ladder, running.stream().filter(offer -> offer.isFor(version.plan())).toList()));
            last = version;
        }
        return listed;
    }

    private static Listed listed(Shelves seen, PlanVersion version, @Nullable PlanVersion below, Ladder ladder, List<Offer> taken) {
        PlanPrice month = seen.price(version, Interval.MONTH).orElse(null);
        PlanPrice year = seen.price(version, Interval.YEAR).orElse(null);
        YearSaving saving = month == null || year == null ? null : YearSaving.of(month.price(), year.price()).orElse(null);
        return new Listed(version, month, year, saving, ladder.everythingIn(version, below), ladder.adds(version, below), taken);
    }

    /** What somebody new could take: not what is for those who are there, for another currency, or all taken. */
    private List<Offer> running(CatalogSnapshot known, Product product, Currency currency, Instant now) {
        List<Offer> open = known.offers(product.id(), now).stream()
                .filter(offer -> !offer.existingCustomers())
                .filter(offer -> !(offer.reduction() instanceof AmountOff off) || off.amount().currency().equals(currency))
                .toList();
        Map<OfferId, Integer> taken = open.isEmpty() ? Map.of() : offers.redemptions(SELF, open);
        return open.stream().filter(offer -> offer.cap() == null || taken.getOrDefault(offer.id(), 0) < Objects.requireNonNull(offer.cap())).toList();
    }
}
