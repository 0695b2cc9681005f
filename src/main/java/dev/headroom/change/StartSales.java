package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.approval.Approvals;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.quote.Quotes;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a requested start would be. */
@Service
class StartSales {

    private static final long MOST_SEATS = 1_000_000;
    /** Stripe's own limit. */
    private static final long LONGEST_TRIAL_DAYS = 730;

    private final Catalog catalog;
    private final Quotes quotes;
    private final Approvals approvals;
    private final InstantSource clock;

    StartSales(Catalog catalog, Quotes quotes, Approvals approvals, InstantSource clock) {
        this.catalog = catalog;
        this.quotes = quotes;
        this.approvals = approvals;
        this.clock = clock;
    }

    StartTerms terms(Actor actor, StartSubscription command, Account account) {
        CatalogSnapshot known = catalog.snapshot();
        Plan plan = known.requirePlan("input.plan", command.plan());
        Optional<PlanVersion> version = known.onSale(plan);
        if (version.isEmpty()) {
            return new StartTerms.NotOnSale(plan);
        }
        Interval interval = Optional.ofNullable(command.interval()).orElse(Interval.MONTH);
        PlanPrice price = version.get().price(interval, account.currency()).orElseThrow(() -> HeadroomException.invalid(
                "input.interval", plan.name() + " has no price by the " + interval + " in " + account.currency()));
        return new StartTerms.Sold(version.get(), price, quantity(command, price), trialUntil(command), bundle(actor, account, plan));
    }

    /** Why the vendor alone can start this; empty where whoever wants it may. */
    List<ApprovalReason> reasons(StartTerms.Sold sold) {
        return approvals.ofStart(sold.version(), sold.price(), sold.quantity());
    }

    private static long quantity(StartSubscription command, PlanPrice price) {
        boolean flat = price.price().model() instanceof ChargeModel.Flat;
        if (flat && command.seats() != null) {
            throw HeadroomException.invalid("input.seats", "This plan has one price whatever the number of seats; leave it out");
        }
        return Check.between("input.seats", Optional.ofNullable(command.seats()).orElse(1L), 1, MOST_SEATS);
    }

    private @Nullable Instant trialUntil(StartSubscription command) {
        long days = Check.between("input.trialDays", Optional.ofNullable(command.trialDays()).orElse(0), 0, LONGEST_TRIAL_DAYS);
        return days == 0 ? null : clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
    }

    private @Nullable BundleId bundle(Actor actor, Account account, Plan plan) {
        return quotes.bundleOfStart(actor, account.id(), plan).map(Bundle::id).orElse(null);
    }

    Plan plan(Start start) {
        return catalog.snapshot().versionOf(start.price()).plan();
    }
}
