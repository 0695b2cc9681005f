package dev.headroom.revenue;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.revenue.PastFacts.Made;
import dev.headroom.revenue.PastFacts.Step;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings what accounts paid before anything was recorded of them into the ledger: an account whole or not at all, and never twice. What is recorded of it later goes on
 * where that ends. For whoever may see REVENUE; what was brought cannot be taken back, so that whoever brings or closes may ADMIN too.
 */
@Service
public class RevenueHistories {

    private static final Actor.System SELF = new Actor.System("revenue");
    /** Whoever is not there yet has no history to compare with. */
    private static final AccountId NOBODY = new AccountId(new UUID(0, 0));

    private final LedgerRepository ledger;
    private final PastRepository pasts;
    private final Bookings bookings;
    private final SettingsRepository settings;
    private final Subscriptions subscriptions;
    private final PastEnds ends;
    private final InstantSource clock;

    RevenueHistories(
            LedgerRepository ledger, PastRepository pasts, Bookings bookings, SettingsRepository settings, Subscriptions subscriptions, PastEnds ends, InstantSource clock) {
        this.ledger = ledger;
        this.pasts = pasts;
        this.bookings = bookings;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.ends = ends;
        this.clock = clock;
    }

    /**
     * What was paid for one subscription from a day on.
     *
     * @param line         that says so, from 1
     * @param subscription a name for it, the same as long as it runs
     * @param planKey      the plan's; {@code plan} is a version of it
     * @param year         twelve months in minor units, exact; zero where it ended
     * @param kind         why; absent where plan and seats tell
     */
    public record PastState(
            int line, String subscription, ProductId product, PlanVersionId plan, String planKey, @Nullable Long seats, BigDecimal year, @Nullable MovementKind kind,
            LocalDate from) {}

    /** What came, or would come, of an account's past. */
    public sealed interface Placing {}

    /** @param movements none where all of it was brought before */
    public record Placed(List<RevenueMovement> movements) implements Placing {}

    /** Nothing of the account is booked. */
    public record NotPlaced(int line, Obstacle obstacle) implements Placing {}

    /** Why something cannot be brought. */
    public enum Obstacle {
        /** Subscriptions of the account were recorded already, and a start that is booked stays where it is. */
        RECORDED,
        /** It does not lie behind what was brought of the account before, and is not the same. */
        OVERLAPS,
        /** Its month is closed. */
        MONTH_CLOSED,
        /** It has not begun yet. */
        IN_FUTURE,
        /** The name of the subscription stands for another product or currency of the account. */
        NAMES_ANOTHER,
        /** Another subscription of the product runs already: one that is taken in could go on with one of them only. */
        RUNS_TWICE,
        /** More is paid, and the kind says less; or the other way. */
        KIND_CONTRADICTS
    }

    /** Into which months something may be brought. */
    public record Open(boolean closed, @Nullable YearMonth recordedSince) {

        /** Whether a past may still be brought into a month, however long that is over. */
        boolean into(YearMonth month) {
            return !closed && (recordedSince == null || month.isBefore(recordedSince));
        }
    }

    /**
     * What was brought and still counts, although something else of its account was recorded since, so that no history ends it.
     *
     * @param subscription the name that it was brought under
     * @param plan         key of its plan
     * @param since        the first day on which that was paid
     */
    public record LeftOver(AccountId account, String subscription, ProductId product, String plan, LocalDate since, Money mrr) {}

    /** A place in the order of what is left over. */
    public record LeftOverPlace(AccountId account, String subscription) {}

    /** How far a currency's past is open; read once for many accounts, for it looks at the whole ledger. */
    public Open open(Currency currency) {
        return pasts.open(currency);
    }

    /**
     * What would come of it; writes nothing.
     *
     * @param account absent for one that is not there yet
     * @param states  of all subscriptions of the account, in the order of time
     */
    public Placing imagine(Actor actor, @Nullable AccountId account, Currency currency, Open open, List<PastState> states) {
        actor.requireEveryAccount(Permission.REVENUE);
        Months months = settings.current().months();
        Made made = made(account, currency, months, states, "");
        return obstacle(account, open, months, made).map(Placing.class::cast).orElseGet(() -> new Placed(reckoned(account, months, made.steps())));
    }

    /**
     * Books it, in the transaction of the caller's; whether the past is closed is asked again, for somebody may have closed it since.
     *
     * @param run what it came with, for the movements' cause
     */
    @Transactional
    public Placing bring(Actor actor, AccountId account, Currency currency, Open open, List<PastState> states, UUID run) {
        actor.requireEveryAccount(Permission.ADMIN);
        Placing imagined = imagine(actor, account, currency, open, states);
        Months months = settings.current().months();
        if (!(imagined instanceof Placed(List<RevenueMovement> wanted)) || wanted.isEmpty() && made(account, currency, months, states, "").steps().isEmpty()) {
            return imagined;
        }
        boolean first = ledger.begin(account);
        ledger.held(account, currency);
        pasts.bringing(currency);
        Open now = new Open(open.closed() || pasts.closed(currency), open.recordedSince());
        Made made = made(account, currency, months, states, PastFact.cause(run));
        Optional<NotPlaced> obstacle = obstacle(account, now, months, made);
        if (obstacle.isPresent()) {
            if (first) {
                ledger.forget(account);
            }
            return obstacle.get();
        }
        List<RevenueMovement> movements = reckoned(account, months, made.steps());
        made.steps().forEach(step -> {
            pasts.insert(step.past());
            bookings.bring(step.past().fact());
        });
        return new Placed(movements);
    }

    /** Closes the months of a currency before anything was recorded, for good; false where they are. Whoever brings something waits, and is waited for. */
    @Transactional
    public boolean close(Actor actor, Currency currency) {
        actor.requireEveryAccount(Permission.REVENUE);
        actor.requireEveryAccount(Permission.ADMIN);
        return ends.close(actor, currency);
    }

    /**
     * What is left over, in the order of accounts.
     *
     * @param after the last one of the page before
     */
    public List<LeftOver> leftOver(Actor actor, @Nullable LeftOverPlace after, int most) {
        actor.requireEveryAccount(Permission.REVENUE);
        return pasts.leftOver(after, most);
    }

    /**
     * Ends what was brought and nothing takes over. That is recorded, and moves revenue in the month of its day, or in the first that is open; false where it ended on that day already.
     *
     * @param subscription the name that it was brought under
     * @param day          the first on which it was not paid any more
     * @throws HeadroomException NOT_FOUND; INVALID_INPUT for a day before it began or that has not come; CONFLICT where it counts no more
     */
    @Transactional
    public boolean end(Actor actor, AccountId account, String subscription, LocalDate day) {
        actor.requireEveryAccount(Permission.REVENUE);
        actor.requireEveryAccount(Permission.ADMIN);
        return ends.end(actor, account, subscription, day);
    }

    private Made made(@Nullable AccountId account, Currency currency, Months months, List<PastState> states, String cause) {
        List<PastFact> known = account == null ? List.of() : pasts.of(account);
        return new PastFacts(Objects.requireNonNullElse(account, NOBODY), currency, months, clock.instant(), cause, known).of(states);
    }

    private Optional<NotPlaced> obstacle(@Nullable AccountId account, Open open, Months months, Made made) {
        if (made.steps().isEmpty()) {
            return Optional.ofNullable(made.obstacle());
        }
        if (account != null && (!subscriptions.history(SELF, account).isEmpty() || !pasts.ended(account).isEmpty())) {
            return Optional.of(new NotPlaced(made.steps().getFirst().line(), Obstacle.RECORDED));
        }
        return made.steps().stream().flatMap(step -> obstacle(step, open, months).stream()).findFirst().or(() -> Optional.ofNullable(made.obstacle()));
    }

    private Optional<NotPlaced> obstacle(Step step, Open open, Months months) {
        Instant now = clock.instant();
        YearMonth month = YearMonth.from(step.past().starts());
        if (step.past().fact().effectiveAt().isAfter(now)) {
            return Optional.of(new NotPlaced(step.line(), Obstacle.IN_FUTURE));
        }
        return open.into(month) || !months.closed(month, now) ? Optional.empty() : Optional.of(new NotPlaced(step.line(), Obstacle.MONTH_CLOSED));
    }

    private List<RevenueMovement> reckoned(@Nullable AccountId account, Months months, List<Step> steps) {
        Reckoning reckoning = new Reckoning();
        if (account != null) {
            pasts.of(account).forEach(past -> reckoning.bring(past, settings.asOf(past.fact().at()).months()));
        }
        return steps.stream().flatMap(step -> reckoning.bring(step.past(), months).stream()).toList();
    }
}
