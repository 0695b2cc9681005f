package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.money.Money;
import dev.headroom.overage.Report.Kind;
import dev.headroom.overage.Report.State;
import dev.headroom.overage.ReportRepository.Unreported;
import dev.headroom.pricing.Rating.Overage;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeMeterGateway;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells Stripe of what is charged for. A report is stored first, then sent under its own identifier, then noted as sent; whoever finds it in
 * between sends it again, and Stripe counts it once.
 */
@Service
class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    /** Stripe remembers identifiers and keys for a day at least, and takes events back for as long; some of it is left for clocks that differ. */
    private static final Duration REMEMBERED = Duration.ofHours(20);

    private final Accounts accounts;
    private final MeteredPrices prices;
    private final ReportRepository reports;
    private final StripeGateway stripe;
    private final StripeMeterGateway meters;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Reports(
            Accounts accounts, MeteredPrices prices, ReportRepository reports, StripeGateway stripe, StripeMeterGateway meters,
            TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.prices = prices;
        this.reports = reports;
        this.stripe = stripe;
        this.meters = meters;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Stores what is to be told Stripe.
     *
     * @param billing the period that runs, of whatever bills such a thing now; empty where nothing does
     * @return whether there is anything
     */
    boolean make(AccountId account, Function<Unreported, Optional<Period>> billing) {
        return Boolean.TRUE.equals(transaction.execute(_ -> reports.unreported(account).stream()
                .map(each -> billing.apply(each).filter(period -> make(each, period)).isPresent())
                .reduce(false, Boolean::logicalOr)));
    }

    private boolean make(Unreported each, Period period) {
        if (each.units() > 0) {
            reports.make(each, each.units(), Kind.EVENT, clock.instant());
            return true;
        }
        Instant lately = clock.instant().minus(REMEMBERED);
        Optional<Report> last = reports.lastSent(each, lately.isAfter(period.from()) ? lately : period.from());
        if (last.isPresent()) {
            reports.release(last.get());
            reports.settle(last.get(), State.CANCELING, clock.instant());
            return true;
        }
        long billable = reports.sentSince(each.account(), each.price(), period.from());
        if (billable > 0) {
            reports.make(each, -Math.min(billable, -each.units()), Kind.EVENT, clock.instant());
            return true;
        }
        // Whatever was billed of a window that runs may still be outweighed by use in it.
        if (!each.until().isAfter(period.from())) {
            reports.make(each, each.units(), Kind.CREDIT, clock.instant());
            return true;
        }
        return false;
    }

    /** @throws dev.headroom.stripe.StripeUnavailableException when nobody knows whether it arrived: it stays open */
    void carryOut(Report report) {
        MeteredPrice price = prices.byIds(List.of(report.price())).getFirst();
        String customer = Objects.requireNonNull(accounts.byId(Tallies.SELF, report.account()).stripeCustomer());
        if (report.state() == State.CANCELING) {
            takeBack(report);
        } else if (isForgotten(report)) {
            lookUp(report, price, customer);
        } else {
            send(report, price, customer);
        }
    }

    private boolean isForgotten(Report report) {
        return report.firstAt() != null && report.firstAt().isBefore(clock.instant().minus(REMEMBERED));
    }

    private void send(Report report, MeteredPrice price, String customer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        reports.attempt(report, now);
        switch (report.kind()) {
            case EVENT -> {
                boolean counts = meters.report(price.id(), customer, report.units(), report.identifier(), now);
                settle(report, State.SENT, () -> reports.date(report, counts || report.at() == null ? now : report.at()));
            }
            case CREDIT -> {
                credit(report, price, customer);
                settle(report, State.SENT, () -> {});
            }
        }
    }

    private void credit(Report report, MeteredPrice price, String customer) {
        Money amount = new Overage(-report.units(), price.each()).amount();
        if (amount != null && amount.isPositive()) {
            stripe.credit(customer, amount, "Overage that counts no more", report.identifier());
        }
    }

    private void takeBack(Report report) {
        try {
            meters.cancel(report.price(), report.identifier());
        } catch (StripeRefusedException tooLate) {
            LOG.warn("Report {} can not be taken back any more and is outweighed by another one: {}", report.id(), tooLate.getMessage());
            settle(report, State.SENT, () -> reports.keep(report));
            return;
        }
        settle(report, State.CANCELED, () -> {});
    }

    /** Its identifier may be forgotten, so that sending it again might count it twice; what the meter has then tells whether it arrived. */
    private void lookUp(Report report, MeteredPrice price, String customer) {
        if (report.kind() == Kind.CREDIT) {
            LOG.error("Whether {} units at {} were credited to customer {} is not known; look for {} at Stripe",
                    -report.units(), price.each(), customer, report.identifier());
            settle(report, State.GIVEN_UP, () -> {});
            return;
        }
        Instant from = Objects.requireNonNull(report.firstAt()).truncatedTo(ChronoUnit.MINUTES);
        Instant until = Objects.requireNonNull(report.at()).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        long there = meters.total(Objects.requireNonNull(price.meter()), customer, from, until.minusSeconds(1));
        long known = reports.sentBetween(report.account(), report.price(), from, until);
        if (there == known + report.units()) {
            settle(report, State.SENT, () -> {});
        } else {
            settle(report, State.GIVEN_UP, () -> reports.release(report));
        }
    }

    private void settle(Report report, State end, Runnable alongside) {
        transaction.executeWithoutResult(_ -> {
            alongside.run();
            reports.settle(report, end, clock.instant());
        });
    }
}
