package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.limits.Grace;
import dev.headroom.limits.Limit;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A feature given to one account for a time, beside what it bought.
 *
 * @param units      included each reset period; absent when unlimited, and for gates and settings
 * @param setting    the value of a setting
 * @param reason     one line for people
 * @param from       inclusive
 * @param until      exclusive; absent for good
 * @param givenBy    {@link dev.headroom.actor.Actor#name()}
 * @param revocation absent unless it was taken back
 */
public record Grant(
        UUID id, AccountId account, FeatureId feature, Kind kind, @Nullable Long units, @Nullable String setting, String reason, Instant from,
        @Nullable Instant until, String givenBy, Instant givenAt, @Nullable Revocation revocation) {

    /** Why somebody gives something away. */
    public enum Kind {
        /** To try it out; ends. */
        TRIAL,
        /** With a campaign; ends. */
        PROMOTION,
        /** For those who test what is not finished. */
        BETA,
        /** To make up for something, or to be kind. */
        COURTESY;

        boolean mayLastForGood() {
            return switch (this) {
                case BETA, COURTESY -> true;
                case TRIAL, PROMOTION -> false;
            };
        }
    }

    /** Where it is in its life. */
    public enum State {
        PENDING,
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    /** That it was taken back before its end. */
    public record Revocation(Instant at, String by, String reason) {}

    /** Where it is at an instant. */
    public State state(Instant now) {
        if (revocation != null) {
            return State.REVOKED;
        }
        if (until != null && !now.isBefore(until)) {
            return State.EXPIRED;
        }
        return now.isBefore(from) ? State.PENDING : State.ACTIVE;
    }

    /** When it came or will come to its end, exclusive; absent while it has none. */
    @Nullable Instant end() {
        boolean cut = revocation != null && (until == null || revocation.at().isBefore(until));
        return cut ? revocation.at() : until;
    }

    /** Whether it was in force at an instant, or is: never before somebody gave it, though it may say so. */
    boolean gave(Instant at) {
        Instant end = end();
        return !at.isBefore(from) && !at.isBefore(givenAt) && (end == null || at.isBefore(end));
    }

    Grant revoked(Revocation how) {
        return new Grant(id, account, feature, kind, units, setting, reason, from, until, givenBy, givenAt, how);
    }

    /** Past its units a grant blocks, unless the plan is kinder: then it goes on as there. */
    Limit limit(Feature what, Optional<Limit> bought) {
        if (units == null) {
            return Limit.unlimited();
        }
        return bought.filter(plan -> !plan.isUnlimited())
                .map(plan -> new Limit(units, plan.policy(), null, plan.grace(), plan.reset(), plan.overagePrice()))
                .orElseGet(() -> Limit.hard(units, Grace.NONE, what.reset()));
    }
}
