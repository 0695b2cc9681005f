package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.invoice.Invoices;
import dev.headroom.invoice.UsageBilled;
import dev.headroom.revenue.Handover.Running;
import dev.headroom.revenue.Ledger.Booked;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.revenue.Ledger.Standing;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import dev.headroom.subscription.Subscriptions;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Query;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Books what is recorded of subscriptions and of use that was billed, each account after its whole history. */
@Service
class Bookings {

    private static final Actor.System SELF = new Actor.System("revenue");

    private final LedgerRepository ledger;
    private final TotalRepository totals;
    private final PastRepository pasts;
    private final SettingsRepository settings;
    private final Subscriptions subscriptions;
    private final Invoices invoices;

    Bookings(
            LedgerRepository ledger, TotalRepository totals, PastRepository pasts, SettingsRepository settings, Subscriptions subscriptions, Invoices invoices) {
        this.ledger = ledger;
        this.totals = totals;
        this.pasts = pasts;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
    }

    /** In the transaction that recorded it; an account of which nothing is booked yet is caught up with, and that holds this fact too. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void book(Fact fact) {
        book(fact.account(), new Recorded.Changed(fact));
    }

    /** Likewise. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void book(UsageBilled billed) {
        book(billed.account(), new Recorded.Used(billed));
    }

    private void book(AccountId account, Recorded recorded) {
        Optional<Counted> counted = ledger.counted(account, recorded.subscription());
        if (counted.isPresent()) {
            post(recorded, counted.get());
        } else if (!catchUp(account)) {
            post(account, recorded);
        }
    }

    /** Books an account's whole history; false where that was done. */
    @Transactional
    public boolean catchUp(AccountId account) {
        if (!ledger.begin(account)) {
            return false;
        }
        Recorded.inOrder(subscriptions.history(SELF, account), invoices.usage(SELF, account)).forEach(each -> post(account, each));
        return true;
    }

    /** Of what was brought: in the month in which it was, however long that is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void bring(Fact fact) {
        Counted counted = ledger.counted(fact.account(), fact.subscription()).orElseThrow();
        if (counted.leads(counted.then(fact))) {
            Months months = settings.asOf(fact.at()).months();
            write(fact, counted, months, months.holding(fact.effectiveAt()), Stream.empty());
        }
    }

    private void post(AccountId account, Recorded recorded) {
        post(recorded, ledger.counted(account, recorded.subscription()).orElseThrow());
    }

    private void post(Recorded recorded, Counted counted) {
        switch (recorded) {
            case Recorded.Changed(Fact fact) -> post(fact, counted);
            case Recorded.Used(UsageBilled billed) -> post(billed, counted);
        }
    }

    private void post(UsageBilled billed, Counted counted) {
        Fact fact = Ledger.fact(billed, counted.year());
        YearMonth wanted = settings.asOf(billed.at()).months().booking(billed.effectiveAt(), billed.at());
        Optional<Handover> over = Handover.wanted(counted, billed) ? Handover.ofUse(fact, running(fact)) : Optional.empty();
        if (over.isPresent()) {
            write(over.get().fact(), wanted, standing -> Ledger.book(standing, over.get(), billed, wanted), handedOn(over.get()));
        } else if (counted.leads(counted.then(billed))) {
            write(fact, wanted, standing -> Ledger.book(standing, counted, billed, wanted), Stream.empty());
        }
    }

    private void post(Fact fact, Counted counted) {
        Months months = settings.asOf(fact.at()).months();
        Optional<Handover> over = Handover.wanted(counted, fact) ? Handover.of(fact, counted, running(fact)) : Optional.empty();
        if (over.isPresent()) {
            write(over.get().fact(), over.get().counted(), months, months.booking(fact.effectiveAt(), fact.at()), handedOn(over.get()));
        } else if (counted.leads(counted.then(fact))) {
            write(fact, counted, months, months.booking(fact.effectiveAt(), fact.at()), Stream.empty());
        }
    }

    /** Nothing more is brought of the account from when it is held. */
    private List<Running> running(Fact fact) {
        ledger.held(fact.account(), fact.currency());
        return pasts.running(fact);
    }

    private Stream<Query> handedOn(Handover over) {
        return over.ended().stream().map(each -> ledger.handedOn(over.fact(), each));
    }

    private void write(Fact fact, Counted counted, Months months, YearMonth wanted, Stream<Query> more) {
        write(fact, wanted, standing -> Ledger.book(standing, counted, fact, Ledger.begins(standing, counted, fact) ? ledger.beside(fact, months) : Beside.NOTHING, wanted), more);
    }

    private void write(Fact fact, YearMonth wanted, Function<Standing, Booked> booking, Stream<Query> more) {
        Standing standing = ledger.held(fact.account(), fact.currency(), wanted);
        Booked booked = booking.apply(standing);
        ledger.write(fact, booked, Stream.concat(totals.upkeep(fact, standing, booked), more));
    }
}
