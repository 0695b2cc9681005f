package dev.headroom.api;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.Map;

/** What a field costs: itself, plus what is below it as often as its arguments ask for. Quotes count ten, for each is priced. */
final class FieldCost implements FieldComplexityCalculator {

    private static final Map<String, Integer> DEAR = Map.of("quote", 10, "upgradeOptions", 50, "unlockedBy", 10);

    /** What a list without an argument is taken to hold; without this, lists in lists would look cheap and grow without end. */
    private static final int USUAL_LIST = 5;

    @Override
    public int calculate(FieldComplexityEnvironment field, int children) {
        long own = DEAR.getOrDefault(field.getField().getName(), 1);
        long cost = own + (long) children * times(field);
        return (int) Math.min(cost, Integer.MAX_VALUE);
    }

    private static int times(FieldComplexityEnvironment field) {
        Map<String, Object> arguments = field.getArguments();
        if (arguments.get("first") instanceof Integer first) {
            return Math.max(1, first);
        }
        if (arguments.get("features") instanceof Collection<?> features) {
            return Math.max(1, features.size());
        }
        boolean list = GraphQLTypeUtil.unwrapNonNull(field.getFieldDefinition().getType()) instanceof GraphQLList;
        return list && !field.getField().getName().equals("edges") ? USUAL_LIST : 1;
    }
}
