package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.Subscriptions;
import java.time.YearMonth;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Query;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Books what is recorded of subscriptions, each account after its whole history. */
@Service
class Bookings {

    private static final Actor.System SELF = new Actor.System("revenue");

    private final LedgerRepository ledger;
    private final TotalRepository totals;
    private final PastRepository pasts;
    private final SettingsRepository settings;
    private final Subscriptions subscriptions;

    Bookings(LedgerRepository ledger, TotalRepository totals, PastRepository pasts, SettingsRepository settings, Subscriptions subscriptions) {
        this.ledger = ledger;
        this.totals = totals;
        this.pasts = pasts;
        this.settings = settings;
        this.subscriptions = subscriptions;
    }

    /** In the transaction that recorded it; an account of which nothing is booked yet is caught up with, and that holds this fact too. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void book(Fact fact) {
        Optional<Counted> counted = ledger.counted(fact.account(), fact.subscription());
        if (counted.isPresent()) {
            post(fact, counted.get());
        } else if (!catchUp(fact.account())) {
            post(fact);
        }
    }

    /** Books an account's whole history; false where that was done. */
    @Transactional
    public boolean catchUp(AccountId account) {
        if (!ledger.begin(account)) {
            return false;
        }
        subscriptions.history(SELF, account).forEach(this::post);
        return true;
    }

    /** Of what was brought: in the month in which it was, however long that is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void bring(Fact fact) {
        Counted counted = ledger.counted(fact.account(), fact.subscription()).orElseThrow();
        if (counted.leads(counted.then(fact))) {
            write(fact, counted, settings.asOf(fact.at()).months().holding(fact.effectiveAt()), Stream.empty());
        }
    }

    private void post(Fact fact) {
        post(fact, ledger.counted(fact.account(), fact.subscription()).orElseThrow());
    }

    private void post(Fact fact, Counted counted) {
        Months months = settings.asOf(fact.at()).months();
        Optional<Handover> over = Handover.wanted(counted, fact) ? handover(fact) : Optional.empty();
        if (over.isPresent()) {
            write(over.get().fact(), over.get().counted(), months.booking(fact.effectiveAt(), fact.at()), over.get().ended().stream().map(each -> ledger.handedOn(fact, each)));
        } else if (counted.leads(counted.then(fact))) {
            write(fact, counted, months.booking(fact.effectiveAt(), fact.at()), Stream.empty());
        }
    }

    /** Nothing more is brought of the account from when it is held. */
    private Optional<Handover> handover(Fact fact) {
        ledger.held(fact.account(), fact.currency());
        return Handover.of(fact, pasts.running(fact));
    }

    private void write(Fact fact, Counted counted, YearMonth wanted, Stream<Query> more) {
        Standing standing = ledger.held(fact.account(), fact.currency());
        Booked booked = Ledger.book(standing, counted, fact, wanted);
        ledger.write(fact, booked, Stream.concat(totals.upkeep(fact, standing, booked), more));
    }
}
