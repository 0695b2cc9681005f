package dev.headroom.reporting;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.reporting.ReportedRevenues.RetainedAtRates;
import dev.headroom.reporting.ReportingRates.Complete;
import dev.headroom.reporting.ReportingRates.NewRate;
import dev.headroom.reporting.ReportingRates.ReportingRatesMissing;
import dev.headroom.reporting.ReportingRates.SetRates;
import dev.headroom.reporting.ReportingRates.SetReportingRatesResult;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ReportingController {

    /** What is longer is none, and nobody reads it. */
    private static final Pattern RATE = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 3000;

    private final ReportingRates rates;
    private final ReportedRevenues revenues;

    ReportingController(ReportingRates rates, ReportedRevenues revenues) {
        this.rates = rates;
        this.revenues = revenues;
    }

    record WantedRate(String currency, String month, String rate) {

        NewRate rate(String field) {
            if (!RATE.matcher(rate).matches()) {
                throw HeadroomException.invalid(field + ".rate", "Expected a decimal number, such as 1.0842");
            }
            return new NewRate(Currencies.parse(currency), ReportingController.month(field + ".month", month), new BigDecimal(rate));
        }
    }

    record Wanted(String currency, List<WantedRate> rates, @Nullable String correction, String idempotencyKey) {

        SetRates command() {
            return new SetRates(
                    Currencies.parse(currency), IntStream.range(0, rates.size()).mapToObj(at -> rates.get(at).rate("input.rates." + at)).toList(), correction, idempotencyKey);
        }
    }

    private static YearMonth month(String field, String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() >= FIRST_YEAR && month.getYear() < LAST_YEAR) {
                return month;
            }
        } catch (DateTimeException mistyped) {
            // Said below, as of a month that is out of bounds.
        }
        throw HeadroomException.invalid(field, "Expected a month, such as 2026-12");
    }

    @QueryMapping
    List<ReportingRate> reportingRates(@Argument String currency, @Argument int first, @Argument @Nullable Long before, @ContextValue Actor actor) {
        return rates.entries(actor, Currencies.parse(currency), first, before);
    }

    @MutationMapping
    SetReportingRatesResult setReportingRates(@Argument Wanted input, @ContextValue Actor actor) {
        return rates.set(actor, input.command());
    }

    @QueryMapping
    Object revenueAtRates(@Argument String currency, @Argument String month, @ContextValue Actor actor) {
        return switch (rates.standing(actor, Currencies.parse(currency), month("month", month))) {
            case Complete(RateSet set) -> new RevenueAtRates(set);
            case ReportingRatesMissing missing -> missing;
        };
    }

    @SchemaMapping
    List<RevenueMonth> months(RevenueAtRates of, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.months(actor, of.rates(), month("from", from), month("until", until));
    }

    @SchemaMapping
    List<Retention> retention(
            RevenueAtRates of, @Argument Definition definition, @Argument int months, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.retention(actor, of.rates(), definition, months, month("from", from), month("until", until));
    }

    @SchemaMapping
    List<Cohort> cohorts(
            RevenueAtRates of, @Argument Definition definition, @Argument int months, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.cohorts(actor, of.rates(), definition, month("from", from), month("until", until), months);
    }

    @SchemaMapping
    List<Segment> segments(RevenueAtRates of, @Argument Dimension by, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.segments(actor, of.rates(), by, month("from", from), month("until", until));
    }

    @SchemaMapping
    RetainedAtRates retained(RevenueAtRates of, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.retained(actor, of.rates(), month("from", from), month("until", until));
    }

    @SchemaMapping(typeName = "ReportingRateSet", field = "currency")
    String ofSet(RateSet of) {
        return of.in().getCurrencyCode();
    }

    @SchemaMapping(typeName = "ReportingRateSet", field = "month")
    String monthOfSet(RateSet of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "ReportingRate")
    String in(ReportingRate of) {
        return of.in().getCurrencyCode();
    }

    @SchemaMapping(typeName = "ReportingRate", field = "currency")
    String ofRate(ReportingRate of) {
        return of.currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "ReportingRate", field = "month")
    String monthOfRate(ReportingRate of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "ReportingRate")
    String rate(ReportingRate of) {
        return of.rate().toPlainString();
    }

    @SchemaMapping(typeName = "ReportingRatesMissing", field = "currency")
    String inMissing(ReportingRatesMissing of) {
        return of.in().getCurrencyCode();
    }

    @SchemaMapping(typeName = "ReportingRatesMissing", field = "month")
    String monthMissing(ReportingRatesMissing of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "ReportingRatesMissing")
    List<String> currencies(ReportingRatesMissing of) {
        return of.currencies().stream().map(Currency::getCurrencyCode).toList();
    }
}
