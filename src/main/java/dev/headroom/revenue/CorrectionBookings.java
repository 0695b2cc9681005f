package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.LedgerCorrectionRepository.Correction;
import dev.headroom.revenue.KeptRepository.Kept;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.revenue.LedgerRebuilds.Reckoned;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Books what lies between the ledger that is kept of an account and the one that follows from its history, subscription by subscription. */
@Service
class CorrectionBookings {

    private final Bookings bookings;
    private final LedgerRebuilds rebuilds;
    private final LedgerRepository ledger;
    private final TotalRepository totals;
    private final LedgerCorrectionRepository corrections;
    private final SettingsRepository settings;
    private final InstantSource clock;

    CorrectionBookings(
            Bookings bookings, LedgerRebuilds rebuilds, LedgerRepository ledger, TotalRepository totals, LedgerCorrectionRepository corrections, SettingsRepository settings,
            InstantSource clock) {
        this.bookings = bookings;
        this.rebuilds = rebuilds;
        this.ledger = ledger;
        this.totals = totals;
        this.corrections = corrections;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What differed.
     *
     * @param caughtUp whether the account was not in the ledger at all, and is now
     */
    record Corrected(List<String> differences, boolean caughtUp) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public Corrected correct(AccountId account, UUID id, String reason, String by) {
        if (bookings.catchUp(account)) {
            return new Corrected(List.of("its history is not in the ledger"), true);
        }
        ledger.hold(account);
        List<String> differences = new ArrayList<>();
        Reckoned reckoned = rebuilds.reckoned(account, differences::add);
        for (Currency currency : reckoned.differing()) {
            correct(new Work(account, currency, id, reason, by, clock.instant()), reckoned);
        }
        return new Corrected(differences, false);
    }

    private record Work(AccountId account, Currency currency, UUID id, String reason, String by, Instant at) {}

    /** Where what is counted of subscriptions does not explain what differs of the whole, the last of them takes it. */
    private void correct(Work work, Reckoned reckoned) {
        Kept kept = reckoned.kept();
        Kept should = reckoned.should();
        Standing before = kept.standings().getOrDefault(work.currency.toString(), Standing.NOTHING);
        List<Fact> of = reckoned.last().values().stream().filter(each -> each.currency().equals(work.currency)).toList();
        BigDecimal whole = should.standings().getOrDefault(work.currency.toString(), Standing.NOTHING).year().subtract(before.year());
        boolean each = of.stream().map(fact -> missing(kept, should, fact)).reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(whole) == 0;
        Standing after = before;
        for (Fact fact : of) {
            BigDecimal difference = each ? missing(kept, should, fact) : fact == of.getLast() ? whole : BigDecimal.ZERO;
            after = write(work, after, counted(kept, fact), counted(should, fact), fact, difference);
        }
        corrections.insert(work.account, work.currency, new Correction(work.id, before.number(), after.number(), work.at), work.reason, work.by);
    }

    private static BigDecimal missing(Kept kept, Kept should, Fact of) {
        return counted(should, of).whole().subtract(counted(kept, of).whole());
    }

    private static Counted counted(Kept in, Fact of) {
        return in.counted().getOrDefault(of.subscription().toString(), Counted.NOTHING);
    }

    private Standing write(Work work, Standing from, Counted is, Counted wanted, Fact last, BigDecimal difference) {
        if (difference.signum() == 0 && is.year().compareTo(wanted.year()) == 0 && is.usage().compareTo(wanted.usage()) == 0 && is.paused() == wanted.paused()) {
            return from;
        }
        YearMonth month = settings.asOf(work.at).months().booking(work.at, work.at);
        Fact fact = new Fact(
                work.id, last.account(), last.subscription(), last.product(), last.currency(), is.year(), wanted.year(), GrowthKind.NONE, false, wanted.paused(), last.planAfter(),
                last.planAfter(), RevenueMovement.correction(work.id), work.at, work.at);
        ledger.held(work.account, work.currency, month);
        Booked booked = Ledger.correct(from, wanted.toldAs(is), difference, fact, month, Ids.next());
        ledger.write(fact, booked, totals.upkeep(fact, from, booked));
        return booked.standing();
    }
}
