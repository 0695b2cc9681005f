package dev.headroom.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionResult;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.QueryComplexityCalculator;
import graphql.analysis.QueryTraverser;
import graphql.analysis.QueryVisitorFieldEnvironment;
import graphql.execution.AbortExecutionException;
import graphql.execution.CoercedVariables;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.language.Document;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import io.micrometer.observation.ObservationRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;
import org.springframework.stereotype.Component;

/**
 * Refuses queries that are too deep or would cost too much, and tells every caller what a query cost. A field costs itself plus what is below
 * it as often as its arguments ask for; quotes count ten, for each is priced, and what is computed from weeks of usage counts five or more.
 *
 * <p>It measures queries too, as Spring's own would beside it: where there are two, the engine makes lists of both for every field of every answer.
 */
@Component
class CostInstrumentation extends GraphQlObservationInstrumentation {

    static final int DEAREST = 5_000;
    static final int DEEPEST = 14;
    /** Where the cost of the query stands in its context, an {@code Integer}. */
    static final String COST = "cost";

    private static final Map<String, Integer> DEAR = Map.of(
            "quote", 10, "startQuote", 10, "upgradeOptions", 50, "unlockedBy", 10, "fittingPlan", 50, "projection", 5, "growthPercent", 5, "benchmark", 10);
    /** Fields whose quotes are made already. */
    private static final Set<String> ALTERNATIVES = Set.of("options", "alternative");
    /** What a list without an argument is taken to hold; without this, lists in lists would look cheap and grow without end. */
    private static final int USUAL_LIST = 5;
    /** Entitlements of many accounts are answered from memory: so many of them cost what one field usually costs. */
    private static final int FROM_MEMORY = 20;
    /** So many prices of alternatives, which are made of facts that are read once, cost what one field usually costs. */
    private static final int PRICES = 10;
    /** So many alternatives are shown for what one field usually costs; there are at most a hundred for an account. */
    private static final int SHOWN = 50;
    private static final int MOST_MEASURED = 10_000;

    /** Walking a query costs as much as answering a small one: one that comes again as it was is not walked again. */
    private final Cache<Document, Measure> measured = Caffeine.newBuilder().weakKeys().maximumSize(MOST_MEASURED).build();

    /**
     * What one execution of a document was found to ask for.
     *
     * @param bearing what of its variables that hung on
     */
    private record Measure(@Nullable String operation, Map<String, Object> bearing, int cost, int depth) {}

    CostInstrumentation(ObservationRegistry observations) {
        super(observations, null, null, null);
    }

    /** Every query is measured; every field of it would cost more than it tells, even where nothing becomes of it. */
    @Override
    public DataFetcher<?> instrumentDataFetcher(DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return fetcher;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        Measure measure = measure(context);
        context.getGraphQLContext().put(COST, measure.cost());
        if (measure.depth() > DEEPEST) {
            throw new AbortExecutionException("This query is deeper than is answered: " + measure.depth() + " levels, of at most " + DEEPEST + ". Ask for less in one");
        }
        if (measure.cost() > DEAREST) {
            throw new AbortExecutionException(
                    "This query costs more than is answered: " + measure.cost() + " or more, of at most " + DEAREST + ". Ask for shorter lists or fewer quotes");
        }
        return super.beginExecuteOperation(parameters, state);
    }

    private Measure measure(ExecutionContext context) {
        String operation = context.getExecutionInput().getOperationName();
        Map<String, Object> bearing = bearing(context.getCoercedVariables());
        Measure last = measured.getIfPresent(context.getDocument());
        if (last != null && Objects.equals(last.operation(), operation) && last.bearing().equals(bearing)) {
            return last;
        }
        Measure measure = new Measure(operation, bearing, cost(context), depth(context));
        measured.put(context.getDocument(), measure);
        return measure;
    }

    /** Numbers say how long a page is, lists how many are asked about, and what is true or false may leave fields out. */
    private static Map<String, Object> bearing(CoercedVariables variables) {
        Map<String, Object> bearing = new HashMap<>();
        variables.toMap().forEach((name, value) -> {
            switch (value) {
                case Integer number -> bearing.put(name, number);
                case Boolean choice -> bearing.put(name, choice);
                case Collection<?> list -> bearing.put(name, list.size());
                case null -> { }
                case Object _ -> { }
            }
        });
        return bearing;
    }

    private static int cost(ExecutionContext context) {
        return QueryComplexityCalculator.newCalculator()
                .fieldComplexityCalculator(CostInstrumentation::cost)
                .schema(context.getGraphQLSchema())
                .document(context.getDocument())
                .operationName(context.getExecutionInput().getOperationName())
                .variables(context.getCoercedVariables())
                .build()
                .calculate();
    }

    private static int depth(ExecutionContext context) {
        return QueryTraverser.newQueryTraverser()
                .schema(context.getGraphQLSchema())
                .document(context.getDocument())
                .operationName(context.getExecutionInput().getOperationName())
                .coercedVariables(context.getCoercedVariables())
                .build()
                .reducePreOrder((field, deepest) -> Math.max(levels(field.getParentEnvironment()), deepest), 0);
    }

    private static int levels(@Nullable QueryVisitorFieldEnvironment field) {
        int levels = 1;
        for (QueryVisitorFieldEnvironment each = field; each != null; each = each.getParentEnvironment()) {
            levels++;
        }
        return levels;
    }

    /** Never more than one beyond what is answered: siblings are added up in an int, and a sum that wrapped would look cheap. */
    private static int cost(FieldComplexityEnvironment field, int children) {
        long own = own(field);
        long cost = own + (long) children * times(field);
        return (int) Math.min(cost, DEAREST + 1L);
    }

    private static long own(FieldComplexityEnvironment field) {
        String name = field.getField().getName();
        if (name.equals("alternatives")) {
            long accounts = field.getArguments().get("accounts") instanceof Collection<?> named ? Math.max(1, named.size()) : 1;
            return Math.max(1, accounts * changes(field) / PRICES);
        }
        FieldComplexityEnvironment parent = field.getParentEnvironment();
        boolean priced = parent != null && ALTERNATIVES.contains(parent.getField().getName()) && name.equals("quote");
        return priced ? 1 : DEAR.getOrDefault(name, 1);
    }

    private static long changes(FieldComplexityEnvironment field) {
        return field.getArguments().get("changes") instanceof Collection<?> named ? named.size() : SHOWN;
    }

    private static int times(FieldComplexityEnvironment field) {
        Map<String, Object> arguments = field.getArguments();
        FieldComplexityEnvironment parent = field.getParentEnvironment();
        if (parent != null && parent.getField().getName().equals("alternatives")) {
            return field.getField().getName().equals("options") ? (int) Math.max(1, changes(parent) / SHOWN) : 1;
        }
        if (arguments.get("first") instanceof Integer first) {
            return Math.max(1, first);
        }
        if (arguments.get("last") instanceof Integer last) {
            return Math.max(1, last);
        }
        if (arguments.get("accounts") instanceof Collection<?> accounts) {
            return Math.max(1, accounts.size());
        }
        if (parent != null && parent.getArguments().get("accounts") instanceof Collection<?> && field.getField().getName().equals("entitlements")) {
            return parent.getArguments().get("features") instanceof Collection<?> named ? Math.max(1, named.size() / FROM_MEMORY) : 1;
        }
        if (arguments.get("features") instanceof Collection<?> features) {
            return Math.max(1, features.size());
        }
        boolean list = GraphQLTypeUtil.unwrapNonNull(field.getFieldDefinition().getType()) instanceof GraphQLList;
        return list && !field.getField().getName().equals("edges") ? USUAL_LIST : 1;
    }
}
