package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Works out what changing a subscription bills and credits: the one place behind previews and updates alike. */
final class Planner {

    private final Session session;
    private final Catalogue catalogue;
    private final Discounts discounts;
    private final Charges charges;
    private final Metering metering;

    Planner(Session session) {
        this(session, new Catalogue(session));
    }

    Planner(Session session, Catalogue catalogue) {
        this.session = session;
        this.catalogue = catalogue;
        this.discounts = new Discounts(session);
        this.charges = new Charges(session);
        this.metering = new Metering(session);
    }

    Plan plan(ObjectNode subscription, Change change) {
        Instant at = change.at() == null ? session.now() : change.at();
        List<Item> before = Item.of(subscription);
        if (change.at() != null) {
            requireWithin(before, at);
        }
        ObjectNode planned = subscription.deepCopy();
        Map<String, Optional<Item>> wanted = wanted(before, change.items(), planned, at);
        if (change.discounts() != null) {
            discounts.replace(planned, wanted.values().stream().flatMap(Optional::stream).toList(), change.discounts());
        }
        requireOneInterval(planned, wanted);
        Cutoff cutoff = new Cutoff(planned);
        wanted.replaceAll((_, item) -> item.map(each -> each.period().contains(at) ? cutoff.of(each) : each));
        Context context = new Context(subscription, planned, before, wanted, change.proration(), at);
        return startsCycle(context, change) ? newCycle(context, change) : withinCycle(context);
    }

    private Plan newCycle(Context context, Change change) {
        Instant now = session.now();
        Instant trialEnd = change.trial() == null ? null : change.trial().end();
        List<Line> lines = new ArrayList<>();
        if (context.prorates()) {
            context.before.forEach(item -> lines.addAll(credits(context, item)));
        }
        lines.addAll(metering.lines(context.current, context.before.stream(), now));
        Instant anchor = trialEnd == null ? now : trialEnd;
        List<Item> items = context.items().stream()
                .map(item -> item.during(trialEnd == null ? item.recurrence().around(anchor, now) : new Span(now, trialEnd))).toList();
        Json.put(context.planned, "billing_cycle_anchor", anchor);
        List<Line> due = trialEnd == null ? new Cutoff(context.planned).begin(charges, Item.licensed(items), context.reductionsAfter)
                : charges.trial(Item.licensed(items));
        lines.addAll(due);
        Item.write(context.planned, owing(items, due));
        if (trialEnd != null) {
            if (!isTrialing(context.planned)) {
                context.planned.put("status", "trialing").put("trial_start", now.getEpochSecond());
            }
            Json.put(context.planned, "trial_end", trialEnd);
        } else if (isTrialing(context.planned)) {
            context.planned.put("status", "active");
            Json.put(context.planned, "trial_end", now);
        }
        boolean leavesWaiting = !isFlexible(context.current) && context.proration == Change.ProrationBehavior.ALWAYS_INVOICE;
        return new Plan(context.planned, lines, context.at, true, !leavesWaiting);
    }

    private Plan withinCycle(Context context) {
        List<Line> lines = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        context.wanted.forEach((id, wanted) -> {
            Optional<Item> old = context.before.stream().filter(item -> item.id().equals(id)).findFirst();
            boolean same = old.isPresent() && wanted.isPresent() && old.get().billsLike(wanted.get())
                    && old.get().period().equals(wanted.get().period());
            if (isFlexible(context.current) && wanted.filter(item -> item.priceId().equals(old.map(Item::priceId).orElse(""))).isEmpty()) {
                lines.addAll(metering.parting(context.current, old, session.now()));
            }
            if (same || !context.prorates()) {
                wanted.ifPresent(items::add);
                return;
            }
            old.ifPresent(item -> lines.addAll(credits(context, item)));
            wanted.ifPresent(item -> {
                if (item.metered() || !item.period().until().isAfter(context.at)) {
                    items.add(item);
                    return;
                }
                Line debit = debit(context, item);
                lines.add(debit);
                items.add(debit.item().owing(List.of(debit.debit())));
            });
        });
        Item.write(context.planned, items);
        boolean invoicesNow = context.proration == Change.ProrationBehavior.ALWAYS_INVOICE && !lines.isEmpty();
        return new Plan(context.planned, lines, context.at, invoicesNow, true);
    }

    /** Of a period that ends at this very second, as one does where a schedule's phase begins, nothing is left to give back. */
    private List<Line> credits(Context context, Item item) {
        return !item.metered() && item.period().contains(context.at) ? charges.credits(context.current, item, context.reductionsBefore, context.at) : List.of();
    }

    private Line debit(Context context, Item item) {
        Instant anchor = Json.instant(context.planned, "billing_cycle_anchor");
        boolean newInterval = context.before.stream()
                .anyMatch(old -> old.id().equals(item.id()) && !old.recurrence().equals(item.recurrence()));
        Item during = newInterval ? new Cutoff(context.planned).of(item.during(item.recurrence().around(anchor, context.at))) : item;
        Priced priced = isFlexible(context.planned)
                ? context.reductionsAfter.allocated(context.items()).get(item.id())
                : context.reductionsAfter.whole(item);
        return charges.debit(context.planned, during, Objects.requireNonNull(priced), context.at, context.reductionsAfter);
    }

    /** Makes each item owe its new line, and nothing else; its period is the one that the line bills. */
    static List<Item> owing(List<Item> items, List<Line> lines) {
        return items.stream().map(item -> {
            List<Line> own = lines.stream().filter(line -> line.item().id().equals(item.id())).toList();
            return (own.isEmpty() ? item : own.getLast().item()).owing(own.stream().map(Line::debit).toList());
        }).toList();
    }

    /** The items by id, in order: as they shall be, or empty when they go; added ones last. */
    private Map<String, Optional<Item>> wanted(List<Item> before, List<Change.ItemChange> changes, ObjectNode planned, Instant at) {
        Map<String, Optional<Item>> wanted = new LinkedHashMap<>();
        before.forEach(item -> wanted.put(item.id(), Optional.of(item)));
        for (Change.ItemChange change : changes) {
            if (change.id() == null) {
                Item added = added(change, before, planned, at);
                requireNew(wanted, added);
                wanted.put(added.id(), Optional.of(added));
            } else {
                Item old = wanted.getOrDefault(change.id(), Optional.empty()).orElseThrow(() -> StripeError.invalid("resource_missing",
                        change.parameter(), "No such subscription item: '" + change.id() + "'"));
                wanted.put(old.id(), change.deleted() ? Optional.empty() : Optional.of(changed(old, change, planned)));
            }
        }
        Item.requireNotTooMany(wanted.values().stream().filter(Optional::isPresent).count());
        if (wanted.values().stream().allMatch(Optional::isEmpty)) {
            throw StripeError.invalid(null, "items",
                    "A subscription must have at least one active plan. To cancel a subscription, please use the cancel API endpoint.");
        }
        return wanted;
    }

    private Item added(Change.ItemChange change, List<Item> before, ObjectNode planned, Instant at) {
        String parameter = change.parameter().replace("[id]", "[price]");
        if (change.price() == null) {
            throw StripeError.invalid("parameter_missing", parameter, "Missing required param: " + parameter + ".");
        }
        ObjectNode price = catalogue.price(change.price(), parameter, Json.required(planned, "currency"));
        Item item = new Item(Tokens.id("si"), session.now(), Metadata.of(change.metadata()), price,
                Item.added(price, change.quantity(), change.parameter().replace("[id]", "[quantity]")), new Span(at, at.plusSeconds(1)), List.of(), List.of());
        return discounts.replace(planned, item.during(period(item, before, planned, at)), change.discounts());
    }

    /** Stripe's rule: a new price makes the quantity 1 unless one is sent. */
    private Item changed(Item old, Change.ItemChange change, ObjectNode planned) {
        boolean swapped = change.price() != null && !change.price().equals(old.priceId());
        ObjectNode price = swapped
                ? catalogue.price(String.valueOf(change.price()), change.parameter().replace("[id]", "[price]"),
                        Json.required(planned, "currency"))
                : old.price();
        long quantity = swapped || change.quantity() != null
                ? Item.added(price, change.quantity(), change.parameter().replace("[id]", "[quantity]")) : old.quantity();
        Item item = old.with(price, quantity).with(Metadata.merged(old.metadata(), change.metadata()));
        return discounts.replace(planned, item, change.discounts());
    }

    /** An added item joins those that bill as often; alone with its interval, it counts from the anchor. */
    private static Span period(Item added, List<Item> before, ObjectNode subscription, Instant at) {
        Instant trialEnd = Json.instantOrNull(subscription, "trial_end");
        if (isTrialing(subscription) && trialEnd != null) {
            return new Span(at, trialEnd);
        }
        return before.stream().filter(item -> item.recurrence().equals(added.recurrence())).map(Item::period).findFirst()
                .orElseGet(() -> counted(added, before, Json.instant(subscription, "billing_cycle_anchor"), at));
    }

    /** Where others are renewed at this second and the item's own period begins with it, the renewal bills it too. */
    private static Span counted(Item added, List<Item> before, Instant anchor, Instant at) {
        Span counted = added.recurrence().around(anchor, at);
        boolean renews = before.stream().anyMatch(item -> item.period().until().equals(at)) && counted.from().equals(at);
        return renews ? added.recurrence().around(anchor, at.minusSeconds(1)) : counted;
    }

    private static boolean startsCycle(Context context, Change change) {
        if (change.trial() != null || change.resetAnchor() && !isTrialing(context.current)) {
            return true;
        }
        // Classic billing resets the anchor by itself when the interval changes, or when a free price becomes a paid one.
        return !isFlexible(context.current) && !isTrialing(context.current) && (changesInterval(context) || context.before.stream().anyMatch(old ->
                context.wanted.getOrDefault(old.id(), Optional.empty()).filter(item -> isFree(old) && !isFree(item)).isPresent()));
    }

    private static boolean changesInterval(Context context) {
        List<Recurrence> before = context.before.stream().map(Item::recurrence).toList();
        return context.items().stream().anyMatch(item -> !before.contains(item.recurrence()));
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
        if (wanted.values().stream().flatMap(Optional::stream).anyMatch(item -> item.priceId().equals(added.priceId()))) {
            throw StripeError.invalid(null, "items", "Cannot add multiple subscription items with the same plan: " + added.priceId());
        }
    }

    private static void requireOneInterval(ObjectNode subscription, Map<String, Optional<Item>> wanted) {
        long intervals = wanted.values().stream().flatMap(Optional::stream).map(Item::recurrence).distinct().count();
        if (intervals > 1 && !isFlexible(subscription)) {
            throw StripeError.invalid(null, "items", "Currently, all plans on a subscription must have the same `interval` and "
                    + "`interval_count`. Use billing_mode flexible for mixed intervals.");
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
        private final Reductions reductionsBefore;
        private final Reductions reductionsAfter;

        private Context(ObjectNode current, ObjectNode planned, List<Item> before, Map<String, Optional<Item>> wanted,
                Change.ProrationBehavior proration, Instant at) {
            this.current = current;
            this.planned = planned;
            this.before = before;
            this.wanted = wanted;
            this.proration = proration;
            this.at = at;
            this.reductionsBefore = discounts.active(current, before, at);
            this.reductionsAfter = discounts.active(planned, items(), at);
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
