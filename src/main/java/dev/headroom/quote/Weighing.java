package dev.headroom.quote;

import dev.headroom.catalog.Plan;
import dev.headroom.quote.Alternatives.Recommendation.Advice;
import dev.headroom.quote.Alternatives.Recommendation;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses what holds everything that is expected at the least cost of twelve months: of what is equally dear, to stay, then the higher plan, then
 * what was asked for first.
 *
 * @param staying what the subscription is, with what waits
 * @param options changes of this subscription, of which those without a fit cannot be chosen
 */
record Weighing(AccountSubscription subscription, Fit staying, List<Alternative> options) {

    private record Candidate(Alternative alternative, Fit fit) {}

    private static final Comparator<Candidate> CHEAPEST = Comparator.<Candidate, Long>comparing(each -> each.fit().year().minor())
            .thenComparing(each -> each.fit().target().version().plan().rank(), Comparator.reverseOrder())
            .thenComparing(each -> each.alternative().position());

    Recommendation recommendation() {
        List<Candidate> fitting = options.stream()
                .flatMap(option -> Optional.ofNullable(option.fit()).filter(Fit::fits).map(fit -> new Candidate(option, fit)).stream())
                .sorted(CHEAPEST)
                .toList();
        Optional<Candidate> best = fitting.stream().findFirst();
        if (staying.fits() && best.filter(each -> each.fit().year().compareTo(staying.year()) < 0).isEmpty()) {
            return advice(Advice.STAY, Optional.empty(), stay(best));
        }
        return best.map(each -> advice(Advice.CHANGE, best, change(each, fitting.size())))
                .orElseGet(() -> advice(Advice.NOTHING_FITS, best, staying.name() + " does not hold what is expected: " + misfit(staying)
                        + ". Of " + count(options.size(), "alternative") + ", none does"));
    }

    private Recommendation advice(Advice advice, Optional<Candidate> best, String reason) {
        return new Recommendation(
                subscription, advice, best.map(each -> each.alternative().recommending()).orElse(null), staying,
                best.map(each -> staying.year().minus(each.fit().year())).orElse(null), reason);
    }

    private String stay(Optional<Candidate> next) {
        return staying.name() + " holds what is expected" + tightest() + ". It costs " + cost(staying) + " in twelve months; "
                + next.map(each -> "the cheapest alternative that holds it, " + name(each.fit()) + ", " + cost(each.fit())).orElse("no alternative holds it");
    }

    private String change(Candidate best, int fitting) {
        String costs = cost(best.fit()) + " in twelve months, " + staying.name() + " " + cost(staying);
        return staying.fits()
                ? name(best.fit()) + " holds what is expected" + tightest() + ". It costs " + costs + ": " + staying.year().minus(best.fit().year()) + " less"
                : staying.name() + " does not hold what is expected: " + misfit(staying) + ". " + name(best.fit()) + " is the cheapest of "
                        + count(fitting, "alternative") + " that " + (fitting == 1 ? "does: " : "do: ") + costs;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String cost(Fit fit) {
        return fit.year() + (fit.overage().isZero() ? "" : " with overage");
    }

    /** What comes closest to its limit as things are, or goes furthest beyond it. */
    private String tightest() {
        return staying.needs().stream()
                .filter(need -> need.included() != null && need.units() > 0)
                .max(Comparator.comparing(Weighing::tightness))
                .map(need -> ": " + told(need))
                .orElse("");
    }

    private static BigDecimal tightness(PlanNeed need) {
        long included = need.included() == null ? Long.MAX_VALUE : Math.max(1, need.included());
        return BigDecimal.valueOf(need.units()).divide(BigDecimal.valueOf(included), MathContext.DECIMAL64);
    }

    private static String misfit(Fit fit) {
        return String.join("; ", fit.misfits());
    }

    private static String told(PlanNeed need) {
        return need.units() + " " + need.feature().name() + " are expected" + (need.until() == null ? "" : " until " + Fit.day(need.until()))
                + ", " + need.included() + " included" + (need.limitReachedAt() == null ? "" : ", which are used up on " + Fit.day(need.limitReachedAt()));
    }

    /** With whatever of it differs beside the plan. */
    private String name(Fit fit) {
        Target target = fit.target();
        Target now = staying.target();
        String addOns = target.addOns().stream().map(each -> each.quantity() + " × " + each.version().plan().name()).collect(Collectors.joining(", "));
        return target.version().plan().name()
                + (target.interval() == now.interval() ? "" : " by the " + word(target.interval()))
                + (target.plan().quantity() == now.plan().quantity() ? "" : " with " + count(target.plan().quantity(), "seat"))
                + (plans(target).equals(plans(now)) || addOns.isEmpty() ? "" : " and " + addOns);
    }

    private record AddOn(Plan plan, long quantity) {}

    private static List<AddOn> plans(Target target) {
        return target.addOns().stream().map(each -> new AddOn(each.version().plan(), each.quantity())).toList();
    }

    private static String word(Interval interval) {
        return switch (interval) {
            case MONTH -> "month";
            case YEAR -> "year";
        };
    }
}
