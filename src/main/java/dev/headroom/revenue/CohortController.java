package dev.headroom.revenue;

import static dev.headroom.revenue.RevenueController.month;

import dev.headroom.actor.Actor;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.Retention.Definition;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class CohortController {

    private final Cohorts cohorts;

    CohortController(Cohorts cohorts) {
        this.cohorts = cohorts;
    }

    @QueryMapping
    List<Cohort> revenueCohorts(
            @Argument String currency, @Argument Definition definition, @Argument String from, @Argument String until, @Argument int months,
            @ContextValue Actor actor) {
        return cohorts.cohorts(actor, Currencies.parse(currency), definition, month("from", from), month("until", until), months);
    }

    @SchemaMapping(typeName = "RevenueCohort", field = "month")
    String ofCohort(Cohort of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "RevenueCohortCell", field = "month")
    String ofCell(Cell of) {
        return of.month().toString();
    }
}
