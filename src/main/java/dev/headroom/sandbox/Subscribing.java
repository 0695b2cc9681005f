package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.PaymentBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Starts subscriptions: works out the first period and its invoice, and lets the payment decide the status. */
final class Subscribing {

    private final Session session;
    private final Charges charges;
    private final Billing billing;
    private final Discounts discounts;

    Subscribing(Session session) {
        this.session = session;
        this.charges = new Charges(session);
        this.billing = new Billing(session);
        this.discounts = new Discounts(session);
    }

    /** What would start, and what its first invoice would bill. Nothing is stored. */
    Plan plan(ObjectNode customer, Parameters parameters, @Nullable List<Change.DiscountRequest> requests) {
        ObjectNode subscription = Skeletons.of(Kind.SUBSCRIPTION, Tokens.id(Kind.SUBSCRIPTION), session.now());
        subscription.put("customer", Json.text(customer, "id"));
        BillingMode.read(parameters.hash("billing_mode"), subscription);
        Instant from = from(parameters, subscription);
        Json.put(subscription, "start_date", from);
        List<Item> items = items(parameters, customer, subscription);
        if (requests != null) {
            discounts.replace(subscription, items, requests);
        }
        Reductions reductions = discounts.active(subscription, items, session.now());
        boolean free = parameters.choice("proration_behavior", Change.ProrationBehavior.class) == Change.ProrationBehavior.NONE;
        return begin(subscription, items, reductions, trialEnd(parameters), anchor(parameters, items, from), free);
    }

    /** Starts what was planned; the first payment decides whether it is active. */
    ObjectNode start(Plan plan, PaymentBehavior behavior) {
        ObjectNode subscription = plan.subscription();
        Span second = new Span(session.now(), session.now());
        ObjectNode invoice = billing.draft(subscription, plan.lines(), Billing.Reason.SUBSCRIPTION_CREATE, second);
        subscription.put("latest_invoice", Json.text(invoice, "id"));
        discounts.commit(subscription);
        Billing.bind(subscription, invoice);
        Settlement settlement = new Settlement(session);
        settlement.issue(invoice);
        String paymentMethod = Updating.paymentMethod(session, subscription);
        boolean unpaid = "open".equals(Json.text(invoice, "status")) && !Terms.sends(invoice);
        if (unpaid && paymentMethod == null && behavior != PaymentBehavior.DEFAULT_INCOMPLETE) {
            throw StripeError.invalid("resource_missing", null,
                    Decline.NO_PAYMENT_METHOD.message() + " Please consider adding a default payment method.");
        }
        Optional<Decline> decline = behavior == PaymentBehavior.DEFAULT_INCOMPLETE
                ? Updating.unattempted(invoice) : settlement.collect(invoice, paymentMethod);
        if (decline.isPresent()) {
            if (behavior == PaymentBehavior.ERROR_IF_INCOMPLETE) {
                throw StripeError.card(decline.get(), false);
            }
            subscription.put("status", "incomplete");
        } else {
            discounts.expire(subscription, Billing.usedDiscounts(invoice), session.now());
        }
        session.create(subscription);
        return subscription;
    }

    private Plan begin(ObjectNode subscription, List<Item> items, Reductions reductions, @Nullable Instant trialEnd,
            @Nullable Instant anchor, boolean free) {
        Instant now = session.now();
        Instant from = Json.instant(subscription, "start_date");
        Instant start = trialEnd != null ? trialEnd : anchor != null ? anchor : now;
        Json.put(subscription, "billing_cycle_anchor", start);
        List<Item> begun = items.stream()
                .map(item -> item.during(start.isAfter(now) ? new Span(from, start) : item.recurrence().around(start, now))).toList();
        List<Line> lines;
        if (trialEnd != null) {
            subscription.put("status", "trialing");
            Json.put(subscription, "trial_start", now);
            Json.put(subscription, "trial_end", trialEnd);
            lines = charges.trial(Item.licensed(begun));
        } else if (anchor != null) {
            lines = free ? List.of() : charges.truncated(subscription, Item.licensed(begun), reductions, from);
        } else {
            lines = charges.recurring(Item.licensed(begun), reductions);
        }
        Item.write(subscription, Planner.owing(begun, lines));
        return new Plan(subscription, lines, now, true, true);
    }

    private List<Item> items(Parameters parameters, ObjectNode customer, ObjectNode subscription) {
        Catalogue catalogue = new Catalogue(session);
        List<Item> items = new ArrayList<>();
        String currency = Objects.requireNonNullElse(Json.text(customer, "currency"), "");
        for (Parameters each : parameters.hashes("items")) {
            ObjectNode price = catalogue.price(each.requireText("price"), each.at("price"), currency);
            currency = Json.required(price, "currency");
            Long quantity = each.count("quantity");
            subscription.put("currency", currency);
            Item item = new Item(Tokens.id("si"), session.now(), Metadata.of(each.pairs("metadata")), price,
                    Item.added(price, quantity, each.at("quantity")),
                    new Span(session.now(), session.now()), List.of(), List.of());
            items.add(discounts.replace(subscription, item, Change.discounts(each)));
        }
        if (items.isEmpty()) {
            throw StripeError.invalid("parameter_missing", "items", "Missing required param: items.");
        }
        Item.requireNotTooMany(items.size());
        return items;
    }

    private @Nullable Instant trialEnd(Parameters parameters) {
        Long days = parameters.count("trial_period_days");
        if ("now".equals(parameters.text("trial_end"))) {
            return null;
        }
        Instant end = days == null ? parameters.time("trial_end") : Instant.from(session.now()).plus(Duration.ofDays(days));
        return end != null && end.isAfter(session.now()) ? end : null;
    }

    /** Not later than where the first period would end by itself; that second is allowed (both seen). */
    private @Nullable Instant anchor(Parameters parameters, List<Item> items, Instant from) {
        Instant anchor = parameters.time("billing_cycle_anchor");
        if (anchor != null && !anchor.isAfter(session.now())) {
            throw StripeError.invalid(null, "billing_cycle_anchor", "billing_cycle_anchor must be in the future.");
        }
        Instant trialEnd = trialEnd(parameters);
        Instant natural = items.stream().map(item -> naturalEnd(item, trialEnd == null ? from : trialEnd)).min(Comparator.naturalOrder()).orElseThrow();
        if (anchor != null && anchor.isAfter(natural)) {
            throw StripeError.invalid(null, "billing_cycle_anchor",
                    "billing_cycle_anchor cannot be later than next natural billing date (" + natural.getEpochSecond() + ") for plan");
        }
        return anchor;
    }

    private static Instant naturalEnd(Item item, Instant from) {
        return item.recurrence().around(from, from).until();
    }

    /**
     * When it has begun: now, or before, where it is dated back. Flexible billing makes a line of each cycle since then, of which only the one that the
     * anchor ends is implemented; classic billing makes one line over all of them, by a cycle that it imagines to begin there.
     */
    private Instant from(Parameters parameters, ObjectNode subscription) {
        String parameter = parameters.has("start_date") ? "start_date" : "backdate_start_date";
        Instant from = parameters.time(parameter);
        if (from == null) {
            return session.now();
        }
        if (from.isAfter(session.now())) {
            throw StripeError.invalid(null, parameter, "The start date of a subscription that begins now cannot be in the future.");
        }
        if (!parameters.has("billing_cycle_anchor") || !Planner.isFlexible(subscription)) {
            throw StripeError.unsupported(parameter, "The sandbox dates back in flexible billing only, and up to a billing_cycle_anchor.");
        }
        return from;
    }
}
