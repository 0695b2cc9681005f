package dev.headroom.revenue;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.revenue.SettingsVersions.SetRevenueSettings;
import dev.headroom.revenue.SettingsVersions.SetRevenueSettingsResult;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class RevenueController {

    private final Revenues revenues;
    private final SettingsVersions settings;

    RevenueController(Revenues revenues, SettingsVersions settings) {
        this.revenues = revenues;
        this.settings = settings;
    }

    static YearMonth month(String field, String text) {
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

    @QueryMapping
    List<String> revenueCurrencies(@ContextValue Actor actor) {
        return revenues.currencies(actor).stream().map(Currency::getCurrencyCode).toList();
    }

    @QueryMapping
    RevenueSettings revenueSettings(@ContextValue Actor actor) {
        return settings.current(actor);
    }

    @QueryMapping
    List<RevenueMonth> revenueMonths(@Argument String currency, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return revenues.months(actor, Currencies.parse(currency), month("from", from), month("until", until));
    }

    @QueryMapping
    List<Retention> revenueRetention(
            @Argument String currency, @Argument Definition definition, @Argument int months, @Argument String from, @Argument String until,
            @ContextValue Actor actor) {
        return revenues.retention(actor, Currencies.parse(currency), definition, months, month("from", from), month("until", until));
    }

    @MutationMapping
    SetRevenueSettingsResult setRevenueSettings(@Argument SetRevenueSettings input, @ContextValue Actor actor) {
        return settings.set(actor, input);
    }

    @SchemaMapping(typeName = "RevenueSettings")
    String zone(RevenueSettings of) {
        return of.zone().getId();
    }

    @SchemaMapping(typeName = "RevenueSettings")
    @Nullable String openFrom(RevenueSettings of) {
        return of.openFrom() == null ? null : of.openFrom().toString();
    }

    @SchemaMapping(typeName = "RevenueMonth")
    String month(RevenueMonth of) {
        return of.month().toString();
    }

    /** By the settings of now, read once for all of them. */
    @BatchMapping(typeName = "Retention")
    List<Boolean> closed(List<Retention> of) {
        return revenues.closed(of.stream().map(each -> each.until().minusMonths(1)).toList());
    }

    @SchemaMapping(typeName = "Retention")
    String from(Retention of) {
        return of.from().toString();
    }

    @SchemaMapping(typeName = "Retention")
    String until(Retention of) {
        return of.until().toString();
    }
}
