package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.revenue.Ledger.Counted;
import dev.headroom.subscription.SubscriptionChanged.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How a past ends: that of a currency when it is closed, and what was brought of an account and nothing takes over when somebody says so. */
@Service
class PastEnds {

    private final PastRepository pasts;
    private final LedgerRepository ledger;
    private final Bookings bookings;
    private final SettingsRepository settings;
    private final AuditEntries audit;
    private final InstantSource clock;

    PastEnds(PastRepository pasts, LedgerRepository ledger, Bookings bookings, SettingsRepository settings, AuditEntries audit, InstantSource clock) {
        this.pasts = pasts;
        this.ledger = ledger;
        this.bookings = bookings;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** False where it is closed already. Whoever brings something waits, and is waited for. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean close(Actor actor, Currency currency) {
        pasts.bringing(currency);
        boolean closed = pasts.close(currency, clock.instant(), actor.name());
        if (closed) {
            audit.created(actor, "closeRevenueHistory", null, "revenueHistory", currency, Map.of("currency", currency.getCurrencyCode()));
        }
        return closed;
    }

    /** Recorded as of now, and booked like everything that is heard of late; false where it ended on that day already. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean end(Actor actor, AccountId account, String subscription, LocalDate day) {
        PastFact last = pasts.of(account).stream().filter(past -> past.subscription().equals(subscription)).max(Comparator.comparing(PastFact::number))
                .orElseThrow(() -> HeadroomException.notFound("input.subscription", "Nothing was brought of the account under this name"));
        ledger.held(account, last.fact().currency());
        Instant now = clock.instant();
        ZoneId zone = settings.current().months().zone();
        Optional<Fact> ended = pasts.ended(account).stream().filter(fact -> fact.subscription().equals(last.fact().subscription())).findFirst();
        if (ended.isPresent() && ended.get().effectiveAt().atZone(zone).toLocalDate().equals(day)) {
            return false;
        }
        if (day.isBefore(last.starts()) || day.atStartOfDay(zone).toInstant().isAfter(now)) {
            throw HeadroomException.invalid("input.day", "Expected a day from " + last.starts() + " on that has come");
        }
        Counted counted = ledger.counted(account, last.fact().subscription()).orElse(Counted.NOTHING);
        if (counted.year().signum() == 0) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "input.subscription", "It counts no more: it was taken over, or has ended");
        }
        Fact fact = fact(last, counted.year(), day.atStartOfDay(zone).toInstant(), now);
        pasts.end(fact, actor.name());
        bookings.book(fact);
        audit.created(actor, "endRevenueHistory", account.value(), "revenueHistory", fact.subscription(), Map.of("subscription", subscription, "day", day.toString()));
        return true;
    }

    private static Fact fact(PastFact last, BigDecimal year, Instant effectiveAt, Instant now) {
        Fact past = last.fact();
        return new Fact(
                Ids.next(), past.account(), past.subscription(), past.product(), past.currency(), year, BigDecimal.ZERO, GrowthKind.CHURN, false, false, past.planAfter(), past.planAfter(),
                PastFact.ENDED, effectiveAt, now);
    }
}
