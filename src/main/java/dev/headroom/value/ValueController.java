package dev.headroom.value;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Product;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.value.ValueMetricSets.NewMetric;
import dev.headroom.value.ValueMetricSets.SetValueMetrics;
import dev.headroom.value.ValueMetricSets.SetValueMetricsResult;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ValueController {

    private final ValueMetricSets metrics;
    private final ValueCases cases;
    private final Catalog catalog;

    ValueController(ValueMetricSets metrics, ValueCases cases, Catalog catalog) {
        this.metrics = metrics;
        this.cases = cases;
        this.catalog = catalog;
    }

    record Amount(long minor, String currency) {}

    record Metric(String feature, String currency, BigDecimal unitMinor, @Nullable Integer minutes, String basis) {}

    record Metrics(String product, int version, List<Metric> metrics, List<Amount> implementation) {

        SetValueMetrics command() {
            return new SetValueMetrics(
                    product, version, metrics.stream()
                            .map(each -> new NewMetric(each.feature, Currencies.parse(each.currency), each.unitMinor, each.minutes, each.basis)).toList(),
                    implementation.stream().map(each -> Money.of(each.minor, each.currency)).toList());
        }
    }

    @MutationMapping
    SetValueMetricsResult setValueMetrics(@Argument Metrics input, @ContextValue Actor actor) {
        return metrics.set(actor, input.command());
    }

    @SchemaMapping(typeName = "Product")
    ValueMetrics valueMetrics(Product product, @ContextValue Actor actor) {
        return metrics.of(actor, product.id());
    }

    @SchemaMapping(typeName = "ValueMetric")
    Feature feature(ValueMetric metric) {
        return catalog.snapshot().feature(metric.feature());
    }

    @SchemaMapping(typeName = "ValueMetric")
    String currency(ValueMetric metric) {
        return metric.amount().currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "ValueMetric")
    String unitMinor(ValueMetric metric) {
        return metric.amount().minor().toPlainString();
    }

    @BatchMapping(typeName = "Quote")
    Map<Quote, ValueCase> valueCase(List<Quote> quotes, @ContextValue Actor actor) {
        Map<UUID, ValueCase> found = cases.of(actor, quotes);
        Map<Quote, ValueCase> byQuote = new HashMap<>();
        quotes.stream().filter(quote -> found.containsKey(quote.id())).forEach(quote -> byQuote.put(quote, found.get(quote.id())));
        return byQuote;
    }

    @SchemaMapping(typeName = "Quote")
    List<UsageBreakEven> usageBreakEvens(Quote quote) {
        return cases.breakEvens(quote);
    }
}
