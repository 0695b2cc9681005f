package dev.headroom.impact;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.subscription.Subscriptions.Holder;
import dev.headroom.usage.Usages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Looks at one page of subscriptions: six statements at most, however many are on it. */
@Service
class Pages {

    private static final Actor.System SELF = new Actor.System("impact");

    private final Subscriptions subscriptions;
    private final Usages usages;
    private final Seats seats;
    private final Catalog catalog;
    private final Bundles bundles;
    private final Accounts accounts;

    Pages(Subscriptions subscriptions, Usages usages, Seats seats, Catalog catalog, Bundles bundles, Accounts accounts) {
        this.subscriptions = subscriptions;
        this.usages = usages;
        this.seats = seats;
        this.catalog = catalog;
        this.bundles = bundles;
        this.accounts = accounts;
    }

    /**
     * Some subscriptions, looked at.
     *
     * @param looked how many there were
     * @param lines  of those of them who are asked about
     * @param last   of them; absent where there were none
     */
    record Page(int looked, List<ImpactLine> lines, @Nullable Holder last) {}

    /** How many subscriptions have another version; of a version that is sold, one of those that are asked about. */
    int total(PlanVersion next, @Nullable Segment among) {
        return subscriptions.holding(SELF, others(next, among, catalog.snapshot()));
    }

    private static List<PlanVersionId> others(PlanVersion next, @Nullable Segment among, CatalogSnapshot known) {
        return known.versionsOf(next.plan()).stream()
                .filter(version -> !version.id().equals(next.id()))
                .filter(version -> among == null || among.versions().isEmpty() || among.versions().contains(version.number()))
                .map(PlanVersion::id)
                .toList();
    }

    Page next(ImpactRun run, int size) {
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> page = subscriptions.holding(SELF, others(run.next(), run.among(), known), run.position(), size);
        Appraisal appraisal = new Appraisal(run, known, bundles.all());
        Uses uses = appraisal.asksForUse(page) ? uses(page, run) : Uses.NONE;
        Predicate<ImpactLine> asked = asked(run, known);
        AccountSubscription last = page.isEmpty() ? null : page.getLast();
        return new Page(
                page.size(), page.stream().map(subscription -> appraisal.line(subscription, uses)).filter(asked).toList(),
                last == null ? null : new Holder(last.account(), last.id()));
    }

    private Predicate<ImpactLine> asked(ImpactRun run, CatalogSnapshot known) {
        Segment among = run.among();
        if (among == null) {
            return line -> true;
        }
        Set<UUID> named = accounts.byKeys(SELF, among.accounts()).values().stream().map(account -> account.id().value()).collect(toSet());
        return line -> among.holds(line, known.version(line.has()).number(), named);
    }

    /** One of them, as it is now; empty where it does not run, or has nothing of the plan or add-on. */
    Optional<ImpactLine> one(ImpactRun run, AccountId account, SubscriptionId id) {
        CatalogSnapshot known = catalog.snapshot();
        Set<PlanVersionId> versions = known.versionsOf(run.next().plan()).stream().map(PlanVersion::id).collect(toSet());
        return subscriptions.find(SELF, account, id)
                .filter(found -> found.live() && found.items().stream().anyMatch(item -> versions.contains(item.planVersion())))
                .map(found -> new Appraisal(run, known, bundles.all()).line(found, uses(List.of(found), run)));
    }

    private Uses uses(List<AccountSubscription> page, ImpactRun run) {
        Set<AccountId> accounts = page.stream().map(AccountSubscription::account).collect(toSet());
        return Uses.of(usages.snapshot(SELF, accounts).counters(), seats.held(SELF, accounts), run.beganAt());
    }
}
