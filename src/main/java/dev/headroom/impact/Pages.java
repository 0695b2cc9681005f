package dev.headroom.impact;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.usage.Usages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    Pages(Subscriptions subscriptions, Usages usages, Seats seats, Catalog catalog, Bundles bundles) {
        this.subscriptions = subscriptions;
        this.usages = usages;
        this.seats = seats;
        this.catalog = catalog;
        this.bundles = bundles;
    }

    int total(Plan plan) {
        return subscriptions.holding(SELF, versions(plan, catalog.snapshot()));
    }

    private static List<PlanVersionId> versions(Plan plan, CatalogSnapshot known) {
        return known.versionsOf(plan).stream().map(PlanVersion::id).toList();
    }

    List<ImpactLine> next(ImpactRun run, int size) {
        CatalogSnapshot known = catalog.snapshot();
        List<AccountSubscription> page = subscriptions.holding(SELF, versions(run.next().plan(), known), run.position(), size);
        Appraisal appraisal = new Appraisal(run, known, bundles.all());
        Uses uses = appraisal.asksForUse(page) ? uses(page, run) : Uses.NONE;
        return page.stream().map(subscription -> appraisal.line(subscription, uses)).toList();
    }

    /** One of them, as it is now; empty where it does not run, or has nothing of the plan or add-on. */
    Optional<ImpactLine> one(ImpactRun run, AccountId account, SubscriptionId id) {
        CatalogSnapshot known = catalog.snapshot();
        Set<PlanVersionId> versions = Set.copyOf(versions(run.next().plan(), known));
        return subscriptions.find(SELF, account, id)
                .filter(found -> found.live() && found.items().stream().anyMatch(item -> versions.contains(item.planVersion())))
                .map(found -> new Appraisal(run, known, bundles.all()).line(found, uses(List.of(found), run)));
    }

    private Uses uses(List<AccountSubscription> page, ImpactRun run) {
        Set<AccountId> accounts = page.stream().map(AccountSubscription::account).collect(toSet());
        return Uses.of(usages.snapshot(SELF, accounts).counters(), seats.held(SELF, accounts), run.beganAt());
    }
}
