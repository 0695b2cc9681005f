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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/**
 * Has the fields that a controller answers from the object they are of and nothing else answered by a call of it: around any other the thread's context is
 * taken from the query's and put back, and what it is given is looked for among a dozen things, which costs more than such a field.
 */
final class PlainFields extends GraphQLTypeVisitorStub {

    private final Function<Class<?>, Object> controllers;

    /** @param controllers by their class; asked for when the first query comes */
    PlainFields(Function<Class<?>, Object> controllers) {
        this.controllers = controllers;
    }

    @Override
    public TraversalControl visitGraphQLFieldDefinition(GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLCodeRegistry.Builder registry = context.getVarFromParents(GraphQLCodeRegistry.Builder.class);
        FieldCoordinates coordinates = FieldCoordinates.coordinates((GraphQLFieldsContainer) context.getParentNode(), field);
        if (registry.getDataFetcher(coordinates, field) instanceof SelfDescribingDataFetcher<?> fetcher && isPlain(fetcher.asMethod())) {
            registry.dataFetcher(coordinates, plain(fetcher, Objects.requireNonNull(fetcher.asMethod())));
        }
        return TraversalControl.CONTINUE;
    }

    private static boolean isPlain(@Nullable Method method) {
        return method != null && method.getParameterCount() == 1 && method.getParameters()[0].getAnnotations().length == 0
                && !Publisher.class.isAssignableFrom(method.getReturnType());
    }

    private DataFetcher<?> plain(DataFetcher<?> fetcher, Method method) {
        method.setAccessible(true);
        Class<?> of = method.getParameterTypes()[0];
        return (TrivialDataFetcher<Object>) field -> of.isInstance(field.getSource())
                ? called(method, controllers.apply(method.getDeclaringClass()), field.getSource())
                : fetcher.get(field);
    }

    private static @Nullable Object called(Method method, Object controller, Object object) throws Exception {
        try {
            return method.invoke(controller, object);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception refused ? refused : thrown;
        }
    }
}
