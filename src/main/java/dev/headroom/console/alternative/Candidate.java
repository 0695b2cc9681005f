package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Words;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan by an interval, and as many seats as stand in its address; absent leaves their number as it is.
 *
 * @param plan key
 */
record Candidate(String plan, Interval interval, @Nullable Long seats) {

    static final int MOST_SEATS = 1_000_000;
    /** In no key of a plan. */
    private static final String BETWEEN = "~";

    /** Of one that was {@linkplain #written written}; empty for anything that cannot be bought of this product. */
    static Optional<Candidate> read(String written, AccountSubscription subscription, CatalogSnapshot known) {
        List<String> parts = List.of(written.split(BETWEEN, -1));
        if (parts.size() < 2 || parts.size() > 3) {
            return Optional.empty();
        }
        Optional<Interval> interval = Stream.of(Interval.values()).filter(each -> code(each).equals(parts.get(1))).findFirst();
        Optional<Long> seats = parts.size() == 3 ? count(parts.get(2)) : Optional.empty();
        return interval
                .filter(_ -> parts.size() == 2 || seats.isPresent())
                .map(each -> new Candidate(parts.getFirst(), each, seats.orElse(null)))
                .filter(candidate -> plans(subscription, known).stream().anyMatch(version -> version.plan().key().equals(candidate.plan())));
    }

    private static Optional<Long> count(String text) {
        return text.matches("[0-9]{1,7}") ? Optional.of(Long.valueOf(text)).filter(count -> count >= 1 && count <= MOST_SEATS) : Optional.empty();
    }

    /** What can be chosen from: what is on sale, and what the subscription has. */
    static List<PlanVersion> plans(AccountSubscription subscription, CatalogSnapshot known) {
        PlanVersion own = subscription.planVersion(known);
        List<PlanVersion> sold = known.onSale(subscription.product(), Plan.Kind.TIER, subscription.account().value());
        return sold.stream().anyMatch(version -> version.plan().equals(own.plan())) ? sold : Stream.concat(sold.stream(), Stream.of(own)).toList();
    }

    /** As it stands in an address. */
    String written() {
        return plan + BETWEEN + code(interval) + (seats == null ? "" : BETWEEN + seats);
    }

    private static String code(Interval interval) {
        return interval.name().toLowerCase(Locale.ROOT);
    }

    RequestedChange change(String product) {
        return new RequestedChange(product, plan, interval, seats);
    }

    String name(CatalogSnapshot known) {
        String name = known.plan(plan).map(each -> each.name()).orElse(plan);
        return seats == null
                ? translate("terms.plan", name, Words.of(interval))
                : translate("alternative.seats", name, Words.of(interval), seats);
    }
}
