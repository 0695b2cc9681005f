package dev.headroom.catalog;

import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes an offer out of what was asked for, or says which field is wrong. */
final class NewOffers {

    /** Stripe keeps two. */
    private static final int MOST_DECIMALS = 2;
    private static final int LONGEST_MONTHS = 120;
    /** On every line of an invoice that it reduces. */
    private static final String NEGOTIATED = "Negotiated discount";

    private NewOffers() {}

    static Offer offer(CreateOffer command, CatalogSnapshot catalog, Refusals refusals) {
        Product product = catalog.requireProduct("input.product", command.product());
        Integer cap = command.cap();
        if (cap != null) {
            refusals.look(() -> Check.between("input.redemptionCap", cap, 1, Integer.MAX_VALUE));
        }
        return new Offer(
                new OfferId(Ids.next()), product.id(), refusals.made(() -> Check.key("input.key", command.key()), command.key()),
                refusals.made(() -> Check.text("input.name", command.name()), command.name()),
                refusals.made(() -> reduction("input.", command.reduction()), command.reduction()),
                refusals.made(() -> term("input.", command.term()), command.term()),
                refusals.made(() -> window(command), new Period(command.from(), command.from().plusSeconds(1))), plans(command, product, catalog, refusals),
                Boolean.TRUE.equals(command.existingCustomers()), cap, null, null);
    }

    /** @param path of the fields that say how much and how long */
    static Offer negotiated(String path, UUID account, ProductId product, Reduction reduction, Term term, Period window) {
        OfferId id = new OfferId(Ids.next());
        return new Offer(id, product, "negotiated-" + id, NEGOTIATED, reduction(path, reduction), term(path, term), window, List.of(), false, 1, account, null);
    }

    private static Reduction reduction(String path, Reduction wanted) {
        if (wanted instanceof PercentOff off && off.percent().scale() > MOST_DECIMALS) {
            throw HeadroomException.invalid(path + "percentOff", "A percentage has at most two decimals");
        }
        return wanted;
    }

    private static Term term(String path, Term wanted) {
        if (wanted instanceof Term.Repeating(int months)) {
            Check.between(path + "months", months, 1, LONGEST_MONTHS);
        }
        return wanted;
    }

    private static Period window(CreateOffer command) {
        Instant from = command.from().truncatedTo(ChronoUnit.SECONDS);
        Instant until = command.until().truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(until)) {
            throw HeadroomException.invalid("input.until", "An offer ends after it begins");
        }
        return new Period(from, until);
    }

    private static List<PlanId> plans(CreateOffer command, Product product, CatalogSnapshot catalog, Refusals refusals) {
        List<String> keys = Optional.ofNullable(command.plans()).orElse(List.of());
        return IntStream.range(0, keys.size())
                .mapToObj(i -> refusals.<@Nullable PlanId>made(() -> plan("input.plans[" + i + "]", keys.get(i), product, catalog), null))
                .filter(Objects::nonNull).distinct().toList();
    }

    private static PlanId plan(String field, String key, Product product, CatalogSnapshot catalog) {
        Plan plan = catalog.requirePlan(field, key).requireForAll(field);
        if (!plan.product().equals(product.id())) {
            throw HeadroomException.notFound(field, "The product has no plan \"" + key + "\"");
        }
        return plan.id();
    }
}
