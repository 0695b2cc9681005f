package dev.headroom.api;

import dev.headroom.error.HeadroomException;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes a command's idempotency key from the header where its input leaves it out; a command without either is refused. */
@Component
class IdempotencyInstrumentation extends SimplePerformantInstrumentation {

    static final String HEADER = "Idempotency-Key";

    private static final String INPUT = "input";
    private static final String KEY = "idempotencyKey";

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return takesKey(parameters.getEnvironment().getFieldDefinition()) ? environment -> fetcher.get(keyed(environment)) : fetcher;
    }

    private static boolean takesKey(GraphQLFieldDefinition field) {
        GraphQLArgument input = field.getArgument(INPUT);
        return input != null
                && GraphQLTypeUtil.unwrapAll(input.getType()) instanceof GraphQLInputObjectType type
                && type.getField(KEY) != null;
    }

    private static DataFetchingEnvironment keyed(DataFetchingEnvironment environment) {
        Map<String, Object> input = environment.getArgument(INPUT);
        if (input == null || input.get(KEY) != null) {
            return environment;
        }
        String header = environment.getGraphQlContext().get(HEADER);
        if (header == null) {
            throw HeadroomException.invalid("input." + KEY, "Send an idempotency key of your own, here or in the header " + HEADER);
        }
        Map<String, Object> keyed = new HashMap<>(input);
        keyed.put(KEY, header);
        return DataFetchingEnvironmentImpl.newDataFetchingEnvironment(environment).arguments(Map.of(INPUT, keyed)).build();
    }
}
