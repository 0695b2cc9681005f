package dev.headroom.reading;

import dev.headroom.actor.Actor;
import dev.headroom.entitlement.Meter;
import dev.headroom.usage.UsageHistories.Largest;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.Step;
import dev.headroom.usage.UsageHistories.UsageGroup;
import dev.headroom.usage.UsageHistories.UsageHistory;
import graphql.GraphQLContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** Whatever is read of many meters at once is read together, whichever points each of them is asked for. */
@Controller
class ReadingController {

    private final Readings readings;
    private final Benchmarks benchmarks;

    ReadingController(Readings readings, Benchmarks benchmarks, BatchLoaderRegistry loaders) {
        this.readings = readings;
        this.benchmarks = benchmarks;
        loaders.<Span, UsageHistory>forName("histories").registerMappedBatchLoader((Set<Span> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> readings.histories(actor(environment), asked)));
        loaders.<Largest, List<UsageGroup>>forName("groups").registerMappedBatchLoader((Set<Largest> asked, BatchLoaderEnvironment environment) ->
                Mono.fromSupplier(() -> readings.groups(actor(environment), asked)));
    }

    private static Actor actor(BatchLoaderEnvironment environment) {
        return Objects.requireNonNull(environment.<GraphQLContext>getContext()).get("actor");
    }

    record UsagePoint(Instant at, long value) {}

    @SchemaMapping(typeName = "Meter")
    CompletableFuture<List<UsagePoint>> series(
            Meter meter, @Argument Step by, @Argument int last, @Argument @Nullable Instant from, @Argument @Nullable Instant until,
            @ContextValue Actor actor, DataLoader<Span, UsageHistory> histories) {
        Span span = readings.span(actor, meter, by, last, from, until);
        return meter.feature().meter() == null
                ? CompletableFuture.completedFuture(List.of())
                : histories.load(span).thenApply(history -> points(history, history.of(meter.feature())));
    }

    private static List<UsagePoint> points(UsageHistory history, List<Long> values) {
        return IntStream.range(0, values.size()).mapToObj(n -> new UsagePoint(history.starts().get(n), values.get(n))).toList();
    }

    @SchemaMapping(typeName = "Meter")
    CompletableFuture<@Nullable Long> growthPercent(Meter meter, @ContextValue Actor actor, DataLoader<Span, UsageHistory> histories) {
        Outlook outlook = readings.outlook(actor, meter);
        return histories.load(outlook.span()).thenApply(outlook::growthPercent);
    }

    @SchemaMapping(typeName = "Meter")
    CompletableFuture<ProjectionResult> projection(Meter meter, @ContextValue Actor actor, DataLoader<Span, UsageHistory> histories) {
        Outlook outlook = readings.outlook(actor, meter);
        return histories.load(outlook.span()).thenApply(outlook::projection);
    }

    @SchemaMapping(typeName = "Meter")
    CompletableFuture<List<UsageGroup>> groups(
            Meter meter, @Argument int first, @ContextValue Actor actor, DataLoader<Largest, List<UsageGroup>> groups) {
        return groups.load(readings.largest(actor, meter, first)).thenApply(found -> Objects.requireNonNullElse(found, List.of()));
    }

    @BatchMapping(typeName = "Meter")
    Map<Meter, BenchmarkResult> benchmark(List<Meter> of, @ContextValue Actor actor) {
        return benchmarks.of(actor, of);
    }
}
