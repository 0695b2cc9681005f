package dev.headroom.value;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.ProductId;
import dev.headroom.quote.Prospects;
import dev.headroom.quote.Prospects.Prospect;
import dev.headroom.quote.Quote;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Says what quoted changes are worth, where the vendor has said what a unit is worth. */
@Service
public class ValueCases {

    private final ValueMetricSets metrics;
    private final Prospects prospects;
    private final Catalog catalog;

    ValueCases(ValueMetricSets metrics, Prospects prospects, Catalog catalog) {
        this.metrics = metrics;
        this.prospects = prospects;
        this.catalog = catalog;
    }

    /** By the ids of the quotes; those that have none are left out. As many statements for many quotes as for one; where nothing is said, one. */
    public Map<UUID, ValueCase> of(Actor actor, Collection<Quote> quotes) {
        Map<ProductId, ValueMetrics> said = metrics.current(quotes.stream().map(quote -> quote.subscription().product()).distinct().toList());
        List<Quote> about = quotes.stream().filter(quote -> said.containsKey(quote.subscription().product())).toList();
        Map<UUID, Prospect> found = prospects.of(actor, about);
        CatalogSnapshot known = catalog.snapshot();
        Map<UUID, ValueCase> cases = new HashMap<>();
        about.forEach(quote -> Optional.ofNullable(found.get(quote.id()))
                .flatMap(prospect -> of(quote, prospect, said.get(quote.subscription().product()), known))
                .ifPresent(each -> cases.put(quote.id(), each)));
        return cases;
    }

    /** From how much use on it costs less than staying; empty where there is nothing of the kind. */
    public List<UsageBreakEven> breakEvens(Quote quote) {
        return UsageBreakEven.of(quote, catalog.snapshot());
    }

    private static Optional<ValueCase> of(Quote quote, Prospect prospect, ValueMetrics metrics, CatalogSnapshot known) {
        Currency currency = quote.subscription().balance().currency();
        return new CaseLines(prospect, metrics, currency)
                .find(metric -> known.feature(metric.feature()))
                .map(lines -> ValueCase.of(metrics.version(), lines, metrics.implementation(currency), quote.effectiveAt()));
    }
}
