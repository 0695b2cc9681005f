package dev.headroom.api;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/**
 * Marks the fields that a controller answers from the object they are of and nothing else: around any other the thread's context is taken from the
 * query's and put back, which costs more than such a field.
 */
final class PlainFields extends GraphQLTypeVisitorStub {

    @Override
    public TraversalControl visitGraphQLFieldDefinition(GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLCodeRegistry.Builder registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
        FieldCoordinates coordinates = FieldCoordinates.coordinates((GraphQLFieldsContainer) context.getParentNode(), field);
        if (registry.getDataFetcher(coordinates, field) instanceof SelfDescribingDataFetcher<?> fetcher && isPlain(fetcher.asMethod())) {
            registry.dataFetcher(coordinates, plain(fetcher));
        }
        return TraversalControl.CONTINUE;
    }

    private static boolean isPlain(@Nullable Method method) {
        return method != null && method.getParameterCount() == 1 && method.getParameters()[0].getAnnotations().length == 0
                && !Publisher.class.isAssignableFrom(method.getReturnType());
    }

    private static DataFetcher<?> plain(DataFetcher<?> fetcher) {
        return (TrivialDataFetcher<Object>) fetcher::get;
    }
}
