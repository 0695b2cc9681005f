package dev.headroom.console.alternative;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is laid side by side.
 *
 * @param unknown how many stood in the address that nobody knows
 */
record Candidates(List<Candidate> chosen, int unknown) {

    /** As many as can be compared by eye. */
    static final int MOST = 8;
    private static final String COMMA = ",";
    private static final String NONE = "none";

    Candidates {
        chosen = List.copyOf(chosen);
    }

    /**
     * Those in the address, or, where it says nothing of them, the neighbours.
     *
     * @param held seats that members hold
     */
    static Candidates of(Optional<String> address, AccountSubscription subscription, long held, CatalogSnapshot known) {
        return address.map(written -> read(written, subscription, known)).orElseGet(() -> new Candidates(neighbours(subscription, held, known), 0));
    }

    private static Candidates read(String written, AccountSubscription subscription, CatalogSnapshot known) {
        List<String> parts = Arrays.stream(written.split(COMMA)).filter(part -> !part.isBlank() && !part.equals(NONE)).toList();
        List<Candidate> found = parts.stream().flatMap(part -> Candidate.read(part, subscription, known).stream()).distinct().limit(MOST).toList();
        long unknown = parts.stream().filter(part -> Candidate.read(part, subscription, known).isEmpty()).count();
        return new Candidates(found, (int) unknown);
    }

    /** The plan below, the one that it has and the one above, by each interval. */
    static List<Candidate> neighbours(AccountSubscription subscription, long held, CatalogSnapshot known) {
        PlanVersion own = subscription.planVersion(known);
        List<PlanVersion> sold = known.onSale(subscription.product(), Plan.Kind.TIER, subscription.account().value());
        Optional<PlanVersion> below = sold.stream().filter(version -> version.plan().rank() < own.plan().rank()).reduce((_, later) -> later);
        Optional<PlanVersion> same = sold.stream().filter(version -> version.plan().equals(own.plan())).findFirst();
        Optional<PlanVersion> above = sold.stream().filter(version -> version.plan().rank() > own.plan().rank()).findFirst();
        return all(Stream.of(below, same, above).flatMap(Optional::stream).toList(), subscription, held, known);
    }

    /** Every plan on sale by each interval, or as many of them as there is room for. */
    static List<Candidate> everything(AccountSubscription subscription, long held, CatalogSnapshot known) {
        return all(known.onSale(subscription.product(), Plan.Kind.TIER, subscription.account().value()), subscription, held, known);
    }

    private static List<Candidate> all(Collection<PlanVersion> versions, AccountSubscription subscription, long held, CatalogSnapshot known) {
        PlanVersion own = subscription.planVersion(known);
        return versions.stream()
                .flatMap(version -> Stream.of(Interval.values())
                        .filter(interval -> version.price(interval, subscription.balance().currency()).isPresent())
                        .filter(interval -> !version.plan().equals(own.plan()) || interval != subscription.interval())
                        .map(interval -> new Candidate(version.plan().key(), interval, seats(version, interval, subscription, held, known))))
                .limit(MOST)
                .toList();
    }

    /** Whoever has paid one price for everybody would buy as many seats as are held. */
    private static @Nullable Long seats(PlanVersion version, Interval interval, AccountSubscription subscription, long held, CatalogSnapshot known) {
        boolean counted = seated(version.price(interval, subscription.balance().currency()).orElseThrow());
        boolean before = seated(known.price(subscription.planItem().price()));
        return counted && !before && held > 1 ? Long.valueOf(held) : null;
    }

    private static boolean seated(PlanPrice price) {
        return !(price.price().model() instanceof ChargeModel.Flat);
    }

    /** As it stands in an address; nothing at all is said too, for an address that is silent means the neighbours. */
    static String written(List<Candidate> candidates) {
        return candidates.isEmpty() ? NONE : candidates.stream().map(Candidate::written).collect(Collectors.joining(COMMA));
    }

    List<Candidate> with(Candidate more) {
        return Stream.concat(chosen.stream(), Stream.of(more)).distinct().toList();
    }

    List<Candidate> without(Candidate gone) {
        return chosen.stream().filter(each -> !each.equals(gone)).toList();
    }

    List<Candidate> with(Candidate other, Candidate insteadOf) {
        return chosen.stream().map(each -> each.equals(insteadOf) ? other : each).distinct().toList();
    }

    boolean full() {
        return chosen.size() >= MOST;
    }
}
