package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.entitlement.Entitlement.Given;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Demand;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.EffectiveLimit.Earlier;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.Rating.Overage;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Bought;
import dev.headroom.subscription.Bought.Granted;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one account may use, whatever it used: changes when something is bought, granted or ends.
 *
 * @param version the one that was in force before the rest was read, see {@link dev.headroom.usage.TermsVersions}
 */
record Terms(Account account, long version, List<Held> subscriptions, OtherSources others) {

    /** A subscription with the catalogue's side of it. */
    record Held(AccountSubscription subscription, List<Bought> bought) {

        /** What its plan and add-ons grant of a feature, the plan first. */
        List<Granted> granted(Feature feature) {
            return subscription.state().grants() ? bought.stream().flatMap(each -> each.granted(feature).stream()).toList() : List.of();
        }
    }

    List<AccountSubscription> live() {
        return subscriptions.stream().map(Held::subscription).toList();
    }

    EffectiveLimit limit(Feature feature, Instant at) {
        return ways(feature, at).limit();
    }

    private Ways ways(Feature feature, Instant at) {
        Ways now = granting(feature, at);
        return now.limit().limit().grace().days() == 0 ? now : now.after(earlier(feature, at));
    }

    /** What was included before each grant that has ended, as things stand otherwise: by that alone a limit falls with nobody noting it. */
    private List<Earlier> earlier(Feature feature, Instant at) {
        return others.ends(feature, at).stream()
                .map(end -> new Earlier(granting(feature, end.minus(1, ChronoUnit.MICROS)).limit().limit().included(), end))
                .toList();
    }

    /** Everything that grants a feature at an instant: whatever begins or ends is decided by the clock. */
    private Ways granting(Feature feature, Instant at) {
        List<Granted> bought = granted(feature);
        Optional<Limit> plan = plan(bought).map(Granted::limit);
        List<Grant> given = others.active(feature, at);
        boolean runs = held(feature).filter(each -> each.subscription().state().grants()).isPresent();
        List<Ways.Way> ways = new ArrayList<>(1);
        bought.forEach(each -> ways.add(Ways.Way.of(each)));
        if (runs && others.unlocked().contains(feature.id())) {
            ways.add(Ways.Way.open(Source.Kind.UNLOCK, feature));
        }
        if (runs && others.rolledOut().contains(feature.id())) {
            ways.add(Ways.Way.open(Source.Kind.ROLL_OUT, feature));
        }
        given.forEach(grant -> ways.add(Ways.Way.of(grant, feature, plan)));
        return Ways.of(feature, ways);
    }

    private List<Granted> granted(Feature feature) {
        return held(feature).map(each -> each.granted(feature)).orElse(List.of());
    }

    private static Optional<Granted> plan(List<Granted> bought) {
        return bought.stream().filter(each -> each.version().plan().tier()).findFirst();
    }

    private Optional<Held> held(Feature feature) {
        return subscriptions.stream().filter(each -> each.subscription().product().equals(feature.product())).findFirst();
    }

    Period window(Feature feature, Instant at) {
        Period billing = held(feature).map(each -> each.subscription().periodHolding(at)).orElseGet(() -> Reset.calendarMonth(at, account.zone()));
        return feature.reset().window(at, account.zone(), billing);
    }

    /** Whether the account has anything to do with a feature: it has the product, or is granted the feature itself. */
    boolean concerns(Feature feature, Instant at) {
        return held(feature).isPresent() || !others.active(feature, at).isEmpty();
    }

    /** The subscription that grants a product's features. */
    @Nullable AccountSubscription subscriptionFor(Feature feature) {
        return held(feature).map(Held::subscription).orElse(null);
    }

    private static @Nullable Overage overage(Limit limit, UsageCounter counter) {
        UnitPrice each = limit.overagePrice();
        Long included = limit.included();
        return each == null || included == null ? null : new Overage(Math.max(0, counter.used() - included), each);
    }

    /**
     * How things stand with what was used, and whether more would fit.
     *
     * @param asOf when the counter was read
     */
    Entitlement answer(Feature feature, UsageCounter counter, long requested, Instant at, Instant asOf) {
        Ways ways = ways(feature, at);
        EffectiveLimit limit = ways.limit();
        Optional<Given> winner = ways.given().stream().findFirst();
        long taken = Math.addExact(counter.used(), counter.reserved());
        Decision standing = Decision.on(limit, new Demand(taken, 0, at, counter.passedAt()));
        Decision asked = feature.counted() ? Decision.on(limit, new Demand(taken, requested, at, counter.passedAt())) : standing;
        Decision used = counter.reserved() == 0 ? standing : Decision.on(limit, new Demand(counter.used(), 0, at, counter.passedAt()));
        boolean resets = feature.reset() != Reset.NEVER && feature.reset() != Reset.ROLLING;
        return new Entitlement(
                account.id(), feature, requested, asked.allowed(), asked.reason(), standing.state(), limit.isGranted() ? limit.limit().included() : null,
                limit.isGranted() && !limit.limit().isUnlimited() ? limit.limit().policy() : null,
                counter.used(), counter.reserved(), standing.remaining(), used.usedPercent(), asked.graceUntil(), standing.blocksAt(), overage(limit.limit(), counter), resets ? window(feature, at).until() : null,
                winner.map(Given::setting).orElse(null), plan(granted(feature)).map(Granted::version).orElse(null), asOf, ways.given(),
                winner.map(Given::grant).map(Grant::until).orElse(null), false, account.currency());
    }
}
