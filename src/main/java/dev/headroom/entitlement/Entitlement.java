package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.pricing.Rating;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may use a feature, and how things stand.
 *
 * @param requested how much more was asked for; 0 asks how things stand
 * @param allowed   whether what was requested fits
 * @param state     how things stand before it
 * @param limit     units included; absent when unlimited or not granted
 * @param policy    what happens past the limit; absent when unlimited or not granted
 * @param reserved  held back by open reservations, on top of what is used
 * @param remaining units left before the request; absent when unlimited
 * @param percent   used of included, whole percent rounded down; absent when unlimited
 * @param blocksAt  the most units that may be used in all as things stand, grace included; absent when nothing blocks, or nothing is granted
 * @param overage   what use beyond the included amount comes to so far; absent unless it is allowed at a price
 * @param resetsAt  when used starts again from zero; absent for what is held
 * @param setting   the value of a setting
 * @param source    the plan version that grants it, though another source may grant more; absent when no plan does
 * @param asOf      the instant from which everything that happened before is in the answer
 * @param sources   everything that grants it now, what decides first
 * @param degraded  whether nothing newer than {@code asOf} can be known, because the database cannot be reached
 * @param currency   in which the account is billed
 * @param validUntil when a grant that decides ends; absent while it has no end, or where something else decides
 */
public record Entitlement(
        AccountId account, Feature feature, long requested, boolean allowed, Decision.Reason reason, Decision.State state, @Nullable Long limit, Limit.@Nullable Policy policy, long used, long reserved,
        @Nullable Long remaining, @Nullable Long percent, @Nullable Instant graceUntil, @Nullable Long blocksAt, Rating.@Nullable Overage overage, @Nullable Instant resetsAt, @Nullable String setting,
        @Nullable PlanVersion source, Instant asOf, List<Given> sources, @Nullable Instant validUntil, boolean degraded, Currency currency) {

    public Entitlement {
        sources = List.copyOf(sources);
    }

    /**
     * What one source gives by itself.
     *
     * @param planVersion  of a plan
     * @param addOnVersion of an add-on
     * @param quantity     of an add-on, how many were bought
     * @param grant        of a grant
     * @param limit        units included, of an add-on by all that were bought; absent when unlimited
     * @param setting      the value of a setting
     */
    public record Given(
            Source.Kind kind, @Nullable PlanVersion planVersion, @Nullable PlanVersion addOnVersion, @Nullable Long quantity, @Nullable Grant grant,
            @Nullable Long limit, @Nullable String setting) {}

    /**
     * What to buy for more of it.
     *
     * @param seats how many of the plan to have, beside those of the add-ons that the account has; absent where the plan alone unlocks it
     */
    public record Unlocking(Plan plan, @Nullable Long seats) {}

    /**
     * The lowest plan on sale with which what was requested would be allowed, and that includes no fewer units; more seats where those are
     * sold one by one.
     */
    public Optional<Unlocking> unlockedBy(CatalogSnapshot known) {
        return Locks.unlocking(this, known);
    }

    Entitlement asLastKnown() {
        return new Entitlement(
                account, feature, requested, allowed, reason, state, limit, policy, used, reserved, remaining, percent, graceUntil, blocksAt, overage, resetsAt, setting, source, asOf,
                sources, validUntil, true, currency);
    }

    /** Whether anything grants it. */
    public boolean granted() {
        return !sources.isEmpty();
    }

    /** How much more is held than was bought, which it stays until so many are bought or let go; 0 while nothing is violated. */
    public long excess() {
        return Violation.of(this).map(Violation::excess).orElse(0L);
    }

    /** What the plan alone gives. */
    public Optional<Given> bought() {
        return sources.stream().filter(given -> given.kind() == Source.Kind.PLAN).findFirst();
    }
}
