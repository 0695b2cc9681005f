package dev.headroom.usage;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.usage.AcceptedEvent.Share;
import dev.headroom.usage.ConsumptionOutcome.Refused;
import dev.headroom.usage.EventCheck.Checked;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Checks and records in one step: a hard limit is never passed, however many ask at once and wherever. Must not be called within a transaction. */
@Service
public class Consumptions {

    private static final int MOST_TOGETHER = 100;

    private final EventChecks checks;
    private final Takings takings;
    private final Holds holds;
    private final Commitments commitments;
    private final InstantSource clock;
    private final Gathering<Wish, ConsumptionOutcome> gathering;

    Consumptions(EventChecks checks, Takings takings, Holds holds, Commitments commitments, InstantSource clock, UsageProperties properties) {
        this.checks = checks;
        this.takings = takings;
        this.holds = holds;
        this.commitments = commitments;
        this.clock = clock;
        this.gathering = new Gathering<>(takings::take, _ -> 1, MOST_TOGETHER, properties.parallel());
    }

    public ConsumptionOutcome take(Actor actor, Consumption consumption) {
        actor.requireEveryAccount(Permission.USAGE);
        Checked checked = checks.forConsumption(consumption, clock.instant()).check(consumption.event());
        if (checked.rejected() instanceof UsageRejected(String _, String field, String reason)) {
            return new Refused(field, reason);
        }
        AcceptedEvent event = Objects.requireNonNull(checked.accepted());
        MeterRule rule = Objects.requireNonNull(event.meter().meter());
        if (!rule.aggregation().addsUp()) {
            return new Refused("meter", "Only what adds up can be taken from a limit; \"" + event.meter().key() + "\" is counted as " + rule.aggregation());
        }
        if (rule.property() != null && consumption.hold() != null) {
            return new Refused("meter", "\"" + event.meter().key() + "\" counts the property \"" + rule.property() + "\", of which no part could be committed; consume it instead");
        }
        Optional<Share> own = event.shares().stream().filter(share -> share.feature().equals(event.meter())).findFirst();
        if (own.isEmpty()) {
            return new Refused("properties", "\"" + event.meter().key() + "\" does not count events with these properties");
        }
        if (rule.aggregation() == Aggregation.COUNT && event.quantity() != 1) {
            return new Refused("quantity", "\"" + event.meter().key() + "\" counts events, each as one: leave the quantity out");
        }
        if (own.get().amount() == 0) {
            return new Refused("quantity", "Expected at least one unit");
        }
        return gathering.call(new Wish(consumption, consumption.hold() == null ? event : event.held(), own.get()));
    }

    /** @throws HeadroomException NOT_FOUND */
    public Reservation reservation(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.USAGE);
        return holds.byId(id).orElseThrow(() -> HeadroomException.notFound("input.reservation", "No such reservation"));
    }

    /**
     * Records the use of what was held back, in the window in which it was; the rest is free again.
     *
     * @param quantity 1 to what was reserved; absent for all of it
     * @return the reservation as it is now: unless it was open, as it had ended before
     * @throws HeadroomException NOT_FOUND
     */
    public Reservation commit(Actor actor, UUID id, @org.jspecify.annotations.Nullable Long quantity) {
        Reservation found = reservation(actor, id);
        long used = Check.between("input.quantity", Optional.ofNullable(quantity).orElse(found.quantity()), 1, found.quantity());
        return found.state() == State.OPEN && commitments.commit(found, used) ? found.ended(State.COMMITTED, used) : reservation(actor, id);
    }

    /**
     * Gives back what was held back.
     *
     * @return the reservation as it is now: unless it was open, as it had ended before
     * @throws HeadroomException NOT_FOUND
     */
    public Reservation release(Actor actor, UUID id) {
        Reservation found = reservation(actor, id);
        return found.state() == State.OPEN && holds.release(found) ? found.ended(State.RELEASED, 0) : reservation(actor, id);
    }
}
