package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a requested start would be. */
@Service
public class StartTargets {

    private static final Actor.System SELF = new Actor.System("start");
    private static final long MOST_SEATS = 1_000_000;
    /** Stripe's own limit. */
    private static final long LONGEST_TRIAL_DAYS = 730;

    private final Catalog catalog;
    private final Quotes quotes;
    private final InstantSource clock;

    StartTargets(Catalog catalog, Quotes quotes, InstantSource clock) {
        this.catalog = catalog;
        this.quotes = quotes;
        this.clock = clock;
    }

    /** What it would be, or that it is not sold. */
    public sealed interface Answer {
        record Found(StartTarget target) implements Answer {}

        record NotOnSale(Plan plan) implements Answer {}
    }

    /**
     * Finds it in the catalogue, with its own periods and without offers.
     *
     * @param path of the input that asks, for errors
     * @throws HeadroomException NOT_FOUND for a plan that nobody knows, INVALID_INPUT for what is not sold like that, FORBIDDEN for a trial that
     *                           somebody of the account gives to it
     */
    public Answer find(Actor actor, Account account, RequestedStart wanted, String path) {
        if (actor instanceof Actor.Member && Objects.requireNonNullElse(wanted.trialDays(), 0) > 0) {
            throw HeadroomException.forbidden("A trial is the vendor's to give: an account token starts without trialDays");
        }
        CatalogSnapshot known = catalog.snapshot();
        Plan plan = known.requirePlan(path + ".plan", wanted.plan(), account.id().value());
        Optional<PlanVersion> version = known.onSale(plan);
        if (version.isEmpty()) {
            return new Answer.NotOnSale(plan);
        }
        Interval interval = Optional.ofNullable(wanted.interval()).orElse(Interval.MONTH);
        PlanPrice price = version.get().price(interval, account.currency()).orElseThrow(() -> HeadroomException.invalid(
                path + ".interval", plan.name() + " has no price by the " + interval + " in " + account.currency()));
        return new Answer.Found(new StartTarget(
                version.get(), price, quantity(wanted, price, path), trialUntil(wanted, path), quotes.bundleOfStart(SELF, account.id(), plan).orElse(null),
                null, List.of()));
    }

    private static long quantity(RequestedStart wanted, PlanPrice price, String path) {
        boolean flat = price.price().model() instanceof ChargeModel.Flat;
        if (flat && wanted.seats() != null) {
            throw HeadroomException.invalid(path + ".seats", "This plan has one price whatever the number of seats; leave it out");
        }
        return Check.between(path + ".seats", Optional.ofNullable(wanted.seats()).orElse(1L), 1, MOST_SEATS);
    }

    private @Nullable Instant trialUntil(RequestedStart wanted, String path) {
        long days = Check.between(path + ".trialDays", Optional.ofNullable(wanted.trialDays()).orElse(0), 0, LONGEST_TRIAL_DAYS);
        return days == 0 ? null : clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
    }
}
