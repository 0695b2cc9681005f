package dev.headroom.storefront;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
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
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a buyer sees of a product: for whoever may read what is sold. One statement, for how many have taken each offer. */
@Service
public class PricingTables {

    private static final Actor.System SELF = new Actor.System("storefront");

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
        return catalog.snapshot().product(product).flatMap(each -> actor instanceof Actor.Member member
                ? table(each, catalog.snapshot(), currency, accounts.byId(SELF, new AccountId(member.account())))
                : table(each, catalog.snapshot(), catalog.snapshot().listed(each.id()), listedAddOns(catalog.snapshot(), each), currency));
    }

    /** The same as one account sees it, with its own prices in the place of what they were made of. */
    public Optional<PricingTable> of(Actor actor, String account, String product, @Nullable Currency currency) {
        Account seeing = accounts.meant(actor, account);
        return catalog.snapshot().product(product).flatMap(each -> table(each, catalog.snapshot(), currency, seeing));
    }

    private Optional<PricingTable> table(Product product, CatalogSnapshot known, @Nullable Currency currency, Account account) {
        UUID id = account.id().value();
        return table(
                product, known, known.listed(product.id(), Plan.Kind.TIER, id), known.listed(product.id(), Plan.Kind.ADD_ON, id),
                Objects.requireNonNullElse(currency, account.currency()));
    }

    /** The same as if a version that is not sold were, in the place of the one that is. */
    public Optional<PricingTable> drafted(Actor actor, PlanVersion drafted, @Nullable Currency currency) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Product product = known.product(drafted.plan().product());
        OwnPrice own = drafted.plan().own();
        List<PlanVersion> plans = own == null ? known.listed(product.id()) : known.listed(product.id(), Plan.Kind.TIER, own.account());
        List<PlanVersion> addOns = own == null ? listedAddOns(known, product) : known.listed(product.id(), Plan.Kind.ADD_ON, own.account());
        return drafted.plan().tier()
                ? table(product, known, in(plans, drafted), addOns, currency)
                : table(product, known, plans, in(addOns, drafted), currency);
    }

    private static List<PlanVersion> in(List<PlanVersion> sold, PlanVersion drafted) {
        return Stream.concat(sold.stream().filter(version -> !version.plan().id().equals(drafted.plan().id()) && !version.plan().id().equals(drafted.plan().ruled())), Stream.of(drafted))
                .filter(version -> version.plan().open())
                .sorted(Comparator.comparingInt(version -> version.plan().rank()))
                .toList();
    }

    private static List<PlanVersion> listedAddOns(CatalogSnapshot known, Product product) {
        return known.addOnsOnSale(product.id()).stream().filter(version -> version.plan().listed()).toList();
    }

    private Optional<PricingTable> table(Product product, CatalogSnapshot known, List<PlanVersion> plans, List<PlanVersion> addOns, @Nullable Currency wanted) {
        List<Currency> sold = plans.stream().flatMap(PricingTables::currencies).distinct().sorted(Comparator.comparing(Currency::getCurrencyCode)).toList();
        if (sold.isEmpty()) {
            return Optional.empty();
        }
        Currency currency = wanted == null ? most(plans, sold) : wanted;
        Instant now = clock.instant();
        List<Offer> running = running(known, product, currency, now);
        Ladder ladder = new Ladder(known.featuresOf(product.id()), currency);
        return Optional.of(new PricingTable(
                product, currency, sold, plans(priced(plans, currency), ladder, currency, running),
                priced(addOns, currency).stream().map(addOn -> listed(addOn, null, ladder, currency, List.of())).toList(),
                bundles.open().stream().filter(bundle -> isShown(bundle, product, known, currency)).toList()));
    }

    private static Stream<Currency> currencies(PlanVersion version) {
        return version.prices().stream().map(price -> price.price().currency()).distinct();
    }

    private static Currency most(List<PlanVersion> plans, List<Currency> sold) {
        Comparator<Currency> byCount = Comparator.comparingLong(currency -> priced(plans, currency).size());
        return sold.stream().min(byCount.reversed().thenComparing(Currency::getCurrencyCode)).orElseThrow();
    }

    private static List<PlanVersion> priced(List<PlanVersion> versions, Currency currency) {
        return versions.stream().filter(version -> currencies(version).anyMatch(currency::equals)).toList();
    }

    private static List<Listed> plans(List<PlanVersion> plans, Ladder ladder, Currency currency, List<Offer> running) {
        List<Listed> listed = new ArrayList<>();
        PlanVersion below = null;
        for (PlanVersion version : plans) {
            listed.add(listed(version, below, ladder, currency, running.stream().filter(offer -> offer.isFor(version.plan())).toList()));
            below = version;
        }
        return listed;
    }

    private static Listed listed(PlanVersion version, @Nullable PlanVersion below, Ladder ladder, Currency currency, List<Offer> taken) {
        PlanPrice month = version.price(Interval.MONTH, currency).orElse(null);
        PlanPrice year = version.price(Interval.YEAR, currency).orElse(null);
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

    /** One that has to do with the product, and of which a buyer is shown everything. */
    private static boolean isShown(Bundle bundle, Product product, CatalogSnapshot known, Currency currency) {
        return bundle.members().stream().anyMatch(member -> member.product().equals(product.id()))
                && bundle.members().stream().allMatch(member -> isSold(member, known, currency));
    }

    private static boolean isSold(Member member, CatalogSnapshot known, Currency currency) {
        Stream<PlanVersion> meant = member.addOn() == null
                ? known.listed(member.product()).stream()
                : known.addOnsOnSale(member.product()).stream().filter(version -> version.plan().id().equals(member.addOn()) && version.plan().listed());
        return !priced(meant.toList(), currency).isEmpty();
    }
}
