package dev.headroom.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/invoices/create_preview}: the plan of a change as an invoice, made as the invoice itself is and then not stored. Only a
 * preview that has more lines than it embeds is kept for a while, so that the others can be asked for.
 */
final class InvoicePreviews {

    private static final Duration KEPT = Duration.ofHours(72);

    private InvoicePreviews() {}

    /** A preview that its id still finds. */
    static Optional<ObjectNode> kept(Call call) {
        return Optional.of(call.id()).filter(id -> id.startsWith(Kind.INVOICE_PREVIEW.prefix())).flatMap(id -> call.session().find(Kind.INVOICE_PREVIEW, id))
                .filter(preview -> Json.instant(preview, "created").plus(KEPT).isAfter(call.session().now()));
    }

    static ObjectNode create(Call call) {
        Parameters parameters = call.parameters();
        String subscription = parameters.text("subscription");
        String customer = parameters.text("customer");
        parameters.ignore("preview_mode", "currency");
        List<Change.DiscountRequest> discounts = Change.discounts(parameters);
        Parameters details = parameters.hash("subscription_details");
        ObjectNode preview = preview(subscription == null
                ? start(call, parameters.require("customer", customer), details, discounts)
                : change(call, subscription, details, discounts));
        keep(call.session(), preview);
        return preview;
    }

    private static void keep(Session session, ObjectNode preview) {
        if (preview.path("lines").path("data").size() > Rendering.EMBEDDED) {
            session.documents().all(Kind.INVOICE_PREVIEW, Json.required(preview, "customer"), List.of()).stream()
                    .filter(old -> !Json.instant(old, "created").plus(KEPT).isAfter(session.now()))
                    .forEach(old -> session.remove(Kind.INVOICE_PREVIEW, Json.required(old, "id")));
            session.documents().insert(Kind.INVOICE_PREVIEW, preview.deepCopy(), session.now());
        }
    }

    private static ObjectNode start(Call call, String customer, Parameters details, @Nullable List<Change.DiscountRequest> discounts) {
        Session session = call.session();
        details.ignore("proration_date");
        Plan plan = new Subscribing(session).plan(Customers.loadToChange(session, customer, "customer"), details, discounts);
        session.taxation().read(call.parameters(), plan.subscription());
        return new Billing(session).draft(plan.subscription(), plan.lines(), Billing.Reason.SUBSCRIPTION_CREATE, new Span(plan.at(), plan.at()));
    }

    private static ObjectNode change(Call call, String id, Parameters details, @Nullable List<Change.DiscountRequest> discounts) {
        Session session = call.session();
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, id, "subscription");
        session.taxation().read(call.parameters(), subscription);
        Change change = Change.read(details).discountedBy(discounts);
        if (details.has("billing_mode")) {
            BillingMode.read(details.hash("billing_mode"), subscription);
        }
        if (subscription.path("ended_at").isNumber()) {
            throw nothingUpcoming(subscription);
        }
        new SubscriptionAttributes(session).cancellation(details, subscription);
        if (Boolean.TRUE.equals(details.flag("cancel_now"))) {
            return ending(session, subscription, change);
        }
        if (change.changesNothing() && !new Cutoff(subscription).changesAnything()) {
            return next(session, subscription);
        }
        Plan plan = new Planner(session).plan(subscription, change);
        if (plan.invoicesNow()) {
            return Updating.draft(new Billing(session), session, plan, Billing.Reason.SUBSCRIPTION_UPDATE);
        }
        List<ObjectNode> waiting = plan.lines().stream().map(line -> line.document(plan.subscription())).toList();
        return next(session, plan.subscription(), waiting);
    }

    /** What cancelling at once would invoice. */
    private static ObjectNode ending(Session session, ObjectNode subscription, Change change) {
        Instant at = change.at() == null ? session.now() : change.at();
        List<Line> credits = new ArrayList<>(change.proration() == Change.ProrationBehavior.NONE ? List.of() : new Ending(session).credits(subscription, at));
        credits.addAll(new Metering(session).lines(subscription, Item.of(subscription).stream(), at));
        if (credits.isEmpty() && new WaitingItems(session).of(subscription).isEmpty()) {
            throw nothingUpcoming(subscription);
        }
        return new Billing(session).draft(subscription, credits, Billing.Reason.SUBSCRIPTION_UPDATE, new Span(at, at));
    }

    private static ObjectNode next(Session session, ObjectNode subscription) {
        return next(session, subscription, List.of());
    }

    /** The invoice at the next end of a period: what waits, what the change adds to it, and the new periods. */
    private static ObjectNode next(Session session, ObjectNode subscription, List<ObjectNode> prorations) {
        Instant end = Deadlines.earliestPeriodEnd(subscription);
        Instant cancelAt = Json.instantOrNull(subscription, "cancel_at");
        boolean ends = cancelAt != null && !cancelAt.isAfter(end);
        List<ObjectNode> waiting = new ArrayList<>(new WaitingItems(session).lines(subscription));
        waiting.addAll(prorations);
        Plan plan = new NextPeriod(session).plan(subscription, end);
        List<Line> used = plan.lines().stream().filter(line -> line.item().metered()).toList();
        if (ends && waiting.isEmpty() && used.isEmpty()) {
            throw nothingUpcoming(subscription);
        }
        return new Billing(session).draft(plan.subscription(), waiting, ends ? used : plan.lines(),
                Billing.Reason.UPCOMING, NextPeriod.ended(subscription, end));
    }

    private static ObjectNode preview(ObjectNode invoice) {
        String id = Tokens.id("upcoming_in");
        invoice.put("id", id);
        ((ObjectNode) invoice.path("lines")).put("url", "/v1/invoices/" + id + "/lines");
        Json.objects(invoice.path("lines").path("data")).forEach(line -> line.put("invoice", id));
        return invoice;
    }

    private static StripeError nothingUpcoming(ObjectNode subscription) {
        return StripeError.invalid("invoice_upcoming_none", null, "No upcoming invoices for customer: " + Json.text(subscription, "customer"));
    }
}
