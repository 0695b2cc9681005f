package dev.headroom.story;

import dev.headroom.Story;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.change.StartSubscription;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What somebody may want of the catalogue that stories share, and what that gives. */
record RandomStoriesWishes(Story story, SplittableRandom random) {

    private static final List<String> PLANS = List.of("free", "starter", "team", "pro");
    private static final List<String> BY_SEAT = List.of("team", "pro");
    static final List<String> OFFERS = List.of("fifth", "tenth-once", "ten-dollars", "half-once");

    StartSubscription start(String account, String idempotencyKey) {
        String plan = PLANS.get(random.nextInt(PLANS.size()));
        return new StartSubscription(
                idempotencyKey, account, null, story.key(plan), random.nextInt(4) == 0 ? Interval.YEAR : Interval.MONTH,
                BY_SEAT.contains(plan) ? Long.valueOf(random.nextInt(1, 30)) : null, random.nextInt(6) == 0 ? random.nextInt(1, 30) : null);
    }

    @Nullable String offer() {
        return random.nextInt(6) == 0 ? OFFERS.get(random.nextInt(OFFERS.size())) + "-" + story.catalog() : null;
    }

    RequestedChange change(AccountSubscription held, CatalogSnapshot known) {
        if (random.nextInt(10) == 0) {
            RequestedChange early = random.nextBoolean()
                    ? RequestedChange.end(null, When.NOW)
                    : RequestedChange.end(null, held.period().until().plus(Duration.ofHours(random.nextInt(1, 1_500))));
            return random.nextInt(3) == 0 ? early : new RequestedChange(null, null, null, null, null, null, null, held.renews());
        }
        @Nullable String offer = offer();
        if (offer != null && random.nextInt(3) == 0) {
            return new RequestedChange(null, null, null, null, null, offer, null, null);
        }
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
        @Nullable When when = random.nextInt(3) == 0 ? When.values()[random.nextInt(2)] : null;
        return new RequestedChange(null, plan, interval, seats, addOns, offer, when, null);
    }

    /** Back to what a subscription is, at once. */
    RequestedChange backTo(AccountSubscription before, AccountSubscription now, CatalogSnapshot known) {
        Map<String, Long> addOns = new HashMap<>();
        now.addOns(known).forEach(item -> addOns.put(key(item.planVersion(), known), 0L));
        before.addOns(known).forEach(item -> addOns.put(key(item.planVersion(), known), item.quantity()));
        String plan = before.planVersion(known).plan().key();
        boolean sold = BY_SEAT.stream().anyMatch(name -> story.key(name).equals(plan));
        return new RequestedChange(
                null, plan, before.interval(), sold ? before.planItem().quantity() : null,
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
