package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.UseResult.Consumed;
import dev.headroom.entitlement.UseResult.ReservationCommitted;
import dev.headroom.entitlement.UseResult.ReservationEnded;
import dev.headroom.entitlement.UseResult.ReservationReleased;
import dev.headroom.entitlement.UseResult.Reserved;
import dev.headroom.entitlement.UseResult.UseDenied;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.usage.Consumption;
import dev.headroom.usage.ConsumptionOutcome;
import dev.headroom.usage.ConsumptionOutcome.Denied;
import dev.headroom.usage.ConsumptionOutcome.Refused;
import dev.headroom.usage.ConsumptionOutcome.Taken;
import dev.headroom.usage.ConsumptionOutcome.TermsChanged;
import dev.headroom.usage.Consumptions;
import dev.headroom.usage.Reservation;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Checks and uses in one step, exact in the database: whatever this allows is within the limit that is in force at that instant. */
@Service
public class Uses {

    private static final int MOST_ATTEMPTS = 5;
    private static final long SHORTEST_HOLD = 1;
    private static final long USUAL_HOLD = Duration.ofMinutes(15).toSeconds();
    private static final long LONGEST_HOLD = Duration.ofDays(1).toSeconds();

    private final Accounts accounts;
    private final Catalog catalog;
    private final RememberedTerms terms;
    private final Consumptions consumptions;
    private final InstantSource clock;

    Uses(Accounts accounts, Catalog catalog, RememberedTerms terms, Consumptions consumptions, InstantSource clock) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.terms = terms;
        this.consumptions = consumptions;
        this.clock = clock;
    }

    /**
     * Asks to use something.
     *
     * @param idempotencyKey the caller's, unique in the account: it becomes the event's id
     * @param account        the vendor's key
     * @param feature        key of a feature that adds up events of its own
     * @param quantity       at least 1; absent is 1
     */
    public record Use(
            String idempotencyKey, @Nullable String account, String feature, @Nullable Long quantity, @Nullable Map<String, Object> properties) {}

    /**
     * Uses it now, or answers that it does not fit.
     *
     * @throws HeadroomException INVALID_INPUT for what could never be used, NOT_FOUND for an unknown account or feature
     */
    public UseResult consume(Actor actor, Use use) {
        return take(actor, use, null);
    }

    /**
     * Holds it back for a while, or answers that it does not fit.
     *
     * @param seconds 1 to 86,400; absent is 900
     * @throws HeadroomException INVALID_INPUT for what could never be used, NOT_FOUND for an unknown account or feature
     */
    public UseResult reserve(Actor actor, Use use, @Nullable Long seconds) {
        long hold = Check.between("input.expiresInSeconds", Optional.ofNullable(seconds).orElse(USUAL_HOLD), SHORTEST_HOLD, LONGEST_HOLD);
        return take(actor, use, Duration.ofSeconds(hold));
    }

    /** Knowledge of the limit that turns out to be old is read again: nothing was decided with it. */
    private UseResult take(Actor actor, Use use, @Nullable Duration hold) {
        Account account = accounts.commanded(actor, Permission.USAGE, "input.account", use.account());
        Feature feature = catalog.snapshot()
                .feature(use.feature())
                .orElseThrow(() -> HeadroomException.notFound("input.feature", "No feature has the key \"" + use.feature() + "\""));
        long quantity = Check.between("input.quantity", Optional.ofNullable(use.quantity()).orElse(1L), 1, Entitlements.MOST_REQUESTED);
        UsageEvent event = new UsageEvent(use.idempotencyKey(), account.key(), feature.key(), quantity, null, use.properties());
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Terms known = attempt == 0 ? terms.of(account.id()) : terms.current(account.id());
            ConsumptionOutcome outcome = consumptions.take(actor, new Consumption(event, known.live(), known::limit, known.version(), hold));
            if (!(outcome instanceof TermsChanged)) {
                return result(outcome, known, feature);
            }
        }
        throw HeadroomException.of(ErrorCode.CONFLICT, null, "What this account may use keeps changing; try again");
    }

    private UseResult result(ConsumptionOutcome outcome, Terms known, Feature feature) {
        return switch (outcome) {
            case Taken(UsageCounter counter, Reservation made, boolean repeated) -> {
                Entitlement now = answer(known, feature, counter, 0, clock.instant());
                yield made == null ? new Consumed(now, repeated) : new Reserved(made, now, repeated);
            }
            case Denied(Feature limiting, EffectiveLimit _, UsageCounter counter, long amount, Instant at) ->
                    new UseDenied(answer(known, limiting, counter, amount, at));
            case Refused(String field, String reason) -> throw HeadroomException.invalid(path(field), reason);
            case TermsChanged() -> throw new IllegalStateException("Nothing was decided");
        };
    }

    private static Entitlement answer(Terms known, Feature feature, UsageCounter counter, long requested, Instant at) {
        return known.answer(feature, counter, requested, at, at);
    }

    private static String path(String field) {
        return "input." + switch (field) {
            case "id" -> "idempotencyKey";
            case "meter" -> "feature";
            case String other -> other;
        };
    }

    /**
     * Records the use of what was held back; in the window in which it was.
     *
     * @param quantity 1 to what was reserved; absent is all of it
     * @throws HeadroomException NOT_FOUND for an unknown reservation
     */
    public UseResult commit(Actor actor, String reservation, @Nullable Long quantity) {
        UUID id = id(reservation);
        Reservation after = consumptions.commit(actor, id, quantity);
        long wanted = Optional.ofNullable(quantity).orElse(after.quantity());
        return after.state() == State.COMMITTED && after.committed() == wanted ? new ReservationCommitted(after) : new ReservationEnded(after);
    }

    /** @throws HeadroomException NOT_FOUND for an unknown reservation */
    public UseResult release(Actor actor, String reservation) {
        Reservation after = consumptions.release(actor, id(reservation));
        return after.state() == State.RELEASED ? new ReservationReleased(after) : new ReservationEnded(after);
    }

    private static UUID id(String reservation) {
        return Ids.parse(reservation).orElseThrow(() -> HeadroomException.notFound("input.reservation", "No such reservation"));
    }
}
