package dev.headroom.projection;

import dev.headroom.actor.Actor;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.projection.Assumptions.PriceRise;
import dev.headroom.projection.Projection.ProjectedMonth;
import dev.headroom.reporting.RevenueAtRates;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class ProjectionController {

    private final Projections projections;

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    /** Assumptions as they come from outside. */
    record Wanted(int churnPoints, int contractionPercent, int expansionPercent, int newBusinessPercent, @Nullable WantedRise priceRise) {

        Assumptions assumptions() {
            return new Assumptions(
                    churnPoints, contractionPercent, expansionPercent, newBusinessPercent,
                    priceRise == null ? null : new PriceRise(priceRise.month, priceRise.points, priceRise.lossPoints));
        }
    }

    record WantedRise(int month, int points, int lossPoints) {}

    /** Shares as decimals. */
    record Rate(Flow flow, String base, String assumed) {}

    @QueryMapping
    Projection revenueProjection(@Argument String currency, @Argument @Nullable Wanted assumptions, @ContextValue Actor actor) {
        return projections.project(actor, Currencies.parse(currency), assumed(assumptions));
    }

    @SchemaMapping(typeName = "RevenueAtRates")
    Projection projection(RevenueAtRates of, @Argument @Nullable Wanted assumptions, @ContextValue Actor actor) {
        return projections.project(actor, of.rates(), assumed(assumptions));
    }

    private static Assumptions assumed(@Nullable Wanted assumptions) {
        return assumptions == null ? Assumptions.NONE : assumptions.assumptions();
    }

    @SchemaMapping(typeName = "RevenueProjection")
    String from(Projection of) {
        return of.closed().getFirst().month().toString();
    }

    @SchemaMapping(typeName = "RevenueProjection")
    String until(Projection of) {
        return of.closed().getLast().month().plusMonths(1).toString();
    }

    @SchemaMapping(typeName = "RevenueProjection")
    List<Rate> rates(Projection of) {
        return of.base().isEmpty() ? List.of()
                : Arrays.stream(Flow.values()).map(flow -> new Rate(flow, of.base().get(flow).toPlainString(), of.assumed().get(flow).toPlainString())).toList();
    }

    @SchemaMapping(typeName = "RevenueProjectionMonth")
    String month(ProjectedMonth of) {
        return of.month().toString();
    }

    @SchemaMapping(typeName = "RevenueProjectionMonth")
    @Nullable Money arrLow(ProjectedMonth of) {
        return of.low() == null ? null : ProjectedMonth.year(of.low());
    }

    @SchemaMapping(typeName = "RevenueProjectionMonth")
    @Nullable Money arrHigh(ProjectedMonth of) {
        return of.high() == null ? null : ProjectedMonth.year(of.high());
    }
}
