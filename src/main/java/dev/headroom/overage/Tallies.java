package dev.headroom.overage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.overage.UsageWindow.Look;
import dev.headroom.overage.UsageWindow.PricedLimit;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.usage.UsageCounter;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at what was used and notes how many units are to be charged for. Asks nobody but the database. */
@Service
class Tallies {

    static final Actor.System SELF = new Actor.System("overage");
    private static final int PAGE = 500;

    private final Usages usages;
    private final Entitlements entitlements;
    private final MeteredPrices prices;
    private final WindowRepository windows;
    private final DueRepository accounts;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Tallies(
            Usages usages, Entitlements entitlements, MeteredPrices prices, WindowRepository windows, DueRepository accounts,
            TransactionTemplate transaction, InstantSource clock) {
        this.usages = usages;
        this.entitlements = entitlements;
        this.prices = prices;
        this.windows = windows;
        this.accounts = accounts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param late how long ago a window may have ended and still be looked at */
    void count(Duration late) {
        Map<FeatureId, Feature> charged = prices.features().stream().collect(toMap(Feature::id, feature -> feature));
        if (charged.isEmpty()) {
            return;
        }
        Instant since = clock.instant().minus(late);
        List<UsageCounter> page = usages.windows(SELF, charged.keySet(), since, null, PAGE);
        while (!page.isEmpty()) {
            look(page, charged);
            page = page.size() < PAGE ? List.of() : usages.windows(SELF, charged.keySet(), since, page.getLast(), PAGE);
        }
    }

    private void look(List<UsageCounter> page, Map<FeatureId, Feature> charged) {
        Map<UsageWindow.Key, UsageWindow> known = windows.byKeys(page.stream().map(Tallies::key).toList());
        List<AccountId> users = page.stream().map(UsageCounter::account).distinct().toList();
        Map<AccountId, Map<FeatureId, Entitlement>> now = entitlements
                .check(SELF, users, charged.values().stream().map(Feature::key).toList(), 0).values().stream().flatMap(List::stream)
                .collect(groupingBy(Entitlement::account, toMap(answer -> answer.feature().id(), answer -> answer)));
        for (UsageCounter counter : page) {
            Optional<PricedLimit> terms = Optional.ofNullable(now.get(counter.account())).map(answers -> answers.get(counter.feature()))
                    .flatMap(this::terms);
            UsageWindow window = known.getOrDefault(key(counter), UsageWindow.unseen(counter.account(), counter.feature(), counter.window()));
            if (!look(window, counter, terms.orElse(null)).after().equals(window)) {
                transaction.executeWithoutResult(_ -> note(window, counter, terms.orElse(null)));
            }
        }
    }

    /** What use past the limit costs; nothing in a trial, nor where nothing is bought that could be billed. */
    private Optional<PricedLimit> terms(Entitlement answer) {
        return entitlements.subscriptions(SELF, answer.account()).stream().filter(subscription -> subscription.product().equals(answer.feature().product())).findFirst()
                .filter(subscription -> subscription.state() != SubscriptionState.TRIALING)
                .filter(_ -> answer.overage() != null && answer.limit() != null)
                .map(subscription -> new PricedLimit(Objects.requireNonNull(answer.limit()),
                        prices.id(answer.feature(), Objects.requireNonNull(answer.overage()).each(), subscription.interval())));
    }

    /** What was included in a window that has ended is what was at its last look. */
    private Look look(UsageWindow window, UsageCounter counter, @Nullable PricedLimit now) {
        if (counter.revision() < window.revision()) {
            return new Look(window, 0);
        }
        boolean ended = !window.window().until().isAfter(clock.instant());
        return window.look(counter.used(), counter.revision(), ended && !window.fresh() ? window.terms() : now);
    }

    /** Somebody else may have looked meanwhile. */
    private void note(UsageWindow unlocked, UsageCounter counter, @Nullable PricedLimit now) {
        UsageWindow window = windows.locked(unlocked);
        Look look = look(window, counter, now);
        windows.store(look.after());
        if (look.more() > 0) {
            windows.charge(window.key(), Objects.requireNonNull(look.after().terms()).price(), look.more(), clock.instant());
        } else if (look.more() < 0) {
            windows.takeBack(window.key(), -look.more());
        }
        if (look.more() != 0) {
            accounts.due(counter.account(), clock.instant());
        }
    }

    private static UsageWindow.Key key(UsageCounter counter) {
        return new UsageWindow.Key(counter.account(), counter.feature(), counter.window().from());
    }
}
