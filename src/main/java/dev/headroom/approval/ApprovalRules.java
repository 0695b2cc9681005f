package dev.headroom.approval;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a product is not sold without approval. Only what a change brings more of is looked at: who has it keeps it, and less of it is
 * never asked about.
 *
 * @param version     0 where none were ever set
 * @param seats       of the plan; more than these
 * @param recurring   a month, at most one for each currency; more than that
 * @param discount    in percent of the list price, taken with the change; more than that
 * @param plans       plans and add-ons that are sold by approval only
 * @param requestDays how long a request waits for a decision, and what was agreed for its acceptance
 */
public record ApprovalRules(
        ProductId product, int version, @Nullable Long seats, List<Money> recurring, @Nullable BigDecimal discount, List<PlanId> plans, int requestDays,
        @Nullable String setBy, @Nullable Instant setAt) {

    private static final int FORTNIGHT = 14;

    public ApprovalRules {
        recurring = List.copyOf(recurring);
        plans = List.copyOf(plans);
    }

    static ApprovalRules none(ProductId product) {
        return new ApprovalRules(product, 0, null, List.of(), null, List.of(), FORTNIGHT, null, null);
    }

    Duration patience() {
        return Duration.ofDays(requestDays);
    }

    /** Every rule that a change is beyond; empty where it is sold to whoever wants it. */
    List<ApprovalReason> reasons(DealFacts deal) {
        return Stream.of(ofSeats(deal).stream(), ofRecurring(deal).stream(), ofDiscount(deal).stream(), ofPlans(deal),
                        Stream.of(ApprovalReason.of(ApprovalReason.Rule.NEGOTIATED)).filter(_ -> deal.negotiated()))
                .flatMap(found -> found)
                .toList();
    }

    private Optional<ApprovalReason> ofSeats(DealFacts deal) {
        return Optional.ofNullable(seats)
                .filter(most -> deal.seats() > most && deal.seats() > deal.seatsBefore())
                .map(most -> ApprovalReason.seats(deal.seats(), most));
    }

    private Optional<ApprovalReason> ofRecurring(DealFacts deal) {
        return recurring.stream()
                .filter(most -> most.currency().equals(deal.monthly().currency()))
                .filter(most -> deal.monthly().compareTo(most) > 0 && deal.monthly().compareTo(deal.monthlyBefore()) > 0)
                .findFirst()
                .map(most -> ApprovalReason.recurring(deal.monthly(), most));
    }

    private Optional<ApprovalReason> ofDiscount(DealFacts deal) {
        return Optional.ofNullable(discount)
                .filter(most -> deal.reducesBeyond(most))
                .map(most -> ApprovalReason.discount(deal.percent(), most));
    }

    private Stream<ApprovalReason> ofPlans(DealFacts deal) {
        return deal.newly().stream().filter(plan -> plans.contains(plan.ruled())).map(Plan::key).map(ApprovalReason::plan);
    }
}
