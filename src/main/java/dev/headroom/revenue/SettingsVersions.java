package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How the vendor wants its revenue told: set as a whole, each version kept. */
@Service
public class SettingsVersions {

    private static final int LONGEST_CLOSING = 27;

    private final SettingsRepository repository;
    private final AuditEntries audit;
    private final InstantSource clock;

    SettingsVersions(SettingsRepository repository, AuditEntries audit, InstantSource clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How the vendor wants its revenue told.
     *
     * @param version       0 where nothing was ever said
     * @param zone          in which months begin
     * @param closingDays   how many days after its end a month is closed; 0 to 27
     * @param reactivation  whether net retention counts what those bring who come back
     * @param priceIncrease whether net retention counts what rose in price alone
     * @param use           whether retention counts what use past limits brings, in what is paid at the start as well
     * @param setAt         absent where nothing was ever said
     * @param openFrom      the first month that was open when they were set: one that was closed is never opened again; absent where that was not noted
     */
    public record RevenueSettings(
            int version, ZoneId zone, int closingDays, boolean reactivation, boolean priceIncrease, boolean use, String setBy, @Nullable Instant setAt, @Nullable YearMonth openFrom) {

        static final RevenueSettings USUAL = new RevenueSettings(0, ZoneId.of("UTC"), 5, false, false, true, "", null, null);

        /** Whether what a movement brings is expansion: the kinds that are, and a price increase where it is to be counted. */
        public boolean expands(MovementKind kind) {
            return kind.expands() || kind == MovementKind.PRICE_INCREASE && priceIncrease;
        }

        /** Whether a month is closed: what is heard of it later is booked in another one. */
        public boolean closed(YearMonth month, Instant at) {
            return months().closed(month, at);
        }

        Months months() {
            return new Months(zone, closingDays, openFrom);
        }
    }

    /**
     * Replaces the settings: figures are told by them at once, movements booked by them from then on; what is booked stays where it is.
     *
     * @param version     that this replaces; 0 for the first
     * @param zone        IANA's name of a time zone
     * @param closingDays 0 to 27
     */
    public record SetRevenueSettings(int version, String zone, int closingDays, boolean reactivation, boolean priceIncrease, boolean use) {}

    /** What came of {@link SetRevenueSettings}. */
    public sealed interface SetRevenueSettingsResult {}

    public record RevenueSettingsSet(RevenueSettings settings) implements SetRevenueSettingsResult {}

    /** Somebody else has set others since. */
    public record RevenueSettingsMoved(RevenueSettings settings) implements SetRevenueSettingsResult {}

    public RevenueSettings current(Actor actor) {
        actor.requireEveryAccount(Permission.REVENUE);
        return repository.current();
    }

    /** @throws HeadroomException INVALID_INPUT, naming the field */
    @Transactional
    public SetRevenueSettingsResult set(Actor actor, SetRevenueSettings command) {
        RevenueSettings before = current(actor);
        Instant now = clock.instant();
        RevenueSettings after = new RevenueSettings(
                before.version() + 1, zone(command.zone()), (int) Check.between("input.closingDays", command.closingDays(), 0, LONGEST_CLOSING), command.reactivation(),
                command.priceIncrease(), command.use(), actor.name(), now, before.months().open(now));
        if (command.version() != before.version() || !repository.insert(after)) {
            return new RevenueSettingsMoved(repository.current());
        }
        audit.changed(actor, "setRevenueSettings", null, "revenueSettings", "vendor", before, after);
        return new RevenueSettingsSet(after);
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw HeadroomException.invalid("input.zone", "Expected the name of a time zone, such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }
}
