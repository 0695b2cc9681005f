package dev.headroom.impact;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.money.Money;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.quote.Target;
import dev.headroom.quote.Target.Sold;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes lines of subscriptions, with the arithmetic that quotes and the ledger go by; pure, but for what it has found once for everybody. */
final class Appraisal {

    private final ImpactRun run;
    private final CatalogSnapshot catalog;
    private final List<Bundle> bundles;
    private final Hindrances hindrances;
    private final Narrowing narrowing;

    Appraisal(ImpactRun run, CatalogSnapshot catalog, List<Bundle> bundles) {
        this.run = run;
        this.catalog = catalog;
        this.bundles = bundles;
        this.hindrances = new Hindrances(catalog, run.beganAt());
        this.narrowing = new Narrowing(run.next());
    }

    /** Whether it must be known what these use. */
    boolean asksForUse(List<AccountSubscription> subscriptions) {
        return subscriptions.stream().map(subscription -> has(subscription).id()).distinct().map(catalog::version)
                .anyMatch(version -> !narrowing.of(version).isEmpty() || narrowing.soldOtherwise(version));
    }

    private PlanVersion has(AccountSubscription subscription) {
        return items(subscription).findFirst().orElseThrow();
    }

    private Stream<PlanVersion> items(AccountSubscription subscription) {
        return subscription.items().stream()
                .map(item -> catalog.version(item.planVersion()))
                .filter(version -> version.plan().id().equals(run.next().plan().id()));
    }

    ImpactLine line(AccountSubscription subscription, Uses uses) {
        Target before = Target.of(subscription, catalog, bundles);
        Optional<Hindrances.Found> hindered = hindrances.of(subscription);
        if (hindered.isPresent()) {
            return staying(subscription, before, hindered.get());
        }
        try {
            return before.onto(run.next(), subscription.balance().currency(), catalog, uses.held(subscription))
                    .map(after -> line(subscription, before, after, null, narrowing.of(subscription, has(subscription), before, after, uses)))
                    .orElseGet(() -> staying(subscription, before, new Hindrances.Found(Hindrance.NO_PRICE, null)));
        } catch (ArithmeticException | IllegalArgumentException tooLarge) {
            return staying(subscription, before, new Hindrances.Found(Hindrance.NOT_PRICEABLE, null));
        }
    }

    private ImpactLine staying(AccountSubscription subscription, Target as, Hindrances.Found why) {
        return line(subscription, as, as, why, List.of());
    }

    private ImpactLine line(AccountSubscription subscription, Target before, Target after, Hindrances.@Nullable Found why, List<PassedLimit> limits) {
        Recurring was = before.recurring(subscription, run.beganAt());
        Recurring is = before.equals(after) ? was : after.recurring(subscription, run.beganAt());
        return new ImpactLine(
                run.id(), subscription.account(), subscription.id(), subscription.version(), has(subscription).id(), Standing.of(subscription), subscription.interval(),
                quantity(after), was.total(), is.total(), was.mrr(), is.mrr(), band(was.total(), is.total()), why == null ? null : why.hindrance(),
                why == null ? null : why.until(), limits);
    }

    private long quantity(Target target) {
        return target.items().stream().filter(item -> item.version().plan().id().equals(run.next().plan().id())).mapToLong(Sold::quantity).sum();
    }

    private static Band band(Money before, Money after) {
        return Band.of(before.minor(), after.minor());
    }
}
