package dev.headroom.revenue;

import static dev.headroom.revenue.RevenueController.month;

import dev.headroom.actor.Actor;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import dev.headroom.revenue.Segments.SegmentMonth;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class SegmentController {

    private final Segments segments;

    SegmentController(Segments segments) {
        this.segments = segments;
    }

    @QueryMapping
    List<Segment> revenueSegments(
            @Argument String currency, @Argument Dimension by, @Argument String from, @Argument String until, @ContextValue Actor actor) {
        return segments.segments(actor, Currencies.parse(currency), by, month("from", from), month("until", until));
    }

    @SchemaMapping(typeName = "RevenueSegmentMonth", field = "month")
    String ofMonth(SegmentMonth of) {
        return of.month().toString();
    }
}
