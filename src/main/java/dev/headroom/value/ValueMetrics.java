package dev.headroom.value;

import dev.headroom.catalog.ProductId;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor says a product is worth to its customers.
 *
 * @param version        0 where nothing was ever said
 * @param metrics        at most one for each feature and currency
 * @param implementation what it costs a customer once to move to more, at most one amount for each currency
 */
public record ValueMetrics(
        ProductId product, int version, List<ValueMetric> metrics, List<Money> implementation, @Nullable String setBy, @Nullable Instant setAt) {

    public ValueMetrics {
        metrics = List.copyOf(metrics);
        implementation = List.copyOf(implementation);
    }

    static ValueMetrics none(ProductId product) {
        return new ValueMetrics(product, 0, List.of(), List.of(), null, null);
    }

    List<ValueMetric> in(Currency currency) {
        return metrics.stream().filter(each -> each.amount().currency().equals(currency)).toList();
    }

    /** Nothing where nothing was said. */
    Money implementation(Currency currency) {
        Optional<Money> said = implementation.stream().filter(each -> each.currency().equals(currency)).findFirst();
        return said.orElseGet(() -> Money.zero(currency));
    }
}
