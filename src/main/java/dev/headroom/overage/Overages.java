package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.ProductId;
import dev.headroom.overage.DueRepository.Taken;
import dev.headroom.overage.ReportRepository.Unreported;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Brings what is used past limits onto Stripe's invoices. */
@Service
public class Overages {

    private static final Logger LOG = LoggerFactory.getLogger(Overages.class);

    /** Longer than a billing period takes late events by itself. */
    static final Duration LATELY = Duration.ofDays(4);
    /** What is brought for windows that ended before is not charged for any more, as Stripe takes no older usage either. */
    static final Duration AT_ALL = Duration.ofDays(35);

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 8;
    /** One round sends, one takes back, one sends what remains of it; more only where something is counted meanwhile. */
    private static final int ROUNDS = 10;

    private final MeteredPrices prices;
    private final Tallies tallies;
    private final Reports reports;
    private final MeteredItems items;
    private final ReportRepository stored;
    private final DueRepository accounts;
    private final InstantSource clock;

    Overages(
            MeteredPrices prices, Tallies tallies, Reports reports, MeteredItems items, ReportRepository stored, DueRepository accounts, InstantSource clock) {
        this.prices = prices;
        this.tallies = tallies;
        this.reports = reports;
        this.items = items;
        this.stored = stored;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Counts what is new, and tells Stripe of it; safe to call at any time, on any node, and again after a crash. */
    public void sweep() {
        push();
        tallies.count(LATELY);
        report();
    }

    /** The same for all windows of which anything can still be charged. */
    public void sweepAll() {
        tallies.count(AT_ALL);
        report();
    }

    /** Each is made at the latest when something is to be charged at it. */
    private void push() {
        try {
            prices.push();
        } catch (StripeUnavailableException | StripeRefusedException later) {
            LOG.warn("A metered price could not be made at Stripe: {}", later.getMessage());
        }
    }

    private void report() {
        Instant now = clock.instant();
        for (Optional<Taken> taken = accounts.take(now, LEASE); taken.isPresent(); taken = accounts.take(now, LEASE)) {
            settle(taken.get());
        }
    }

    private void settle(Taken taken) {
        try {
            accounts.done(taken, settle(taken.account()) ? null : clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << MOST_DOUBLINGS)));
        } catch (StripeUnavailableException | StripeRefusedException failed) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(taken.failures(), MOST_DOUBLINGS));
            LOG.warn("The overage of account {} could not be brought to Stripe, for the {}. time; again in {}: {}",
                    taken.account(), taken.failures() + 1, pause, failed.getMessage());
            accounts.failed(taken, clock.instant().plus(pause));
        }
    }

    /** @return whether nothing is left to do */
    private boolean settle(AccountId account) {
        List<AccountSubscription> live = items.of(account);
        for (int round = 0; round < ROUNDS; round++) {
            Set<UUID> billed = agree(account, live);
            List<Report> open = stored.open(account);
            open.stream().filter(report -> report.kind() == Report.Kind.CREDIT || billed.contains(report.price())).forEach(reports::carryOut);
            if (!reports.make(account, each -> billed.contains(each.price()) ? running(each, live) : Optional.empty())) {
                return stored.open(account).isEmpty() && (live.isEmpty() || stored.unreported(account).isEmpty());
            }
        }
        return false;
    }

    private Set<UUID> agree(AccountId account, List<AccountSubscription> live) {
        List<Unreported> unreported = stored.unreported(account);
        Set<UUID> open = new HashSet<>();
        for (AccountSubscription subscription : live) {
            open.addAll(items.agree(subscription, unreported.stream().filter(each -> product(each).equals(subscription.product())).toList()));
        }
        return open;
    }

    private Optional<Period> running(Unreported each, List<AccountSubscription> live) {
        return live.stream().filter(subscription -> subscription.product().equals(product(each))).findFirst()
                .map(subscription -> subscription.periodHolding(clock.instant()));
    }

    private ProductId product(Unreported each) {
        return items.product(each.feature());
    }
}
