package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.ProrationBehavior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the phases that a request gives a schedule: all of them, one after the other without a gap, the current one among them. */
final class SentPhases {

    private static final int MOST = 10;
    private static final long LONGEST = 1_000;

    private enum Anchor { AUTOMATIC, PHASE_START }

    private final Session session;
    private final ObjectNode subscription;
    private final List<Phase> known;
    private Instant anchor;

    SentPhases(Session session, ObjectNode schedule, ObjectNode subscription) {
        this.session = session;
        this.subscription = subscription;
        this.known = Phase.all(schedule);
        this.anchor = Json.instant(subscription, "billing_cycle_anchor");
    }

    /** What is over may be left out; it stays on record. */
    List<Phase> read(List<Parameters> sent) {
        Instant first = sent.getFirst().require("start_date", time(sent.getFirst(), "start_date"));
        if (known.stream().noneMatch(phase -> phase.span().from().equals(first))) {
            throw StripeError.invalid(null, sent.getFirst().at("start_date"), "You can not modify the start date of the current phase.");
        }
        List<Phase> phases = new ArrayList<>(known.stream().filter(phase -> !phase.span().until().isAfter(first)).toList());
        Instant start = first;
        for (int i = 0; i < sent.size(); i++) {
            Instant said = time(sent.get(i), "start_date");
            if (said != null && !said.equals(start)) {
                throw StripeError.invalid(null, sent.get(i).at("start_date"), "The start_date of a phase must equal the end_date of the phase before it.");
            }
            Phase phase = phase(sent.get(i), start, i + 1 < sent.size() ? time(sent.get(i + 1), "start_date") : null);
            phases.add(phase);
            start = phase.span().until();
        }
        requireAroundNow(phases, sent);
        return phases;
    }

    private void requireAroundNow(List<Phase> phases, List<Parameters> sent) {
        List<Phase> ahead = phases.stream().filter(phase -> phase.span().until().isAfter(session.now())).toList();
        if (ahead.isEmpty()) {
            throw StripeError.invalid(null, sent.getLast().at("end_date"), "The last phase must end in the future.");
        }
        if (ahead.size() > MOST) {
            throw StripeError.invalid(null, "phases", "A subscription schedule can have at most 10 current and future phases.");
        }
        Instant began = ahead.getFirst().span().from();
        if (!began.equals(session.now()) && known.stream().noneMatch(phase -> phase.span().from().equals(began))) {
            throw StripeError.invalid(null, sent.getFirst().at("start_date"), "You can not modify the start date of the current phase.");
        }
    }

    private Phase phase(Parameters sent, Instant start, @Nullable Instant next) {
        boolean startsCycle = sent.choice("billing_cycle_anchor", Anchor.class) == Anchor.PHASE_START;
        anchor = startsCycle ? start : anchor;
        List<Phase.Part> parts = sent.hashes("items").stream().map(this::part).toList();
        if (parts.isEmpty()) {
            throw StripeError.invalid("parameter_missing", sent.at("items"), "Missing required param: " + sent.at("items") + ".");
        }
        if (parts.stream().map(Phase.Part::price).distinct().count() < parts.size()) {
            throw StripeError.invalid(null, sent.at("items"), "A phase cannot have several items with the same price.");
        }
        Span span = new Span(start, end(sent, start, next, parts.getFirst()));
        if (!span.until().isAfter(start)) {
            throw StripeError.invalid(null, sent.at("end_date"), "The end_date of a phase must be after its start_date.");
        }
        requireSame(sent);
        ProrationBehavior proration = sent.choice("proration_behavior", ProrationBehavior.class);
        List<Change.DiscountRequest> discounts = Objects.requireNonNullElse(Change.discounts(sent), List.of());
        return new Phase(span, parts, discounts.stream().map(this::discount).toList(), Objects.requireNonNullElse(proration, ProrationBehavior.CREATE_PRORATIONS),
                startsCycle, trialEnd(sent, span), pairs(sent.pairs("metadata")));
    }

    /**
     * How a subscription is taxed and paid for is not another with another phase, in this sandbox. How it is collected, a phase that does not say so
     * has from the schedule; its taxes and its payment method it would have not at all.
     */
    private void requireSame(Parameters sent) {
        requireSame(sent, "collection_method", Objects.requireNonNullElse(sent.text("collection_method"), Json.required(subscription, "collection_method")),
                Json.text(subscription, "collection_method"));
        requireSame(sent, "default_payment_method", sent.text("default_payment_method"), Json.text(subscription, "default_payment_method"));
        boolean taxed = Boolean.TRUE.equals(sent.hash("automatic_tax").flag("enabled"));
        requireSame(sent, "automatic_tax", taxed, Json.flag(subscription.path("automatic_tax"), "enabled"));
        Long days = sent.hash("invoice_settings").count("days_until_due");
        if (days != null) {
            requireSame(sent, "invoice_settings", days, subscription.path("days_until_due").isNumber() ? Json.number(subscription, "days_until_due") : null);
        }
    }

    private static void requireSame(Parameters sent, String parameter, @Nullable Object wanted, @Nullable Object present) {
        if (!Objects.equals(wanted, present)) {
            throw StripeError.unsupported(sent.at(parameter), "The sandbox has a subscription taxed and paid for in one way, whatever its phase.");
        }
    }

    private Phase.Part part(Parameters sent) {
        String id = sent.requireText("price");
        // What is billed already may go on; what was only to come is not sold any more, whether or not it was arranged before.
        boolean present = Item.of(subscription).stream().map(Item::priceId).anyMatch(id::equals);
        ObjectNode price = new Catalogue(session, present).price(id, sent.at("price"), Json.required(subscription, "currency"));
        return Phase.Part.of(price, sent.count("quantity"), sent.at("quantity"), pairs(sent.pairs("metadata")),
                Objects.requireNonNullElse(Change.discounts(sent), List.<Change.DiscountRequest>of()).stream().map(this::discount).toList());
    }

    private ObjectNode discount(Change.DiscountRequest request) {
        if (request.discount() != null) {
            session.load(Kind.DISCOUNT, request.discount(), "phases[0][discounts][0][discount]");
        } else if (request.coupon() != null) {
            Coupons.load(session, request.coupon(), "phases[0][discounts][0][coupon]");
        } else {
            throw StripeError.unsupported("phases[0][discounts]", "The sandbox discounts phases by coupon or discount only.");
        }
        return Json.object().put("coupon", request.coupon()).put("discount", request.discount()).putNull("promotion_code");
    }

    private @Nullable Instant trialEnd(Parameters sent, Span span) {
        Instant end = Boolean.TRUE.equals(sent.flag("trial")) ? Instant.from(span.until()) : time(sent, "trial_end");
        if (end != null && end.isAfter(span.until())) {
            throw StripeError.invalid(null, sent.at("trial_end"), "The trial_end of a phase must not be after its end_date.");
        }
        return end;
    }

    /** Where nothing is said, until the next phase begins, and for one cycle of the first item when there is none. */
    private Instant end(Parameters sent, Instant start, @Nullable Instant next, Phase.Part part) {
        Instant end = time(sent, "end_date");
        Parameters duration = sent.hash("duration");
        Recurrence.Unit unit = duration.choice("interval", Recurrence.Unit.class);
        if (unit == null) {
            return end != null ? end : next != null ? next : after(start, Recurrence.of(session.load(Kind.PRICE, part.price())), 1);
        }
        if (end != null) {
            throw StripeError.invalid(null, duration.at("interval"), "You may only specify one of these parameters: end_date, duration.");
        }
        long count = Objects.requireNonNullElse(duration.count("interval_count"), 1L);
        if (count < 1 || count > LONGEST) {
            throw StripeError.invalid("parameter_invalid_integer", duration.at("interval_count"), "This value must be between 1 and " + LONGEST + ".");
        }
        return after(start, new Recurrence(unit, 1), count);
    }

    /** As billing counts: from the anchor where it has a boundary at the start, else from the start. */
    private Instant after(Instant start, Recurrence each, long count) {
        Instant from = each.around(anchor, start).from().equals(start) ? anchor : start;
        Instant until = start;
        for (long i = 0; i < count; i++) {
            until = each.around(from, until).until();
        }
        return until;
    }

    private @Nullable Instant time(Parameters sent, String name) {
        return "now".equals(sent.text(name)) ? session.now() : sent.time(name);
    }

    private static ObjectNode pairs(Map<String, String> pairs) {
        ObjectNode metadata = Json.object();
        pairs.forEach(metadata::put);
        return metadata;
    }
}
