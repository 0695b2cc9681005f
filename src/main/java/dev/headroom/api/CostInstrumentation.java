package dev.headroom.api;

import graphql.ExecutionResult;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.QueryComplexityCalculator;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses queries that would cost too much, and tells every caller what a query cost. A field costs itself plus what is below it as often
 * as its arguments ask for; quotes count ten, for each is priced, and what is computed from weeks of usage counts five or more.
 */
@Component
class CostInstrumentation extends SimplePerformantInstrumentation {

    static final int DEAREST = 5_000;
    /** Where the cost of the query stands in its context, an {@code Integer}. */
    static final String COST = "cost";

    private static final Map<String, Integer> DEAR = Map.of(
            "quote", 10, "upgradeOptions", 50, "unlockedBy", 10, "fittingPlan", 50, "projection", 5, "growthPercent", 5, "benchmark", 10);
    /** What a list without an argument is taken to hold; without this, lists in lists would look cheap and grow without end. */
    private static final int USUAL_LIST = 5;
    /** Entitlements of many accounts are answered from memory: so many of them cost what one field usually costs. */
    private static final int FROM_MEMORY = 20;

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        int cost = QueryComplexityCalculator.newCalculator()
                .fieldComplexityCalculator(CostInstrumentation::cost)
                .schema(context.getGraphQLSchema())
                .document(context.getDocument())
                .operationName(context.getExecutionInput().getOperationName())
                .variables(context.getCoercedVariables())
                .build()
                .calculate();
        context.getGraphQLContext().put(COST, cost);
        if (cost > DEAREST) {
            throw new AbortExecutionException("This query costs more than is answered: " + cost + " or more, of at most " + DEAREST + ". Ask for shorter lists or fewer quotes");
        }
        return super.beginExecuteOperation(parameters, state);
    }

    /** Never more than one beyond what is answered: siblings are added up in an int, and a sum that wrapped would look cheap. */
    private static int cost(FieldComplexityEnvironment field, int children) {
        long own = DEAR.getOrDefault(field.getField().getName(), 1);
        long cost = own + (long) children * times(field);
        return (int) Math.min(cost, DEAREST + 1L);
    }

    private static int times(FieldComplexityEnvironment field) {
        Map<String, Object> arguments = field.getArguments();
        if (arguments.get("first") instanceof Integer first) {
            return Math.max(1, first);
        }
        if (arguments.get("last") instanceof Integer last) {
            return Math.max(1, last);
        }
        if (arguments.get("accounts") instanceof Collection<?> accounts) {
            return Math.max(1, accounts.size());
        }
        FieldComplexityEnvironment parent = field.getParentEnvironment();
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
