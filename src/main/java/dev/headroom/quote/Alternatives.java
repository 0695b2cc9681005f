package dev.headroom.quote;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.quote.Alternative.ExpectedCost;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Prices many changes of many accounts from facts that are read once, by as many statements whatever their number, and says which of them to make.
 * Stripe is never asked: what only Stripe could price is refused.
 */
@Service
public class Alternatives {

    private static final int MOST_CHANGES = 100;
    private static final Actor.System SELF = new Actor.System("quote");

    private final Entitlements entitlements;
    private final Demands demands;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Proposals proposals;
    private final Pricings pricings;
    private final InstantSource clock;

    Alternatives(
            Entitlements entitlements, Demands demands, Catalog catalog, Bundles bundles, Proposals proposals, Pricings pricings, InstantSource clock) {
        this.entitlements = entitlements;
        this.demands = demands;
        this.catalog = catalog;
        this.bundles = bundles;
        this.proposals = proposals;
        this.pricings = pricings;
        this.clock = clock;
    }

    /**
     * What was asked about one account.
     *
     * @param options         in the order asked for
     * @param recommendations one for each running subscription that any of them is about, oldest first
     */
    public record Compared(AccountId account, List<Alternative> options, List<Recommendation> recommendations) {}

    /**
     * What to do with one subscription, of all that was asked about.
     *
     * @param alternative present exactly where the advice is to change
     * @param stay        what it is to leave it as it is, with what waits for the end of its period
     * @param saving      of twelve months, against staying; negative where the change costs more; absent unless the advice is to change
     * @param reason      for people: what is expected, the limit, when it is reached, and the costs that were compared
     */
    public record Recommendation(
            AccountSubscription subscription, Advice advice, @Nullable Alternative alternative, Fit stay, @Nullable Money saving, String reason) {

        /** What to do. */
        public enum Advice {
            /** Nothing that was asked about holds what is expected and costs less. */
            STAY,
            CHANGE,
            /** Neither what it is nor anything that was asked about holds what is expected. */
            NOTHING_FITS
        }

        /** What it costs to leave it as it is. */
        public ExpectedCost staying() {
            return ExpectedCost.of(stay);
        }
    }

    /**
     * The same changes for each of the accounts.
     *
     * @param changes absent means every plan on sale by every interval that it is sold by, of each of the account's subscriptions
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field
     */
    public Map<AccountId, Compared> of(Actor actor, Collection<AccountId> accounts, @Nullable List<RequestedChange> changes) {
        accounts.forEach(account -> {
            actor.require(Permission.READ, account.value());
            actor.require(Permission.QUOTE, account.value());
        });
        check(changes);
        CatalogSnapshot known = catalog.snapshot();
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<AccountId, List<AccountSubscription>> live = entitlements.subscriptions(SELF, accounts);
        if (!live.keySet().containsAll(accounts)) {
            throw HeadroomException.of(ErrorCode.DATABASE_UNAVAILABLE, "accounts", "The database cannot be reached, and not all of these accounts are known here");
        }
        Map<AccountId, Demand> wanted = demands.of(accounts);
        Lookups lookups = proposals.together(live.values().stream().flatMap(List::stream).toList(), offers(changes, known));
        Map<AccountId, Compared> compared = new LinkedHashMap<>();
        accounts.forEach(account -> {
            List<AccountSubscription> own = Objects.requireNonNull(live.get(account));
            Demand demand = Objects.requireNonNull(wanted.get(account));
            Map<SubscriptionId, Demand> bySubscription = own.stream().collect(toMap(AccountSubscription::id, subscription -> demand.of(subscription.product())));
            Map<SubscriptionId, Circumstances> circumstances = own.stream().collect(toMap(AccountSubscription::id, subscription -> new Circumstances(
                    subscription, known, at, own.stream().filter(other -> !other.id().equals(subscription.id())).toList(), bundles.all())));
            compared.put(account, compare(new Round(actor, account, own, bySubscription, circumstances, known, at, lookups), changes));
        });
        return compared;
    }

    private static void check(@Nullable List<RequestedChange> changes) {
        if (changes != null) {
            Check.between("changes", changes.size(), 1, MOST_CHANGES);
            IntStream.range(0, changes.size()).forEach(i -> {
                if (changes.get(i).seats() != null) {
                    Check.between("changes[" + i + "].seats", changes.get(i).seats(), 1, Quotes.MOST_SEATS);
                }
            });
        }
    }

    /** Those that exist; of one that does not, its change says so. */
    private static List<Offer> offers(@Nullable List<RequestedChange> changes, CatalogSnapshot known) {
        return Objects.requireNonNullElse(changes, List.<RequestedChange>of()).stream()
                .flatMap(change -> change.namedOffers().stream())
                .distinct()
                .flatMap(key -> known.offer(key).stream())
                .toList();
    }

    /** All that decides about one account. */
    private record Round(
            Actor actor, AccountId account, List<AccountSubscription> live, Map<SubscriptionId, Demand> demands, Map<SubscriptionId, Circumstances> circumstances,
            CatalogSnapshot known, Instant at, Lookups lookups) {

        Circumstances of(AccountSubscription subscription) {
            return Objects.requireNonNull(circumstances.get(subscription.id()));
        }

        Fit fit(Target target, AccountSubscription subscription) {
            return Fit.of(target, subscription, demand(subscription), at);
        }

        Demand demand(AccountSubscription subscription) {
            return Objects.requireNonNull(demands.get(subscription.id()));
        }
    }

    private Compared compare(Round round, @Nullable List<RequestedChange> asked) {
        List<RequestedChange> changes = asked == null ? Everything.of(round.live(), round.known(), MOST_CHANGES) : asked;
        Map<SubscriptionId, List<Alternative>> about = new HashMap<>();
        List<Alternative> options = IntStream.range(0, changes.size()).mapToObj(i -> option(i, changes.get(i), round, about)).toList();
        List<Recommendation> recommendations = round.live().stream()
                .filter(subscription -> about.containsKey(subscription.id()))
                .map(subscription -> new Weighing(subscription, round.fit(round.of(subscription).upcoming(), subscription), about.get(subscription.id())).recommendation())
                .toList();
        List<Integer> chosen = recommendations.stream().flatMap(each -> Optional.ofNullable(each.alternative()).map(Alternative::position).stream()).toList();
        return new Compared(
                round.account(), options.stream().map(each -> chosen.contains(each.position()) ? each.recommending() : each).toList(), recommendations);
    }

    private Alternative option(int position, RequestedChange change, Round round, Map<SubscriptionId, List<Alternative>> about) {
        return switch (Meant.by(round.account().value(), change, round.live(), round.known())) {
            case Meant.Unclear(var why) -> new Alternative(position, why, null, false);
            case Meant.One(AccountSubscription subscription) -> {
                Asking asking = new Asking(round.actor(), change, Asking.Need.COMPARED);
                QuoteResult result = Obstacle.of(subscription, round.known(), round.at()).orElseGet(
                        () -> pricings.of(asking, round.of(subscription), round.demand(subscription).today(), round.lookups()));
                Fit fit = target(result, asking, subscription, round).filter(Target::renews).map(target -> round.fit(target, subscription)).orElse(null);
                Alternative option = new Alternative(position, result, fit, false);
                about.computeIfAbsent(subscription.id(), _ -> new ArrayList<>()).add(option);
                yield option;
            }
        };
    }

    /** What only Stripe could price can be compared all the same: by what recurs, tax aside. */
    private Optional<Target> target(QuoteResult result, Asking asking, AccountSubscription subscription, Round round) {
        return switch (result) {
            case Quote quote -> Optional.of(quote.target());
            case ChangeNotAllowed(Rule rule, var _, var _, var _) when rule == Rule.ASK_ALONE ->
                    pricings.target(asking, round.of(subscription), round.demand(subscription).today(), round.lookups());
            case QuoteResult _ -> Optional.empty();
        };
    }
}
