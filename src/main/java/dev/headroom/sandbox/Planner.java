package dev.headroom.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Works out what changing a subscription bills and credits: the one place behind previews and updates alike. */
final class Planner {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Session session;
    private final Catalogue catalogue;
    private final Discounts discounts;

    Planner(Session session) {
        this.session = session;
        this.catalogue = new Catalogue(session);
        this.discounts = new Discounts(session);
    }

    Plan plan(ObjectNode subscription, Change change) {
        Instant at = change.at() == null ? session.now() : change.at();
        List<Item> before = Item.of(subscription);
        requireWithin(before, at);
        ObjectNode planned = subscription.deepCopy();
        if (change.discounts() != null) {
            discounts.replace(planned, change.discounts());
        }
        Map<String, Optional<Item>> wanted = wanted(before, change.items(), planned, at);
        requireOneInterval(planned, wanted);
        Context context = new Context(subscription, planned, before, wanted, change.proration(), at);
        return startsCycle(context, change) ? newCycle(context, change) : withinCycle(context);
    }

    /** One line for every item's period, discounted together; the items then owe exactly these lines. */
    List<Line> recurring(List<Item> items, List<Reduction> reductions) {
        List<List<Reduction.Share>> shares = Reduction.shares(items.stream().map(Item::base).toList(), reductions);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            lines.add(Line.recurring(item, item.period(), catalogue.recurring(item), item.fullAmount(), shares.get(i)));
        }
        return lines;
    }

    List<Line> trial(List<Item> items) {
        return items.stream().map(item -> Line.recurring(item, item.period(), catalogue.trial(item), 0, List.of())).toList();
    }

    /** The part of a first period that ends early, at a billing cycle anchor in the future. */
    List<Line> truncated(List<Item> items, List<Reduction> reductions, Instant anchor, Instant at) {
        List<List<Reduction.Share>> shares = Reduction.shares(items.stream().map(Item::base).toList(), reductions);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            lines.add(debit(items.get(i), net(items.get(i), shares.get(i)), anchor, at, reductions));
        }
        return lines;
    }

    /** What is given back when an item ends or changes. */
    List<Line> credits(ObjectNode subscription, Item item, List<Reduction> reductions, Instant at) {
        String when = DAY.format(at);
        if (isFlexible(subscription)) {
            return item.debits().stream().filter(debit -> debit.period().contains(at) && debit.net() != 0)
                    .map(debit -> Line.proration(item, debit.period().startingAt(at),
                            catalogue.unused(item, when, Reduction.describe(reductions)), -debit.period().remaining(debit.net(), at), debit))
                    .toList();
        }
        // Classic: from the current price and quantity, with the whole of a coupon on the item.
        long net = net(item, Reduction.shares(List.of(item.base()), reductions).getFirst());
        Span cycle = item.recurrence().around(Json.instant(subscription, "billing_cycle_anchor"), at);
        return List.of(Line.proration(item, item.period().startingAt(at),
                catalogue.unused(item, when, Reduction.describe(reductions)), -cycle.remaining(net, at), null));
    }

    private Plan newCycle(Context context, Change change) {
        Instant now = session.now();
        Instant trialEnd = change.trial() == null ? null : change.trial().end();
        List<Line> lines = new ArrayList<>();
        if (context.prorates()) {
            context.before.forEach(item -> lines.addAll(credits(context.current, item, context.reductionsBefore, context.at)));
        }
        Instant anchor = trialEnd == null ? now : trialEnd;
        List<Item> items = context.items().stream()
                .map(item -> item.during(trialEnd == null ? item.recurrence().around(anchor, now) : new Span(now, trialEnd))).toList();
        List<Line> due = trialEnd == null ? recurring(items, context.reductionsAfter) : trial(items);
        lines.addAll(due);
        Item.write(context.planned, owing(items, due));
        Json.put(context.planned, "billing_cycle_anchor", anchor);
        if (trialEnd != null) {
            context.planned.put("status", "trialing");
            Json.put(context.planned, "trial_start", now);
            Json.put(context.planned, "trial_end", trialEnd);
        } else if (isTrialing(context.planned)) {
            context.planned.put("status", "active");
            Json.put(context.planned, "trial_end", now);
        }
        return new Plan(context.planned, lines, context.at, true);
    }

    private Plan withinCycle(Context context) {
        List<Line> lines = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        Map<String, Long> nets = nets(context);
        context.wanted.forEach((id, wanted) -> {
            Optional<Item> old = context.before.stream().filter(item -> item.id().equals(id)).findFirst();
            boolean same = old.isPresent() && wanted.isPresent() && old.get().billsLike(wanted.get());
            if (same || !context.prorates()) {
                wanted.ifPresent(items::add);
                return;
            }
            old.ifPresent(item -> lines.addAll(credits(context.current, item, context.reductionsBefore, context.at)));
            wanted.ifPresent(item -> {
                Line debit = debit(item, nets.getOrDefault(id, 0L), Json.instant(context.planned, "billing_cycle_anchor"), context.at, context.reductionsAfter);
                lines.add(debit);
                items.add(item.owing(List.of(debit.debit())));
            });
        });
        Item.write(context.planned, items);
        boolean invoicesNow = context.proration == Change.ProrationBehavior.ALWAYS_INVOICE && !lines.isEmpty();
        return new Plan(context.planned, lines, context.at, invoicesNow);
    }

    private Line debit(Item item, long net, Instant anchor, Instant at, List<Reduction> reductions) {
        Span cycle = item.recurrence().around(anchor, at);
        return Line.proration(item, item.period().startingAt(at),
                catalogue.remaining(item, DAY.format(at), Reduction.describe(reductions)), cycle.remaining(net, at), null);
    }

    /** Full-period amounts net of discounts: allocated over all items in flexible billing, whole on each in classic. */
    private static Map<String, Long> nets(Context context) {
        List<Item> items = context.items();
        List<List<Reduction.Share>> together = Reduction.shares(items.stream().map(Item::base).toList(), context.reductionsAfter);
        Map<String, Long> nets = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            nets.put(item.id(), net(item, isFlexible(context.planned)
                    ? together.get(i) : Reduction.shares(List.of(item.base()), context.reductionsAfter).getFirst()));
        }
        return nets;
    }

    private static long net(Item item, List<Reduction.Share> shares) {
        return item.fullAmount() - shares.stream().mapToLong(Reduction.Share::amount).sum();
    }

    /** Makes each item owe its new line, and nothing else. */
    static List<Item> owing(List<Item> items, List<Line> lines) {
        return items.stream().map(item -> item.owing(lines.stream()
                .filter(line -> line.item().id().equals(item.id())).map(Line::debit).toList())).toList();
    }

    /** The items by id, in order: as they shall be, or empty when they go; added ones last. */
    private Map<String, Optional<Item>> wanted(List<Item> before, List<Change.ItemChange> changes, ObjectNode planned, Instant at) {
        Map<String, Optional<Item>> wanted = new LinkedHashMap<>();
        before.forEach(item -> wanted.put(item.id(), Optional.of(item)));
        for (Change.ItemChange change : changes) {
            if (change.id() == null) {
                Item added = added(change, planned, at);
                requireNew(wanted, added);
                wanted.put(added.id(), Optional.of(added));
            } else {
                Item old = wanted.getOrDefault(change.id(), Optional.empty()).orElseThrow(() -> StripeError.invalid("resource_missing",
                        change.parameter(), "No such subscription item: '" + change.id() + "'"));
                wanted.put(old.id(), change.deleted() ? Optional.empty() : Optional.of(changed(old, change, planned, at)));
            }
        }
        if (wanted.values().stream().allMatch(Optional::isEmpty)) {
            throw StripeError.invalid(null, "items", "A subscription must have at least one active plan. To cancel a subscription, please use the cancel API endpoint.");
        }
        return wanted;
    }

    private Item added(Change.ItemChange change, ObjectNode planned, Instant at) {
        if (change.price() == null) {
            throw StripeError.invalid("parameter_missing", change.parameter().replace("[id]", "[price]"), "Missing required param: items[price].");
        }
        ObjectNode price = catalogue.price(change.price(), change.parameter().replace("[id]", "[price]"), Json.required(planned, "currency"));
        Item item = new Item(Tokens.id("si"), session.now(), Metadata.of(change.metadata()), price,
                change.quantity() == null ? 1 : change.quantity(), new Span(at, at.plusSeconds(1)), List.of());
        return item.during(period(item, planned, at));
    }

    /** Stripe's rule: a new price makes the quantity 1 unless one is sent. */
    private Item changed(Item old, Change.ItemChange change, ObjectNode planned, Instant at) {
        boolean swapped = change.price() != null && !change.price().equals(old.priceId());
        ObjectNode price = swapped
                ? catalogue.price(String.valueOf(change.price()), change.parameter().replace("[id]", "[price]"), Json.required(planned, "currency"))
                : old.price();
        long quantity = change.quantity() != null ? change.quantity() : swapped ? 1 : old.quantity();
        Item item = old.with(price, quantity).with(Metadata.merged(old.metadata(), change.metadata()));
        return item.recurrence().equals(old.recurrence()) ? item : item.during(period(item, planned, at));
    }

    private static Span period(Item item, ObjectNode subscription, Instant at) {
        Instant trialEnd = Json.instantOrNull(subscription, "trial_end");
        return isTrialing(subscription) && trialEnd != null
                ? new Span(at, trialEnd)
                : item.recurrence().around(Json.instant(subscription, "billing_cycle_anchor"), at);
    }

    private static boolean startsCycle(Context context, Change change) {
        if (change.resetAnchor() || change.trial() != null) {
            return true;
        }
        // Classic billing resets the anchor by itself when the interval changes, or when a free price becomes a paid one.
        return !isFlexible(context.current) && !isTrialing(context.current) && context.before.stream().anyMatch(old ->
                context.wanted.getOrDefault(old.id(), Optional.empty()).filter(item -> !item.recurrence().equals(old.recurrence())
                        || isFree(old) && !isFree(item)).isPresent());
    }

    private static boolean isFree(Item item) {
        return item.price().path("unit_amount").isNumber() && Json.number(item.price(), "unit_amount") == 0;
    }

    static boolean isFlexible(ObjectNode subscription) {
        return "flexible".equals(Json.text(subscription.path("billing_mode"), "type"));
    }

    static boolean isTrialing(ObjectNode subscription) {
        return "trialing".equals(Json.text(subscription, "status"));
    }

    private static void requireWithin(List<Item> items, Instant at) {
        boolean within = items.stream().allMatch(item -> item.period().contains(at));
        if (!within) {
            throw StripeError.invalid(null, "proration_date", "Cannot specify `proration_date` outside of the current period.");
        }
    }

    private static void requireNew(Map<String, Optional<Item>> wanted, Item added) {
        wanted.values().stream().flatMap(Optional::stream).filter(item -> item.priceId().equals(added.priceId())).findFirst().ifPresent(item -> {
            throw StripeError.invalid(null, "items", "Cannot add multiple subscription items with the same plan: " + added.priceId());
        });
    }

    private static void requireOneInterval(ObjectNode subscription, Map<String, Optional<Item>> wanted) {
        long intervals = wanted.values().stream().flatMap(Optional::stream).map(Item::recurrence).distinct().count();
        if (intervals > 1 && !isFlexible(subscription)) {
            throw StripeError.invalid(null, "items", "Currently, all plans on a subscription must have the same `interval` and `interval_count`. "
                    + "Use billing_mode flexible for mixed intervals.");
        }
    }

    /** What the rules of one change look at. */
    private final class Context {
        private final ObjectNode current;
        private final ObjectNode planned;
        private final List<Item> before;
        private final Map<String, Optional<Item>> wanted;
        private final Change.@Nullable ProrationBehavior proration;
        private final Instant at;
        private final List<Reduction> reductionsBefore;
        private final List<Reduction> reductionsAfter;

        private Context(ObjectNode current, ObjectNode planned, List<Item> before, Map<String, Optional<Item>> wanted,
                Change.ProrationBehavior proration, Instant at) {
            this.current = current;
            this.planned = planned;
            this.before = before;
            this.wanted = wanted;
            this.proration = proration;
            this.at = at;
            this.reductionsBefore = discounts.active(current, at);
            this.reductionsAfter = discounts.active(planned, at);
        }

        private List<Item> items() {
            return wanted.values().stream().flatMap(Optional::stream).toList();
        }

        /** A trial is free: nothing in it is worth crediting or billing. */
        private boolean prorates() {
            return proration != Change.ProrationBehavior.NONE && !isTrialing(current);
        }
    }
}
