package dev.headroom.story;

import dev.headroom.Story;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.change.StartSubscription;
import dev.headroom.quote.Target;
import dev.headroom.start.RequestedStart;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may want of the catalogue that stories share, and what that gives.
 *
 * @param sweeps when somebody makes what has come due by then, the next one first
 */
record RandomStoriesWishes(Story story, SplittableRandom random, List<Instant> sweeps) {

    private static final List<String> PLANS = List.of("free", "starter", "team", "pro");
    private static final List<String> BY_SEAT = List.of("team", "pro");
    private static final List<String> OFFERS = List.of("fifth", "tenth-once", "ten-dollars", "half-once");
    /** Of the other product. */
    static final List<String> WALKS = List.of("walks", "hikes");
    static final String GUIDE = "guide";
    private static final List<String> OFFERS_OF_GUIDE = List.of("third", "quarter-once");

    /** What is not in the catalogue of every story is named after this one's all the same, for it lives as long. */
    static String key(Story story, String name) {
        return name + "-" + story.catalog();
    }

    private String key(String name) {
        return key(story, name);
    }

    StartSubscription start(String account, String idempotencyKey) {
        String plan = PLANS.get(random.nextInt(PLANS.size()));
        return new StartSubscription(
                idempotencyKey, account, null, story.key(plan), random.nextInt(4) == 0 ? Interval.YEAR : Interval.MONTH,
                BY_SEAT.contains(plan) ? Long.valueOf(random.nextInt(1, 30)) : null, random.nextInt(6) == 0 ? random.nextInt(1, 30) : null);
    }

    /** The same for a quote, which may take an offer. */
    RequestedStart quoted(StartSubscription wanted) {
        return new RequestedStart(String.valueOf(wanted.plan()), wanted.interval(), wanted.seats(), wanted.trialDays(), null, offer(OFFERS), null);
    }

    /** The other product, mostly with periods that end with those of what is there. */
    RequestedStart beside(AccountSubscription held) {
        boolean together = random.nextInt(4) > 0;
        return new RequestedStart(
                key(WALKS.get(random.nextInt(WALKS.size()))), random.nextInt(4) == 0 ? Interval.YEAR : Interval.MONTH, null,
                !together && random.nextInt(4) == 0 ? random.nextInt(1, 30) : null, together ? held.id().toString() : null, offer(OFFERS_OF_GUIDE), null);
    }

    private @Nullable String offer(List<String> offers) {
        return random.nextInt(6) == 0 ? key(offers.get(random.nextInt(offers.size()))) : null;
    }

    RequestedChange change(AccountSubscription held, CatalogSnapshot known) {
        boolean guide = known.product(held.product()).key().equals(key(GUIDE));
        return wanted(held, known, guide).ofProduct(guide ? key(GUIDE) : story.key("suite"));
    }

    private RequestedChange wanted(AccountSubscription held, CatalogSnapshot known, boolean guide) {
        if (random.nextInt(10) == 0) {
            RequestedChange early = random.nextBoolean()
                    ? RequestedChange.end(null, When.NOW)
                    : RequestedChange.end(null, held.period().until().plus(Duration.ofHours(random.nextInt(1, 1_500))));
            return random.nextInt(3) == 0 ? early : new RequestedChange(null, null, null, null, null, null, null, held.renews());
        }
        @Nullable String offer = offer(guide ? OFFERS_OF_GUIDE : OFFERS);
        if (offer != null && random.nextInt(3) == 0) {
            return timed(new RequestedChange(null, null, null, null, null, offer, null, null), held);
        }
        return guide ? ofGuide(held, offer) : ofSuite(held, known, offer);
    }

    private RequestedChange ofGuide(AccountSubscription held, @Nullable String offer) {
        @Nullable Interval interval = random.nextInt(4) == 0 ? Interval.values()[random.nextInt(2)] : null;
        return timed(new RequestedChange(null, key(WALKS.get(random.nextInt(WALKS.size()))), interval, null, null, offer, null, null), held);
    }

    private RequestedChange ofSuite(AccountSubscription held, CatalogSnapshot known, @Nullable String offer) {
        @Nullable String plan = random.nextInt(2) == 0 ? story.key(PLANS.get(random.nextInt(PLANS.size()))) : null;
        @Nullable Interval interval = random.nextInt(4) == 0 ? Interval.values()[random.nextInt(2)] : null;
        String ends = plan == null ? held.planVersion(known).plan().key() : plan;
        boolean sold = BY_SEAT.stream().anyMatch(name -> story.key(name).equals(ends));
        @Nullable Long seats = sold && random.nextInt(2) == 0 ? Long.valueOf(random.nextInt(1, 40)) : null;
        List<AddOnQuantity> addOns = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            addOns.add(new AddOnQuantity(story.key("seat-pack"), random.nextInt(0, 5)));
        }
        if (random.nextInt(4) == 0) {
            addOns.add(new AddOnQuantity(story.key("insights"), random.nextInt(0, 2)));
        }
        return timed(new RequestedChange(null, plan, interval, seats, addOns, offer, null, null), held);
    }

    private RequestedChange timed(RequestedChange wanted, AccountSubscription held) {
        int mind = random.nextInt(12);
        if (mind < 2) {
            return wanted.at(When.NOW);
        }
        if (mind < 4) {
            return wanted.at(When.PERIOD_END);
        }
        if (mind < 6) {
            return wanted.at(date(held));
        }
        return mind < 8 ? wanted.at(later()) : wanted;
    }

    /** Most of them not long before somebody makes them, for nobody does much later. */
    private Instant date(AccountSubscription held) {
        Instant now = story.world().clock().instant();
        long left = Math.max(1_000, Duration.between(now, held.period().until()).toSeconds());
        Instant soon = before(0);
        return random.nextInt(4) > 0 && soon.isAfter(now) ? soon : now.plusSeconds(random.nextLong(10, left + left / 10));
    }

    /** Mostly of a period that has not begun. */
    private Instant later() {
        Instant now = story.world().clock().instant();
        Instant before = before(random.nextInt(sweeps.size()));
        return random.nextInt(8) > 0 && before.isAfter(now) ? before : now.plusSeconds(random.nextLong(86_400, 86_400 * 410));
    }

    private Instant before(int sweep) {
        return sweeps.get(sweep).minusSeconds(random.nextLong(80_000));
    }

    /** Back to what a subscription is, at once. */
    RequestedChange backTo(AccountSubscription before, AccountSubscription now, CatalogSnapshot known) {
        Map<String, Long> addOns = new HashMap<>();
        now.addOns(known).forEach(item -> addOns.put(key(item.planVersion(), known), 0L));
        before.addOns(known).forEach(item -> addOns.put(key(item.planVersion(), known), item.quantity()));
        String plan = before.planVersion(known).plan().key();
        boolean sold = BY_SEAT.stream().anyMatch(name -> story.key(name).equals(plan));
        return new RequestedChange(
                known.product(before.product()).key(), plan, before.interval(), sold ? before.planItem().quantity() : null,
                addOns.entrySet().stream().map(each -> new AddOnQuantity(each.getKey(), each.getValue())).toList(), null, When.NOW, null);
    }

    private static String key(PlanVersionId version, CatalogSnapshot known) {
        return known.version(version).plan().key();
    }

    /** How much of each feature what was bought includes, worked out from the catalogue as a person would read it; -1 for a gate that is open. */
    Map<String, Long> included(Target bought) {
        Map<String, Long> included = new HashMap<>();
        bought.items().forEach(item -> {
            String name = item.version().plan().key().replaceFirst("-" + story.catalog() + "$", "");
            switch (name) {
                case "free" -> granted(included, 2, 100);
                case "starter" -> granted(included, 5, 1_000);
                case "team" -> granted(included, item.quantity(), 10_000);
                case "pro" -> {
                    granted(included, item.quantity(), 100_000);
                    included.put(story.key("sso"), -1L);
                }
                case "seat-pack" -> included.merge(story.key("seats"), 5 * item.quantity(), Long::sum);
                case "insights" -> included.put(story.key("insights"), -1L);
                case "walks", "hikes" -> included.put(key("tours"), -1L);
                case String other -> throw new AssertionError("Nobody sells " + other);
            }
        });
        return included;
    }

    private void granted(Map<String, Long> included, long seats, long calls) {
        included.merge(story.key("seats"), seats, Long::sum);
        included.put(story.key("calls"), calls);
    }
}
