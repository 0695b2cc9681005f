package dev.headroom.sync;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PriceId;
import dev.headroom.change.SubscriptionMirrors;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.sync.ImportFinding.ImportedKind;
import dev.headroom.sync.ImportFinding.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes in running subscriptions of accounts that are here, as mirrors of what Stripe has; nothing is charged and nothing is changed there. */
@Service
class SubscriptionImports {

    private static final Actor.System SELF = new Actor.System("import");

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final SubscriptionMirrors mirrors;
    private final StripeLinksRepository links;
    private final Catalog catalog;
    private final FindingRepository findings;

    SubscriptionImports(
            Accounts accounts, Subscriptions subscriptions, SubscriptionMirrors mirrors, StripeLinksRepository links, Catalog catalog,
            FindingRepository findings) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.links = links;
        this.catalog = catalog;
        this.findings = findings;
    }

    /** What is known of a page before each of its subscriptions is looked at. */
    private record Known(
            Map<String, AccountSubscription> mirrored, Map<String, Account> accounts, Map<String, ImportFinding> customers, Map<String, ImportFinding> prices,
            Map<String, ImportFinding> done) {}

    void take(Walk walk, List<StripeSubscription> page) {
        List<String> ids = page.stream().map(StripeSubscription::id).toList();
        List<String> customers = page.stream().map(StripeSubscription::customer).distinct().toList();
        Known known = new Known(
                subscriptions.byStripeIds(SELF, ids), accounts.byCustomers(SELF, customers), findings.of(walk, ImportedKind.CUSTOMER, customers),
                findings.of(walk, ImportedKind.PRICE, page.stream().flatMap(each -> each.items().stream()).map(StripeSubscription.Item::price).collect(toSet())),
                findings.of(walk, ImportedKind.SUBSCRIPTION, ids));
        page.stream().filter(each -> !known.done().containsKey(each.id())).forEach(each -> findings.put(walk, take(walk, each, known)));
    }

    private ImportFinding take(Walk walk, StripeSubscription theirs, Known known) {
        AccountSubscription mirrored = known.mirrored().get(theirs.id());
        if (mirrored != null) {
            return ImportFinding.known(ImportedKind.SUBSCRIPTION, theirs.id(), theirs.customer(), "subscription " + mirrored.id());
        }
        String reason = obstacle(walk, theirs, known);
        if (reason != null) {
            return ImportFinding.notMapped(ImportedKind.SUBSCRIPTION, theirs.id(), theirs.customer(), reason);
        }
        return walk.kind() == Walk.Kind.IMPORT ? adopt(theirs, known) : mapped(theirs);
    }

    /** Why it cannot be taken in. */
    private @Nullable String obstacle(Walk walk, StripeSubscription theirs, Known known) {
        ImportFinding customer = known.customers().get(theirs.customer());
        if (customer == null || customer.outcome() == Outcome.NOT_MAPPED) {
            return "Its customer could not be mapped" + (customer == null ? "" : ": " + customer.reason());
        }
        for (StripeSubscription.Item item : sold(theirs)) {
            ImportFinding price = known.prices().get(item.price());
            if (price == null || price.outcome() == Outcome.NOT_MAPPED) {
                return "Its price " + item.price() + " could not be mapped" + (price == null ? "" : ": " + price.reason());
            }
        }
        long plans = sold(theirs).stream().filter(this::carriesPlan).count();
        if (plans != 1) {
            return plans == 0 ? "There are add-ons on it and no plan" : "There are " + plans + " plans on one subscription";
        }
        return running(walk, theirs, known).map(other -> "The account runs another subscription of the product already: " + other).orElse(null);
    }

    /** What bills overage was put there by us, and belongs to whatever plan is beside it. */
    private static List<StripeSubscription.Item> sold(StripeSubscription theirs) {
        return theirs.items().stream().filter(item -> !item.overage()).toList();
    }

    /** What is not here yet becomes a plan. */
    private boolean carriesPlan(StripeSubscription.Item item) {
        return plan(item).map(Plan::tier).orElse(true);
    }

    private Optional<Plan> plan(StripeSubscription.Item item) {
        return links.local(StripeLinksRepository.Kind.PRICE, item.price()).map(price -> catalog.snapshot().versionOf(new PriceId(price)).plan());
    }

    private Optional<String> running(Walk walk, StripeSubscription theirs, Known known) {
        if (findings.became(walk, ImportedKind.SUBSCRIPTION, becomes(theirs))) {
            return Optional.of("another one that was taken in before it");
        }
        Account account = known.accounts().get(theirs.customer());
        String product = sold(theirs).stream().flatMap(item -> plan(item).stream())
                .map(plan -> catalog.snapshot().product(plan.product()).key()).findFirst().orElse(walk.settings().product());
        return account == null ? Optional.empty() : subscriptions.live(SELF, account.id()).stream()
                .filter(each -> catalog.snapshot().product(each.product()).key().equals(product))
                .map(AccountSubscription::stripeId)
                .findFirst();
    }

    private ImportFinding adopt(StripeSubscription theirs, Known known) {
        try {
            mirrors.adopt(SELF, known.accounts().get(theirs.customer()).id(), theirs, "import");
            return mapped(theirs);
        } catch (StripeUnavailableException silent) {
            throw silent;
        } catch (RuntimeException failed) {
            return ImportFinding.notMapped(ImportedKind.SUBSCRIPTION, theirs.id(), theirs.customer(), "It could not be stored: " + failed.getMessage());
        }
    }

    private static ImportFinding mapped(StripeSubscription theirs) {
        return ImportFinding.mapped(ImportedKind.SUBSCRIPTION, theirs.id(), theirs.customer(), becomes(theirs));
    }

    private static String becomes(StripeSubscription theirs) {
        return "subscription of " + theirs.customer();
    }
}
