package dev.headroom.history;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.history.StripePast.Stand;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.revenue.MovementKind;
import dev.headroom.stripe.StripeHistoryGateway.Reduced;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription at Stripe brought from which day on: reckoned of its prices, quantities and discounts as the ledger reckons what is recorded, for an amount of a part of a period says it less
 * exactly. A day has one step: what it ended with.
 */
final class StripeSteps {

    /** Another plan comes in the place of the one before. */
    private static final String PLAN = "plan";

    private final Currency currency;
    private final ZoneId zone;
    private final Function<String, Optional<Sale>> sales;
    private final Function<String, Optional<String>> plans;
    private final List<Step> steps = new ArrayList<>();
    private List<Item> before = List.of();

    /** What a price at Stripe sells here. */
    record Sale(PlanVersion version, PlanPrice price) {

        Plan plan() {
            return version.plan();
        }
    }

    /**
     * What was paid from a day on.
     *
     * @param year of twelve months in minor units, exact
     * @param kind why it is more, or a pause; absent where the ledger tells by itself
     */
    record Step(LocalDate day, Plan plan, @Nullable Long seats, BigDecimal year, @Nullable MovementKind kind) {}

    /** It is of no use: a price is none of ours, or there is not one plan. */
    static final class Unclear extends Exception {

        private final HistoryMistake.Problem problem;
        private final String value;

        Unclear(HistoryMistake.Problem problem, String value, String expected) {
            super(expected);
            this.problem = problem;
            this.value = value;
        }

        HistoryMistake.Problem problem() {
            return problem;
        }

        String value() {
            return value;
        }
    }

    /**
     * @param sales what is sold by a price of Stripe's
     * @param plans the id of the plan or add-on that a product of Stripe's stands for
     */
    StripeSteps(Currency currency, ZoneId zone, Function<String, Optional<Sale>> sales, Function<String, Optional<String>> plans) {
        this.currency = currency;
        this.zone = zone;
        this.sales = sales;
        this.plans = plans;
    }

    List<Step> of(List<Stand> stands) throws Unclear {
        Map<LocalDate, Stand> days = new TreeMap<>();
        stands.forEach(each -> days.put(each.at().atZone(zone).toLocalDate(), each));
        for (Map.Entry<LocalDate, Stand> day : days.entrySet()) {
            step(day.getKey(), day.getValue());
        }
        return steps;
    }

    private void step(LocalDate day, Stand stand) throws Unclear {
        List<Item> now = stand.pays() ? items(stand) : List.of();
        Movement movement = Movement.between(before, now, currency, stand.at());
        before = now;
        BigDecimal was = steps.isEmpty() ? BigDecimal.ZERO : steps.getLast().year();
        BigDecimal is = movement.year().after();
        if (now.isEmpty() || is.signum() == 0) {
            if (was.signum() > 0) {
                Step last = steps.getLast();
                steps.add(new Step(day, last.plan(), last.seats(), BigDecimal.ZERO, stand.paused() ? MovementKind.CONTRACTION : null));
            }
            return;
        }
        Sale plan = plan(stand);
        Long seats = plan.version().soldBySeat() && !plan.version().soldFlat(plan.price().id()) ? quantity(stand, plan) : null;
        steps.add(new Step(day, plan.plan(), seats, is, is.compareTo(was) > 0 ? kind(movement) : null));
    }

    private List<Item> items(Stand stand) throws Unclear {
        List<Discount> discounts = stand.reductions().stream().map(this::discount).toList();
        List<Item> items = new ArrayList<>();
        for (Map.Entry<String, Long> on : stand.quantities().entrySet()) {
            Sale sale = sale(on.getKey());
            try {
                String offering = sale.plan().id().toString();
                items.add(new Item(sale.plan().tier() ? PLAN : offering, offering, sale.plan().name(), sale.version().sells(), sale.price().price(), on.getValue(), discounts));
            } catch (IllegalArgumentException refused) {
                throw new Unclear(HistoryMistake.Problem.PRICE, on.getKey(), "It cannot be reckoned: " + refused.getMessage());
            }
        }
        return items;
    }

    private Sale sale(String price) throws Unclear {
        return sales.apply(price).orElseThrow(() -> new Unclear(
                HistoryMistake.Problem.PRICE, price, "Expected a price that is a plan's here: take the catalogue in first; what it says of a price that cannot be mapped holds here too"));
    }

    private Sale plan(Stand stand) throws Unclear {
        List<Sale> tiers = stand.quantities().keySet().stream().flatMap(price -> sales.apply(price).stream()).filter(each -> each.plan().tier()).toList();
        if (tiers.size() != 1) {
            throw new Unclear(HistoryMistake.Problem.PLAN, String.valueOf(tiers.size()), "Expected one plan on a subscription, perhaps with add-ons");
        }
        return tiers.getFirst();
    }

    private long quantity(Stand stand, Sale plan) {
        return stand.quantities().entrySet().stream().filter(on -> sales.apply(on.getKey()).filter(plan::equals).isPresent()).mapToLong(Map.Entry::getValue).sum();
    }

    private Discount discount(Reduced source) {
        Reduction reduction = source.percent() == null
                ? new Reduction.AmountOff(new Money(Optional.ofNullable(source.amountMinor()).orElseThrow(), currency)) : new Reduction.PercentOff(source.percent());
        Term term = source.months() == null ? new Term.Forever() : new Term.Repeating(source.months());
        Set<String> offerings = source.products().isEmpty() ? null : source.products().stream().map(product -> plans.apply(product).orElse(product)).collect(Collectors.toSet());
        return new Discount(source.id(), reduction, term, source.since(), offerings);
    }

    /** As the ledger tells it of what is recorded. */
    private static @Nullable MovementKind kind(Movement movement) {
        return switch (movement.growth()) {
            case UPSELL -> MovementKind.UPSELL;
            case CROSS_SELL -> MovementKind.CROSS_SELL;
            case SEAT_EXPANSION -> MovementKind.SEAT_EXPANSION;
            case USAGE_EXPANSION -> MovementKind.USAGE_EXPANSION;
            case PRICE_INCREASE -> movement.year().dearer() ? MovementKind.PRICE_INCREASE : MovementKind.DISCOUNT_END;
            case NONE, CONTRACTION, CHURN -> MovementKind.DISCOUNT_END;
            case NEW -> null;
        };
    }
}
