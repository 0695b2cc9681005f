package dev.headroom.api;

import dev.headroom.error.HeadroomException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.HashMap;
import java.util.Map;

/** Takes a command's idempotency key from the header where its input leaves it out; a command without either is refused. */
final class HeaderKeys implements SchemaDirectiveWiring {

    static final String HEADER = "Idempotency-Key";

    private static final String INPUT = "input";
    private static final String KEY = "idempotencyKey";

    /** Once for every field, while the schema is built. */
    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> wiring) {
        if (takesKey(wiring.getElement())) {
            DataFetcher<?> fetcher = wiring.getFieldDataFetcher();
            return wiring.setFieldDataFetcher(environment -> fetcher.get(keyed(environment)));
        }
        return wiring.getElement();
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
