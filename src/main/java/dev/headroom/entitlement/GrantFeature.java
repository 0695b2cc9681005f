package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives an account a feature for a time.
 *
 * @param account   the vendor's key
 * @param feature   key
 * @param units     of what is counted, each reset period; that or {@code unlimited}
 * @param unlimited absent is false
 * @param setting   the value of a setting
 * @param from      absent is now
 * @param until     exclusive; may be absent for BETA and COURTESY
 */
public record GrantFeature(
        String idempotencyKey, @Nullable String account, String feature, Grant.Kind kind, @Nullable Long units, @Nullable Boolean unlimited,
        @Nullable String setting, String reason, @Nullable Instant from, @Nullable Instant until) {

    private static final Period LONGEST_BACK = Period.ofYears(1);
    private static final Period LONGEST_AHEAD = Period.ofYears(10);

    /** @throws HeadroomException INVALID_INPUT for what cannot be given, or not for such a time */
    Grant grant(UUID id, Account to, Feature what, Actor by, Instant now) {
        if (what.seats()) {
            throw HeadroomException.invalid("input.feature", "Seats are bought, not granted: \"" + what.key() + "\" is what members hold");
        }
        Instant begins = within("input.from", Objects.requireNonNullElse(from, now), now);
        return new Grant(
                id, to.id(), what.id(), kind, included(what), value(what), Check.text("input.reason", reason), begins, end(begins, now), by.name(), now, null);
    }

    private @Nullable Long included(Feature what) {
        boolean boundless = Boolean.TRUE.equals(unlimited);
        if (!what.counted()) {
            refuse(units != null, "input.units", "A " + what.kind() + " has no units");
            refuse(boundless, "input.unlimited", "A " + what.kind() + " has no units");
            return null;
        }
        if (boundless) {
            refuse(units != null, "input.units", "Either so many units or unlimited, not both");
            return null;
        }
        return Check.between("input.units", Check.present("input.units", units), 1, Entitlements.MOST_REQUESTED);
    }

    private @Nullable String value(Feature what) {
        if (what.kind() == FeatureKind.SETTING) {
            return Check.text("input.setting", Check.present("input.setting", setting));
        }
        refuse(setting != null, "input.setting", "Only a SETTING has a value, \"" + what.key() + "\" is a " + what.kind());
        return null;
    }

    private @Nullable Instant end(Instant begins, Instant now) {
        if (until == null) {
            refuse(!kind.mayLastForGood(), "input.until", "A " + kind + " ends; only BETA and COURTESY may last for good");
            return null;
        }
        refuse(!until.isAfter(now), "input.until", "Expected an instant after now, " + now);
        refuse(!until.isAfter(begins), "input.until", "Expected an instant after it begins, " + begins);
        return within("input.until", until, now);
    }

    /** As exactly as the database keeps it. */
    private static Instant within(String field, Instant at, Instant now) {
        Instant first = now.atZone(ZoneOffset.UTC).minus(LONGEST_BACK).toInstant();
        Instant last = now.atZone(ZoneOffset.UTC).plus(LONGEST_AHEAD).toInstant();
        refuse(at.isBefore(first) || at.isAfter(last), field, "Expected an instant from a year ago to ten years from now");
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static void refuse(boolean wrong, String field, String message) {
        if (wrong) {
            throw HeadroomException.invalid(field, message);
        }
    }
}
