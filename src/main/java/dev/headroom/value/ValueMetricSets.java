package dev.headroom.value;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the vendor says each product is worth: set as a whole, each version kept. */
@Service
public class ValueMetricSets {

    private static final int MOST_METRICS = 100;
    private static final int MOST_MINUTES = 1_000_000;
    private static final int LONGEST_BASIS = 200;
    /** Ten million in major units, of a unit, an hour, or what moving costs once. */
    private static final long MOST_MINOR = 1_000_000_000L;

    private final ValueMetricRepository repository;
    private final Catalog catalog;
    private final AuditEntries audit;
    private final InstantSource clock;

    ValueMetricSets(ValueMetricRepository repository, Catalog catalog, AuditEntries audit, InstantSource clock) {
        this.repository = repository;
        this.catalog = catalog;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Replaces what is said of a product.
     *
     * @param product key
     * @param version that this replaces; 0 for the first
     */
    public record SetValueMetrics(String product, int version, List<NewMetric> metrics, List<Money> implementation) {}

    /**
     * One of them.
     *
     * @param feature   key of a feature of the product: counted, or a gate
     * @param unitMinor minor units of a unit, or of an hour where minutes are given; up to 12 decimals
     */
    public record NewMetric(String feature, Currency currency, BigDecimal unitMinor, @Nullable Integer minutes, String basis) {}

    /** What came of {@link SetValueMetrics}. */
    public sealed interface SetValueMetricsResult {}

    /** It is said from the next quote on. */
    public record ValueMetricsSet(ValueMetrics metrics) implements SetValueMetricsResult {}

    /** Somebody else has said something else since. */
    public record ValueMetricsMoved(ValueMetrics metrics) implements SetValueMetricsResult {}

    public ValueMetrics of(Actor actor, ProductId product) {
        actor.require(Permission.READ);
        return current(List.of(product)).getOrDefault(product, ValueMetrics.none(product));
    }

    /** Of those products of which something is said; one statement. */
    Map<ProductId, ValueMetrics> current(Collection<ProductId> products) {
        return repository.current(products);
    }

    /** @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field */
    @Transactional
    public SetValueMetricsResult set(Actor actor, SetValueMetrics command) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Product product = known.requireProduct("input.product", command.product());
        ValueMetrics before = of(actor, product.id());
        ValueMetrics after = new ValueMetrics(
                product.id(), before.version() + 1, metrics(command.metrics(), product, known), implementation(command.implementation()), actor.name(), clock.instant());
        if (command.version() != before.version() || !repository.insert(after)) {
            return new ValueMetricsMoved(of(actor, product.id()));
        }
        audit.changed(actor, "setValueMetrics", null, "valueMetrics", product.id(), before, after);
        return new ValueMetricsSet(after);
    }

    private static List<ValueMetric> metrics(List<NewMetric> wanted, Product product, CatalogSnapshot known) {
        Check.between("input.metrics", wanted.size(), 0, MOST_METRICS);
        Set<String> seen = new HashSet<>();
        return IntStream.range(0, wanted.size()).mapToObj(i -> {
            String path = "input.metrics[" + i + "].";
            ValueMetric metric = metric(path, wanted.get(i), product, known);
            if (!seen.add(metric.feature() + " " + metric.amount().currency())) {
                throw HeadroomException.invalid(path + "feature", "Each feature once in each currency");
            }
            return metric;
        }).toList();
    }

    private static ValueMetric metric(String path, NewMetric wanted, Product product, CatalogSnapshot known) {
        Feature feature = known.feature(wanted.feature())
                .filter(found -> found.product().equals(product.id()))
                .orElseThrow(() -> HeadroomException.notFound(path + "feature", "The product has no feature \"" + wanted.feature() + "\""));
        if (!feature.counted() && feature.kind() != FeatureKind.GATE) {
            throw HeadroomException.invalid(path + "feature", "A setting has no units and is not had or missed; name what is counted, or a gate");
        }
        if (wanted.minutes() != null) {
            Check.between(path + "minutes", wanted.minutes(), 1, MOST_MINUTES);
        }
        String basis = wanted.basis().strip();
        if (basis.isEmpty() || basis.length() > LONGEST_BASIS || basis.chars().anyMatch(Character::isISOControl)) {
            throw HeadroomException.invalid(path + "basis", "Expected one line of 1 to " + LONGEST_BASIS + " characters");
        }
        return new ValueMetric(feature.id(), amount(path + "unitMinor", wanted), wanted.minutes(), basis);
    }

    private static UnitPrice amount(String path, NewMetric wanted) {
        if (wanted.unitMinor().signum() <= 0 || wanted.unitMinor().compareTo(BigDecimal.valueOf(MOST_MINOR)) > 0) {
            throw HeadroomException.invalid(path, "Expected more than 0 and at most " + MOST_MINOR);
        }
        try {
            return new UnitPrice(wanted.unitMinor(), wanted.currency());
        } catch (IllegalArgumentException tooFine) {
            throw HeadroomException.invalid(path, String.valueOf(tooFine.getMessage()));
        }
    }

    private static List<Money> implementation(List<Money> amounts) {
        Set<Currency> seen = new HashSet<>();
        IntStream.range(0, amounts.size()).forEach(i -> {
            Check.between("input.implementation[" + i + "].minor", amounts.get(i).minor(), 1, MOST_MINOR);
            if (!seen.add(amounts.get(i).currency())) {
                throw HeadroomException.invalid("input.implementation[" + i + "].currency", "Each currency once");
            }
        });
        return amounts;
    }
}
