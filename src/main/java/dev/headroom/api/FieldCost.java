package dev.headroom.api;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;
import java.util.Collection;
import java.util.Map;

/** What a field costs: itself, plus what is below it as often as its arguments ask for. Quotes count ten, for each is priced. */
final class FieldCost implements FieldComplexityCalculator {

    private static final Map<String, Integer> DEAR = Map.of("quote", 10, "upgradeOptions", 50, "unlockedBy", 10);

    @Override
    public int calculate(FieldComplexityEnvironment field, int children) {
        long own = DEAR.getOrDefault(field.getField().getName(), 1);
        long cost = own + (long) children * times(field.getArguments());
        return (int) Math.min(cost, Integer.MAX_VALUE);
    }

    private static int times(Map<String, Object> arguments) {
        if (arguments.get("first") instanceof Integer first) {
            return Math.max(1, first);
        }
        return arguments.get("features") instanceof Collection<?> features ? Math.max(1, features.size()) : 1;
    }
}
