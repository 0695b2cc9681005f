package dev.headroom.metrics;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.metrics.Metric.Kind;
import dev.headroom.metrics.Metric.Part;
import dev.headroom.metrics.Metric.Unit;
import dev.headroom.money.Currencies;
import dev.headroom.reporting.RevenueAtRates;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.PayingAccounts.Filter;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class MetricController {

    private final Metrics metrics;

    MetricController(Metrics metrics) {
        this.metrics = metrics;
    }

    @QueryMapping
    List<Metric> revenueMetrics(
            @Argument String currency, @Argument @Nullable List<Kind> kinds, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return metrics.metrics(actor, Currencies.parse(currency), wanted(kinds), month("from", from), month("until", until));
    }

    @SchemaMapping(typeName = "RevenueAtRates")
    List<Metric> metrics(RevenueAtRates of, @Argument @Nullable List<Kind> kinds, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return metrics.metrics(actor, of.rates(), wanted(kinds), month("from", from), month("until", until));
    }

    private static Set<Kind> wanted(@Nullable List<Kind> kinds) {
        return kinds == null ? Set.of() : Set.copyOf(kinds);
    }

    private static YearMonth month(String field, String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() >= 1970 && month.getYear() < 3000) {
                return month;
            }
        } catch (DateTimeParseException mistyped) {
            // Said below, as of a month that is out of bounds.
        }
        throw HeadroomException.invalid(field, "Expected a month, such as 2026-12");
    }

    @SchemaMapping(typeName = "RevenueMetric")
    Unit unit(Metric of) {
        return of.kind().unit();
    }

    @SchemaMapping(typeName = "RevenueMetricPart")
    @Nullable String accounts(Part of) {
        return of.accounts() == null || of.accounts().paying() != null || of.accounts().several() ? null : of.accounts().month().toString();
    }

    @SchemaMapping(typeName = "RevenueMetricPart")
    @Nullable Filter payers(Part of) {
        return of.accounts();
    }

    @SchemaMapping(typeName = "RevenueAccountSelection", field = "currency")
    String payersCurrency(Filter of) {
        return of.currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "RevenueAccountSelection")
    String month(Filter of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "RevenueAccountSelection", field = "paying")
    @Nullable String payingSince(Filter of) {
        return of.paying() == null ? null : of.paying().toString();
    }

    @SchemaMapping(typeName = "RevenueAccountSelection")
    boolean severalProducts(Filter of) {
        return of.several();
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    boolean first(MovementFilter of) {
        return of.first();
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    String currency(MovementFilter of) {
        return String.valueOf(of.currency());
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    String from(MovementFilter of) {
        return String.valueOf(of.from());
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    String until(MovementFilter of) {
        return String.valueOf(of.until());
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    List<MovementKind> kinds(MovementFilter of) {
        return of.kinds().stream().sorted().toList();
    }

    @SchemaMapping(typeName = "RevenueMovementSelection")
    @Nullable String paying(MovementFilter of) {
        return of.paying() == null ? null : of.paying().toString();
    }
}
